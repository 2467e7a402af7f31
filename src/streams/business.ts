/** What a kind of stream has to bring, so that `aggregate.ts` can decide and append on it. */

import type { CommandMeta, PersonId, Refusal } from '../../flows/ids.ts';
import type { Commit, Projection } from '../../store/event-store.ts';

export interface Ask {
  actor: PersonId;
  cause: string;
}

export type Judged<Event> = { kind: 'accepted'; events: Event[] } | { kind: 'refused'; refusal: Refusal };
/** `versions`: as a commit recorded them. Undefined: there is no such stream. */
export type Outside<State, Context> = (
  state: State,
  versions?: Commit['contextVersions'],
) => Promise<Context | undefined>;

/** What one kind of stream is about. */
export interface Business<State, Command, Event, Context> {
  none: State;
  evolve(state: State, event: Event): State;
  /** Reads what a decision needs from outside the stream, beside the stream itself. */
  outside(): Promise<Outside<State, Context>>;
  /** Which versions of the facts from outside a commit records. */
  versions(context: Context): Commit['contextVersions'];
  decide(command: Command, state: State, meta: CommandMeta, context: Context): Judged<Event>;
  /** What a commit leaves beside itself. */
  project(commit: {
    stream: string;
    before: State;
    now: State;
    events: Event[];
    meta: CommandMeta;
    context: Context;
  }): {
    snapshot: Omit<Projection['snapshot'], 'version' | 'state'>;
    notices: readonly object[];
    outbox: Projection['outbox'];
  };
  unknown: Refusal;
  /** Where somebody sees what stands, to be said after a change that came too late; empty: nowhere in particular. */
  shown: string;
}
