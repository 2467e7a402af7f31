/** The four deals in order and in full, in any chat, with or without a browser. */

import { expect, it } from 'vitest';
import { electionCommission, interiorMinistry, stateTelecom, weatherSensor, type Cast } from '../support/four-deals.ts';

/** `restart`: `kill -9` if the bot is a separate process. */
export const playFourDeals = (cast: () => Cast, restart: () => Promise<void>): void => {
  it('a weather sensor for a farm co-operative is out of scope', async () => {
    await weatherSensor(cast());
  });
  it('network protection for an election commission is low, in under 20 clicks of the rep', async () => {
    const { clicks } = await electionCommission(cast());
    expect(clicks).toBeLessThan(20);
  });
  it('data analytics for a part state-owned telecom is elevated, through a restart and a hand-over', async () => {
    await stateTelecom(cast(), restart);
  });
  it('facial recognition for a police is high: a changed answer voids its votes, a stale card counts', async () => {
    await interiorMinistry(cast());
  });
};
