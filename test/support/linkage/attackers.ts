/**
 * Attackers who learn from other companies of which they know all. One names, for each case, who spoke; one names, for each
 * company, a day on which somebody did. They guess with what they learnt, on companies that they never saw.
 */

import { DAY_MS, DAYS, HANDLERS, HOLDS_STREAM, isWorkday, START, type Plan } from './plans.ts';
import type { Seen, SeenCase, SeenCommit } from './records.ts';

/** A company as an attacker has it, and what they are to find. */
export interface Target {
  seen: Seen;
  /** Known to everybody: who is there, and who works on which deal. */
  people: readonly string[];
  teams: Plan['teams'];
  truth: { by: string; day: number }[];
}

const dayOf = (at: number): number => Math.floor((at - START) / DAY_MS);

interface Habits {
  perDay: Float64Array;
  mean: number;
  /** Of their sealed texts: logarithm of the mean. */
  length: number;
  times: number[];
}

const habitsOf = ({ commits }: Seen, people: readonly string[]): Map<string, Habits> => {
  const all = new Map(
    people.map((id) => [id, { perDay: new Float64Array(DAYS), mean: 0, length: 0, times: [] as number[] }]),
  );
  const bytes = new Map<string, number>();
  for (const { at, actor, bytes: length } of commits) {
    const habits = all.get(actor);
    const day = dayOf(at);
    if (!habits || day < 0 || day >= DAYS) continue;
    habits.perDay[day] = (habits.perDay[day] ?? 0) + 1;
    habits.times.push(at);
    bytes.set(actor, (bytes.get(actor) ?? 0) + length);
  }
  for (const [id, habits] of all) {
    habits.mean = habits.times.length / DAYS;
    habits.length = Math.log(1 + (bytes.get(id) ?? 0) / Math.max(1, habits.times.length));
  }
  return all;
};

const onDay = ({ perDay }: Habits, day: number): number => perDay[day] ?? 0;
const around = (habits: Habits, day: number, days: number): number => {
  let sum = 0;
  for (let other = day - days; other <= day + days; other += 1) sum += onDay(habits, other);
  return sum;
};

/** Deals that are on hold within so many days after the case came. */
const heldAfter = (commits: readonly SeenCommit[], day: number): Set<string> =>
  new Set(
    commits
      .filter(
        ({ actor, stream, at }) =>
          actor === 'system' && stream.startsWith('D-') && dayOf(at) > day && dayOf(at) <= day + 50,
      )
      .map(({ stream }) => stream),
  );

const NEAR_MS = 90 * 60_000;

/** What is known of one person beside one case: numbers of about the same size. */
const traitsOf = (target: Target, of: SeenCase, id: string, habits: Habits, held: ReadonlySet<string>): number[] => {
  const { day, messages, who, at } = of;
  const [first] = messages;
  const added = messages.slice(1).filter(({ by }) => by === undefined);
  const week = around(habits, day, 3);
  const asked = target.seen.asked.filter((one) => one.person === id);
  const lead = asked.map((one) => day - dayOf(one.at)).filter((days) => days >= 0 && days <= 2).length;
  const near = at === undefined ? 0 : habits.times.filter((time) => time <= at && at - time < NEAR_MS).length;
  return [
    Math.log1p(onDay(habits, day)),
    Math.log1p(onDay(habits, day - 1)),
    Math.log1p(onDay(habits, day + 1)),
    around(habits, day, 2) === 0 ? 1 : 0,
    (week - habits.mean * 7) / Math.sqrt(1 + habits.mean * 7),
    [...held].some((deal) => target.teams[deal]?.includes(id)) ? 1 : 0,
    Math.abs(habits.length - Math.log(first?.forHandlers ?? 1)),
    added.length === 0 ? 0 : added.reduce((sum, one) => sum + around(habits, one.day, 1), 0) / added.length,
    added.length === 0 ? 0 : Math.abs(habits.length - Math.log(added[0]?.forHandlers ?? 1)),
    Math.log1p(habits.mean * 20),
    who === undefined ? 0 : Math.log1p(habits.mean * 20),
    lead > 0 ? 1 : 0,
    near > 0 ? 1 : 0,
  ];
};

/** A choice among several: its traits for each, and which was right. */
export interface Choice {
  options: number[][];
  right: number[];
}

const softmax = (weights: readonly number[], options: readonly number[][]): number[] => {
  const scores = options.map((traits) => traits.reduce((sum, value, n) => sum + value * (weights[n] ?? 0), 0));
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

/** Of two halves of the companies. */
export type Halves = readonly [Choice[], Choice[]];

const ROUNDS = 40;

/** A conditional logit, by gradient ascent (Adam) over all choices at once. */
const learn = (choices: readonly Choice[]): number[] => {
  const size = choices[0]?.options[0]?.length ?? 0;
  const weights = Array.from({ length: size }, () => 0);
  const [first, second] = [weights.map(() => 0), weights.map(() => 0)];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const slope = weights.map(() => 0);
    for (const { options, right } of choices) {
      const shares = softmax(weights, options);
      for (const [option, traits] of options.entries()) {
        const wanted = right.includes(option) ? 1 / right.length : 0;
        const off = wanted - (shares[option] ?? 0);
        if (off !== 0) for (let n = 0; n < size; n += 1) slope[n] = (slope[n] ?? 0) + off * (traits[n] ?? 0);
      }
    }
    for (let n = 0; n < size; n += 1) {
      const step = (slope[n] ?? 0) / Math.max(1, choices.length) - 0.0005 * (weights[n] ?? 0);
      first[n] = 0.9 * (first[n] ?? 0) + 0.1 * step;
      second[n] = 0.99 * (second[n] ?? 0) + 0.01 * step * step;
      const m = (first[n] ?? 0) / (1 - 0.9 ** round);
      const v = (second[n] ?? 0) / (1 - 0.99 ** round);
      weights[n] = (weights[n] ?? 0) + (0.15 * m) / (Math.sqrt(v) + 1e-8);
    }
  }
  return weights;
};

