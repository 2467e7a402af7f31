/** Compares the parties of deals with the lists in use: of a deal that is new, renamed or reopened at once, of all when a list changes. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import { isScreened } from '../../flows/deal/context/screening.ts';
import type { DealEvent, DealEventType } from '../../flows/deal/events.ts';
import type { PartyFound } from '../../flows/deal/screened-shapes.ts';
import { newsOf } from '../../flows/deal/screened/screened.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { listsInUse } from '../../flows/registers/screening.ts';
import type { EventStore } from '../../store/event-store.ts';
import { atOnce, repeating, yieldToOthers, type Alone, type Bell, type Repeating } from '../bell.ts';
import type { Logger } from '../log.ts';
import { exceptNewer } from '../newer.ts';
import { compareParties } from '../screening/compare.ts';
import { readyLists } from '../screening/lists.ts';
import { ListProblem } from '../screening/read-list.ts';
import type { ReadyList } from '../screening/ready-list.ts';
import { followWatchman } from '../screening/watchman-lists.ts';
import type { Watchman } from '../screening/watchman.ts';
import type { DealIndex } from '../streams/deal-index.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Registers } from '../streams/registers.ts';

const CONCERNS: ReadonlySet<DealEventType> = new Set<DealEventType>([
  'DealOpened',
  'DetailsCorrected',
  'LighterRefused',
  'DealReopened',
]);

/** Tells whether somebody may be named on a deal now who was not before. */
export const namesSomebody = (events: readonly Pick<DealEvent, 'type'>[]): boolean =>
  events.some(({ type }) => CONCERNS.has(type));

export interface ScreeningOptions {
  store: Pick<EventStore, 'putDraft' | 'draft' | 'dropDraft'>;
  deals: Pick<Deals, 'handle' | 'view'>;
  registers: Pick<Registers, 'screening'>;
  index: DealIndex;
  /** The server that the company runs, if it does. */
  watchman?: Watchman | undefined;
  logger: Logger;
}

export interface Screening {
  /** Returns the command that says what is new for that deal; undefined where nothing is, or it is over. Throws StoreFault. */
  newsFor(deal: DealId): Promise<DealCommand | undefined>;
  /** Compares deals that name somebody who was not compared with each list in use, the newest first. Resolves with how many there are. */
  look(): Promise<number>;
}

/** Then others have a second: the first list reaches all deals, the newest first. */
const DEALS_A_LOOK = 100;
const PAUSE_MS = 1000;

/** Tells whether something may still be sold on a deal. */
export const isLive = ({
  open,
  approved,
  outOfScope,
}: Pick<IndexedDeal, 'open' | 'approved' | 'outOfScope'>): boolean => open || approved || outOfScope;

/** Compares once more where a server took in its lists meanwhile: then it had them before and has them after, whichever of several answers. */
const compared = async (deal: OpenedDeal, ready: readonly ReadyList[]): Promise<PartyFound[]> => {
  const areStill = async (): Promise<boolean> =>
    (await Promise.all(ready.map(async (list) => (await list.isStill?.()) ?? true))).every(Boolean);
  const found = await compareParties(deal, ready);
  if (await areStill()) return found;
  const again = await compareParties(deal, ready);
  await areStill();
  return again;
};

export const createScreening = ({ store, deals, registers, index, watchman, logger }: ScreeningOptions): Screening => {
  const lists = readyLists({ store, register: registers.screening, watchman });

  const newsFor = async (id: DealId): Promise<DealCommand | undefined> => {
    const ready = await lists();
    const view = await deals.view(id);
    if (!view || !isScreened(view.deal)) return undefined;
    const found = await compared(view.deal, ready);
    return found.some((one) => newsOf(view.deal, one)) ? { type: 'NoteScreening', found } : undefined;
  };

  /** They come last. */
  const failed = new Set<DealId>();

  return {
    newsFor,
    look: async () => {
      const used = listsInUse((await registers.screening.now()).state).map(({ name }) => name);
      if (used.length === 0) return 0;
      const due = (await index())
        .filter((deal) => isLive(deal) && used.some((name) => !deal.compared.includes(name)))
        .toSorted(
          (a, b) =>
            Number(failed.has(a.id)) - Number(failed.has(b.id)) || (a.summary.openedAt < b.summary.openedAt ? 1 : -1),
        );
      // A list that can't be read is said once, not for each deal.
      if (due.length > 0) await lists();
      for (const { id, version } of due.slice(0, DEALS_A_LOOK)) {
        failed.delete(id);
        try {
          const command = await newsFor(id);
          // Two bots that find the same: one of them writes it.
          if (command)
            await deals
              .handle(id, command, { actor: SYSTEM, cause: `screened:${version}:${used.join(',')}` })
              .catch(exceptNewer);
        } catch (error) {
          failed.add(id);
          logger.error('screening.not-compared', { stream: id, error });
          // The others would wait for the same server in vain: all are tried again, this one last.
          if (error instanceof ListProblem) return 0;
        }
        await yieldToOthers();
      }
      return due.length;
    },
  };
};

/** What another bot's crash left undone is made good after it. */
const EVERY_MS = 60_000;

/** Looks at the start, whenever the bell rings, and every minute: a look costs nothing while no list is in use. */
export const startScreening = ({
  look,
  logger,
  bell,
  everyMs = EVERY_MS,
  alone = atOnce,
}: Pick<Screening, 'look'> & {
  logger: Logger;
  bell: Bell;
  everyMs?: number;
  /** Other work goes on beside its looks, where absent. */
  alone?: Alone | undefined;
}): Repeating =>
  repeating(
    async () => {
      const due = await alone(look).catch((error: unknown) => {
        logger.error('screening.not-looked', { error });
        return 0;
      });
      return due > DEALS_A_LOOK ? PAUSE_MS : undefined;
    },
    everyMs,
    bell,
  );

/** Looks every minute whether a server has other lists, and whether it answers. */
export const startWatchman = (
  { watchman, register, logger }: { watchman: Watchman; register: Registers['screening']; logger: Logger },
  everyMs: number = EVERY_MS,
): Repeating =>
  repeating(async () => {
    await followWatchman(watchman, register).catch((error: unknown) =>
      logger.error('watchman.not-followed', { error }),
    );
    return undefined;
  }, everyMs);
