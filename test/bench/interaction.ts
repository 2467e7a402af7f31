/** Clearthread beside a bare Bolt app: the same signed submissions, kept on disk before the answer, or only answered. */
import type { Bots } from './bots.ts';
import { load, type Load } from './load.ts';

const IN_FLIGHT = [1, 10, 50];
/** Until V8 has compiled what is hot, in all three. */
const WARM_UP = 3000;
/** The machine is shared: many short turns, one bot after the other, so that each sees the same weather. */
const ROUNDS = 9;
const REQUESTS = 200;

const NAMES = {
  bare: 'bare Bolt, only acks',
  alone: 'Clearthread, interaction alone',
  sending: 'Clearthread, outbox busy',
};
type Name = keyof typeof NAMES;
const ORDER: readonly Name[] = ['bare', 'alone', 'sending'];

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const at = (values: readonly number[], part: number): number =>
  sorted(values)[Math.max(Math.ceil(values.length * part) - 1, 0)] ?? Number.NaN;
const median = (values: readonly number[]): number => at(values, 0.5);

interface Turns {
  /** For each round. */
  cpu: number[];
  times: number[];
  refused: number;
}

const summed = (loads: readonly Load[]): Turns => ({
  cpu: loads.map(({ cpu }) => cpu),
  times: loads.flatMap(({ times }) => times),
  refused: loads.reduce((sum, { refused }) => sum + refused, 0),
});

const line = (name: Name, turns: Turns, bare: Turns): string => {
  const ratios = turns.cpu.map((cpu, round) => cpu / (bare.cpu[round] ?? Number.NaN));
  const beside =
    name === 'bare'
      ? ''
      : `   ratio ${median(ratios).toFixed(2)} x CPU (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}), ` +
        `${(at(turns.times, 0.99) / at(bare.times, 0.99)).toFixed(2)} x p99`;
  const refused = turns.refused > 0 ? `   ${turns.refused} of ${turns.times.length} REFUSED` : '';
  return (
    `  ${NAMES[name].padEnd(31)}${median(turns.cpu).toFixed(0).padStart(6)} µs CPU` +
    `${at(turns.times, 0.99).toFixed(1).padStart(8)} ms p99${beside}${refused}`
  );
};

export async function interactionBench(bots: Bots): Promise<string[]> {
  const payload = await bots.payload();
  let sent = 1;
  const run = (name: Name, inFlight: number, requests: number) => {
    const first = sent;
    sent += requests;
    return load(bots[name], inFlight, requests, (n) => payload(first + n));
  };
  for (const name of ORDER) await run(name, 10, WARM_UP);
  const lines = [
    `Durable interaction: signed request in, commit on disk, ack out (aim: at most 2 x CPU)`,
    `  medians of ${ROUNDS} turns of ${REQUESTS} submissions, after ${WARM_UP} to warm up; ratios within a turn, least to most`,
  ];
  let submitted = 1 + WARM_UP;
  for (const inFlight of IN_FLIGHT) {
    const loads: Record<Name, Load[]> = { bare: [], alone: [], sending: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ORDER) loads[name].push(await run(name, inFlight, REQUESTS));
    }
    submitted += ROUNDS * REQUESTS;
    const bare = summed(loads.bare);
    lines.push(` ${inFlight} in flight`, ...ORDER.map((name) => line(name, summed(loads[name]), bare)));
  }
  const kept = await bots.kept();
  const whole = kept.map((deals) => (deals === undefined ? 'A BROKEN RECORD' : `${deals} of ${submitted} deals`));
  lines.push(`  on disk afterwards: ${whole.join(' and ')}; sent meanwhile: ${bots.messages()} messages`);
  return lines;
}
