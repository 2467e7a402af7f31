/** The four deals in Teams: real bot, real Teams SDK, the strict stand-in for the Bot Connector, without a browser. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cast } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';
import { playFourDeals } from './four-deals-tests.ts';

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
  playFourDeals(
    () => cast,
    () => playing.restart(),
  );
  it('leaves no fault in the log', () => {
    // In one process a restart meets old sockets: those first calls fail and are made again.
    const stale = /^slack\.sdk|^outbox\.retry .*"code":"no_answer"/;
    expect(problems.filter((p) => !stale.test(p))).toEqual([]);
  });
});
