/** What a deal's details were before, each with who had said so. */

import type { Instant, PersonId } from '../../ids.ts';
import type { EndUserKind } from '../../policy/policy.ts';
import type { Renamed } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';

/** What a detail was before. */
export interface PastDetail {
  value: string;
  /** Until when, and who had said so. */
  at: Instant;
  by: PersonId;
}

type Between = Extract<Renamed, 'intermediaries' | 'roles'>;
const BETWEEN: ReadonlySet<Renamed> = new Set<Between>(['intermediaries', 'roles']);

/** A colleague who named a company in this part, or the company by name alone where nobody had it in another part before. */
const putBy = ({ putIn = [], renamed = [] }: OpenedDeal, of: Renamed, value: string): PersonId | undefined =>
  putIn.find(
    ({ name, role, at }) =>
      role !== undefined &&
      (of === 'roles'
        ? `${name}, ${role}` === value
        : name === value &&
          !renamed.some(
            (one) => one.of === 'roles' && one.until <= at && one.before.some((part) => part.startsWith(`${name}, `)),
          )),
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
      by: (BETWEEN.has(detail) ? putBy(deal, detail, value) : undefined) ?? by,
    }));
    by = changedBy;
    return said;
  });
};

/** The same of the kind of end-user. */
export const pastKinds = (deal: OpenedDeal): (Omit<PastDetail, 'value'> & { kind: EndUserKind })[] =>
  pastDetails(deal, 'kind').map(({ value, ...past }) => ({ kind: value as EndUserKind, ...past }));
