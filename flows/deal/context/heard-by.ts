/** Which settled deals hear of one deal in the same look: compliance is told once for what caused it, with all of them. */

import type { DealId } from '../../ids.ts';
import type { Others } from '../heard-shapes.ts';

/** Returns the deals of which this is news. */
const sourcesOf = ({ ended, otherwise, kinds = [], worries = [], written }: Others): DealId[] => [
  ...new Set(
    [ended, otherwise, kinds, worries, written ? [written] : []].flatMap((all) => all.map(({ deal }) => deal)),
  ),
];

/** By the deal that is heard of, the settled deals that hear of it: where there are several. In the order of the news. */
export const heardBySeveral = (
  news: readonly (readonly [DealId, Others])[],
  isSettled: (deal: DealId) => boolean,
): Map<DealId, DealId[]> => {
  const hearers = new Map<DealId, DealId[]>();
  for (const [deal, others] of news) {
    if (!isSettled(deal)) continue;
    for (const source of sourcesOf(others)) hearers.set(source, [...(hearers.get(source) ?? []), deal]);
  }
  return new Map([...hearers].filter(([, deals]) => deals.length > 1));
};

/** Tells whether all of a deal's news was told with the deals that it is of. */
export const isToldTogether = (others: Others, told: ReadonlySet<DealId>): boolean =>
  sourcesOf(others).every((deal) => told.has(deal)) && (others.more ?? 0) === 0;
