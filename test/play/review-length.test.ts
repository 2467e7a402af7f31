/** How much an approver reads and presses for one vote: what takes too long is pressed without being read. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDay, type Day } from '../support/bad-day-bench.ts';
import { endUser, HIGH, type Sections } from '../support/bad-day-deals.ts';
import { createHand, readBlocks, type SlackHand } from '../support/chat-hand.ts';
import { measure } from '../support/measures.ts';
import { PEOPLE } from '../support/playing.ts';

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

const words = (text: string): number => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Seven red flags, three of them severe. */
const SEVEN: Sections = {
  ...HIGH,

  'end-user': endUser({
    'q:H-RF1': 'yes',
    'q:H-RF2': 'yes',
    'q:H-RF3-conflict': 'yes',
    'q:H-RF4': 'yes',
    'q:H-RF5-oversight': 'yes',
    'q:H-RF8': 'yes',
    'q:H-RF9': 'yes',
  }),
};

interface Took {
  pages: number;
  words: number;
  presses: number;
}

const isInitial = (key: string): boolean => key.startsWith('initial_');
const REASONS = 'The answers and safeguards support this decision.';

/** Reads every page and makes the fewest presses that end in a vote. What is chosen already stays. */
const reviews = async (hand: SlackHand, thread: string): Promise<Took> => {
  let [pages, read] = [0, 0];
  await hand.press('Review', { thread });
  for (let last = false; !last; pages += 1) {
    const { title, blocks } = await hand.view();
    // A choice that is made stands among its options.
    const shown = JSON.stringify(blocks, (key, value: unknown) => (isInitial(key) ? undefined : value));
    read += words(`${title} ${readBlocks(JSON.parse(shown) as typeof blocks)}`);
    last = title === 'Review: confirm';
    for (const label of await hand.unanswered()) {
      const options = await hand.options(label);
      const choice = options.find((option) => option.startsWith('Uphold')) ?? options[0] ?? '';
      await hand.fill(label, label === 'Your own part' ? [choice] : choice);
    }
    if (title === 'Review: your decision') await hand.fill('Your reasons', REASONS);
    expect(await hand.submit()).not.toHaveProperty('errors');
  }
  return { pages, words: read, presses: hand.clicks };
};

// Before: 7 pages, 1,783 words and 23 presses for the first.
it('is at most 4 pages and 700 words for 7 red flags, 14 presses for the first voter and 10 for the next', async () => {
  const deal = await day.deals.answered(SEVEN);
  const { message: thread } = await day.record.root(deal);
  await day.reads(PEOPLE.compliance, 'please review this deal', { thread });
  const first = await reviews(createHand(day.playing.url, PEOPLE.compliance), thread);
  await day.reads(PEOPLE.senior, 'Senior approvers (step 2', { thread });
  const next = await reviews(createHand(day.playing.url, PEOPLE.senior), thread);
  expect((await day.deals.deciding(deal)).votes.length).toBe(2);
  measure('the first voter’s review of 7 red flags', { ...first });
  measure('the next voter’s', { ...next });
  expect(first).toMatchObject({ pages: 4, presses: 14 });
  expect(first.words).toBeLessThanOrEqual(700);
  expect(next).toMatchObject({ pages: 4, presses: 8 });
  // And it shows what the first voter said.
  expect(next.words).toBeLessThanOrEqual(700);
});
