/** Sealed summaries of streams, each read beside the last commit of its stream; and what was written since. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChangedStream, EventStore, SealedSummary } from '../event-store.ts';
import { openSummary } from '../sealed.ts';
import { unwrapped } from '../stream-key.ts';
import { type Connection, reading } from './connection.ts';

interface Row {
  version: number;
  summary: string;
  wrapped: string | null;
  body: string;
  stateHash: string;
}

/** Streams of one answer. */
const PAGE = 500;
/** Other work waits no longer than about that for summaries: opening each takes some tenths of a millisecond. */
const SLICE_MS = 10;

export interface SummaryMethods extends Pick<EventStore, 'summaries' | 'changed'> {
  /** Says that a stream was erased, which is no commit of it. */
  erased(stream: string): void;
}

export const summaryMethods = (db: Connection, dataKey: Buffer): SummaryMethods => {
  const select = db.prepare<[string], Row>(
    `SELECT s.version, s.summary, k.wrapped, c.body, c.state_hash AS stateHash
     FROM summaries AS s JOIN stream_keys AS k ON k.stream = s.stream
       JOIN commits AS c ON c.stream = s.stream AND c.version = s.version
     WHERE s.stream = ? AND s.version = (SELECT max(version) FROM commits WHERE stream = s.stream)`,
  );
  const last = db.prepare<[], number>('SELECT coalesce(max(place), 0) FROM commits').pluck();
  const since = db.prepare<[number, number], { place: number; stream: string; version: number }>(
    'SELECT place, stream, version FROM commits WHERE place > ? ORDER BY place LIMIT ?',
  );
  const gone: string[] = [];

  const open = (stream: string): SealedSummary[] => {
    const row = select.get(stream);
    if (!row || row.wrapped === null) return [];
    const { version } = row;
    try {
      const key = unwrapped(dataKey, stream, row.wrapped);
      const summary = openSummary(key, { stream, version, summary: row.summary }, row);
      return summary === undefined ? [] : [{ stream, version, summary }];
    } catch {
      // The state says what is wrong with it.
      return [];
    }
  };

  return {
    summaries: async (streams) => {
      const found: SealedSummary[] = [];
      let since = performance.now();
      for (const stream of streams) {
        found.push(...reading(db, () => open(stream)));
        if (performance.now() - since < SLICE_MS) continue;
        await nextTurn();
        since = performance.now();
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
