/** Which messages a stream's commits owe, and whether the outbox says the same. For an auditor. */

import { z } from 'zod';
import { CHATS, type Chat } from '../../flows/chats.ts';
import type { Commit, OutboxSeen, Owing } from '../../store/event-store.ts';
import { privateLane } from '../streams/notice-rows.ts';
import { placedKey, plainKey } from '../streams/places.ts';

const target = z.discriminatedUnion('to', [
  z.object({ to: z.literal('thread') }),
  z.object({ to: z.literal('person'), person: z.string() }),
  z.object({ to: z.literal('channel'), channel: z.string() }),
]);
/** A deal's notice, or a register's, of any version. */
const noticeShape = z.union([
  z.object({ id: z.string(), kind: z.literal('live') }),
  z.object({ id: z.string(), target }).transform((notice) => ({ ...notice, kind: 'fact' as const })),
]);
type NoticeSeen = z.infer<typeof noticeShape>;

interface Known {
  kind: 'live' | 'fact';
  /** Without a place's name behind it. */
  lane: string;
  /** The newest that asks for it. */
  version: number;
  /** Of its message in a chat. */
  key: string;
}

export interface Owed {
  add(commit: Commit): void;
  compare(rows: readonly OutboxSeen[], refs: ReadonlySet<string>): Owing;
}

const laneOf = (stream: string, notice: NoticeSeen): string => {
  if (notice.id === `live:${stream}:private`) return privateLane(stream);
  if (notice.kind === 'live' || notice.target.to === 'thread') return `thread:${stream}`;
  return notice.target.to === 'person' ? `person:${notice.target.person}` : `${stream}:${notice.target.channel}`;
};

/** The row's place among those of its notice: its own, or a mirror's. */
const mirrorOf = ({ id }: OutboxSeen): Chat | undefined => {
  const name = id.slice(plainKey(id).length + 1);
  return Object.hasOwn(CHATS, name) ? (name as Chat) : undefined;
};

const wrongWith = (row: OutboxSeen, known: Known | undefined): string | undefined => {
  if (!known) return 'is owed by no commit';
  if (row.kind !== known.kind) return 'is not of the kind that its commit owes';
  const toThread = known.lane.startsWith('thread:');
  const lane = toThread ? placedKey(known.lane, mirrorOf(row)) : known.lane;
  if (row.lane !== lane) return 'goes to somebody else than its commit says';
  const isRight = known.kind === 'live' ? row.version <= known.version : row.version === known.version;
  return isRight ? undefined : 'is of another commit than it says';
};

export const owedBy = (stream: string): Owed => {
  const all = new Map<string, Known>();
  return {
    add: ({ version, body }) => {
      for (const each of body.notices) {
        const { data: notice } = noticeShape.safeParse(each);
        if (!notice) continue;
        const key = notice.kind === 'live' ? notice.id.slice(`live:${stream}:`.length) : notice.id;
        all.set(notice.id, { kind: notice.kind, lane: laneOf(stream, notice), version, key });
      }
    },
    compare: (rows, refs) => {
      const wrong = rows.flatMap((row) => {
        const what = wrongWith(row, all.get(plainKey(row.id)));
        return what === undefined
          ? []
          : [{ version: row.version, detail: `The message ${row.id} in the outbox ${what}.` }];
      });
      const there = new Set(rows.map(({ id }) => plainKey(id)));
      const gone = [...all].filter(([id, { key }]) => !there.has(id) && !refs.has(key));
      return { wrong, gone: gone.map(([id, { version, key }]) => ({ id, version, key })) };
    },
  };
};
