/** The sentence for the handlers of reports, in both chats, by the whole bot: each working day once, over a restart. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import type { ShownMessage } from '../../src/playground/page/wire.ts';
import { PEOPLE, play, type Playing } from '../support/playing.ts';

const SENTENCE = 'Please look at the case room.';

describe('handlers of reports', () => {
  let playing: Playing;
  const folder = mkdtempSync(join(tmpdir(), 'clearthread-handlers-'));

  beforeAll(async () => {
    const file = join(folder, 'organisation.yml');
    const sample = readFileSync(sampleOrganisationFile, 'utf8').replace(
      'id: counsel-1, name: Sample Counsel,',
      'id: counsel-1, name: Sample Counsel, chat: teams,',
    );
    writeFileSync(file, `${sample}\nvoices: { handlers: [compliance-2, counsel-1] }\n`);
    playing = await play(undefined, { CLEARTHREAD_ORGANISATION: file });
  });
  afterAll(async () => {
    await playing.end();
    rmSync(folder, { recursive: true });
  });

  const direct = async (user: 'compliance2' | 'chief'): Promise<string[]> => {
    const query = new URLSearchParams({ user: PEOPLE[user], channel: `D${PEOPLE[user].slice(1)}` });
    const response = await fetch(`${playing.url}/playground/ui/messages?${query.toString()}`);
    return ((await response.json()) as ShownMessage[]).map((message) => JSON.stringify(message));
  };
  const saying = async (user: 'compliance2' | 'chief', words: string): Promise<number> =>
    (await direct(user)).filter((message) => message.includes(words)).length;

  it('get it on each working day once, without a link or a button, and the chief a question each week', async () => {
    // The first one is late on its day: a bot that starts again says it then.
    const days = ['2035-03-08', '2035-03-09', '2035-03-12', '2035-03-13', '2035-03-14'];
    for (const [n, day] of days.entries()) {
      await playing.travel(`${day}T${n === 0 ? '10' : '09'}:00:00.000Z`);
      await expect.poll(() => saying('compliance2', SENTENCE), { timeout: 10_000 }).toBe(n + 1);
      if (n === 2) await playing.restart();
    }
    const { text } = await playing.teamsHand('counsel').readsDirect(SENTENCE);
    expect(text.trim()).toBe(SENTENCE);
    const all = (await direct('compliance2')).filter((message) => message.includes(SENTENCE));
    for (const message of all) expect(message).not.toMatch(/https?:|"button"|actions/);
    // In the week in which it began, and on the Monday after.
    await expect.poll(() => saying('chief', 'whether one of them looks at it this week'), { timeout: 10_000 }).toBe(2);
    expect(await saying('compliance2', SENTENCE)).toBe(5);
    expect(await saying('chief', SENTENCE)).toBe(0);
  });
});
