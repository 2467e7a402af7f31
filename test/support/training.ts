/** A policy that requires training, and a training register over time. */

import type { CommandMeta } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import type { Training } from '../../flows/policy/reminders.ts';
import type { Course } from '../../flows/policy/reminders.ts';
import type { RegisterDecided } from '../../flows/registers/register.ts';
import { noTraining, type TrainingEvent, type TrainingState } from '../../flows/registers/training/state.ts';
import { training as register, type TrainingCommand } from '../../flows/registers/training/training.ts';
import { anOrganisation, aPolicy } from './deal-builders.ts';

export const aCourse = (overrides: Partial<Course> = {}): Course => ({
  id: 'rights',
  title: 'Human-rights due diligence',
  about: 'What the products can do to people.',
  citation: 'Guidance 6, bullet 6',
  url: 'https://learning.example/rights',
  validMonths: 12,
  for: { groups: ['compliance', 'senior'], dealTeam: true },
  ...overrides,
});

export const aTraining = (overrides: Partial<Training> = {}): Training => ({
  courses: [aCourse()],
  graceDays: 30,
  blocks: { opening: [], voting: [] },
  reminders: { before: [30, 7, 0], weeklyAfter: true, escalate: { after: 14, to: 'manager' } },
  ...overrides,
});

export const trainedPolicy = (training: Partial<Training> = {}): CompiledPolicy =>
  aPolicy({ training: aTraining(training) });

export interface Trained {
  state: TrainingState;
  events: TrainingEvent[];
  /** The refusal, or `accepted`. */
  and(actor: string, command: TrainingCommand, at: string): Trained;
  refused(actor: string, command: TrainingCommand, at: string): string;
  next(at: string): string | null;
  /** Ticks whenever it is due until `last`: `2027-03-03T09:00 reminder rep-1 rights`, in order. */
  until(last: string): { lines: string[]; after: Trained };
}

export const trainedFrom = (
  given: { organisation?: Organisation; training?: Partial<Training> } = {},
  state: TrainingState = noTraining,
  events: TrainingEvent[] = [],
  at = '2027-03-01T08:00:00.000Z',
): Trained => {
  const context = { organisation: given.organisation ?? anOrganisation(), policy: trainedPolicy(given.training) };
  const decide = (actor: string, command: TrainingCommand, when: string): RegisterDecided<TrainingEvent> => {
    const meta: CommandMeta = { actor, at: when, id: 'id' };
    return register.decide(command, state, meta, context);
  };
  const and = (actor: string, command: TrainingCommand, when: string): Trained => {
    const decided = decide(actor, command, when);
    if (decided.kind === 'refused') throw new Error(decided.refusal.text);
    return trainedFrom(given, decided.events.reduce(register.evolve, state), [...events, ...decided.events], when);
  };
  const next = (when: string): string | null => register.nextDueAt(state, when, context);
  return {
    state,
    events,
    and,
    next,
    refused: (actor, command, when) => {
      const decided = decide(actor, command, when);
      return decided.kind === 'refused' ? decided.refusal.text : 'accepted';
    },
    until: (last) => {
      const lines: string[] = [];
      let after = trainedFrom(given, state, events, at);
      for (let due = after.next(at); due !== null && due <= last; due = after.next(due)) {
        const ticked = after.and('system', { type: 'Tick' }, due);
        const minute = due.slice(0, 16);
        for (const event of ticked.events.slice(after.events.length)) lines.push(...told(event, minute));
        const again = ticked.next(due);
        if (again !== null && again <= due) throw new Error(`still due at ${again} after the tick of ${due}`);
        after = ticked;
      }
      return { lines, after };
    },
  };
};

/** `2027-03-03T09:00 reminder rep-1 rights, privacy`, `… escalation boss-1 rep-1/rights`. */
const told = (event: TrainingEvent, minute: string): string[] => {
  switch (event.type) {
    case 'TrainingReminded':
      return event.reminders.map(
        ({ to, courses }) => `${minute} reminder ${to} ${courses.map(({ course }) => course).join(', ')}`,
      );
    case 'TrainingEscalated':
      return event.told.map(
        ({ to, about }) => `${minute} escalation ${to} ${about.map((a) => `${a.person}/${a.course}`).join(', ')}`,
      );
    default:
      return [];
  }
};
