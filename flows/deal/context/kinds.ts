/** The kind of end-user that other deals name for the same one, where it is graver. House rule. */

import type { DealId, Instant } from '../../ids.ts';
import type { EndUserKind } from '../../policy/policy.ts';
import type { HeardKind } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

const FROM_MILD_TO_GRAVE: readonly EndUserKind[] = ['private', 'state-tied', 'government', 'security'];

/** A kind that is not known counts as the worst of one's own deal, and says nothing to another's. */
const isGraver = (kind: EndUserKind, than: EndUserKind): boolean =>
  than !== 'unknown' && FROM_MILD_TO_GRAVE.indexOf(kind) > FROM_MILD_TO_GRAVE.indexOf(than);

/** What a deal says of its end-user's kind. */
export interface SaidKind {
  /** As it is said now. */
  now: EndUserKind;
  /** The graver of that and of one that comes back if compliance refuses. */
  gravest: EndUserKind;
  at: Instant;
}

export const saidKind = ({ details, lighterSaid, lastCorrection, openedAt }: OpenedDeal): SaidKind => {
  const { kind } = details.endUser;
  const was = lighterSaid?.was.endUser ?? kind;
  return { now: kind, gravest: isGraver(was, kind) ? was : kind, at: lastCorrection?.at ?? openedAt };
};

interface OfEndUser {
  id: DealId;
  kind: SaidKind;
}

/** Returns the gravest kind that others say of the same end-user, where it is news. `others`: with the same end-user. */
export const graverKind = (
  { id, kind }: OfEndUser,
  others: readonly OfEndUser[],
  since: Instant,
  known: readonly HeardKind[] = [],
): HeardKind | undefined =>
  others
    .filter((other) => other.id !== id && other.kind.at > since && isGraver(other.kind.gravest, kind.now))
    .map((other): HeardKind => ({ deal: other.id, kind: other.kind.gravest, at: other.kind.at }))
    .filter((heard) => known.every((one) => isGraver(heard.kind, one.kind)))
    .toSorted(
      (a, b) => Number(isGraver(b.kind, a.kind)) - Number(isGraver(a.kind, b.kind)) || (a.at < b.at ? 1 : -1),
    )[0];

/** Returns the kinds that were heard and are graver than what the deal says now. */
export const heardKinds = ({ deal }: Pick<DealView, 'deal'>): HeardKind[] =>
  (deal.others?.kinds ?? []).filter(({ kind }) => isGraver(kind, deal.details.endUser.kind));
