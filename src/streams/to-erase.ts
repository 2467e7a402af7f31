/** What the record says of deals that somebody wants to erase. */

import { endedAs, isToldToOthers, keptBecause, keptUntil, votersOf } from '../../flows/deal/context/erasing.ts';
import type { DealId } from '../../flows/ids.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import type { DealToErase } from '../../flows/registers/erasure-shapes.ts';
import type { DealIndex } from './deal-index.ts';
import type { Deals } from './deals.ts';

export interface ToErase {
  deals: Pick<Deals, 'view'>;
  index: DealIndex;
  policy: () => CompiledPolicy | undefined;
  clock: () => Date;
}

/** Returns those of the deals that are there; one that was erased is not. */
export const dealsToErase = async (
  { deals, index, policy, clock }: ToErase,
  ids: readonly DealId[],
): Promise<DealToErase[]> => {
  const all = await index();
  const newer = index.newer();
  const today = clock().toISOString().slice(0, 10);
  const found: DealToErase[] = [];
  for (const id of ids) {
    const view = await deals.view(id);
    if (!view) continue;
    const end = endedAs(view.deal);
    const until = end && keptUntil(end, policy()?.retention);
    // Whom a deal of a newer version names is not known here.
    const keep = keptBecause(view, all) ?? (newer.length > 0 ? `${newer[0]} can't be read by this version` : undefined);
    found.push({
      deal: id,
      team: view.deal.team,
      voters: votersOf(view.deal),
      ...(keep === undefined ? {} : { keep }),
      early: (until !== undefined && until >= today) || isToldToOthers(view),
    });
  }
  return found;
};

/** Returns the deals that the policy keeps no longer, oldest end first. */
export const keptNoLonger = async ({ index, policy, clock }: Omit<ToErase, 'deals'>): Promise<DealId[]> => {
  const retention = policy()?.retention;
  if (!retention) return [];
  const today = clock().toISOString().slice(0, 10);
  return (await index())
    .flatMap(({ id, end, holds }) => {
      const until = end && holds.length === 0 ? keptUntil(end, retention) : undefined;
      return until !== undefined && until < today ? [{ id, at: end?.at ?? '' }] : [];
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
    .map(({ id }) => id);
};
