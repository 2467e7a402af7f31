/** Training and the reporting channel in either chat, by the whole bot: reminder, course, validity; the review. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import type { Hand, Said, SlackHand } from '../support/chat-hand.ts';
import { ok } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';
import type { TeamsHand } from '../support/teams-hand.ts';

const COURSE = 'Human-rights due diligence';
const NOTE = 'The form on our website works. The phone number was an old one, and is right now.';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearthread-training-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The sample organisation, with everybody reading in that chat. */
const readersOf = (chat: 'Slack' | 'Teams'): string => {
  const sample = readFileSync(sampleOrganisationFile, 'utf8');
  const file = join(folder, `${chat}.yml`);
  writeFileSync(file, sample.replaceAll(/(teams: 0{8}-[-0-9]+)/gu, `$1, chat: ${chat.toLowerCase()}`));
  return file;
};

describe.each(['Slack', 'Teams'] as const)('training in %s', (chat) => {
  let playing: Playing;
  let senior: Hand;
  let compliance: Hand;
  const problems: string[] = [];

  beforeAll(async () => {
    const note = (event: string, fields?: object): void => void problems.push(`${event} ${JSON.stringify(fields)}`);
    playing = await play({ info: () => {}, warn: note, error: note }, { CLEARTHREAD_ORGANISATION: readersOf(chat) });
    const hand = (part: 'senior' | 'compliance') => (chat === 'Slack' ? playing.hand(part) : playing.teamsHand(part));
    [senior, compliance] = [hand('senior'), hand('compliance')];
  });
  afterAll(() => playing.end());

  const ask = async (hand: Hand, words: string): Promise<void> => {
    if (chat === 'Slack')
      return ok(await (hand as SlackHand).sayIn((hand as SlackHand).directMessage, `/deal ${words}`));
    const teams = hand as TeamsHand;
    return ok(await teams.sayIn(await teams.personalChat(), words));
  };
  const told = async (hand: Hand, words: RegExp, times: number): Promise<Said> => {
    const all = async (): Promise<Said[]> => (await hand.direct()).filter(({ text }) => words.test(text));
    await expect.poll(async () => (await all()).length, { timeout: 15_000 }).toBe(times);
    const last = (await all()).at(-1);
    if (!last) throw new Error(`never told ${String(words)}`);
    return last;
  };
  const take = async (): Promise<void> => {
    ok(await senior.pressDirect(`I took ${COURSE}`));
    await senior.fill('Please confirm', ['I have done this course and understood what it asks of me']);
    ok(await senior.submit());
    if (chat === 'Slack') await senior.noView();
    else await senior.closeView();
  };

  it('waits once after a sleep of years, is taken, and comes again 30 days before it runs out', async () => {
    // A Monday.
    await playing.travel('2035-03-05T10:00:00.000Z');
    const first = await told(senior, /A training waits for you[\s\S]*not taken; it was due on/, 1);
    expect(first.text).toMatch(/You get this because you are in Senior approvers \(Guidance 6, bullet 6\)/);
    await take();
    await ask(senior, 'training');
    await senior.readsDirect(/Your training[\s\S]*valid until 5 March 2036/);

    await playing.travel('2036-02-01T10:00:00.000Z');
    await playing.travel('2036-02-04T10:00:00.000Z');
    await told(senior, /A training waits for you[\s\S]*runs out on 5 March 2036/, 1);
    await take();
    await ask(senior, 'training');
    await senior.readsDirect(/valid until 4 February 2037/);
    await playing.travel('2036-02-11T10:00:00.000Z');
    await compliance.readsDirect(/A training waits for you/);
    // A message on the day of its start, if the person was at work then, is not counted here.
    await told(senior, /A training waits for you[\s\S]*(?:was due|runs out) on/, 2);
  });

  it('shows compliance how everybody stands', async () => {
    await ask(compliance, 'training all');
    await compliance.readsDirect(/Training of everybody[\s\S]*Missing/);
    await ask(senior, 'training all');
    await senior.readsDirect(/Only compliance sees how others stand/);
  });

  it('lets compliance say that the reporting channel was reviewed', async () => {
    ok(await compliance.pressDirect('Reviewed'));
    await compliance.fill('What you looked at', NOTE);
    ok(await compliance.submit());
    if (chat === 'Slack') await compliance.noView();
    else await compliance.closeView();
    await ask(compliance, 'channel');
    await compliance.readsDirect(/Last reviewed on 11 February 2036[\s\S]*phone number/);
  });

  it('leaves no fault in the log', () => {
    expect(problems).toEqual([]);
  });
});
