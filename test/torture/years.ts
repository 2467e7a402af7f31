/** Reminders over the years: every deal of a company with people in ten time zones, with absences. */

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { live, sumOf, type Share, type Sum } from '../support/years.ts';
import { chance, must, type Form, type Script } from './support/script.ts';

const SIZES: Record<Form, { deals: number; days: number }> = {
  short: { deals: 50, days: 365 },
  long: { deals: 1000, days: 730 },
};

const CORES = availableParallelism();

const onAllCores = async (of: Pick<Share, 'deals' | 'days'>): Promise<Sum> => {
  const shares = Array.from({ length: CORES }, async (_, first): Promise<Sum> => {
    const workerData: Share = { ...of, every: CORES, first };
    const worker = new Worker(new URL('./years.child.js', import.meta.url), { workerData });
    const [sum] = (await once(worker, 'message')) as [Sum];
    return sum;
  });
  return sumOf(await Promise.all(shares));
};

export const years: Script = {
  name: 'years',
  proves:
    'over two years of 1,000 deals in ten time zones no reminder is missed, doubled, late or astray (in short: one year of 50)',
  run: async (form) => {
    const { deals, days } = SIZES[form];
    const started = performance.now();
    const sum = form === 'long' ? await onAllCores({ deals, days }) : live({ deals, days, every: 1, first: 0 }, chance);
    const seconds = (performance.now() - started) / 1000;
    must(sum.missed + sum.doubled + sum.late + sum.astray === 0, JSON.stringify(sum));
    // Years without events would prove nothing.
    const enough = deals / 100;
    must(sum.told > 5000 * enough && sum.delegated > 300 * enough, `too little was told: ${JSON.stringify(sum)}`);
    must(sum.suspensions > 50 * enough && sum.reassessed > 50 * enough, `too little happened: ${JSON.stringify(sum)}`);
    must(sum.lent >= Math.floor(5 * enough), `nobody voted for anybody: ${JSON.stringify(sum)}`);
    const cores = form === 'long' ? `, on ${CORES} cores` : '';
    return [`${deals} deals, ${days} days, ten time zones, in ${seconds.toFixed(1)} s${cores}: ${JSON.stringify(sum)}`];
  },
};
