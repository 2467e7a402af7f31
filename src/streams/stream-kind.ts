/** The parts that a kind of stream supplies, so that `aggregate.ts` can decide and append on it. */

import type { CommandMeta, PersonId, Refusal } from '../../flows/ids.ts';
import type { Known } from '../../flows/known/shape.ts';
import type { Columns, Commit, Projection, Snapshot } from '../../store/event-store.ts';

export interface Ask {
  actor: PersonId;
  cause: string;
}

/** `events` of a refusal: what happens all the same, by the bot. */
export type Judged<Event> =
  | { kind: 'accepted'; events: Event[] }
  | { kind: 'refused'; refusal: Refusal; events?: Event[] | undefined };
/** Outside facts at the recorded `versions`. Undefined: there is no such stream. */
export type Outside<State, Context> = (
  state: State,
  versions?: Commit['contextVersions'],
) => Promise<Context | undefined>;

/** Rules of one kind of stream. */
export interface StreamKind<State, Command, Event extends { type: string }, Context> {
  none: State;
  /** What a newer version may add to. */
  known: Known<State, Event>;
  evolve(state: State, event: Event): State;
  /** Reads what a decision needs from outside the stream, at the same time as the stream itself. */
  outside(): Promise<Outside<State, Context>>;
  /** Versions of the outside facts, as a commit records them. */
  versions(context: Context): Commit['contextVersions'];
  decide(command: Command, state: State, meta: CommandMeta, context: Context): Judged<Event>;
  /** Snapshot, notices and outbox rows that a commit is stored with. */
  project(commit: {
    stream: string;
    before: State;
    now: State;
    events: Event[];
    meta: CommandMeta;
    context: Context;
  }): {
    snapshot: Columns & Pick<Snapshot, 'summary'>;
    notices: readonly object[];
    outbox: Projection['outbox'];
  };
  unknown: Refusal;
  /** Where a person sees what stands, for the reply to a change that came too late; empty: no particular place. */
  shown: string;
}
