/** The kind of end-user that other deals name for the same one, where it is graver. House rule. */

import { shareKey } from '../../end-user.ts';
import type { DealId, Instant } from '../../ids.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { EndUserKind } from '../../policy/policy.ts';
import type { HeardKind } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

/** What a deal says of its end-user's kind. */
export interface SaidKind {
  /** As it is said now. */
  now: EndUserKind;
  /** The graver of that and of one that comes back if compliance refuses. */
  gravest: EndUserKind;
  at: Instant;
}

export const saidKind = ({ details, lighterSaid, renamed = [], lastCorrection, openedAt }: OpenedDeal): SaidKind => {
  const { kind } = details.endUser;
  const at = lastCorrection?.at ?? openedAt;
  const past = renamed.flatMap(({ of, before, until }) =>
    of === 'kind' ? before.map((was) => ({ kind: was as EndUserKind, at: until })) : [],
  );
  const was = lighterSaid ? [{ kind: lighterSaid.was.endUser, at }] : [];
  const worst = [...was, ...past].reduce((a, b) => (isGraver(b.kind, a.kind) ? b : a), { kind, at });
  return { now: kind, gravest: worst.kind, at: worst.at };
};

interface OfEndUser {
  id: DealId;
  kind: SaidKind;
  endUsers: readonly string[];
}

const sharing = (
  one: readonly string[],
  other: readonly string[],
  called?: string,
): Pick<HeardKind, 'party' | 'called'> =>
  called !== undefined ? { called } : shareKey(one, other) ? {} : { party: true };

/**
 * Returns the gravest kind that others say of their end-user, where it is news. `others`: of which the end-user is named here, or the
 * other way round; or `called` much like one here.
 */
export const graverKind = (
  { id, kind, endUsers }: OfEndUser,
  others: readonly OfEndUser[],
  since: Instant,
  known: readonly HeardKind[] = [],
  called: ReadonlyMap<OfEndUser, string> = new Map(),
): HeardKind | undefined =>
  others
    .filter((other) => other.id !== id && other.kind.at > since && isGraver(other.kind.gravest, kind.now))
    .map((other): HeardKind => ({
      deal: other.id,
      kind: other.kind.gravest,
      at: other.kind.at,
      ...sharing(endUsers, other.endUsers, called.get(other)),
    }))
    .filter((heard) => known.every((one) => isGraver(heard.kind, one.kind)))
    .toSorted(
      (a, b) => Number(isGraver(b.kind, a.kind)) - Number(isGraver(a.kind, b.kind)) || (a.at < b.at ? 1 : -1),
    )[0];

/** Returns the kinds that were heard and are graver than what the deal says now. */
export const heardKinds = ({ deal }: Pick<DealView, 'deal'>): HeardKind[] =>
  (deal.others?.kinds ?? []).filter(({ kind }) => isGraver(kind, deal.details.endUser.kind));
