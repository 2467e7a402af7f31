/** The four deals in a real browser, in front of the bot as `npm start` runs it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import type { Cast } from '../support/four-deals.ts';
import { PEOPLE } from '../support/playing.ts';
import { playFourDeals } from './four-deals-tests.ts';

const missing = browserIsMissing('The four deals are');
let playing: BrowserPlay;
const cast = {} as Cast;

beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay();
  cast.rep = await playing.slackHand(PEOPLE.rep);
  cast.legalAdviser = await playing.slackHand(PEOPLE.legalAdviser);
  cast.compliance = await playing.slackHand(PEOPLE.compliance);
  cast.senior = await playing.slackHand(PEOPLE.senior);
  cast.senior2 = await playing.slackHand(PEOPLE.senior2);
  cast.counsel = await playing.slackHand(PEOPLE.counsel, 'dark');
});
afterAll(() => playing?.end());

describe.skipIf(missing)('four deals in a browser', () => {
  playFourDeals(
    () => cast,
    () => playing.killAndStart(),
  );
  it('leaves no fault in the page or the log', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
