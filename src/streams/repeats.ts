/** Repeated submissions of one form: told apart by their content, from the record alone. */

import type { PersonId } from '../../flows/ids.ts';
import { canonical } from '../../store/canonical.ts';
import { sha256 } from '../../store/chain.ts';
import type { Commit, EventStore } from '../../store/event-store.ts';
import { spell } from '../ids.ts';
import type { StreamKind, Outside } from './stream-kind.ts';

export interface RepeatsOptions<State, Command, Event extends { type: string }, Context> {
  store: Pick<EventStore, 'read' | 'byCause'>;
  kind: Pick<StreamKind<State, Command, Event, Context>, 'none' | 'evolve' | 'decide'>;
}

/** The commits of one cause so far. */
export interface Repeats {
  count: number;
  last: Commit;
  /** The stream's commits before `last`. */
  before: Commit[];
}

/** Base of the ids of flags, conditions and requests: stable for a cause, different for another. */
export const metaId = (stream: string, cause: string): string =>
  spell(Buffer.from(sha256(`${stream} ${cause}`), 'hex').subarray(0, 10)).toLowerCase();

export const eventsOf = <Event>(commits: readonly Pick<Commit, 'body'>[]): Event[] =>
  commits.flatMap((commit) => commit.body.events as unknown as Event[]);

/** Other content under a cause that already has its commit is an act of its own: the second, the third. */
export const causeOfNext = (cause: string, { count }: Repeats): string => `${cause}#${count + 1}`;

/** The event as the store would return it. */
const stored = (event: object): string => canonical(JSON.parse(JSON.stringify(event)));

export const createRepeats = <State, Command, Event extends { type: string }, Context>({
  store,
  kind,
}: RepeatsOptions<State, Command, Event, Context>) => {
  /** Reads the whole stream, for a cause that is known to be in it. */
  const among = async (stream: string, cause: string): Promise<Repeats | undefined> => {
    const all = await store.read(stream);
    const acts = all.filter((commit) => commit.cause === cause || commit.cause.startsWith(`${cause}#`));
    const last = acts.at(-1);
    return last && { count: acts.length, last, before: all.filter(({ version }) => version < last.version) };
  };

  return {
    among,
    /** Undefined if the cause has no commit yet. */
    of: async (stream: string, cause: string): Promise<Repeats | undefined> =>
      (await store.byCause(stream, cause)) ? among(stream, cause) : undefined,

    /**
     * Tells whether `command` asks for what the last of the acts did: decided again on the stream as it was then, it
     * makes the same first event. Every decision's first event holds the command's content; what that leaves out
     * (spaces, answers to questions that were not asked) was never kept, and the later events follow from the stream.
     */
    says: async (
      command: Command,
      actor: PersonId,
      { last, before }: Repeats,
      outside: Outside<State, Context>,
    ): Promise<boolean> => {
      const state = eventsOf<Event>(before).reduce((s, event) => kind.evolve(s, event), kind.none);
      const context = await outside(state, last.contextVersions);
      const meta = { actor, at: last.at, id: metaId(last.stream, last.cause) };
      const decided = context && kind.decide(command, state, meta, context);
      const [kept] = eventsOf<Event>([last]);
      const [now] = decided?.kind === 'accepted' ? decided.events : [];
      return kept !== undefined && now !== undefined && stored(now) === stored(kept);
    },
  };
};
