/** Has deals follow a changed organisation file: who is asked now, who is not any more, which routes go on or stand still. */

import type { DealId } from '../../flows/ids.ts';
import { SYSTEM, type Organisation } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import { createBell, repeating, type Repeating } from '../bell.ts';
import type { Logger } from '../log.ts';
import type { Deals } from '../streams/deals.ts';
import type { Registers } from '../streams/registers.ts';
import { eachLiveDeal } from './live-deals.ts';

export interface SeatsOptions {
  store: Pick<EventStore, 'list' | 'meta' | 'putMeta'>;
  deals: Pick<Deals, 'noteSeats'>;
  registers: Pick<Registers, 'files'>;
  /** The organisation file. */
  organisation: () => Organisation;
  logger: Logger;
  everyMs?: number | undefined;
}

export interface FollowingSeats extends Repeating {
  /** Called once the record says that another file counts. */
  wake(): void;
}

/** The file that all deals have followed. */
const DONE = 'seats-for';
const EVERY_MS = 20_000;

/**
 * Walks the live deals once per organisation file. A bot whose file is not the one that was taken last does nothing, so
 * that two with two files undo nothing. What a crash cuts off is done at the next start, which also tries deals that could
 * not be read; one that knows it already records nothing. Where the store failed the next round does it again. `known`: the
 * file of this bot's last walk. Resolves with the file that is followed now.
 */
export const followSeats = async (
  { store, deals, registers, organisation, logger, stopped }: SeatsOptions & { stopped: () => boolean },
  known: string | undefined,
): Promise<string | undefined> => {
  const { hash } = organisation();
  const counts = (await registers.files.now()).state.taken.organisation?.hash === hash;
  if (!counts || hash === known) return known;
  if (known === undefined && (await store.meta(DONE)) === hash) return hash;
  const reached: { full: DealId[]; short: DealId[] } = { full: [], short: [] };
  const { count, all, again } = await eachLiveDeal({ store, logger, stopped }, 'seats.not-noted', async (deal) => {
    const { full, short } = await deals.noteSeats(deal);
    if (full) reached.full.push(deal);
    if (short) reached.short.push(deal);
  });
  logger.info('seats.noted', { count });
  if (again) return known;
  const cause = `seats:${hash}:${(await registers.files.now()).version}`;
  const [full, short] = [reached.full.toSorted(), reached.short.toSorted()];
  await registers.files.handle({ type: 'NoteReach', full, short }, { actor: SYSTEM, cause });
  if (all) await store.putMeta(DONE, hash);
  return hash;
};

/** Looks at the start, whenever it is woken, and every 20 seconds: a look costs nothing while the file is the same. */
export const startSeats = (options: SeatsOptions): FollowingSeats => {
  const { logger, everyMs = EVERY_MS } = options;
  const bell = createBell();
  let known: string | undefined;
  const look = async (ended: () => boolean): Promise<undefined> => {
    known = await followSeats({ ...options, stopped: ended }, known).catch((error: unknown) => {
      logger.error('seats.not-followed', { error });
      return known;
    });
  };
  return { wake: bell.ring, ...repeating(look, everyMs, bell) };
};
