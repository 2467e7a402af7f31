/** One command on one stream: load, decide, append, wake the outbox. Deals and registers are written only here. */

import type { Instant, Refusal, PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import {
  StoreFault,
  UNPROVEN,
  type Commit,
  type EventStore,
  type Json,
  type NewOutboxRow,
} from '../../store/event-store.ts';
import { hasNewer, isAllKnown, leave, packed, typesWith, unpacked, type ReportNewer, type Unpacked } from '../newer.ts';
import { currentTrace } from '../trace.ts';
import type { PastStates } from './past-states.ts';
import { noReadAhead, type ReadAhead } from './read-ahead.ts';
import { causeOfNext, createRepeats, eventsOf, metaId } from './repeats.ts';
import type { Ask, StreamKind, Outside } from './stream-kind.ts';

/** `outside` holds the outside facts that the decision used. */
interface Decided<State, Context> {
  state: State;
  at: Instant;
  outside: Outside<State, Context>;
}
export type Handled<State, Event, Context> = Decided<State, Context> &
  ({ kind: 'accepted'; events: Event[] } | { kind: 'refused'; refusal: Refusal; events?: Event[] | undefined });

export interface LoadedState<State> {
  state: State;
  version: number;
  /** Time of the last commit; undefined before the first, and where an older version kept none. */
  at: Instant | undefined;
  /** Undefined where somebody changed it outside Clearthread. */
  dueAt: Instant | null | undefined;
  /** Types of all events so far. */
  types: readonly string[];
  /** The commit of that version; undefined before the first. */
  last: Commit | undefined;
}

export interface Reading<State, Context> extends LoadedState<State> {
  outside: Outside<State, Context>;
}

/** Each method throws NewerRecord where a newer version wrote to the stream. */
export interface Aggregate<State, Command, Event, Context> {
  load(stream: string): Promise<LoadedState<State>>;
  /** Reads a stream with its outside facts. Later reads and decisions of the same act on it reuse this reading. */
  read(stream: string): Promise<Reading<State, Context>>;
  /** Events of this cause's last commit; undefined if it has none yet. */
  done(stream: string, cause: string): Promise<Event[] | undefined>;
  /** True if this cause did exactly what the command asks for: a second click on the same form. */
  repeats(stream: string, command: Command, ask: Ask): Promise<boolean>;
  /** Decides and appends; `accepted` means durable. A repeated act gets the same answer as the first time. */
  handle(stream: string, command: Command, ask: Ask): Promise<Handled<State, Event, Context>>;
}

export interface AggregateOptions {
  store: Pick<EventStore, 'load' | 'read' | 'byCause' | 'append'>;
  clock: () => Date;
  /** Called after each append: there is something to send. */
  wake: () => void;
  /** Readings shared within one act; undefined: every read goes to the store. */
  ahead?: ReadAhead | undefined;
  /** Told of each stream that is left alone. */
  newer?: ReportNewer | undefined;
}

/** Marks rows that time owes as bulk: they can wait for what a person just did. */
export const owedBy = (actor: PersonId): ((row: NewOutboxRow) => NewOutboxRow) => {
  const trace = currentTrace();
  return (row) => ({ ...row, bulk: row.bulk ?? actor === SYSTEM, ...(trace === undefined ? {} : { trace }) });
};

/** A clock that stepped back dates nothing before what it follows. */
const notBefore = (last: Instant | undefined, now: Instant): Instant => (last !== undefined && last > now ? last : now);

/** More than anybody loses to others at one moment: each time one of them wins. */
const ATTEMPTS = 30;
const busy = (): StoreFault => new StoreFault('busy', 'not done', 'too many people changed this at once');

const KEPT_FIRST = 'What you sent first is saved; this change is not.';

/** Adds to the refusal of a late change that what the person sent first is saved. */
const keptFirst = <State, Event, Context>(
  outcome: Handled<State, Event, Context>,
  shown: string,
): Handled<State, Event, Context> =>
  outcome.kind === 'refused'
    ? { ...outcome, refusal: { ...outcome.refusal, text: `${outcome.refusal.text} ${KEPT_FIRST} ${shown}`.trim() } }
    : outcome;

export const createAggregate = <State, Command, Event extends { type: string }, Context>(
  kind: StreamKind<State, Command, Event, Context>,
  { store: written, clock, wake, ahead = noReadAhead, newer = () => {} }: AggregateOptions,
  past?: PastStates<State>,
): Aggregate<State, Command, Event, Context> => {
  const store = ahead.endedBy(written);
  const acts = createRepeats({ store, kind });

  /** By the content itself: the store gives out again what did not change. */
  const unpackedBefore = new WeakMap<object, Unpacked<State>>();
  const unpackedOf = (content: Json): Unpacked<State> | undefined => {
    const at = content as object;
    const found = unpackedBefore.get(at) ?? unpacked(kind.known, content);
    if (found) unpackedBefore.set(at, found);
    return found;
  };

  const load = async (stream: string): Promise<LoadedState<State>> => {
    const { snapshot, commits: loaded, version, last } = await store.load(stream);
    // A state of another shape, or one that no commit speaks for, is rebuilt from the events.
    const kept = snapshot?.format === kind.known.format ? snapshot : undefined;
    const whole = kept !== undefined || snapshot === undefined || snapshot.format === UNPROVEN;
    const commits = whole ? loaded : await store.read(stream, version);
    const from = kept ? unpackedOf(kept.state) : { state: kind.none, types: [], at: undefined };
    if (!from || hasNewer(kind.known, commits)) throw leave(newer, stream, version);
    const events = eventsOf<Event>(commits);
    const state = events.reduce((s, event) => kind.evolve(s, event), from.state);
    const at = commits.at(-1)?.at ?? from.at;
    return {
      state,
      version,
      at,
      dueAt: snapshot?.dueChanged ? undefined : (snapshot?.nextDueAt ?? null),
      types: typesWith(from.types, events),
      last,
    };
  };

  const readFresh = async (stream: string): Promise<Reading<State, Context>> => {
    const [loaded, outside] = await Promise.all([load(stream), kind.outside()]);
    return { ...loaded, outside };
  };
  const read = (stream: string): Promise<Reading<State, Context>> => ahead.once(stream, () => readFresh(stream));

  /** `repeated`: the cause already has its commit. */
  const act = async (
    stream: string,
    command: Command,
    { actor, cause }: Ask,
  ): Promise<Handled<State, Event, Context> | (Decided<State, Context> & { kind: 'repeated' })> => {
    const id = metaId(stream, cause);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { state, version, outside, types, at: last } = await read(stream);
      const at = notBefore(last, clock().toISOString());
      const on = { state, at, outside };
      const context = await outside(state);
      if (context === undefined) return { kind: 'refused', refusal: kind.unknown, ...on };
      const decided = kind.decide(command, state, { actor, at, id }, context);
      const no = decided.kind === 'refused' ? { kind: 'refused' as const, refusal: decided.refusal } : undefined;
      const events = decided.events ?? [];
      if (no && events.length === 0) {
        const done = version > 0 ? await store.byCause(stream, cause) : undefined;
        return done ? { kind: 'repeated', ...on } : { ...no, ...on };
      }
      // What follows of a refusal is the bot's, under a cause of its own: the same press again is judged anew.
      const by: Ask = no ? { actor: SYSTEM, cause: `${cause}:time` } : { actor, cause };
      const meta = { actor: by.actor, at, id };
      const now = events.reduce((s, event) => kind.evolve(s, event), state);
      // Written, it would be taken for a newer version's.
      if (!isAllKnown(kind.known, now, events)) throw new Error('a decision made something that is not known');
      const { snapshot, notices, outbox } = kind.project({ stream, before: state, now, events, meta, context });
      const body = { events: events as unknown as Json[], notices: notices as unknown as Json[] };
      const appended = await store.append(
        {
          stream,
          expectedVersion: version,
          at,
          ...by,
          contextVersions: kind.versions(context),
          body,
        },
        {
          snapshot: {
            ...snapshot,
            version: version + 1,
            format: kind.known.format,
            state: packed(now, typesWith(types, events), at),
          },
          outbox: outbox.map(owedBy(by.actor)),
        },
      );
      if (appended.kind === 'appended') {
        past?.committed(stream, { state: now, last: { version: appended.version, at, actor: by.actor, body } });
        wake();
        return { ...(no ?? { kind: 'accepted' }), ...on, state: now, events };
      }
      if (appended.kind === 'repeated' && no) ahead.forget();
      else if (appended.kind === 'repeated') return { kind: 'repeated', ...on, state: version > 0 ? state : now };
    }
    throw busy();
  };

  return {
    load,
    read,
    done: async (stream, cause) => {
      const before = await acts.of(stream, cause);
      // This act's readings may be older than that commit.
      if (before) ahead.forget();
      return before && eventsOf<Event>([before.last]);
    },
    repeats: async (stream, command, { actor, cause }) => {
      const before = await acts.of(stream, cause);
      return before !== undefined && acts.says(command, actor, before, (await read(stream)).outside);
    },
    /**
     * The same act again gets the same answer. But a form that was answered "it may be saved", or that stays in a chat
     * permanently, can be edited and sent once more: other content is a new act, which the decision judges as any
     * other. So answers, details, a draft or a hand-over are replaced; a second flag or question is a second one,
     * because a worry must not get lost; and what can happen only once (a vote, an answer to a question, a flag that is
     * settled, a deal that is opened, withdrawn or reopened) is refused, with word of what was kept.
     */
    handle: async (stream, command, { actor, cause }) => {
      const first = await act(stream, command, { actor, cause });
      if (first.kind !== 'repeated') return first;
      let { state, at, outside } = first;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const before = await acts.among(stream, cause);
        if (!before) break;
        if (await acts.says(command, actor, before, outside)) {
          return { kind: 'accepted', state, at, outside, events: eventsOf<Event>([before.last]) };
        }
        const next = await act(stream, command, { actor, cause: causeOfNext(cause, before) });
        if (next.kind !== 'repeated') return keptFirst(next, kind.shown);
        ({ state, at, outside } = next);
      }
      throw busy();
    },
  };
};
