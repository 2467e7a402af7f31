/** When each digest is made and for whom: one register for each place or person. Its content comes when it is due. */

import { addDays, calendarOf, dayIn, morningOf } from '../calendar.ts';
import type { Chat } from '../chats.ts';
import type { Instant, PersonId } from '../ids.ts';
import { isOfCompliance, SYSTEM, membersOf, person, type DigestPlan, type Organisation } from '../organisation.ts';
import {
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterTarget,
} from '../registers/register.ts';
import type { Digest, PersonalDigest } from './digest.ts';

/** The readers. `compliance`: each of its people. */
export type Audience = { to: 'channel'; channel: string } | { to: 'compliance' } | { to: 'person'; person: PersonId };

export type Made = { of: 'compliance'; digest: Digest } | { of: 'mine'; digest: PersonalDigest };
type Of = Made['of'];

export interface DigestsState {
  /** Scheduled digests count from here. */
  begun?: Instant | undefined;
  /** When the last scheduled digest was made. */
  last?: Instant | undefined;
  /** Asked for at once, and not made yet. */
  asked?: Of | undefined;
  /** The chat in which a person asked last. */
  chat?: Chat | undefined;
  /** The last digest: the notices of its commit show it. */
  made?: Made | undefined;
}

export type DigestsCommand =
  /** Starts scheduled digests: the organisation file names this place, or the person wants them. */
  | { type: 'Begin'; chat?: Chat | undefined }
  | { type: 'End' }
  | { type: 'Ask'; of: Of; chat?: Chat | undefined }
  | { type: 'Make'; made: Made };

export type DigestsEvent = { at: Instant; by: PersonId } & (
  | { type: 'DigestsBegun'; chat?: Chat | undefined }
  | { type: 'DigestsEnded' }
  | { type: 'DigestAsked'; of: Of; chat?: Chat | undefined }
  | { type: 'DigestMade'; made: Made; scheduled: boolean }
);

/** A digest was made; the state holds its content. */
export interface DigestFact {
  fact: 'digest';
}

/** Returns when a cron line next runs; null for never. */
export type NextRun = (schedule: string, timeZone: string, after: Instant) => Instant | null;

export const digestsName = (audience: Audience): string => {
  switch (audience.to) {
    case 'channel':
      return `digest:channel:${audience.channel}`;
    case 'compliance':
      return 'digest:compliance';
    case 'person':
      return `digest:person:${audience.person}`;
    default: {
      const never: never = audience;
      return never;
    }
  }
};

/** Parses a register's name: the reverse of `digestsName`. */
export const audienceNamed = (name: string): Audience | undefined => {
  if (name === 'digest:compliance') return { to: 'compliance' };
  const [, kind, id] = /^digest:(channel|person):(.+)$/.exec(name) ?? [];
  if (id === undefined) return undefined;
  return kind === 'channel' ? { to: 'channel', channel: id } : { to: 'person', person: id };
};

const planFor = (audience: Audience, organisation: Organisation): DigestPlan | undefined => {
  if (audience.to === 'person') return undefined;
  const channel = audience.to === 'channel' ? audience.channel : undefined;
  return organisation.digests?.find((plan) => plan.channel === channel);
};

const nextMorning = (organisation: Organisation, who: PersonId, after: Instant): Instant => {
  const calendar = calendarOf(organisation, who);
  const today = dayIn(after, calendar);
  const morning = morningOf(today, calendar);
  return morning > after ? morning : morningOf(addDays(today, 1), calendar);
};

const scheduledAt = (
  state: DigestsState,
  audience: Audience,
  organisation: Organisation,
  nextRun: NextRun,
): Instant | null => {
  const { begun, last } = state;
  if (begun === undefined) return null;
  const after = last !== undefined && last > begun ? last : begun;
  if (audience.to === 'person') return nextMorning(organisation, audience.person, after);
  const plan = planFor(audience, organisation);
  return plan ? nextRun(plan.schedule, plan.timeZone, after) : null;
};

const ofScheduled = (audience: Audience): Of => (audience.to === 'person' ? 'mine' : 'compliance');

export interface DueDigest {
  of: Of;
  scheduled: boolean;
}

/** Returns the digest to be made now: one, however many were missed. */
export const dueDigest = (
  state: DigestsState,
  now: Instant,
  audience: Audience,
  organisation: Organisation,
  nextRun: NextRun,
): DueDigest | undefined => {
  const at = scheduledAt(state, audience, organisation, nextRun);
  const scheduled = at !== null && at <= now;
  if (state.asked !== undefined) {
    return { of: state.asked, scheduled: scheduled && state.asked === ofScheduled(audience) };
  }
  return scheduled ? { of: ofScheduled(audience), scheduled } : undefined;
};

