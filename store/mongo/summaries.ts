/** Sealed summaries of streams, each read beside the last commit of its stream; and what was written since. */

import type { ChangedStream, EventStore, SealedSummary } from '../event-store.ts';
import { openSummary } from '../sealed.ts';
import { unwrapped } from '../stream-key.ts';
import type { Connection } from './connection.ts';
import { summaryIn, type Collections, type CommitDoc } from './schema.ts';

/** Bots' notions of the server's time differ a little, and what was written first may be seen last. */
const OVERLAP_MS = 10_000;

export interface SummaryParts {
  connection: Connection;
  all: Collections;
  dataKey: Buffer;
  /** The server's clock, ISO 8601. */
  now: () => string;
}

export const summaryMethods = ({
  connection: { reading, deadline },
  all: { snapshots, commits, keys },
  dataKey,
  now,
}: SummaryParts): Pick<EventStore, 'summaries' | 'changed'> => {
  const open = (
    stream: string,
    saved: Parameters<typeof summaryIn>[0],
    head: CommitDoc | undefined,
    wrapped: string | null | undefined,
  ): SealedSummary[] => {
    const { version } = saved;
    const { summary: sealed } = summaryIn(saved);
    if (!head || sealed === undefined || wrapped === undefined || wrapped === null) return [];
    try {
      const summary = openSummary(unwrapped(dataKey, stream, wrapped), { stream, version, summary: sealed }, head);
      return summary === undefined ? [] : [{ stream, version, summary }];
    } catch {
      // The state says what is wrong with it.
      return [];
    }
  };

  return {
    summaries: async (streams) => {
      const by = deadline();
      const named = { _id: { $in: [...streams] } };
      const projection = { version: 1, summary: 1, summarized: 1 } as const;
      const [saved, wrapped] = await Promise.all([
        reading(() => snapshots.find(named, { projection }).toArray(), by),
        reading(() => keys.find(named).toArray(), by),
      ]);
      // Versions have no gaps: a stream has gone on where the next commit exists.
      const ids = saved.flatMap(({ _id, version }) => [`${_id}/${version}`, `${_id}/${version + 1}`]);
      const read = { stream: { $in: [...streams] }, _id: { $in: ids } };
      const docs = new Map((await reading(() => commits.find(read).toArray(), by)).map((doc) => [doc._id, doc]));
      const keyOf = new Map(wrapped.map((doc) => [doc._id, doc.wrapped]));
      return saved.flatMap((each) => {
        const { _id: stream, version } = each;
        if (docs.has(`${stream}/${version + 1}`)) return [];
        return open(stream, each, docs.get(`${stream}/${version}`), keyOf.get(stream));
      });
    },
    changed: async (after) => {
      if (after === undefined) return { streams: [], next: now(), more: false };
      const from = new Date(Date.parse(after) - OVERLAP_MS).toISOString();
      const projection = { version: 1, kind: 1, changed: 1 } as const;
      const found = await reading(() =>
        snapshots
          .find({ changed: { $gt: from } }, { projection })
          .sort({ changed: 1 })
          .toArray(),
      );
      const streams = found.map(({ _id: stream, version, kind }): ChangedStream => ({
        stream,
        version: kind === null ? undefined : version,
      }));
      const next = found.at(-1)?.changed ?? after;
      return { streams, next: next > after ? next : after, more: false };
    },
  };
};
