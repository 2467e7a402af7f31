/** Compares bots with a bare one: the same requests, in short turns, as ratios within a turn. */

import type { Measured } from './child.ts';
import { load, type Load, type Sending } from './load.ts';

const IN_FLIGHT = [1, 10, 50];
/** Warms up until V8 has compiled the hot code, in all of them. */
const WARM_UP = 3000;
/** The machine is shared: many short turns, one bot after the other, so that each meets the same conditions. */
const ROUNDS = 9;
const REQUESTS = 200;

/** Requests for each bot in all turns, without the earlier ones. */
export const SENT_TO_EACH = WARM_UP + IN_FLIGHT.length * ROUNDS * REQUESTS;

export const COMPARED = `medians of ${ROUNDS} turns of ${REQUESTS} submissions, after ${WARM_UP} to warm up; ratios within a turn, least to most`;

export interface Side {
  label: string;
  bot: Measured;
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const at = (values: readonly number[], part: number): number =>
  sorted(values)[Math.max(Math.ceil(values.length * part) - 1, 0)] ?? Number.NaN;
const median = (values: readonly number[]): number => at(values, 0.5);

interface Turns {
  /** One value for each round. */
  cpu: number[];
  times: number[];
  refused: number;
}

const summed = (loads: readonly Load[]): Turns => ({
  cpu: loads.map(({ cpu }) => cpu),
  times: loads.flatMap(({ times }) => times),
  refused: loads.reduce((sum, { refused }) => sum + refused, 0),
});

const line = (label: string, turns: Turns, bare: Turns): string => {
  const ratios = turns.cpu.map((cpu, round) => cpu / (bare.cpu[round] ?? Number.NaN));
  const beside =
    turns === bare
      ? ''
      : `   ratio ${median(ratios).toFixed(2)} x CPU (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}), ` +
        `${(at(turns.times, 0.99) / at(bare.times, 0.99)).toFixed(2)} x p99`;
  const refused = turns.refused > 0 ? `   ${turns.refused} of ${turns.times.length} REFUSED` : '';
  return (
    `  ${label.padEnd(31)}${median(turns.cpu).toFixed(0).padStart(6)} µs CPU` +
    `${at(turns.times, 0.99).toFixed(1).padStart(8)} ms p99${beside}${refused}`
  );
};

/** The first side is the yardstick. Requests are numbered from 1. */
export async function compare(sides: readonly Side[], sending: Sending): Promise<string[]> {
  let sent = 1;
  const run = (bot: Measured, inFlight: number, requests: number) => {
    const first = sent;
    sent += requests;
    return load(bot, inFlight, requests, first, sending);
  };
  for (const { bot } of sides) await run(bot, 10, WARM_UP);
  const lines: string[] = [];
  for (const inFlight of IN_FLIGHT) {
    const loads: Load[][] = sides.map(() => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [i, { bot }] of sides.entries()) loads[i]?.push(await run(bot, inFlight, REQUESTS));
    }
    const turns = loads.map(summed);
    const [bare] = turns;
    if (!bare) throw new Error('there is nothing to compare');
    lines.push(` ${inFlight} in flight`, ...turns.map((turn, i) => line(sides[i]?.label ?? '', turn, bare)));
  }
  return lines;
}
