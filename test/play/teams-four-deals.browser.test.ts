/** The four deals in Teams in a real browser, in front of the bot as `npm start` runs it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import type { Cast } from '../support/four-deals.ts';
import { TEAMS_PEOPLE } from '../support/playing.ts';
import { playFourDeals } from './four-deals-tests.ts';

const missing = browserIsMissing('The four deals of Teams are');
let playing: BrowserPlay;
const cast = {} as Cast;

beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay();
  cast.rep = await playing.teamsHand(TEAMS_PEOPLE.rep);
  cast.legalAdviser = await playing.teamsHand(TEAMS_PEOPLE.legalAdviser);
  cast.compliance = await playing.teamsHand(TEAMS_PEOPLE.compliance);
  cast.senior = await playing.teamsHand(TEAMS_PEOPLE.senior);
  cast.senior2 = await playing.teamsHand(TEAMS_PEOPLE.senior2);
  cast.counsel = await playing.teamsHand(TEAMS_PEOPLE.counsel, 'dark');
});
afterAll(() => playing?.end());

describe.skipIf(missing)('four deals in Teams in a browser', () => {
  playFourDeals(
    () => cast,
    () => playing.killAndStart(),
  );
  it('leaves no fault in the page or the log', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
