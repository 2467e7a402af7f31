/** When there is nothing to confirm, admit or accept on a deal, or not for this person. */

import type { PersonId } from '../../ids.ts';
import { membersOf } from '../../organisation.ts';
import type { FlagId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import { isOpen } from '../context/alerts.ts';
import { findingNow } from '../context/finding.ts';
import { acceptableGaps, exceptionToConfirm, gapsToTakeBack } from '../context/gaps.ts';
import { holdsOn } from '../context/holds.ts';
import { whoElseDismisses } from '../owing/settling.ts';
import type { OwnFlag } from '../own-flag.ts';
import { refusal, settleRefusal } from '../rights/access.ts';
import { freeForScope } from '../rights/confirmers.ts';
import { nameOf } from '../rights/seats.ts';
import { reportedOn, settersAside, settersHere } from '../rights/set-aside.ts';
import { scopeSaidOf } from '../said/scope.ts';
import type { DealView } from '../view.ts';
import { STOPPED } from './answers.ts';
import { notAllowed, notNow, type No } from './attempt.ts';

const NOTHING_WAITS = 'Nothing waits for a confirmation on this deal any more.';

const reopenFirst = ({ deal }: DealView): No | undefined => {
  if (isOpen(deal)) return undefined;
  return notNow(deal.status === 'stopped' ? STOPPED : `This deal is ${deal.status}. Reopen it first.`);
};

/** Says what must be settled first. */
export const waitsForFlag = ({ title, stops, hit }: OwnFlag): string =>
  hit
    ? `Compliance must first say whether that is them: ${title}`
    : stops
      ? `The chief compliance officer must first admit or dismiss this flag: “${title}”`
      : `Compliance must first admit or dismiss the flag that somebody raised: “${title}”`;

export const scopeRefused = (view: DealView, person: PersonId): No | undefined =>
  notAllowed(refusal(view, person, 'confirm')) ?? (scopeSaidOf(view.deal) ? undefined : notNow(NOTHING_WAITS));

/** Returns why nobody can confirm now that the deal is out of scope. Sending it back is no matter of that. */
export const scopeHeld = (view: DealView): string | undefined => {
  const pending = view.deal.ownFlags.filter(({ status }) => status === 'pending');
  const [flag] = [...pending.filter(({ stops }) => stops), ...pending];
  if (flag) return waitsForFlag(flag);
  return holdsOn(view).length > 0
    ? 'Compliance put this on hold, so nobody can confirm that it is out of scope until compliance lifts that. You can send it back.'
    : undefined;
};

/** Returns who is here and confirms in place of somebody who set aside what others said against the deal. House rule. */
const whoElseConfirms = (view: DealView, person: PersonId): PersonId[] =>
  settersAside(view.deal).includes(person) ? freeForScope(view) : [];

const NOBODY_ELSE =
  'Everybody who could confirm it set aside what others said against this deal. Send it back: once its questions are answered, two decide.';

/** Tells whether several could confirm it, and each of them set something aside: nobody does alone. */
const isLeftToNobody = (view: DealView, person: PersonId): boolean => {
  const aside = settersAside(view.deal);
  const { compliance, chief } = view.organisation.roles;
  const able = [compliance, chief].flatMap((group) => membersOf(view.organisation, group));
  const judges = aside.filter((id) => able.includes(id));
  return (
    aside.includes(person) && view.policy.managerAlone === false && judges.length > 1 && freeForScope(view).length === 0
  );
};

/** Returns why this person leaves it to a colleague, and to whom. Sending it back is no matter of that. */
export const scopeLeft = (view: DealView, person: PersonId): string | undefined => {
  if (isLeftToNobody(view, person)) return NOBODY_ELSE;
  const others = whoElseConfirms(view, person).map((one) => nameOf(view, one));
  const did = reportedOn(view.deal).includes(person)
    ? 'gave the approval that a report is against'
    : settersHere(view.deal).includes(person)
      ? 'set aside what others said against this deal'
      : 'set aside what others said of another deal that this one has heard of';
  return others.length > 0
    ? `You ${did}, so a colleague confirms that it is out of scope: ${others.join(' or ')}.`
    : undefined;
};

export const confirmScopeRefused = (view: DealView, person: PersonId): No | undefined => {
  const no = scopeRefused(view, person);
  if (no) return no;
  const held = scopeHeld(view);
  return held === undefined ? notAllowed(scopeLeft(view, person)) : notNow(held);
};

export const lighterRefused = (view: DealView, person: PersonId): No | undefined =>
  notAllowed(refusal(view, person, 'confirm')) ??
  (view.lighterSaid && isOpen(view.deal) ? undefined : notNow(NOTHING_WAITS));

export const authorityRefused = (view: DealView, person: PersonId): No | undefined => {
  const { authority } = view.deal;
  return (
    notAllowed(refusal(view, person, 'confirm')) ??
    (authority && !authority.done ? undefined : notNow('Nothing is left to notify on this deal.'))
  );
};

const settleFlagRefused = (view: DealView, person: PersonId, flag: OwnFlag | undefined): No | undefined => {
  const no = notAllowed(settleRefusal(view, person, flag));
  if (no) return no;
  if (!flag) return { code: 'not valid', text: 'This flag is not part of the deal.' };
  if (flag.status !== 'pending') return notNow(`This flag was ${flag.status} already.`);
  return flag.by === person
    ? notAllowed('You raised this flag, so another compliance colleague must settle it.')
    : undefined;
};

export const dismissRefused = (view: DealView, person: PersonId, id: FlagId): No | undefined => {
  const flag = view.deal.ownFlags.find((one) => one.id === id);
  const no = settleFlagRefused(view, person, flag);
  if (no || !flag) return no;
  const others = flag.stops ? [] : whoElseDismisses(view, person, flag).map((one) => nameOf(view, one));
  return others.length > 0
    ? notAllowed(`You approved this deal, so a colleague dismisses what is said against it: ${others.join(' or ')}.`)
    : undefined;
};

/** A flag of a deal that is over can be dismissed, and admitted only once it goes on. */
export const admitRefused = (view: DealView, person: PersonId, id: FlagId): No | undefined => {
  const flag = view.deal.ownFlags.find((one) => one.id === id);
  const no = settleFlagRefused(view, person, flag);
  // Who is on a list is that also after a decision.
  if (no || isOpen(view.deal) || flag?.hit) return no;
  return notNow(
    approvalOf(view.deal)
      ? 'This deal is decided. Reopen it first, or press “Something changed” and have it reassessed, then admit the flag.'
      : `This deal is ${view.deal.status}: a flag counts in it only once it is reopened. If you agree with it, leave it as it is: other deals hear of it until somebody dismisses it.`,
  );
};

export const acceptGapsRefused = (view: DealView, person: PersonId): No | undefined => {
  const no = notAllowed(refusal(view, person, 'accept gaps')) ?? reopenFirst(view);
  if (no) return no;
  return acceptableGaps(view).length > 0 || exceptionToConfirm(view)
    ? undefined
    : notNow(
        'Nothing here can be accepted now: it is known, accepted already, or must be known; or the exception does not fit the deal, or is confirmed already.',
      );
};

export const takeGapsBackRefused = (view: DealView, person: PersonId): No | undefined => {
  const no = notAllowed(refusal(view, person, 'take gaps back')) ?? reopenFirst(view);
  if (no) return no;
  const { gaps, exceptions } = gapsToTakeBack(view);
  return gaps.length + exceptions.length > 0
    ? undefined
    : notNow('Nothing is left to take back: it was taken back already, or ended with another answer.');
};

export const sendOnRefused = (view: DealView, person: PersonId): No | undefined =>
  notAllowed(refusal(view, person, 'send on')) ??
  (findingNow(view) ? undefined : notNow('This deal waits for nobody who might know.'));
