/** The outbox by lanes: a lane is one document, so it has one claim, one lease and one answer at a time. */

import type { EventStore, Json, OutboxProblem, OutboxRow } from '../event-store.ts';
import { instant } from '../instant.ts';
import { idOf } from '../row-name.ts';
import type { Connection } from './connection.ts';
import { again, claim, fail, NEVER, readySince, release, retry, settle, type LaneRow, type Rows } from './lane.ts';
import type { Lanes } from './lanes.ts';
import type { Places } from './places.ts';
import type { Projecting } from './projecting.ts';
import type { Collections, LaneDoc } from './schema.ts';
import type { ServerClock } from './server-clock.ts';

type OutboxMethods = Pick<
  EventStore,
  'claim' | 'settle' | 'retry' | 'fail' | 'release' | 'again' | 'outboxProblems' | 'outboxBacklog' | 'nextReady'
>;

const rowOf = (lane: string, { bulk, trace, ...row }: LaneRow): OutboxRow => {
  const { id, kind, stream, version, attempts } = row;
  const notice = JSON.parse(row.notice) as Json;
  const only = { ...(bulk ? { bulk } : {}), ...(trace === null ? {} : { trace }) };
  return { id, kind, lane, stream, version, notice, attempts, ...only };
};

const earliest = (instants: readonly string[]): string | null =>
  instants.reduce<string | null>((a, b) => (a !== null && a <= b ? a : b), null);

/** `now` stamps failures that operators read. */
export const outboxMethods = (
  { reading, deadline }: Connection,
  { lanes: docs }: Collections,
  lanes: Lanes,
  projecting: Projecting,
  places: Places,
  clock: ServerClock,
  now: () => string,
): OutboxMethods => {
  const shared = (at: string): string => clock.toServer(instant(at));
  const own = (at: string | null): string | null => (at === null ? null : clock.toOwn(at));
  const take = async (doc: LaneDoc, at: string, until: string, by: number | undefined) => {
    const near = await lanes.refilled(doc, by);
    const claimed = near && claim(near.rows, at, until);
    if (!claimed || !(await lanes.replace(near, claimed.rows, by))) return undefined;
    const { row } = claimed;
    return rowOf(doc._id, near.urgent ? { ...row, bulk: false } : row);
  };

  return {
    claim: async (asked, leaseMs, limit) => {
      const at = shared(asked);
      const until = new Date(Date.parse(at) + leaseMs).toISOString();
      const by = deadline();
      const given: OutboxRow[] = [];
      while (given.length < limit) {
        const ready = await reading(
          () =>
            docs
              .find({ at: { $lte: at } })
              .sort({ bulk: 1, place: 1 })
              .limit(limit - given.length)
              .toArray(),
          by,
        );
        if (ready.length === 0) break;
        const taken = await Promise.all(ready.map((doc) => take(doc, at, until, by)));
        given.push(...taken.filter((row) => row !== undefined));
        // Another process won one of the lanes; rows already claimed must not wait for it.
        if (by !== undefined && performance.now() >= by) break;
      }
      return given;
    },

    settle: async (name, version, attempts) => {
      const id = idOf(name);
      const found = await lanes.find(name);
      const row = found?.rows.find((each) => each.id === id);
      if (row) {
        await projecting.sureOf(row.stream, row.version);
        const place = places.next();
        await lanes.changeOf(name, (rows) => settle(rows, { id, attempts }, version, place));
      }
      // An operator drops it, wherever it lies.
      if (attempts !== undefined) return;
      const aside = await lanes.overflow.find(name);
      if (!aside || aside.row.version > version) return;
      await projecting.sureOf(aside.row.stream, aside.row.version);
      await lanes.overflow.replace(aside, undefined, deadline());
    },
    retry: (name, at, error, attempts) => {
      const ready = shared(at);
      return lanes.changeOf(name, (rows) => retry(rows, { id: idOf(name), attempts }, ready, error, now()));
    },
    fail: (name, error, attempts) =>
      lanes.changeOf(name, (rows) => fail(rows, { id: idOf(name), attempts }, error, now())),
    release: (name, at, attempts) => {
      const ready = shared(at);
      return lanes.changeOf(name, (rows) => release(rows, { id: idOf(name), attempts }, ready));
    },
    again: async (name, at) => {
      const ready = shared(at);
      let answer: Awaited<ReturnType<EventStore['again']>> = 'none';
      await lanes.changeOf(name, (rows) => {
        const made = again(rows, idOf(name), ready);
        answer = made.answer;
        return made.rows;
      });
      const aside = answer === 'none' ? await lanes.overflow.find(name) : null;
      if (!aside) return answer;
      // Into the lane as it comes; its turn is when it has come near.
      const { lane, row } = aside;
      const revived = ([found = row]: Rows): Rows => again([found], row.id, ready).rows;
      await lanes.add(lane, [{ id: row.id, into: revived }], true);
      return 'ready';
    },

    outboxProblems: async () => {
      const [found, aside] = await Promise.all([
        reading(() => docs.find({ problems: { $gt: 0 } }).toArray()),
        lanes.overflow.failed(),
      ]);
      const near = found.flatMap(({ _id: lane, rows }) => rows.map((row) => ({ lane, row })));
      return [...near, ...aside]
        .filter(({ row }) => row.error !== null)
        .toSorted((a, b) => (a.row.errorAt ?? '').localeCompare(b.row.errorAt ?? '') || a.row.place - b.row.place)
        .map(({ lane, row: { id, stream, state, attempts, error, errorAt } }): OutboxProblem => {
          const shown = state === 'failed' ? 'failed' : 'waiting';
          return { id, lane, stream, state: shown, attempts, error: error ?? '', at: errorAt ?? '' };
        });
    },

    outboxBacklog: async (asked) => {
      const at = shared(asked);
      const [all, further, aside] = await Promise.all([
        reading(() => docs.find().toArray()),
        lanes.overflow.count(),
        lanes.overflow.failed(),
      ]);
      const rows = all.flatMap((lane) => lane.rows);
      const owed = rows.filter(({ state }) => state !== 'failed');
      const ready = all.map((lane) => readySince(lane.rows, at)).filter((since) => since !== undefined);
      return {
        owed: owed.length + Math.max(0, further - aside.length),
        failed: rows.length - owed.length + aside.length,
        owedSince: earliest(owed.map(({ askedAt }) => askedAt)),
        readySince: own(earliest(ready)),
      };
    },

    nextReady: async () => {
      const next = await reading(() =>
        docs
          .find({ at: { $lt: NEVER } })
          .sort({ at: 1 })
          .limit(1)
          .next(),
      );
      return own(next?.at ?? null);
    },
  };
};
