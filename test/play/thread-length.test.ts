/** How long the thread of a deal gets: what is said twice there hides what is said once. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDay, type Day } from '../support/bad-day-bench.ts';
import { HIGH, LOW } from '../support/bad-day-deals.ts';
import { until } from '../support/bad-day.ts';
import { CLEARANCE, readBlocks } from '../support/chat-hand.ts';
import { measure } from '../support/measures.ts';
import { PEOPLE } from '../support/playing.ts';

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

const words = (text: string): number => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const threadOf = async (deal: string): Promise<string[]> => {
  const { message: thread } = await day.record.root(deal);
  const all = await day.messages(PEOPLE.rep, CLEARANCE, thread);
  return all.filter(({ onlyForYou }) => !onlyForYou).map(({ blocks }) => readBlocks(blocks));
};

const lengthOf = async (deal: string): Promise<[messages: number, words: number]> => {
  await day.reads(PEOPLE.rep, 'Who decided, and why', { thread: (await day.record.root(deal)).message });
  await until('the review to say so', async () => (await threadOf(deal)).some((text) => /complete: passed/.test(text)));
  await day.record.quiet();
  const all = await threadOf(deal);
  return [all.length, all.reduce((sum, text) => sum + words(text), 0)];
};

it('has 5 messages and at most 400 words for a low deal, 8 and 620 for a high one', async () => {
  const low = await day.deals.answered(LOW);
  await day.deals.vote(PEOPLE.compliance, low);
  const ofLow = await lengthOf(low);
  const high = await day.deals.answered(HIGH);
  for (const who of [PEOPLE.compliance, PEOPLE.senior, PEOPLE.counsel]) await day.deals.vote(who, high);
  const [messages, inWords] = await lengthOf(high);
  measure('the thread of a low deal', { messages: ofLow[0], words: ofLow[1] });
  measure('the thread of a high deal', { messages, words: inWords });
  expect([ofLow[0], messages]).toEqual([5, 8]);
  expect(ofLow[1]).toBeLessThanOrEqual(400);
  expect(inWords).toBeLessThanOrEqual(620);
});
