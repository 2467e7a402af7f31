/** The four deals in Teams: the real bot, the real Teams SDK and the strict stand-in for the Bot Connector, without a browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electionCommission, interiorMinistry, stateTelecom, weatherSensor, type Cast } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';

let playing: Playing;
let cast: Cast;
const problems: string[] = [];

const newCast = (): Cast => ({
  rep: playing.teamsHand('rep'),
  legalAdviser: playing.teamsHand('legalAdviser'),
  compliance: playing.teamsHand('compliance'),
  senior: playing.teamsHand('senior'),
  senior2: playing.teamsHand('senior2'),
  counsel: playing.teamsHand('counsel'),
});

beforeAll(async () => {
  const note = (event: string, fields?: object): void => void problems.push(`${event} ${JSON.stringify(fields)}`);
  playing = await play({ info: () => {}, warn: note, error: note });
  cast = newCast();
});
afterAll(() => playing.end());

describe('four deals in Teams', () => {
  it('a weather sensor for a farm co-operative is out of scope', async () => {
    await weatherSensor(cast);
  });
  it('network protection for an election commission is low, in under 20 clicks of the rep', async () => {
    const { clicks } = await electionCommission(cast);
    expect(clicks).toBeLessThan(20);
  });
  it('data analytics for a part state-owned telecom is elevated, through a restart and a hand-over', async () => {
    await stateTelecom(cast, () => playing.restart());
  });
  it('facial recognition for a police is high: a changed answer voids its votes, a stale card counts', async () => {
    await interiorMinistry(cast);
  });
  it('leaves no fault in the log', () => {
    // In one process a restart meets the sockets of before: those first calls fail and are made again.
    const stale = /^slack\.sdk|^outbox\.retry .*"code":"no_answer"/;
    expect(problems.filter((p) => !stale.test(p))).toEqual([]);
  });
});
