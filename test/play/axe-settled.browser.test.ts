/** A private message that asks for a vote, and what becomes of it once the vote is cast, as axe-core sees it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walk, WINDOWS } from '../support/axe-walk.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { createHand } from '../support/chat-hand.ts';
import { answerHarmless, lawsNoted, openDeal, review } from '../support/four-deals.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';
import { createTeamsHand } from '../support/teams-hand.ts';

const HALF = WINDOWS.filter(([where, scheme]) => (where === 'a desk') === (scheme === 'light'));
const WALKS = (['Slack', 'Teams'] as const).flatMap((chat) =>
  HALF.map(([where, scheme, size]) => ({ chat, where, scheme, size })),
);
const COUNTRY = 'Bouvet Island';

describe.skipIf(browserIsMissing('accessibility of messages that settle'))('axe finds nothing', () => {
  let play: BrowserPlay;
  beforeAll(async () => {
    play = await openBrowserPlay({});
    await lawsNoted(createHand(play.url, PEOPLE.counsel), COUNTRY);
  });
  afterAll(async () => {
    await play?.end();
    expect(play?.mistakes).toEqual([]);
  });

  it.each(WALKS)('in $chat, on $where, $scheme', async ({ chat, where, scheme, size }) => {
    const isSlack = chat === 'Slack';
    const rep = isSlack ? createHand(play.url, PEOPLE.rep) : createTeamsHand(play.url, TEAMS_PEOPLE.rep);
    const customer = `Sample Election Office (${chat}, ${where})`;
    const root = await openDeal(rep, {
      customer,
      product: 'Sample network protection',
      country: COUNTRY,
      endUser: customer,
      kind: 'Government agency',
    });
    await answerHarmless(rep);

    const hand = await (isSlack
      ? play.slackHand(PEOPLE.compliance, scheme)
      : play.teamsHand(TEAMS_PEOPLE.compliance, scheme));
    const { page } = hand;
    if (size) await page.setViewportSize(size);
    const problems: string[] = [];
    const { clean } = walk(page, problems, false);
    const message = page.locator('#channel [role=log] article').filter({ hasText: customer }).last();
    const button = message.getByRole('button', { name: /^Review/ });

    await hand.readsDirect(`“${customer}”`);
    await button.waitFor();
    await clean('a message that asks');
    await review(hand, root, { outcome: 'Approve' });
    const { text } = await hand.readsDirect(new RegExp(`${chat}, ${where}[^]*You approved\\.`));
    expect(text).toContain('Open the thread');
    expect(await button.count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    await clean('a message that settled');
    await page.context().close();
    expect(problems).toEqual([]);
  });
});
