/** The playground's clock: only forwards, only from its own page, kept, and sent to every viewer. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { TEAMS_PEOPLE } from '../../support/playing.ts';
import { openBench, REP, type Bench } from './bench.ts';

const DAY_MS = 24 * 60 * 60_000;
let bench: Bench;

beforeEach(async () => {
  bench = await openBench({ organisation: loadOrganisation(sampleOrganisationFile) });
});
afterEach(() => bench.end());

interface Answer {
  status: number;
  now: number;
  error: string | undefined;
}

const ask = async (body: unknown, origin: string | undefined = bench.url): Promise<Answer> => {
  const response = await fetch(`${bench.url}/playground/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin === '' ? {} : { origin }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { now = '', error } = (await response.json().catch(() => ({}))) as { now?: string; error?: string };
  return { status: response.status, now: Date.parse(now), error };
};
const inDays = (days: number): { to: string } => ({ to: new Date(Date.now() + days * DAY_MS).toISOString() });
/** Days that the clock is ahead. */
const ahead = async (): Promise<number> => ((await ask({})).now - Date.now()) / DAY_MS;

/** The next event of that name in a page's stream. */
const heard = async (path: string, name: string): Promise<string> => {
  const stop = new AbortController();
  const response = await fetch(`${bench.url}${path}`, { signal: stop.signal });
  let text = '';
  try {
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString();
      const data = new RegExp(`event: ${name}\\ndata: (.*)\\n`).exec(text)?.[1];
      if (data !== undefined) return data;
    }
  } finally {
    stop.abort();
  }
  throw new Error(`no ${name} in ${text}`);
};

describe('the clock of the playground', () => {
  it('is the machine’s until somebody travels, then as far ahead as they went', async () => {
    expect(await ahead()).toBeCloseTo(0, 2);
    const { status, now, error } = await ask(inDays(3));
    expect([status, error]).toEqual([200, undefined]);
    expect((now - Date.now()) / DAY_MS).toBeCloseTo(3, 2);
    expect(await ahead()).toBeCloseTo(3, 2);
  });

  it('goes only forwards, and not beyond what a form can hold', async () => {
    await ask(inDays(3));
    expect(await ask(inDays(2))).toMatchObject({ status: 400, error: 'Time goes only forwards: choose a later date.' });
    expect(await ask(inDays(-1))).toMatchObject({ status: 400 });
    expect(await ask(inDays(30 * 366))).toMatchObject({
      status: 400,
      error: 'That is too far ahead: choose a date within 20 years.',
    });
    expect(await ahead()).toBeCloseTo(3, 2);
  });

  it.each([
    ['no date', {}],
    ['words', { to: 'tomorrow' }],
    ['a day alone', { to: '2040-01-01' }],
    ['a number', { to: 2_208_988_800_000 }],
    ['something more', { ...inDays(1), back: true }],
    ['no JSON', '{"to"'],
    ['too much', JSON.stringify({ to: 'x'.repeat(5000) })],
  ])('does not take %s', async (_, body) => {
    expect(await ask(body)).toMatchObject({ status: 400, error: 'The playground does not understand this date.' });
    expect(await ahead()).toBeCloseTo(0, 2);
  });

  it('is moved by its own page alone', async () => {
    expect((await ask(inDays(1), '')).status).toBe(403);
    expect((await ask(inDays(1), 'http://evil.example')).status).toBe(403);
    expect(await ahead()).toBeCloseTo(0, 2);
  });

  it('stays where it is through a restart', async () => {
    await ask(inDays(40));
    await bench.restart();
    expect(await ahead()).toBeCloseTo(40, 2);
  });

  it('is what new messages are dated with, in the order in which they came', async () => {
    await bench.ui('say', { channel: 'C0CLEARANCE1', text: 'before' });
    await ask(inDays(40));
    await bench.ui('say', { channel: 'C0CLEARANCE1', text: 'after' });
    const said: { text: string; ts: string }[] = await bench.see('messages', { channel: 'C0CLEARANCE1' });
    expect(said.map(({ text }) => text)).toEqual(['before', 'after']);
    const days = said.map(({ ts }) => (Number(ts) * 1000 - Date.now()) / DAY_MS);
    expect(days[0]).toBeCloseTo(0, 2);
    expect(days[1]).toBeCloseTo(40, 2);
  });

  it.each([
    ['Slack', `/playground/ui/events?user=${REP}&tab=t`],
    ['Teams', `/playground/teams/ui/events?user=${TEAMS_PEOPLE.rep}&tab=t`],
  ])('is told to a page of %s when it opens', async (_, path) => {
    await ask(inDays(5));
    expect((Number(await heard(path, 'clock')) - Date.now()) / DAY_MS).toBeCloseTo(5, 2);
  });
});
