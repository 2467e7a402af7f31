/** The fifth deal in a real browser: opened in the Slack pane, decided in the Teams pane. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { fifthDeal } from '../support/fifth-deal.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

const missing = browserIsMissing('The deal in both chats is');
let playing: BrowserPlay;

beforeAll(async () => {
  if (!missing) playing = await openBrowserPlay();
});
afterAll(() => playing?.end());

describe.skipIf(missing)('the fifth deal in a browser', () => {
  it('is asked for in Slack and approved in Teams; flags, questions, votes and the outcome are in both', async () => {
    await fifthDeal({
      rep: await playing.slackHand(PEOPLE.rep),
      compliance: await playing.teamsHand(TEAMS_PEOPLE.compliance),
      senior: await playing.teamsHand(TEAMS_PEOPLE.senior),
      counsel: await playing.teamsHand(TEAMS_PEOPLE.counsel, 'dark'),
    });
  });
  it('leaves no fault in the page or the log', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
