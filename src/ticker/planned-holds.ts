/** Tells whoever planned a hold of the deals under way that it names before its day: each deal once, to nobody else. */

import { plansNaming } from '../../flows/deal/context/named-by-officers.ts';
import { plannedOn } from '../../flows/deal/context/planned-holds.ts';
import type { Hold, Plan } from '../../flows/hold.ts';
import type { DealId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { plannedHolds } from '../../flows/registers/hold-placing.ts';
import { sha256 } from '../../store/chain.ts';
import { yieldToOthers } from '../bell.ts';
import type { Logger } from '../log.ts';
import { exceptNewer } from '../newer.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import { withParties } from '../streams/plans.ts';
import type { Registers } from '../streams/registers.ts';

export interface PlannedLookOptions {
  registers: Pick<Registers, 'holds'>;
  deals: Pick<Deals, 'view'>;
  logger: Logger;
}

/** What a comparison depends on: whom the deal ever named, whether it is voted on, and whom the deal names that the hold is on. */
const markOf = ({ everNamed, summary }: IndexedDeal, { parties = [] }: Plan): string =>
  `${summary.status}:${everNamed.join(',')}:${parties.join(',')}`;

/** Tells whether something may be done before a hold begins: whoever planned it saw what had ended by then. */
const mayGoOn = ({ open, outOfScope, end }: IndexedDeal, { at }: Pick<Hold, 'at'>): boolean =>
  open || (outOfScope && (end?.at ?? '') >= at);

/** Compares what moved since its last look, of this process, with every planned hold. Never throws. */
export const createPlannedLook = ({ registers: { holds }, deals, logger }: PlannedLookOptions) => {
  let seen: ReadonlyMap<string, string> = new Map();

  /** Whoever planned a hold was shown the deals that it reached then: of those they hear once there are votes. */
  const isNews = async (plan: readonly [Plan], { id }: IndexedDeal): Promise<boolean> => {
    // A deal of a newer version is left to a bot of that version.
    const view = await deals.view(id).catch(exceptNewer);
    if (!view) return false;
    const { status, openedAt } = view.deal;
    const [found] = plannedOn(view, plan);
    // Nobody of compliance reviews it, and would read there that the reason names it.
    if (!found) return status === 'out of scope' && plansNaming(view, plan, ['end-user', 'company']).length > 0;
    return found.like.length > 0 || status !== 'answering' || openedAt >= plan[0].hold.at;
  };

  return async (all: readonly IndexedDeal[]): Promise<void> => {
    try {
      const { state } = await holds.now();
      const looked = new Map<string, string>();
      const plans = plannedHolds(state).map((hold) => ({ hold }));
      for (const one of withParties(plans, all, 'end-user')) {
        const { hold } = one;
        const known = new Set(own(state.met ?? {}, hold.id));
        // One array for all deals: the index of its names is kept with it.
        const plan = [one] as const;
        const met: DealId[] = [];
        for (const deal of all) {
          if (!mayGoOn(deal, hold) || known.has(deal.id)) continue;
          const [key, mark] = [`${hold.id}/${deal.id}`, markOf(deal, one)];
          if (seen.get(key) !== mark) {
            if (await isNews(plan, deal)) met.push(deal.id);
            await yieldToOthers();
          }
          looked.set(key, mark);
        }
        if (met.length === 0) continue;
        const cause = `met:${hold.id}:${sha256(met.join(',')).slice(0, 32)}`;
        await holds.handle({ type: 'NoteMet', hold: hold.id, deals: met }, { actor: SYSTEM, cause });
      }
      seen = looked;
    } catch (error) {
      logger.error('others.planners-not-told', { error });
    }
  };
};
