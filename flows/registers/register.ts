/** A register: what the company keeps beside its deals, such as who is away. One stream each, decided and told like a deal. */

import type { Chat } from '../chats.ts';
import type { About, CommandMeta, Instant, DealId, Refusal, PersonId } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { CompiledPolicy } from '../policy/policy.ts';

export interface RegisterContext {
  organisation: Organisation;
  /** The policy of today; undefined where no deal is opened (the command line). */
  policy: CompiledPolicy | undefined;
}

export type RegisterDecided<Event> = { kind: 'accepted'; events: Event[] } | { kind: 'refused'; refusal: Refusal };

/** `channel`: a Slack or Teams id. */
export type RegisterTarget =
  /** `chat`: where they would rather have it, if they are in it. */
  { to: 'person'; person: PersonId; chat?: Chat | undefined } | { to: 'channel'; channel: string };

export interface RegisterNotice<Fact> {
  /** Stable: it rides in the message's metadata so that a repeat is recognised. */
  id: string;
  target: RegisterTarget;
  fact: Fact;
}

/** Pure, like everything in `flows`. Events are stored for ever; the state is stored too. */
export interface Register<State, Command, Event, Fact> {
  /** `absences`; its stream is `register:absences`. */
  name: string;
  none: State;
  evolve(state: State, event: Event): State;
  decide(command: Command, state: State, meta: CommandMeta, context: RegisterContext): RegisterDecided<Event>;
  /** What each event tells, and whom. Whoever did it is not told. `before` and `now`: its commit. */
  tell(
    event: Event,
    now: State,
    context: RegisterContext,
    before: State,
  ): readonly (readonly [Fact, readonly RegisterTarget[]])[];
  /** The deals that a fact names, for whoever draws it. Absent: none. */
  about?(fact: Fact): readonly DealId[];
  /** The earliest instant at which `tick` has something to do, or null. */
  nextDueAt(state: State, now: Instant, context: RegisterContext): Instant | null;
  /** What it tells can wait for what is urgent, or cannot. Absent: what time asked for can. */
  bulk?: boolean | undefined;
  /** What time asks of it when that has come; undefined where time asks nothing. */
  tick: Command | undefined;
}

export const streamOf = (register: string): string => `register:${register}`;

/** Null where there is none. */
export const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((first, at) => (first === null || (at !== null && at < first) ? at : first), null);

export const toPeople = (ids: readonly PersonId[]): RegisterTarget[] =>
  [...new Set(ids)].map((person) => ({ to: 'person', person }));

export const refuseRegister = (code: Refusal['code'], text: string, about?: About): RegisterDecided<never> => ({
  kind: 'refused',
  refusal: { code, text, about },
});
