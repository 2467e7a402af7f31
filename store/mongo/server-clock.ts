/**
 * The server's clock, as this process sees it. What several bots share (leases, sweeps, turns, places in line) goes by
 * that one clock: a bot whose own clock is ahead would take a fresh lease for an old one, and send what another sends.
 */

import type { Connection } from './connection.ts';

export interface ServerClock {
  /** Milliseconds that the server's clock is ahead of this process's. */
  aheadMs(): number;
  /** The server's time. */
  now(): string;
  /** Turns an instant of this process's clock into the server's, and back. */
  toServer(at: string): string;
  toOwn(at: string): string;
  close(): void;
}

export interface ServerClockOptions {
  /** This process's clock, ISO 8601. */
  own: () => string;
  /** Believes the two clocks equal and asks no server: for tests that move `own`. */
  trusted: boolean;
  everyMs?: number | undefined;
}

/** A clock that NTP sets anew, or another server after a failover, is noticed by then. */
const EVERY_MS = 2 * 60_000;
const SAMPLES = 3;
/** What NTP leaves. Leases and turns take no harm from so little. */
const ALIKE_MS = 250;

const shifted = (at: string, ms: number): string => (ms === 0 ? at : new Date(Date.parse(at) + ms).toISOString());

export const serverClockOf = async (
  { db, reading, background }: Connection,
  { own, trusted, everyMs = EVERY_MS }: ServerClockOptions,
): Promise<ServerClock> => {
  let aheadMs = 0;

  /** The answer was written somewhere between question and answer: half of that time is not known. */
  const sample = async (): Promise<{ off: number; unsure: number }> => {
    const asked = Date.parse(own());
    const began = performance.now();
    const { localTime } = await reading(() => db.command({ hello: 1 }));
    const unsure = (performance.now() - began) / 2;
    return { off: localTime instanceof Date ? localTime.getTime() - (asked + unsure) : 0, unsure };
  };
  const measure = async (): Promise<void> => {
    let best = await sample();
    for (let n = 1; n < SAMPLES; n += 1) {
      const next = await sample();
      if (next.unsure < best.unsure) best = next;
    }
    aheadMs = Math.abs(best.off) <= ALIKE_MS + best.unsure ? 0 : Math.round(best.off);
  };

  let timer: NodeJS.Timeout | undefined;
  if (!trusted) {
    await measure();
    // A failure keeps what was known; the next one comes soon.
    timer = setInterval(() => background(measure()), everyMs).unref();
  }
  return {
    aheadMs: () => aheadMs,
    now: () => shifted(own(), aheadMs),
    toServer: (at) => shifted(at, aheadMs),
    toOwn: (at) => shifted(at, -aheadMs),
    close: () => clearInterval(timer),
  };
};