const targetsOf = (
  audience: Audience,
  of: Of,
  organisation: Organisation,
  chat: Chat | undefined,
): RegisterTarget[] => {
  switch (audience.to) {
    // Only the organisation file can make a channel's members readers of every deal.
    case 'channel':
      return planFor(audience, organisation) ? [{ to: 'channel', channel: audience.channel }] : [];
    case 'compliance':
      return toPeople(membersOf(organisation, organisation.roles.compliance));
    case 'person': {
      const may = of === 'mine' ? person(organisation, audience.person) : isOfCompliance(organisation, audience.person);
      return may ? [{ to: 'person', person: audience.person, chat }] : [];
    }
    default: {
      const never: never = audience;
      return never;
    }
  }
};

/** Tells whether the digest is empty: nobody is disturbed to hear that nothing waits for them. */
const isEmpty = (made: Made): boolean =>
  made.of === 'mine' && made.digest.counts.mine + made.digest.counts.others === 0;

/** Returns the problem; undefined where it is allowed. */
const problemOf = (
  command: Exclude<DigestsCommand, { type: 'Make' }>,
  audience: Audience,
  actor: PersonId,
  { organisation }: RegisterContext,
): string | undefined => {
  if (audience.to !== 'person') {
    return actor === SYSTEM && command.type !== 'Ask'
      ? undefined
      : 'The organisation file says when this digest comes.';
  }
  if (!person(organisation, actor)) return 'Clearthread does not know you. Ask compliance to add you.';
  if (actor !== audience.person) return 'This digest belongs to somebody else.';
  return command.type === 'Ask' && command.of === 'compliance' && !isOfCompliance(organisation, actor)
    ? 'Only compliance gets a digest of all deals.'
    : undefined;
};

export const digestsFor = (
  audience: Audience,
  nextRun: NextRun,
): Register<DigestsState, DigestsCommand, DigestsEvent, DigestFact> => ({
  name: digestsName(audience),
  none: {},
  evolve: (state, event) => {
    switch (event.type) {
      case 'DigestsBegun':
        return { ...state, begun: event.at, chat: event.chat ?? state.chat };
      case 'DigestsEnded':
        return { ...state, begun: undefined };
      case 'DigestAsked':
        return { ...state, asked: event.of, chat: event.chat ?? state.chat };
      case 'DigestMade': {
        const asked = state.asked === event.made.of ? undefined : state.asked;
        return { ...state, made: event.made, asked, last: event.scheduled ? event.at : state.last };
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at }, context) => {
    const stamp = { at, by: actor };
    if (command.type === 'Make') {
      if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
      const due = dueDigest(state, at, audience, context.organisation, nextRun);
      if (due?.of !== command.made.of) return refuseRegister('not now', 'This digest is not due.');
      const { scheduled } = due;
      return { kind: 'accepted', events: [{ ...stamp, type: 'DigestMade', made: command.made, scheduled }] };
    }
    const problem = problemOf(command, audience, actor, context);
    if (problem !== undefined) return refuseRegister('not allowed', problem);
    switch (command.type) {
      case 'Begin':
        if (state.begun !== undefined) return refuseRegister('not now', 'You get this digest already.');
        return { kind: 'accepted', events: [{ ...stamp, type: 'DigestsBegun', chat: command.chat }] };
      case 'End':
        if (state.begun === undefined) return refuseRegister('not now', 'You get no digest, so there is none to end.');
        return { kind: 'accepted', events: [{ ...stamp, type: 'DigestsEnded' }] };
      case 'Ask':
        return { kind: 'accepted', events: [{ ...stamp, type: 'DigestAsked', of: command.of, chat: command.chat }] };
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, { chat }, { organisation }) => {
    if (event.type !== 'DigestMade' || (event.scheduled && isEmpty(event.made))) return [];
    return [[{ fact: 'digest' }, targetsOf(audience, event.made.of, organisation, chat)]];
  },
  nextDueAt: (state, now, { organisation }) => {
    const at = scheduledAt(state, audience, organisation, nextRun);
    if (state.asked === undefined) return at;
    return at !== null && at < now ? at : now;
  },
  bulk: true,
  tick: undefined,
});
