/** Training over years, with random sleeps, acts and two replicas: nothing missed or doubled, by a separate oracle. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Organisation } from '../../../../flows/organisation.ts';
import { noTraining, type TrainingEvent, type TrainingState } from '../../../../flows/registers/training/state.ts';
import { training as register, type TrainingCommand } from '../../../../flows/registers/training/training.ts';
import { anOrganisation } from '../../../support/deal-builders.ts';
import { runs } from '../../../support/runs.ts';
import { aCourse, trainedPolicy } from '../../../support/training.ts';

const DAY = 86_400_000;
const START = Date.parse('2027-01-04T12:00:00.000Z');
const ZONES: Record<string, string> = {
  'senior-1': 'Pacific/Auckland',
  'senior-2': 'America/Los_Angeles',
  'counsel-1': 'Asia/Kathmandu',
};
const organisation: Organisation = anOrganisation({
  people: anOrganisation().people.map((p) => ({
    ...p,
    ...(ZONES[p.id] ? { timeZone: ZONES[p.id] } : {}),
    manager: p.id === 'chief-1' ? undefined : 'chief-1',
  })),
});
const courses = [
  aCourse({ for: { groups: ['senior'], dealTeam: false }, validMonths: 3 }),
  aCourse({
    id: 'privacy',
    title: 'Privacy',
    for: { groups: ['senior', 'compliance'], dealTeam: false },
    validMonths: 12,
  }),
];
const context = { organisation, policy: trainedPolicy({ courses }) };
const people: Record<string, string[]> = {
  rights: ['senior-1', 'senior-2', 'counsel-1'],
  privacy: ['senior-1', 'senior-2', 'counsel-1', 'compliance-1'],
};

/** Day on the local clock of that zone. */
const localDay = (at: number, id: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: ZONES[id] ?? 'UTC', dateStyle: 'short' })
    .format(at)
    .replaceAll('/', '-');
const plus = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
const months = (day: string, n: number): string => {
  const [y = 0, m = 0, d = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(y, m + n, 0)).getUTCDate();
  return new Date(Date.UTC(y, m - 1 + n, Math.min(d, last))).toISOString().slice(0, 10);
};
/** Monday to Friday, from 09:00 on: reminders of that day, or of a weekend before it, were sent by then. */
const atWork = (at: number, id: string): boolean => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONES[id] ?? 'UTC',
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  return !['Sat', 'Sun'].includes(of('weekday')) && Number(of('hour')) >= 9;
};

/** Days of reminders up to `today`, from the outside. */
const wanted = (until: string, from: string, today: string): string[] => {
  const days = [plus(until, -30), plus(until, -7), until];
  for (let day = plus(until, 7); day <= today; day = plus(day, 7)) days.push(day);
  return days.filter((day) => day > from && day <= today);
};

type Step = { sleep: number; act: 'nothing' | 'take'; who: number; course: number };
const step: fc.Arbitrary<Step> = fc.record({
  sleep: fc.integer({ min: 0, max: 60 * 24 }),
  act: fc.constantFrom('nothing', 'nothing', 'take'),
  who: fc.integer({ min: 0, max: 3 }),
  course: fc.integer({ min: 0, max: 1 }),
});

it('tells each day once at most, and is never behind, however long it slept and whichever replica ticks', () => {
  let told = 0;
  const run = (steps: readonly Step[]): void => {
    let state: TrainingState = noTraining;
    let now = START;
    const log: { to: string; day: string; courses: string[] }[] = [];
    const taken: Record<string, Record<string, string>> = { rights: {}, privacy: {} };
    const act = (actor: string, command: TrainingCommand): TrainingEvent[] => {
      const decided = register.decide(command, state, { actor, at: new Date(now).toISOString(), id: 'id' }, context);
      if (decided.kind === 'refused') return [];
      state = decided.events.reduce(register.evolve, state);
      for (const event of decided.events) {
        if (event.type !== 'TrainingReminded') continue;
        for (const { to, day, courses: due } of event.reminders)
          log.push({ to, day, courses: due.map((d) => d.course) });
      }
      return decided.events;
    };
    act('system', { type: 'Tick' });
    for (const { sleep, act: what, who, course } of steps) {
      now += sleep * 3_600_000;
      // Both replicas wake: the second decides on the result of the first.
      act('system', { type: 'Tick' });
      expect(act('system', { type: 'Tick' })).toEqual([]);
      const due = register.nextDueAt(state, new Date(now).toISOString(), context);
      expect(due === null || Date.parse(due) > now).toBe(true);
      for (const [id, ids] of Object.entries(people)) {
        for (const person of ids) {
          const today = localDay(now, person);
          const on = taken[id]?.[person];
          const first = localDay(START, person);
          const until = on === undefined ? plus(first, 29) : months(on, id === 'rights' ? 3 : 12);
          const days = wanted(until, on ?? first, today);
          const last = days.at(-1);
          const mine = log.filter((entry) => entry.to === person && entry.courses.includes(id));
          expect(new Set(mine.map(({ day }) => day)).size).toBe(mine.length);
          // Told on that day or later, as soon as they are at work.
          if (last !== undefined && atWork(now, person)) expect(mine.some(({ day }) => day >= last)).toBe(true);
          // Never more often than there were days with reminders, plus the first word at the very beginning.
          const since = mine.filter(({ day }) => on === undefined || day > on);
          expect(since.length).toBeLessThanOrEqual(days.length + (on === undefined ? 1 : 0));
        }
      }
      const person = people['privacy']?.[who] ?? '';
      const id = courses[course]?.id ?? '';
      if (what === 'take' && people[id]?.includes(person)) {
        const on = localDay(now, person);
        if (act(person, { type: 'TakeTraining', course: id, on }).length > 0) (taken[id] ??= {})[person] = on;
      }
    }
    told += log.length;
  };
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), run), {
    numRuns: runs(30),
    seed: 20_270_104,
  });
  expect(told).toBeGreaterThan(1000);
});
