/** Parties that a colleague named: whoever takes them out again hides them from nobody. House rule. */

import { spaced } from '../../bare.ts';
import type { PersonId } from '../../ids.ts';
import type { DealDetails } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { sameName, samePart } from '../formerly.ts';
import { looksAfter } from '../rights/set-aside.ts';
import type { PutIn } from '../said-shapes.ts';
import type { Opened, OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { saysGraver } from './says-more.ts';

type Party = Pick<PutIn, 'name' | 'role'>;

const partiesOf = ({ endUser, customer, intermediaries }: DealDetails): Party[] => [
  { name: endUser.name, role: 'end-user' },
  { name: customer, role: 'customer' },
  ...intermediaries.map(({ name, role }) => ({ name, ...(role.trim() === '' ? {} : { role }) })),
];

/** Sign for sign: signs turn words, and a name may be a sentence. */
const sameParty = (one: Party, { name, role }: Party): boolean =>
  spaced(one.name) === spaced(name) && (role === undefined || one.role === role);

const isIn = (details: DealDetails, party: Party): boolean => partiesOf(details).some((one) => sameParty(one, party));

/** When whoever asked for the deal said in a correction that a company is in between, and why. Undefined: as they opened it, or another did. */
const saidWith = (
  { betweenBy = [], requester }: Opened,
  { name, role }: Party,
): Pick<PutIn, 'at' | 'why'> | undefined => {
  const first = betweenBy.find((one) => one.name === name && one.role === (role ?? ''));
  return first?.by === requester && first.why !== undefined ? { at: first.at, why: first.why } : undefined;
};

/** Keeps whom a colleague named who was not there, or had another part; and whom the one who gave the deal away had named. */
export const withPutIn = (
  deal: Opened,
  { details, by, at, reason: why }: Extract<DealEvent, { type: 'DetailsCorrected' }>,
): Pick<Opened, 'putIn'> => {
  const { putIn: known = [], requester, openedAt } = deal;
  if (!deal.keepsWords) return {};
  const come = looksAfter(deal, by) ? [] : partiesOf(details).filter((one) => !isIn(deal.details, one));
  // Whoever asked for a deal named them, where nobody else did: taken out by another, it is no slip of theirs.
  const isNew = (one: Party): boolean => !known.some((other) => sameParty(one, other));
  const gone = by === requester ? [] : partiesOf(deal.details).filter((one) => !isIn(details, one) && isNew(one));
  const putIn = [
    ...known,
    ...gone.map((one) => ({ ...one, by: requester, ...(saidWith(deal, one) ?? { at: openedAt }) })),
    ...come.map((one) => ({ ...one, by, at, why })),
  ];
  return putIn.length === known.length ? {} : { putIn };
};

/** Keeps who said first that a company is in between in that part, sign for sign: whoever it is. */
export const withBetweenBy = (
  deal: Opened,
  { details: { intermediaries: now }, by, at, reason: why }: Extract<DealEvent, { type: 'DetailsCorrected' }>,
): Pick<Opened, 'betweenBy'> => {
  const { requester, openedAt, lastCorrection, renamed } = deal;
  const was = deal.details.intermediaries;
  // Of a snapshot from before it was kept nobody knows who named them.
  const begins = lastCorrection === undefined && renamed === undefined;
  const opened = begins ? was.map(({ name, role }) => ({ name, role, by: requester, at: openedAt })) : [];
  const known = deal.betweenBy ?? opened;
  const come = now.filter(
    ({ name, role }) => ![...was, ...known].some((one) => one.name === name && one.role === role),
  );
  return { betweenBy: [...known, ...come.map(({ name, role }) => ({ name, role, by, at, why }))] };
};

/** Tells whether somebody names another end-user than the one whom another had named, or takes out a company in between, or gives it another part. */
export const takesOutOthers = (before: OpenedDeal, now: OpenedDeal): boolean => {
  const { details, betweenBy = [], requester, renamed = [] } = before;
  const by = now.lastCorrection?.by;
  const named = renamed.findLast(({ of }) => of === 'end-user')?.changedBy ?? requester;
  if (named !== by && !sameName(details.endUser.name, now.details.endUser.name)) return true;
  return details.intermediaries.some((was) => {
    const stays = now.details.intermediaries.some(
      (one) => sameName(one.name, was.name) && samePart(one.role, was.role),
    );
    const first = betweenBy.find(({ name, role }) => name === was.name && role === was.role)?.by ?? requester;
    return !stays && first !== by;
  });
};

/** Returns those who are not there any more, or not in that part. */
export const takenOut = ({ putIn = [], details }: Pick<OpenedDeal, 'putIn' | 'details'>): PutIn[] =>
  putIn.filter((one) => !isIn(details, one));

/** What one person named, and is not there any more: names and parts that say another kind of end-user first, then the latest. */
export interface TakenOut {
  by: PersonId;
  parties: PutIn[];
}

/** Returns these by author, those first who named somebody whose name says more: many names of one hide none of another. */
export const takenOutBy = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): TakenOut[] => {
  const gone = takenOut(deal).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const graver = new Set(gone.filter((one) => saysGraver({ deal, policy }, one)));
  const all = [...graver, ...gone.filter((one) => !graver.has(one))];
  return [...new Set(all.map(({ by }) => by))].map((by) => ({ by, parties: all.filter((one) => one.by === by) }));
};

/** `Sample Trading, reseller` */
export const partyText = ({ name, role }: Party): string => (role === undefined ? name : `${name}, ${role}`);

/** What became of those who were taken out, after “it”: who swaps two of them leaves both in the deal. */
export const whatBecame = ({ deal }: Pick<DealView, 'deal'>, parties: readonly Party[]): string => {
  const stays = parties.filter((one) => partiesOf(deal.details).some(({ name }) => sameName(one.name, name)));
  if (stays.length === 0) return 'was taken out';
  return stays.length === parties.length ? 'has another part now' : 'was taken out or has another part now';
};
