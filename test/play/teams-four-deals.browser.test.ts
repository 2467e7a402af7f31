/** The four deals in Teams in a real browser, in front of the bot as `npm start` runs it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { electionCommission, interiorMinistry, stateTelecom, weatherSensor, type Cast } from '../support/four-deals.ts';
import { TEAMS_PEOPLE } from '../support/playing.ts';

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
  it('a weather sensor for a farm co-operative is out of scope', async () => {
    await weatherSensor(cast);
  });
  it('network protection for an election commission is low, in under 20 clicks of the rep', async () => {
    const { clicks } = await electionCommission(cast);
    expect(clicks).toBeLessThan(20);
  });
  it('data analytics for a part state-owned telecom is elevated, through a kill -9 and a hand-over', async () => {
    await stateTelecom(cast, () => playing.killAndStart());
  });
  it('facial recognition for a police is high: a changed answer voids its votes, a stale card counts', async () => {
    await interiorMinistry(cast);
  });
  it('leaves no fault in the page or the log', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
