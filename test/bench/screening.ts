/** Screening by 60,000 names: how soon the index is ready, its memory, the time of one party, and what is found of the pairs. */

import { screenOf } from '../../flows/screening/screening.ts';
import { backgroundList, figuresOf, madeUpList, pairs, PARTS } from '../support/screening.ts';
import { measured, percentiles } from './pause.ts';

const NAMES = 60_000;
const ROUNDS = 4;

const memoryUsed = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const share = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)}%`;

export async function screeningBench(): Promise<string[]> {
  const empty = memoryUsed();
  const entries = [...madeUpList(), ...backgroundList(NAMES)];
  const read = memoryUsed();
  const making = await measured(async () => screenOf(entries));
  const screen = making.made;
  const made = memoryUsed();
  const all = pairs();
  let next = 0;
  const asked = await percentiles(() => screen.check(all[next++ % all.length]!.party), ROUNDS * all.length);
  const lines = PARTS.map((part) => {
    const { trueOnes, missed, clean, falsely } = figuresOf(
      screen,
      all.filter((pair) => pair.part === part),
    );
    const found = trueOnes - missed.length;
    return `  pairs, part “${part}”: ${found} of ${trueOnes} true ones found (${share(found, trueOnes)}; aim: 99%), ${falsely.length} of ${clean} clean parties with a hit (${share(falsely.length, clean)}; aim: 5%)`;
  });
  return [
    '',
    `Screening against ${screen.index.entryOf.length.toLocaleString('en')} names of ${entries.length.toLocaleString('en')} made-up entries`,
    `  index ready after ${(making.cpuMs / 1000).toFixed(2)} s of the processor (aim: 1 s)`,
    globalThis.gc
      ? `  memory: ${megabytes(made - empty)} more with the entries (aim: 60 MB), ${megabytes(made - read)} of it the index`
      : '  memory not measured: node --expose-gc',
    `  one party, the processor’s time: half ${asked.p50.toFixed(2)} ms, 99 % ${asked.p99.toFixed(2)} ms (aim: 10 ms)`,
    ...lines,
  ];
}
