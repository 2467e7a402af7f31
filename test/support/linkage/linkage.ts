/** Many companies' years, and how often attackers name the right person or day, with and without leaks. */

import { chance } from '../../torture/support/script.ts';
import { casesToName, dayNamed, dayToName, personNamed, type Choice, type Found, type Target } from './attackers.ts';
import { planOf, type Habits } from './plans.ts';
import { seenOf, type Leak, type Sizes } from './records.ts';

export interface Asked {
  companies: number;
  seed: number;
  habits: Habits;
  leak?: Leak;
}

export interface Linked {
  person: Found;
  day: Found;
}

export const linked = (sizes: Sizes, { companies, seed, habits, leak }: Asked): Linked => {
  const random = chance(seed);
  const cases: [Choice[], Choice[]] = [[], []];
  const days: [Choice[], Choice[]] = [[], []];
  for (let n = 0; n < companies; n += 1) {
    const plan = planOf(random, habits);
    const target: Target = {
      seen: seenOf(plan, sizes, leak),
      people: plan.people.map(({ id }) => id),
      teams: plan.teams,
      truth: plan.reports.map(({ by, day }) => ({ by, day })),
    };
    const half = n % 2 === 0 ? 0 : 1;
    cases[half].push(...casesToName(target));
    days[half].push(dayToName(target));
  }
  return { person: personNamed(cases), day: dayNamed(days) };
};

/** In points of a hundred. */
export const gain = ({ attacker, chance: blind }: Found): number => (attacker - blind) * 100;
