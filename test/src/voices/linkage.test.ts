/**
 * Who has both stores, both logs and both chats, but no key, can hardly tell who spoke or when: attackers who learn try it, on
 * a few companies here and on a thousand by `npm run bench linkage`. What they attack is what the programs write, and where
 * something leaks they find it.
 */

import { beforeAll, describe, expect, it } from 'vitest';
import type { Found } from '../../support/linkage/attackers.ts';
import { gain, linked, type Linked } from '../../support/linkage/linkage.ts';
import { planOf } from '../../support/linkage/plans.ts';
import { measureSizes, seenOf, type Leak, type Sizes } from '../../support/linkage/records.ts';
import { writtenOf } from '../../support/linkage/written.ts';
import { chance } from '../../torture/support/script.ts';

let sizes: Sizes;
beforeAll(async () => {
  sizes = await measureSizes();
});

it('what is attacked is what the programs write: cases, their days, order and lengths, and commits', async () => {
  const whole = planOf(chance(11), { reports: 3, onTeam: 0, atWork: 0 });
  // One with a name, one about a handler, one that is long.
  const reports = whole.reports.map((one, n) => ({
    ...one,
    named: n === 0,
    ticks: n === 1 ? 2 : undefined,
    bytes: n === 2 ? 9000 : one.bytes,
  }));
  const plan = { ...whole, reports, acts: whole.acts.slice(0, 200) };
  const { cases, commits, logged } = await writtenOf(plan);
  const seen = seenOf(plan, sizes);
  const inOrder = (all: readonly object[]): string[] => all.map((one) => JSON.stringify(one)).toSorted();
  expect(inOrder(cases)).toEqual(inOrder(seen.cases));
  expect(commits).toEqual(seen.commits);
  expect(logged).toEqual([]);
  expect(cases.flatMap(({ messages }) => messages).length).toBeGreaterThan(cases.length * 3);
});

describe('attackers', () => {
  const tries = (leak?: Leak, atWork = 0): Linked =>
    linked(sizes, { companies: 40, seed: 5, habits: { reports: 3, onTeam: 0, atWork }, ...(leak && { leak }) });
  /** Two points, and what so few guesses are off by chance. */
  const most = ({ chance: blind, guesses }: Found): number => 2 + 200 * Math.sqrt((blind * (1 - blind)) / guesses);

  it('name the right person, and the right day, hardly more often than by chance', () => {
    const { person, day } = tries();
    expect(gain(person)).toBeLessThan(most(person));
    expect(gain(day)).toBeLessThan(most(day));
  });

  it('name who asked chat for the address, where that is kept', () => {
    expect(tries('who asked is kept').person.attacker).toBeGreaterThan(0.3);
  });

  it('name more of those who were in chat shortly before, where the minute is kept', () => {
    expect(tries('the minute is kept', 1).person.attacker).toBeGreaterThan(tries(undefined, 1).person.attacker + 0.15);
  });

  it('name the day, where handlers are reminded of cases alone', () => {
    expect(tries('handlers are reminded of cases alone').day.attacker).toBeGreaterThan(0.5);
  });
});
