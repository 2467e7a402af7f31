/** The kind of end-user that other deals name for the same one, where it is graver. House rule. */

import { shareKey } from '../../end-user.ts';
import type { DealId, Instant, PersonId } from '../../ids.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { EndUserKind } from '../../policy/policy.ts';
import type { HeardKind } from '../heard-shapes.ts';
import { pastKinds } from '../said/past-details.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

/** What a deal says of its end-user's kind. */
export interface SaidKind {
  /** As it is said now. */
  now: EndUserKind;
  /** The graver of that and of one that comes back if compliance refuses. */
  gravest: EndUserKind;
  at: Instant;
  /** Who said the gravest. Absent: whoever looks after the deal. */
  by?: PersonId | undefined;
}

export const saidKind = (deal: OpenedDeal): SaidKind => {
  const { details, lighterSaid, renamed = [], lastCorrection, openedAt, owner, requester } = deal;
  const { kind } = details.endUser;
  const at = lastCorrection?.at ?? openedAt;
  const past = pastKinds(deal);
  const by = renamed.findLast(({ of }) => of === 'kind')?.changedBy ?? requester;
  const waiting = lighterSaid?.was.endUser;
  const was =
    waiting === undefined ? [] : [past.findLast((one) => one.kind === waiting) ?? { kind: waiting, at, by: requester }];
  const all = [{ kind, at, by }, ...was.map((one) => ({ ...one, at })), ...past];
  const worst = all.reduce((a, b) =>
    isGraver(b.kind, a.kind) || (b.kind === a.kind && a.by === owner && b.by !== owner) ? b : a,
  );
  return { now: kind, gravest: worst.kind, at: worst.at, ...(worst.by === owner ? {} : { by: worst.by }) };
};

interface OfEndUser {
  id: DealId;
  owner: PersonId;
  kind: SaidKind;
  endUsers: readonly string[];
}

/** Deals by what somebody is called there who may be its end-user. */
type ByCalled = ReadonlyMap<OfEndUser, string>;

const sharing = (
  { endUsers }: OfEndUser,
  other: OfEndUser,
  called: ByCalled,
  like: ByCalled,
): Pick<HeardKind, 'party' | 'called'> => {
  const [name, party] = [called.get(other), like.get(other)];
  if (party !== undefined) return { party: true, called: party };
  return name !== undefined ? { called: name } : shareKey(endUsers, other.endUsers) ? {} : { party: true };
};

/** From somebody in another part to the end-user by the very name; last all that the deal's owner said themselves. */
const nearness = ({ own, party, called }: HeardKind): number =>
  (own ? 0 : 3) + (party ? 0 : called === undefined ? 2 : 1);

/** Tells whether a kind is news beside one that is known: graver, of somebody nearer, or said by another person who does not look after the deal. */
const isBeyond = (heard: HeardKind, known: HeardKind): boolean =>
  isGraver(heard.kind, known.kind) ||
  nearness(heard) > nearness(known) ||
  (!heard.own && known.by !== undefined && known.by !== heard.by);

/**
 * Returns the kinds that others say of their end-user, where it is news: that of the nearest, of each person who says so, and each that is graver of the next. What
 * somebody else said than the deal's owner comes first. `others`: of which the end-user is named here, or the other way round; or `called` much like
 * one here; or which name somebody who is called much `like` the end-user here.
 */
export const graverKinds = (
  one: OfEndUser,
  others: readonly OfEndUser[],
  since: Instant,
  {
    known = [],
    called = new Map(),
    like = new Map(),
  }: { known?: readonly HeardKind[] | undefined; called?: ByCalled; like?: ByCalled } = {},
): HeardKind[] => {
  const { id, owner, kind } = one;
  const graver = others.filter(
    (other) => other.id !== id && other.kind.at > since && isGraver(other.kind.gravest, kind.now),
  );
  const news = graver
    .map((other): HeardKind => {
      const { gravest, at, by = other.owner } = other.kind;
      return {
        deal: other.id,
        kind: gravest,
        at,
        by,
        ...sharing(one, other, called, like),
        ...(by === owner ? { own: true as const } : {}),
      };
    })
    .filter((heard) => known.every((before) => isBeyond(heard, before)))
    .toSorted(
      (a, b) =>
        nearness(b) - nearness(a) ||
        Number(isGraver(b.kind, a.kind)) - Number(isGraver(a.kind, b.kind)) ||
        (a.at < b.at ? 1 : -1),
    );
  return news.reduce<HeardKind[]>(
    (told, heard) => (told.every((before) => isBeyond(heard, before)) ? [...told, heard] : told),
    [],
  );
};

/** Returns the kinds that were heard and are graver than what the deal says now. */
export const heardKinds = ({ deal }: Pick<DealView, 'deal'>): HeardKind[] =>
  (deal.others?.kinds ?? []).filter(({ kind }) => isGraver(kind, deal.details.endUser.kind));
