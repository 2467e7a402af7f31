/** What a deal's details were before, each with who had said so. */

import { bare } from '../../bare.ts';
import type { Instant, PersonId } from '../../ids.ts';
import type { EndUserKind } from '../../policy/policy.ts';
import { looksAfter } from '../rights/set-aside.ts';
import type { Renamed } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';

/** What a detail was before. */
export interface PastDetail {
  value: string;
  /** Until when, and who had said so. */
  at: Instant;
  by: PersonId;
}

/** Who said first that a company is in between, by its name alone or in this part. Undefined: that is not kept. */
const saidBetween = ({ betweenBy = [] }: OpenedDeal, of: Renamed, value: string): PersonId | undefined =>
  betweenBy.find(
    ({ name, role }) => (of === 'roles' && `${name}, ${role}` === value) || (of === 'intermediaries' && name === value),
  )?.by;

/** Returns what a detail was before, the oldest first, each by who replaced the one before it. */
export const pastDetails = (deal: OpenedDeal, detail: Renamed): PastDetail[] => {
  const { renamed = [], requester } = deal;
  let by = requester;
  return renamed.flatMap(({ of, before, until, changedBy }) => {
    if (of !== detail) return [];
    const said = before.map((value) => ({
      value,
      at: until,
      // Whoever is named where nobody was took nobody's place.
      by: saidBetween(deal, detail, value) ?? by,
    }));
    by = changedBy;
    return said;
  });
};

/** The same of the kind of end-user. */
export const pastKinds = (deal: OpenedDeal): (Omit<PastDetail, 'value'> & { kind: EndUserKind })[] =>
  pastDetails(deal, 'kind').map(({ value, ...past }) => ({ kind: value as EndUserKind, ...past }));

const namedNow = ({ details: { customer, endUser, intermediaries } }: OpenedDeal): Set<string> =>
  new Set(
    [customer, endUser.name, ...intermediaries.flatMap(({ name, role }) => [name, `${name}, ${role}`])].map(bare),
  );

/**
 * Returns the deal with what others than who sells it corrected before anything was said of it, too: of whoever sells it, it is a slip.
 * Another spelling is no other name.
 */
export const withOthersCorrections = (deal: OpenedDeal): OpenedDeal => {
  const now = namedNow(deal);
  const others = (deal.corrected ?? []).filter(
    ({ changedBy, before }) =>
      !looksAfter(deal, changedBy) && before.some((value) => bare(value) !== '' && !now.has(bare(value))),
  );
  if (others.length === 0) return deal;
  return { ...deal, renamed: [...others, ...(deal.renamed ?? [])].toSorted((a, b) => (a.until < b.until ? -1 : 1)) };
};
