/** A register: company data outside the deals, such as who is away. One stream each, decided and told like a deal. */

import type { Chat } from '../chats.ts';
import type { About, CommandMeta, Instant, DealId, Refusal, PersonId } from '../ids.ts';
import { membersOf, type Organisation } from '../organisation.ts';
import type { CompiledPolicy } from '../policy/policy.ts';

export interface RegisterContext {
  organisation: Organisation;
  /** The current policy; undefined where no deal is opened (the command line). */
  policy: CompiledPolicy | undefined;
}

export type RegisterDecided<Event> = { kind: 'accepted'; events: Event[] } | { kind: 'refused'; refusal: Refusal };

/** An account in a chat, by its own id there. */
export interface Account {
  chat: Chat;
  account: string;
}

/** `channel`: a Slack or Teams id. */
export type RegisterTarget =
  /** `chat`: the chat they prefer, if they are in it. `at`: at this very account, whoever's it is now. */
  | { to: 'person'; person: PersonId; chat?: Chat | undefined; at?: Account | undefined }
  | { to: 'channel'; channel: string };

export interface RegisterNotice<Fact> {
  /** Stable: part of the message's metadata, so that a repeat is recognised. */
  id: string;
  target: RegisterTarget;
  fact: Fact;
}

/** Pure, like everything in `flows`. Events are stored permanently; the state is stored too. */
export interface Register<State, Command, Event, Fact> {
  /** `absences`; its stream is `register:absences`. */
  name: string;
  none: State;
  evolve(state: State, event: Event): State;
  decide(command: Command, state: State, meta: CommandMeta, context: RegisterContext): RegisterDecided<Event>;
  /** Returns the facts for each event, and their recipients, without the actor. `before`, `now`: around its commit. */
  tell(
    event: Event,
    now: State,
    context: RegisterContext,
    before: State,
  ): readonly (readonly [Fact, readonly RegisterTarget[]])[];
  /** Returns the deals that a fact names, for its drawing. Absent: none. */
  about?(fact: Fact): readonly DealId[];
  /** Returns the earliest instant at which `tick` has something to do, or null. */
  nextDueAt(state: State, now: Instant, context: RegisterContext): Instant | null;
  /** Whether its messages can wait for urgent ones. Absent: those caused by time can. */
  bulk?: boolean | undefined;
  /** The command that time causes; undefined where there is none. */
  tick: Command | undefined;
}

export const streamOf = (register: string): string => `register:${register}`;

/** Returns the earliest instant, or null where there is none. */
export const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((first, at) => (first === null || (at !== null && at < first) ? at : first), null);

export const toPeople = (ids: readonly PersonId[]): RegisterTarget[] =>
  [...new Set(ids)].map((person) => ({ to: 'person', person }));

export const refuseRegister = (code: Refusal['code'], text: string, about?: About): RegisterDecided<never> => ({
  kind: 'refused',
  refusal: { code, text, about },
});

/** Whoever made something that somebody else ended, and the chief: ending it is a judgement on theirs. */
export const endersTold = (organisation: Organisation, made: PersonId, by: PersonId): RegisterTarget[] =>
  toPeople([made, ...membersOf(organisation, organisation.roles.chief)].filter((id) => id !== by));
