/** Sealed summaries of streams, each read beside the last commit of its stream; and what was written since. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChangedStream, EventStore, SealedSummary } from '../event-store.ts';
import { openSummary } from '../sealed.ts';
import { unwrapped } from '../stream-key.ts';
import { type Connection, reading } from './connection.ts';

interface Row {
  stream: string;
  version: number;
  summary: string;
  wrapped: string | null;
  body: string;
  stateHash: string;
}

/** Streams of one answer. */
const PAGE = 500;
/** Rows that are read at once: they take a millisecond or two. */
const TOGETHER = 100;
/** Other work waits no longer than about that for summaries: opening each takes some tenths of a millisecond. */
const SLICE_MS = 10;

export interface SummaryMethods extends Pick<EventStore, 'summaries' | 'changed'> {
  /** Says that a stream was erased, which is no commit of it. */
  erased(stream: string): void;
}

/** Each beside the last commit of its stream, where that is the one of its version. */
const ROWS = `
  SELECT s.stream, s.version, s.summary, k.wrapped, c.body, c.state_hash AS stateHash
  FROM summaries AS s JOIN stream_keys AS k ON k.stream = s.stream
    JOIN commits AS c ON c.place = (SELECT place FROM commits WHERE stream = s.stream ORDER BY version DESC LIMIT 1)
  WHERE c.version = s.version AND`;

export const summaryMethods = (db: Connection, dataKey: Buffer): SummaryMethods => {
  const select = db.prepare<[string], Row>(`${ROWS} s.stream = ?`);
  // What lies side by side in the file takes a third of the time when it is read together.
  const selectRun = db.prepare<[string, string], Row>(`${ROWS} s.stream >= ? AND s.stream <= ? ORDER BY s.stream`);
  const within = db
    .prepare<[string, string, number], number>(
      'SELECT count(*) FROM (SELECT 1 FROM summaries WHERE stream >= ? AND stream <= ? LIMIT ?)',
    )
    .pluck();
  const last = db.prepare<[], number>('SELECT coalesce(max(place), 0) FROM commits').pluck();
  const since = db.prepare<[number, number], { place: number; stream: string; version: number }>(
    'SELECT place, stream, version FROM commits WHERE place > ? ORDER BY place LIMIT ?',
  );
  const gone: string[] = [];

  const open = ({ stream, version, summary: sealed, wrapped, ...commit }: Row): SealedSummary | undefined => {
    if (wrapped === null) return undefined;
    try {
      const key = unwrapped(dataKey, stream, wrapped);
      const summary = openSummary(key, { stream, version, summary: sealed }, commit);
      return summary === undefined ? undefined : { stream, version, summary };
    } catch {
      // The state says what is wrong with it.
      return undefined;
    }
  };

  /** Where nothing else lies between them, all are read at once; else each by itself. */
  const rowsOf = (streams: readonly string[]): (Row | undefined)[] => {
    const [first, end] = [streams[0] ?? '', streams.at(-1) ?? ''];
    const isRun = streams.length > 1 && (within.get(first, end, streams.length + 1) ?? 0) <= streams.length;
    if (!isRun) return streams.map((stream) => select.get(stream));
    const found = new Map(selectRun.all(first, end).map((row) => [row.stream, row]));
    return streams.map((stream) => found.get(stream) ?? select.get(stream));
  };

  return {
    summaries: async (streams) => {
      const found: SealedSummary[] = [];
      let since = performance.now();
      for (let at = 0; at < streams.length; at += TOGETHER) {
        const some = streams.slice(at, at + TOGETHER);
        for (const row of reading(db, () => rowsOf(some))) {
          const opened = row && open(row);
          if (opened) found.push(opened);
          if (performance.now() - since < SLICE_MS) continue;
          await nextTurn();
          since = performance.now();
        }
      }
      return found;
    },
    changed: async (after) =>
      reading(db, () => {
        const [place, erased] = after === undefined ? [last.get() ?? 0, gone.length] : after.split('/').map(Number);
        const rows = after === undefined ? [] : since.all(place ?? 0, PAGE);
        const streams: ChangedStream[] = [
          ...new Map(rows.map(({ stream, version }) => [stream, { stream, version }])).values(),
          ...gone.slice(erased).map((stream) => ({ stream, version: undefined })),
        ];
        return { streams, next: `${rows.at(-1)?.place ?? place}/${gone.length}`, more: rows.length === PAGE };
      }),
    erased: (stream) => void gone.push(stream),
  };
};
