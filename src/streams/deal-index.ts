/** Facts of each deal that registers and lists need, in memory. Only changed deals are reread. */

import type { AlertId } from '../../flows/country-alert.ts';
import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import type { SaidElsewhere } from '../../flows/deal/context/elsewhere.ts';
import { endedAs } from '../../flows/deal/context/erasing.ts';
import { isOver } from '../../flows/deal/context/holds.ts';
import { saidElsewhere } from '../../flows/deal/context/others.ts';
import { partyKeys } from '../../flows/deal/context/parties.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { AcceptanceId } from '../../flows/gap-acceptance.ts';
import type { HoldId } from '../../flows/hold.ts';
import type { DealId, Instant, PersonId } from '../../flows/ids.ts';
import { searchable, type Searchable } from '../../flows/lists/search.ts';
import { createShare, type Share } from '../../flows/lists/shared.ts';
import { summaryOf, type DealSummary } from '../../flows/lists/summary.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { Ended } from '../../flows/policy/policy.ts';
import type { EventStore } from '../../store/event-store.ts';
import { yieldToOthers } from '../bell.ts';
import { newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import { NewerRecord } from '../newer.ts';
import { tracedAgain } from '../trace.ts';
import type { Deals } from './deals.ts';

/** Contains of answers only which say that all is well; of worries their words. */
export interface IndexedDeal {
  version: number;
  id: DealId;
  owner: PersonId;
  team: readonly PersonId[];
  /** Results of `endUserKeys` of everybody whom the deal names. */
  parties: readonly string[];
  /** ISO 3166-1 alpha-2. */
  destination: string;
  /** True once nothing is sold on the deal any more. */
  over: boolean;
  /** True while the deal is answered or decided. */
  open: boolean;
  /** True where it was found out of scope. */
  outOfScope: boolean;
  /** True while an approval is in force, also during its reassessment. */
  approved: boolean;
  /** Since when it waits for compliance to confirm that it is out of scope, or changes that make it lighter. */
  toConfirm?: Instant | undefined;
  /** Acceptances of its country or product that it took, while it is open. */
  took: readonly AcceptanceId[];
  /** How it ended, where nothing is left to do. */
  end?: { as: Ended; at: Instant } | undefined;
  /** Holds that reached the deal and were not lifted. */
  holds: readonly HoldId[];
  /** Country alerts that the deal showed and that were not ended. */
  warned: readonly AlertId[];
  said: SaidElsewhere;
  /** For lists and search. */
  search: Searchable;
  summary: DealSummary;
}

export interface DealIndexOptions {
  store: Pick<EventStore, 'list'>;
  deals: Pick<Deals, 'view'>;
  logger: Logger;
  /** All deals are reread where its catalogue changed: what is the same product rests on it. Absent: it does not change. */
  organisation?: (() => Pick<Organisation, 'products'>) | undefined;
}

/** Returns all deals as they are now, ordered by id. Unreadable ones are left out and logged. Throws StoreFault. */
export interface DealIndex {
  (): Promise<readonly IndexedDeal[]>;
  /** Deals that were left out by the last look because a newer version wrote to them. */
  newer(): readonly DealId[];
}

const PAGE = 1000;
const LOADS_A_TURN = 10;

const isOpen = ({ status }: DealView['deal']): boolean => status === 'answering' || status === 'deciding';

const indexed = (version: number, view: DealView, share: Share): IndexedDeal => {
  const { deal } = view;
  const summary = share(summaryOf(view));
  return {
    version,
    id: deal.id,
    owner: deal.owner,
    team: deal.team,
    parties: partyKeys(deal.details),
    destination: deal.details.destination,
    over: isOver(deal),
    open: isOpen(deal),
    outOfScope: deal.status === 'out of scope',
    approved: approvalOf(deal) !== undefined,
    toConfirm: scopeSaidOf(deal)?.at ?? (isOpen(deal) ? view.lighterSaid?.at : undefined),
    took: isOpen(deal) ? Object.values(deal.gaps ?? {}).flatMap(({ from }) => from?.id ?? []) : [],
    end: endedAs(deal),
    holds: Object.keys(deal.holds ?? {}),
    warned: deal.warned ?? [],
    said: saidElsewhere(view),
    summary,
    search: searchable(summary),
  };
};

export const createDealIndex = ({ store, deals, logger, organisation }: DealIndexOptions): DealIndex => {
  let catalogue: string | undefined;
  let kept: ReadonlyMap<DealId, IndexedDeal> = new Map();
  let newer: readonly DealId[] = [];
  const share = createShare();
  let bringing: Promise<readonly IndexedDeal[]> | undefined;

  const bringUpToDate = async (): Promise<readonly IndexedDeal[]> => {
    const next = new Map<DealId, IndexedDeal>();
    const failures: unknown[] = [];
    const left: DealId[] = [];
    const unread = (error: unknown): void =>
      void (error instanceof NewerRecord ? left.push(error.stream) : failures.push(error));
    const products = JSON.stringify(organisation?.().products ?? []);
    const isSame = products === catalogue;
    let [after, loads]: [string | undefined, number] = [undefined, 0];
    do {
      const page = await store.list({ kind: 'deal', limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { stream, version } of page) {
        const known = kept.get(stream);
        if (isSame && known?.version === version) {
          next.set(stream, known);
          continue;
        }
        const view = await deals.view(stream).catch(unread);
        if (view) next.set(stream, indexed(version, view, share));
        loads += 1;
        if (loads % LOADS_A_TURN === 0) await yieldToOthers();
      }
      // A page that is not full is the last: asking on would cost each look another turn of the store.
      after = page.length < PAGE ? undefined : page.at(-1)?.stream;
    } while (after !== undefined);
    if (failures.length > 0) logger.warn('deal-index.unread', { count: failures.length, error: failures.at(-1) });
    kept = next;
    catalogue = products;
    newer = left;
    return [...next.values()].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  };

  const index = (): Promise<readonly IndexedDeal[]> => {
    // An act of its own: what this one has read of a deal may be older than the version that the list names.
    bringing ??= tracedAgain(newTrace(), bringUpToDate).finally(() => {
      bringing = undefined;
    });
    return bringing;
  };
  return Object.assign(index, { newer: () => newer });
};
