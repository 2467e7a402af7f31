/** The outbox by lanes: a lane is one document, so it has one claim, one lease and one answer at a time. */

import type { Json, OutboxMethods, OutboxProblem, OutboxRow } from '../event-store.ts';
import { instant } from '../instant.ts';
import type { LaneMarks } from '../outbox-marks.ts';
import { uncertainSince, type RestoredAt } from '../restored.ts';
import { idOf } from '../row-name.ts';
import type { Connection } from './connection.ts';
import {
  again,
  ask,
  claim,
  fail,
  joined,
  markOfNew,
  NEVER,
  readySince,
  release,
  renew,
  retry,
  settle,
  type LaneRow,
  type Marks,
  type NewRow,
  type Rows,
} from './lane.ts';
import type { Lanes } from './lanes.ts';
import { fitsItsRow } from './overflow.ts';
import type { Places } from './places.ts';
import { asArrival, type Projecting } from './projecting.ts';
import type { Collections, LaneDoc } from './schema.ts';
import type { ServerClock } from './server-clock.ts';

/** A row that was changed is not read any further. */
const rowOf = (
  lane: string,
  { bulk, trace, ...row }: LaneRow,
  { changed, uncertain }: { changed: boolean; uncertain: string | undefined },
): OutboxRow => {
  const { id, kind, stream, version, attempts } = row;
  const given = { id, kind, lane, stream, version, attempts };
  if (changed) return { ...given, notice: null, changed };
  const notice = JSON.parse(row.notice) as Json;
  const only = { ...(bulk ? { bulk } : {}), ...(trace === null ? {} : { trace }) };
  return { ...given, notice, ...only, ...(uncertain === undefined ? {} : { uncertain }) };
};

const earliest = (instants: readonly string[]): string | null =>
  instants.reduce<string | null>((a, b) => (a !== null && a <= b ? a : b), null);

export interface OutboxParts {
  connection: Connection;
  all: Collections;
  lanes: Lanes;
  marksOf: (lane: string) => LaneMarks;
  projecting: Projecting;
  places: Places;
  clock: ServerClock;
  restored: RestoredAt | undefined;
  /** Stamps failures that operators read. */
  now: () => string;
}

export const outboxMethods = ({
  connection: { reading, deadline },
  all: { lanes: docs },
  lanes,
  marksOf,
  projecting,
  places,
  clock,
  restored,
  now,
}: OutboxParts): OutboxMethods => {
  const shared = (at: string): string => clock.toServer(instant(at));
  const own = (at: string | null): string | null => (at === null ? null : clock.toOwn(at));
  const take = async (doc: LaneDoc, at: string, until: string, by: number | undefined) => {
    const near = await lanes.refilled(doc, by);
    if (!near) return undefined;
    const claimed = claim(near.rows, at, until, marksOf(doc._id));
    if (!claimed) {
      // Claimed meanwhile; or somebody made the document say another time than its rows, and it would come again and again.
      if (near.at <= at) await lanes.replace(near, near.rows, by);
      return undefined;
    }
    if (!(await lanes.replace(near, claimed.rows, by))) return undefined;
    const { row, changed } = claimed;
    const uncertain = uncertainSince(restored, row.askedAt);
    return rowOf(doc._id, near.urgent ? { ...row, bulk: false } : row, { changed, uncertain });
  };

  /** Replaces a changed row that waits further back. */
  const renewAside = async (name: Pick<OutboxRow, 'id' | 'lane'>, made: NewRow | undefined): Promise<boolean> => {
    const aside = await lanes.overflow.named(name, deadline());
    const marks = marksOf(name.lane);
    if (!aside || (fitsItsRow(aside) && marks.fits(aside.row))) return false;
    const [row] = marks.fits(aside.row) ? [aside.row] : made ? ask([], made, marks) : [];
    if (aside.lane === name.lane) return lanes.overflow.replace(aside, row, deadline());
    await lanes.overflow.replace(aside, undefined, deadline());
    if (row) await lanes.add(name.lane, [{ id: row.id, into: (rows) => joined(rows, row, marks) }], true);
    return true;
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
        await lanes.changeOf(name, (rows, marks) => settle(rows, { id, attempts }, version, place, marks));
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
      const trouble = { error, errorAt: now() };
      return lanes.changeOf(name, (rows, marks) => retry(rows, { id: idOf(name), attempts }, ready, trouble, marks));
    },
    fail: (name, error, attempts) => {
      const trouble = { error, errorAt: now() };
      return lanes.changeOf(name, (rows, marks) => fail(rows, { id: idOf(name), attempts }, trouble, marks));
    },
    release: (name, at, attempts) => {
      const ready = shared(at);
      return lanes.changeOf(name, (rows, marks) => release(rows, { id: idOf(name), attempts }, ready, marks));
    },
    again: async (name, at) => {
      const ready = shared(at);
      let answer: Awaited<ReturnType<OutboxMethods['again']>> = 'none';
      await lanes.changeOf(name, (rows, marks) => {
        const made = again(rows, idOf(name), ready, marks);
        answer = made.answer;
        return made.rows;
      });
      const aside = answer === 'none' ? await lanes.overflow.find(name) : null;
      if (!aside) return answer;
      // Into the lane as it comes; its turn is when it has come near.
      const { lane, row } = aside;
      const revived = ([found = row]: Rows, marks: Marks): Rows => again([found], row.id, ready, marks).rows;
      await lanes.add(lane, [{ id: row.id, into: revived }], true);
      return 'ready';
    },

    renew: async ({ id, lane }, owed) => {
      if (id === '') return lanes.mend(lane).then(() => true);
      const asked = owed.flatMap(({ rows, ...by }) =>
        rows.map(({ notice, ...row }): NewRow => {
          const text = { ...row, notice: JSON.stringify(notice) };
          const made = { row: text, ...by, tried: 1 };
          const mark = markOfNew(made, marksOf(row.lane));
          return { ...made, row: { ...text, mark }, place: places.next() };
        }),
      );
      const own = asked.find(({ row }) => row.id === id && row.lane === lane);
      const others = asked.filter((each) => each !== own);
      for (const name of new Set(others.map(({ row }) => row.lane))) {
        const there = others.filter(({ row }) => row.lane === name);
        await lanes.add(name, there.map(asArrival), true);
      }
      let renewed = false;
      await lanes.changeOf({ id, lane }, (rows) => {
        const next = renew(rows, id, own, marksOf(lane));
        renewed = next !== rows;
        return next;
      });
      return renewed || renewAside({ id, lane }, own);
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
