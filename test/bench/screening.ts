/** Screening by 60,000 names: how soon the index is ready, its memory, the time of one party, and what is found of the pairs. */

import type { ListEntry } from '../../flows/screening/entry.ts';
import { screenOf } from '../../flows/screening/screening.ts';
import { screenedDesk } from '../support/screened-deals.ts';
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

const OPENINGS = 60;
const half = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

/** Deals are opened in turns at a desk without a list and at one with it, which compares each afterwards as a bot does. */
const opening = async (entries: readonly ListEntry[]): Promise<string> => {
  const [without, with_] = [screenedDesk(), screenedDesk()];
  try {
    await with_.take(entries);
    await with_.spread();
    const times = { without: [] as number[], with_: [] as number[], compared: [] as number[] };
    const took = async (into: number[], act: () => Promise<unknown>): Promise<void> => {
      const began = performance.now();
      await act();
      into.push(performance.now() - began);
    };
    for (let n = 0; n < OPENINGS; n += 1) {
      const details = {
        customer: `Sample Customer ${n}`,
        endUser: { name: `Sample Agency ${n}`, kind: 'government' },
      } as const;
      await took(times.without, () => without.openWith(details));
      await took(times.with_, () => with_.openWith(details));
      await took(times.compared, () => with_.screening.look());
    }
    const [before, after, compared] = [half(times.without), half(times.with_), half(times.compared)];
    return `  opening a deal: half ${before.toFixed(1)} ms without a list, ${after.toFixed(1)} ms with it: ${(after / before).toFixed(2)}× (aim: 1.3×); its parties are compared ${compared.toFixed(0)} ms afterwards`;
  } finally {
    await Promise.all([without.end(), with_.end()]);
  }
};

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
    await opening(entries),
  ];
}