/** Share of right guesses: of equal options, each counts for its part. */
const hits = (weights: readonly number[], { options, right }: Choice): number => {
  const shares = softmax(weights, options);
  const most = Math.max(...shares);
  const best = shares.flatMap((share, n) => (share > most - 1e-12 ? [n] : []));
  return best.filter((n) => right.includes(n)).length / best.length;
};

export interface Found {
  /** Share of right guesses, and of those made without seeing anything. */
  attacker: number;
  chance: number;
  guesses: number;
}

/** Learns from each half, and guesses in the other. */
const tried = (halves: Halves, blind: (choices: readonly Choice[]) => number): Found => {
  let attacker = 0;
  for (const [taught, asked] of [halves, [halves[1], halves[0]] as const]) {
    const weights = learn(taught);
    for (const choice of asked) attacker += hits(weights, choice);
  }
  const all = halves.flat();
  return { attacker: attacker / all.length, chance: blind(all), guesses: all.length };
};

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Each case of a company is one choice among those who are no handlers. */
export const casesToName = (target: Target): Choice[] => {
  const candidates = target.people.slice(HANDLERS);
  const habits = habitsOf(target.seen, target.people);
  return target.seen.cases.map((one, n) => {
    const held = heldAfter(target.seen.commits, one.day);
    const options = candidates.map((id) => {
      const theirs = habits.get(id);
      if (!theirs) throw new Error('nobody');
      return traitsOf(target, one, id, theirs, held);
    });
    return { options, right: [candidates.indexOf(target.truth[n]?.by ?? '')] };
  });
};

/** Days between a report and what is seen later. */
const LAGS = [1, 4, 8, 12, 16, 21, 27, 35];

/** A company is one choice among its days, without what the voices keep. */
export const dayToName = ({ seen: { commits, reminded, asked }, people, truth }: Target): Choice => {
  const [all, theirs, placed, begun] = Array.from({ length: 4 }, () => new Float64Array(DAYS + 60));
  const handlers = new Set(people.slice(0, HANDLERS));
  for (const { at, actor, stream } of commits) {
    const day = dayOf(at);
    const count = (into: Float64Array | undefined): void => void (into && (into[day] = (into[day] ?? 0) + 1));
    if (actor !== 'system') count(all);
    if (handlers.has(actor)) count(theirs);
    if (stream === HOLDS_STREAM) count(actor === 'system' ? begun : placed);
  }
  /** Sums up to each day, so that a span costs no more than a day. */
  const sums = [placed, begun].map((of) => {
    const sum = new Float64Array(DAYS + 61);
    for (let day = 0; day < DAYS + 60; day += 1) sum[day + 1] = (sum[day] ?? 0) + (of?.[day] ?? 0);
    return sum;
  });
  const within = (of: number, from: number, until: number): number =>
    (sums[of]?.[until] ?? 0) - (sums[of]?.[from] ?? 0);
  const options = Array.from({ length: DAYS }, (_, day) => [
    isWorkday(day) ? 1 : 0,
    day / DAYS,
    Math.log1p(all?.[day] ?? 0),
    Math.log1p(theirs?.[day] ?? 0),
    Math.log1p(theirs?.[day + 1] ?? 0),
    ...LAGS.slice(1).flatMap((until, n) => [
      within(0, day + (LAGS[n] ?? 0), day + until),
      within(1, day + (LAGS[n] ?? 0), day + until),
    ]),
    asked.filter((one) => dayOf(one.at) >= day - 2 && dayOf(one.at) <= day).length,
    reminded !== 'each working day' && reminded.some((on) => on > day && on <= day + 3) ? 1 : 0,
    reminded !== 'each working day' && reminded.includes(day + 1) ? 1 : 0,
  ]);
  return { options, right: [...new Set(truth.map((one) => one.day))] };
};

/** Names a person for each case. Blind: one in as many as could have spoken. */
export const personNamed = (halves: Halves): Found =>
  tried(halves, (all) => mean(all.map(({ options }) => 1 / options.length)));

const WORKDAYS = Array.from({ length: DAYS }, (_, day) => day).filter(isWorkday);

/** Names a day for each company. Blind: any day, or any working day, whichever is right more often. */
export const dayNamed = (halves: Halves): Found =>
  tried(halves, (all) =>
    Math.max(
      mean(all.map(({ right }) => right.length / DAYS)),
      mean(all.map(({ right }) => right.filter(isWorkday).length / WORKDAYS.length)),
    ),
  );
