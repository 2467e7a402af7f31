/** Planned holds, with whom the deals name that they are on. */

import type { Plan } from '../../flows/hold.ts';
import type { DealId } from '../../flows/ids.ts';
import { namesIn, type IndexedDeal } from './indexed-deal.ts';

const onDeal = ({ hold: { on } }: Plan): DealId | undefined => (on.of === 'deal' ? on.deal : undefined);

/** @param of - of a deal: its end-user of now alone, or everybody whom it names or named */
export const withParties = (
  plans: readonly Plan[],
  all: Iterable<IndexedDeal>,
  of: 'end-user' | 'everybody',
): Plan[] => {
  const ids = new Set(plans.flatMap((plan) => onDeal(plan) ?? []));
  const named = new Map<DealId, readonly string[]>();
  if (ids.size > 0)
    for (const deal of all) {
      if (!ids.has(deal.id)) continue;
      const { endUsers, besides } = namesIn(deal);
      named.set(deal.id, of === 'end-user' ? endUsers : [...endUsers, ...besides]);
    }
  return plans.map((plan) => {
    const id = onDeal(plan);
    const parties = id === undefined ? undefined : named.get(id);
    return parties ? { ...plan, parties } : plan;
  });
};
