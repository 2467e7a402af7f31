/** What a newer version of Clearthread stored: this one leaves that stream alone, and says so. */

import type { Instant } from '../flows/ids.ts';
import { isKnown, isKnownEvent, isKnownType, type Known } from '../flows/known/shape.ts';
import type { Commit, Json } from '../store/event-store.ts';
import type { Logger } from './log.ts';

/** A stream holds something that this version doesn't know: it is neither read further nor written to. */
export class NewerRecord extends Error {
  readonly code = 'newer-record';
  readonly stream: string;
  /** Its newest version in the store, where that is known. */
  readonly version: number | undefined;
  constructor(stream: string, version?: number, options?: ErrorOptions) {
    super('This was changed by a newer version of Clearthread. Nothing was lost: use that version.', options);
    this.name = 'NewerRecord';
    this.stream = stream;
    this.version = version;
  }
}

/** Reports a stream that is left alone. */
export type ReportNewer = (left: NewerRecord) => void;

/** Reports it, and returns it to be thrown. */
export const leave = (report: ReportNewer, stream: string, version?: number, cause?: unknown): NewerRecord => {
  const left = new NewerRecord(stream, version, cause === undefined ? undefined : { cause });
  report(left);
  return left;
};

/** Logs each stream once in the life of the process. */
export const logsNewer = (logger: Logger): ReportNewer => {
  const told = new Set<string>();
  return ({ stream, version }) => {
    if (told.has(stream)) return;
    told.add(stream);
    logger.warn('stream.newer', { stream, version });
  };
};

/** For work on many streams that goes on without the one: throws every other error. */
export const exceptNewer = (error: unknown): undefined => {
  if (!(error instanceof NewerRecord)) throw error;
  return undefined;
};

export const othersThanNewer = (errors: readonly unknown[]): unknown[] =>
  errors.filter((error) => !(error instanceof NewerRecord));

/**
 * Beside the state in a snapshot: the types of all events so far, since a state of known shape may rest on an event of
 * an unknown type. Absent in older snapshots, which no newer version made.
 */
const TYPES = 'eventTypes';
/** Beside it: the time of the last commit, before which no later one is dated. Absent in older snapshots. */
const AT = 'committedAt';

export interface Unpacked<State> {
  state: State;
  types: readonly string[];
  at: Instant | undefined;
}

type Typed = { type: string };

/** A snapshot's content, as `unpacked` reads it. */
export const packed = <State>(state: State, types: readonly string[], at: Instant): Json =>
  ({ ...state, [TYPES]: types, [AT]: at }) as unknown as Json;

export const typesWith = (types: readonly string[], events: readonly Typed[]): string[] =>
  [...new Set([...types, ...events.map(({ type }) => type)])].toSorted();

/** Returns undefined where a newer version wrote it. */
export const unpacked = <State, Event extends Typed>(
  known: Known<State, Event>,
  content: Json,
): Unpacked<State> | undefined => {
  const { [TYPES]: kept = [], [AT]: at, ...state } = content as { [member: string]: unknown };
  const types = Array.isArray(kept) ? kept.map(String) : [];
  if (!types.every((type) => isKnownType(known.events, type)) || !isKnown(known.state, state)) return undefined;
  return { state: state as State, types, at: typeof at === 'string' ? at : undefined };
};

/** Tells whether a newer version wrote any of these commits. */
export const hasNewer = <Event extends Typed>(
  { events }: Pick<Known<never, Event>, 'events'>,
  commits: readonly Pick<Commit, 'body'>[],
): boolean =>
  !commits.every(({ body }) => body.events.every((event) => isKnownEvent(events, event as unknown as Typed)));

/** Tells whether this version would read what it is about to write. */
export const isAllKnown = <State, Event extends Typed>(
  known: Known<State, Event>,
  state: State,
  events: readonly Event[],
): boolean => isKnown(known.state, state) && events.every((event) => isKnownEvent(known.events, event));
