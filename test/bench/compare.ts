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
  /** Name in the ratios of those that are compared with it. */
  yardstick?: string;
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const at = (values: readonly number[], part: number): number =>
  sorted(values)[Math.max(Math.ceil(values.length * part) - 1, 0)] ?? Number.NaN;
const median = (values: readonly number[]): number => at(values, 0.5);

interface Turns {
  /** One value for each round. */
  cpu: number[];
  rates: number[];
  times: number[];
  refused: number;
}

const summed = (loads: readonly Load[]): Turns => ({
  cpu: loads.map(({ cpu }) => cpu),
  rates: loads.map(({ rate }) => rate),
  times: loads.flatMap(({ times }) => times),
  refused: loads.reduce((sum, { refused }) => sum + refused, 0),
});

const ranged = (ratios: readonly number[]): string =>
  `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;

const beside = (turns: Turns, yardstick: string, other: Turns): string => {
  const ratios = (values: readonly number[], others: readonly number[]) =>
    values.map((value, round) => value / (others[round] ?? Number.NaN));
  return (
    `    of the ${yardstick}: CPU x ${ranged(ratios(turns.cpu, other.cpu))}, rate x ${ranged(ratios(turns.rates, other.rates))}, ` +
    `p99 x ${(at(turns.times, 0.99) / at(other.times, 0.99)).toFixed(2)}`
  );
};

const line = (label: string, turns: Turns): string => {
  const refused = turns.refused > 0 ? `   ${turns.refused} of ${turns.times.length} REFUSED` : '';
  return (
    `  ${label.padEnd(31)}${median(turns.cpu).toFixed(0).padStart(6)} µs CPU` +
    `${median(turns.rates).toFixed(0).padStart(6)} a second${at(turns.times, 0.99).toFixed(1).padStart(8)} ms p99${refused}`
  );
};

/** Sides are compared with the yardsticks before them. Requests are numbered from 1. */
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
    lines.push(` ${inFlight} in flight`);
    const yardsticks: [string, Turns][] = [];
    for (const [i, { label, yardstick }] of sides.entries()) {
      const turns = summed(loads[i] ?? []);
      lines.push(line(label, turns), ...yardsticks.map(([name, other]) => beside(turns, name, other)));
      if (yardstick !== undefined) yardsticks.push([yardstick, turns]);
    }
  }
  return lines;
}
