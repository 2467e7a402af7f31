/** Where one begins to read in a real browser on a phone: a long answer and a review from their top, and who one is. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

const missing = browserIsMissing('Where reading begins is');
let playing: BrowserPlay;

beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay({ samples: true });
}, 60_000);
afterAll(() => playing?.end());

/** On the newest message, as a person has it who just opened the channel. */
const asPhone = async ({ page }: BrowserHand): Promise<void> => {
  await page.setViewportSize({ width: 390, height: 600 });
  await page.locator('#channel [role=log]').evaluate((list) => {
    list.scrollTop = list.scrollHeight;
  });
};

/** How far below the top of the list its last message begins, and whether it is longer than the list. */
const lastMessage = ({ page }: BrowserHand): Promise<{ top: number; isLonger: boolean }> =>
  page.locator('#channel [role=log]').evaluate((list) => {
    const node = [...list.querySelectorAll('article')].at(-1)?.getBoundingClientRect();
    const box = list.getBoundingClientRect();
    // Half a pixel above it is zero, too.
    return { top: Math.round((node?.top ?? 0) - box.top) + 0, isLonger: (node?.height ?? 0) > box.height };
  });

describe.skipIf(missing)('a long answer', () => {
  it('is read from its beginning in Slack', async () => {
    const hand = await playing.slackHand(PEOPLE.compliance);
    await hand.reads(/Decided on/);
    await asPhone(hand);
    await hand.say('/deal list');
    await hand.reads(/Deals that you may read: \d/);
    await expect.poll(() => lastMessage(hand)).toEqual({ top: 0, isLonger: true });
    await hand.look('reading-slack');
  });

  it('is read from its beginning in Teams', async () => {
    const hand = await playing.teamsHand(TEAMS_PEOPLE.compliance);
    await hand.direct();
    await asPhone(hand);
    await hand.page.locator('#say').fill('list');
    await hand.page.locator('#say').press('Enter');
    await hand.page.getByText(/Deals that you may read: \d/).waitFor();
    await expect.poll(() => lastMessage(hand)).toEqual({ top: 0, isLonger: true });
    await hand.look('reading-teams');
  });
});

it.skipIf(missing)('a review opens at its top, with its title in the focus', async () => {
  const hand = await playing.slackHand(PEOPLE.senior);
  await hand.reads(/Decided on/);
  await asPhone(hand);
  await hand.reads(/Next: review by/);
  await hand.press('Review', { in: /Next: review by/ });
  await hand.words();
  const at = await hand.page
    .locator('#modal .modal-body')
    .evaluate((body) => [body.scrollTop, body.scrollHeight > body.clientHeight, document.activeElement?.id]);
  expect(at).toEqual([0, true, 'modal-title']);
  await hand.look('reading-review');
});

it.skipIf(missing)('whoever one is stands below the choice in full, an auditor too', async () => {
  const { page } = await playing.slackHand('U0SAMPLEAUD1');
  await expect.poll(() => page.locator('#who-role').innerText()).toBe('Auditor');
  const room = await page.getByLabel('Who am I').evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(room).toBeLessThanOrEqual(0);
  expect(playing.mistakes.filter((line) => line.startsWith('page:'))).toEqual([]);
});
