/**
 * Makes an outbox row anew that was changed outside Clearthread. Of what it says nothing is believed: its commit is looked
 * for, which holds what was owed, sealed. Notices that somebody hid by giving their row another name are owed by the
 * commit that the row still names.
 */

import type { EventStore, OwedRows, RowLead } from '../../store/event-store.ts';
import { isDealId } from '../ids.ts';
import type { Logger } from '../log.ts';
import { closest, type ByStream } from '../streams/by-stream.ts';
import { plainKey } from '../streams/places.ts';
import { metaId } from '../streams/repeats.ts';

/** Rows that the commit owes, as they would be made today. Undefined where there is no such commit. */
export type OwedBy = (stream: string, version: number) => Promise<OwedRows | undefined>;

export interface MendingOptions {
  store: Pick<EventStore, 'stored' | 'read' | 'ref' | 'renew' | 'fail'>;
  owed: ByStream<OwedBy>;
  logger: Logger;
}

export type Mend = (row: RowLead) => Promise<void>;

/** Why a row is given up whose commit is not to be found. */
export const CHANGED_ROW = 'changed_row';

const LIVE = /^live:(D-[^:]+):/;

/** No later try finds out more; what a newer version wrote is found by the look after the upgrade. */
const LASTING = new Set(['damaged', 'missing-policy', 'newer-record', 'newer-policy']);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

type Place = Pick<RowLead, 'stream' | 'version'>;

export const createMending = ({ store, owed: owing, logger }: MendingOptions): Mend => {
  /** Finds the newest commit of the deal that asks for that card. */
  const commitOfCard = async (stream: string, id: string): Promise<Place | undefined> => {
    const commits = await store.read(stream).catch((error: unknown) => {
      // Of an erased deal nothing is owed.
      if (codeOf(error) !== 'erased') throw error;
      return [];
    });
    const asks = (notice: unknown): boolean =>
      typeof notice === 'object' && notice !== null && 'id' in notice && notice.id === id;
    return commits.findLast(({ body }) => body.notices.some(asks));
  };

  /** A notice's id is made of its commit's stream and cause, which stand in the clear. */
  const commitOfFact = async (id: string, near: string): Promise<Place | undefined> => {
    const base = id.slice(0, id.lastIndexOf('-'));
    for (const within of [near, undefined]) {
      for await (const { stream, version, cause } of store.stored(within)) {
        if (metaId(stream, cause) === base) return { stream, version };
      }
    }
    return undefined;
  };

  /** Rows of a commit that are owed still: a fact that has its place in a chat was sent. */
  const unsent = async ({ stream, version }: Place): Promise<OwedRows | undefined> => {
    let owed: OwedRows | undefined;
    try {
      owed = await closest(owing, stream, isDealId(stream) ? 'deal' : undefined)?.(stream, version);
    } catch (error) {
      if (codeOf(error) !== 'erased') throw error;
      // Nobody is told anything of it any more.
      return { stream, version, at: '', rows: [] };
    }
    if (!owed) return undefined;
    const sent = await Promise.all(owed.rows.map(async ({ kind, id }) => kind === 'fact' && store.ref(stream, id)));
    return { ...owed, rows: owed.rows.filter((_, n) => !sent[n]) };
  };

  const found = async (row: RowLead): Promise<{ own: Place | undefined; owed: OwedRows[] }> => {
    const id = plainKey(row.id);
    const [, deal] = LIVE.exec(id) ?? [];
    const own = await (deal === undefined ? commitOfFact(id, row.stream) : commitOfCard(deal, id));
    const places = own?.stream === row.stream && own.version === row.version ? [own] : [own, row];
    const all = await Promise.all(places.map(async (place) => place && unsent(place)));
    return { own, owed: all.filter((each) => each !== undefined) };
  };

  return async (row) => {
    // Not a row, but what the engine keeps about its lane.
    if (row.id === '') return void (await store.renew(row, []));
    const { own, owed } = await found(row).catch((error: unknown) => {
      // In its lane nothing is to wait for it without end.
      if (!LASTING.has(codeOf(error))) throw error;
      return { own: undefined, owed: [] };
    });
    const fields = { notice: row.id, stream: own?.stream ?? row.stream };
    if (owed.length === 0) {
      logger.error('outbox.row-changed', { ...fields, count: 0 });
      return store.fail(row, CHANGED_ROW);
    }
    const made = owed.reduce((sum, { rows }) => sum + rows.length, 0);
    logger.error('outbox.row-changed', { ...fields, count: made });
    await store.renew(row, owed);
  };
};
