/** Derives how answers end a deal: found or said to be out of scope, or stopped at once by one of them. */

import type { Instant } from '../../ids.ts';
import type { ScopeConfirmation } from '../../scope-confirmation.ts';
import { namedByOfficers, type NamedByOfficers } from '../context/named-by-officers.ts';
import { againstScope } from '../context/others.ts';
import type { DealFact } from '../events.ts';
import { restsOver } from '../owing/scope-rests.ts';
import type { ScopeSaid } from '../said-shapes.ts';
import { ALERT_STANDS, contradictions } from '../said/contradictions.ts';
import { sheetAgainst } from '../said/product-against.ts';
import {
  covers,
  hadRead,
  isOfCompanies,
  isOfEndUser,
  knewOf,
  knewOfProduct,
  outRules,
  saidIn,
  scopeSaidOf,
  standingConfirmation,
  waitsForConfirmation,
} from '../said/scope.ts';
import { stoppingAnswers } from '../said/stops.ts';
import { isSaidAside } from '../said/unread.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

type OutOfScope = Extract<OpenedDeal, { status: 'out of scope' }>;

/** Returns who said it already. Undefined where this actor says it, by an answer or a detail. */
const saidBefore = (now: DealView, happened: readonly DealFact[]): { said?: Pick<ScopeSaid, 'by' | 'at'> } => {
  const said = scopeSaidOf(now.deal);
  if (!said || happened.some(({ type }) => type === 'SectionAnswered' || type === 'DetailsCorrected')) return {};
  return { said: { by: said.by, at: said.at } };
};

/** What waits for compliance waits until they look: whoever answers it once more, without a note, takes nothing back unread. */
const isSaidAgain = (now: DealView, happened: readonly DealFact[]): boolean =>
  scopeSaidOf(now.deal) !== undefined && happened.some(({ type }) => type === 'SectionAnswered');

/** Returns what is different since compliance sent it back. */
const differs = (now: DealView, happened: readonly DealFact[]): Pick<ScopeSaid, 'why'> => {
  const answered = happened.find((fact) => fact.type === 'SectionAnswered');
  const why = answered?.again ?? scopeSaidOf(now.deal)?.why;
  return why === undefined ? {} : { why };
};

/** Somebody else told something of its end-user in another deal, of their own accord: a note, a reason beside what they did, evidence. */
const isToldElsewhere = (now: DealView): boolean => isAsked(now) && now.deal.others?.written?.told === true;

/** Tells whether one of these was confirmed after that was said. Empty: nothing was said. */
const isReadIn = (some: readonly ScopeConfirmation[], said: Instant): boolean =>
  said === '' || some.some(({ at }) => at > said);

/**
 * Somebody said something of its product that weighs or stands under answers about that, or something of both its product and where it goes
 * to, in a deal for others, since compliance last confirmed a scope of that.
 */
const isSaidOfProduct = (now: DealView): boolean => {
  const { deal, organisation } = now;
  const { product, destination } = deal.details;
  const { sale = '', product: ofProduct = '' } = deal.others?.ofProduct ?? {};
  const confirmed = (organisation.scopes ?? []).filter((one) => one.product === product.id);
  const there = confirmed.filter((one) => one.destination === destination);
  return isAsked(now) && !(isReadIn(confirmed, ofProduct) && isReadIn(there, sale));
};

/**
 * Somebody named its end-user in a deal for others, since compliance last confirmed a scope of that; or a company beside it, since they last
 * confirmed one with all of those.
 */
const isNamedElsewhere = (now: DealView): boolean => {
  const { deal, organisation } = now;
  const { named = '', company = '' } = deal.others?.ofProduct ?? {};
  const scopes = organisation.scopes ?? [];
  const ofEndUser = scopes.filter((one) => isOfEndUser(one, deal));
  const ofCompanies = scopes.filter((one) => isOfCompanies(one, deal));
  return isAsked(now) && !(isReadIn(ofEndUser, named) && isReadIn(ofCompanies, company));
};

/** Tells whether a confirmation came after officers last named each of these: it was looked at with what they wrote. */
const isAfterOfficers = (
  one: ScopeConfirmation,
  { deal }: Pick<DealView, 'deal'>,
  { product = '', company = '', 'end-user': endUser = '' }: NamedByOfficers,
): boolean =>
  product <= one.at &&
  (company === '' || (isOfCompanies(one, deal) && company <= one.at)) &&
  (endUser === '' || (isOfEndUser(one, deal) && endUser <= one.at));

/** Officers named its product or a party of it, in whatever they wrote, since compliance last confirmed a scope of that. */
export const isNamedByOfficers = (now: DealView): boolean => {
  const { deal, organisation } = now;
  const { product, company, 'end-user': endUser } = namedByOfficers(now);
  const isRead = (covers: (one: ScopeConfirmation) => boolean, said: Instant = ''): boolean =>
    isReadIn((organisation.scopes ?? []).filter(covers), said);
  return !(
    isRead((one) => one.product === deal.details.product.id, product) &&
    isRead((one) => isOfCompanies(one, deal), company) &&
    isRead((one) => isOfEndUser(one, deal), endUser)
  );
};

/** Returns the confirmation of another deal that stands for this one. */
const restsOn = (now: DealView): ScopeConfirmation | undefined => {
  if ((now.organisation.scopes ?? []).length === 0) return undefined;
  const named = namedByOfficers(now);
  return standingConfirmation(now, contradictions(now), againstScope(now), (one) => isAfterOfficers(one, now, named));
};

/** Somebody said something elsewhere that is of this sale, or of its parties, and that nobody of compliance looked at. */
const isSaidElsewhere = (now: DealView): boolean =>
  isToldElsewhere(now) || isSaidOfProduct(now) || isNamedElsewhere(now);

const isAsked = ({ policy: { confirmScope = 'never' } }: DealView): boolean => confirmScope !== 'never';

/**
 * Tells whether something speaks against it where compliance would not confirm it: here, but for an alert of the country, or in what
 * was heard of others. Who waits to answer until it was heard sheds nothing.
 */
const isDoubted = (now: DealView): boolean => {
  const { confirmScope = 'never' } = now.policy;
  if (confirmScope === 'never') return false;
  return (
    contradictions(now).some((line) => !line.startsWith(ALERT_STANDS)) ||
    againstScope(now).length > 0 ||
    isSaidElsewhere(now) ||
    isSaidAside(now) ||
    isNamedByOfficers(now)
  );
};

/** Tells whether compliance looks at it before the deal is out of scope. */
export const isConfirmedFirst = (now: DealView): boolean => waitsForConfirmation(now) || isDoubted(now);

/** Returns what follows from answers that put the deal out of scope: found so, or said so until compliance confirms. */
export const outOfScope = (now: DealView, factsHash: string, happened: readonly DealFact[]): DealFact[] => {
  const reasons = [...saidIn(now).scopeReasons];
  const by = saidBefore(now, happened);
  if (!isConfirmedFirst(now)) return [{ type: 'FoundOutOfScope', reasons, ...by }];
  const contradicts = contradictions(now);
  const standing = isSaidAgain(now, happened) ? undefined : restsOn(now);
  if (standing) {
    const { by: confirmer, at, deal } = standing;
    return [{ type: 'FoundOutOfScope', reasons, ...by, confirmed: { by: confirmer, at, deal } }];
  }
  if (scopeSaidOf(now.deal)?.factsHash === factsHash) return [];
  return [
    { type: 'ScopeSaid', reasons, contradicts, rules: outRules(now), factsHash, ...differs(now, happened), ...by },
  ];
};

const restingOn = (
  { reasons, by, at: saidAt }: OutOfScope,
  { by: confirmer, at, deal }: ScopeConfirmation,
): DealFact => ({
  type: 'FoundOutOfScope',
  reasons: [...reasons],
  said: { by, at: saidAt },
  confirmed: { by: confirmer, at, deal },
});

const saidAnew = (
  now: DealView,
  { reasons, by }: Pick<OutOfScope, 'reasons' | 'by'>,
  factsHash: string,
): Extract<DealFact, { type: 'ScopeSaid' }> => ({
  type: 'ScopeSaid',
  reasons: [...reasons],
  contradicts: contradictions(now),
  rules: outRules(now),
  factsHash,
  said: { by, at: now.now },
});

/**
 * Returns the scope said anew where nobody of compliance looked at the deal itself, and more was heard against it than when it
 * was found out of scope, or than when they looked at the one that it rests on: the same answers in a new deal are no way around
 * the wait of the first.
 */
export const confirmationLost = (now: DealView, factsHash: string): DealFact[] => {
  const { deal, organisation, policy } = now;
  if (deal.status !== 'out of scope' || policy.confirmScope === undefined) return [];
  const { confirmed } = deal;
  if (confirmed && confirmed.deal === undefined) return [];
  const rests = organisation.scopes?.find((one) => one.deal === confirmed?.deal);
  const isRead = rests ? hadRead(rests, now) && knewOfProduct(rests, now) : !isSaidElsewhere(now);
  if (isRead && knewOf(rests ?? {}, now, againstScope(now))) return [];
  const other = restsOn(now);
  return other ? [restingOn(deal, other)] : [saidAnew(now, deal, factsHash)];
};

/** Returns the scope said anew, whoever looked at it before: somebody wrote of the deal what nobody had read then. */
export const scopeOverWords = (now: DealView, factsHash: string): DealFact[] =>
  now.deal.status === 'out of scope' && isAsked(now) ? [saidAnew(now, now.deal, factsHash)] : [];

/**
 * Returns what follows once the confirmation that the deal rests on was withdrawn, or ended long ago: it rests on a newer one, or
 * is said anew, as nobody has looked at it for itself.
 */
export const confirmationOver = (now: DealView, factsHash: string): DealFact[] => {
  const { deal } = now;
  const over = restsOver(now);
  if (deal.status !== 'out of scope' || !over || now.now < over.at) return [];
  const newer = restsOn(now);
  if (newer) return [restingOn(deal, newer)];
  const said = saidAnew(now, deal, factsHash);
  return [{ ...said, contradicts: [...said.contradicts, over.why] }];
};

/** Returns the scope said anew where the product's sheet speaks against it, and whoever confirmed it had not read that. */
export const sheetAgainstScope = (now: DealView, factsHash: string): DealFact[] => {
  const { deal, organisation, facts } = now;
  if (deal.status !== 'out of scope') return [];
  const looked = deal.confirmed?.deal ?? deal.id;
  const read = organisation.scopes?.filter((one) => one.deal === looked).flatMap(({ contradicts }) => contradicts);
  return covers(read ?? [], sheetAgainst(now, facts.answers)) ? [] : [saidAnew(now, deal, factsHash)];
};

/** The item of the Guidance that says that a use for repression is known. */
const REPRESSION = 'K1';

/** An EU exporter that knows of a use for repression notifies the authority, also where another rule stops the deal. */
export const authorityToNotify = ({ policy, facts }: DealView): { notify?: true } => {
  const known = policy.sections.some(({ questions }) =>
    questions.some(({ id, sources }) => sources.includes(REPRESSION) && facts.answers[id] === 'yes'),
  );
  return policy.euExporter && known ? { notify: true } : {};
};

/** Returns the stop that one answer causes, whatever else is open. */
export const stopAtOnce = (now: DealView, factsHash: string): DealFact[] => {
  const because = stoppingAnswers(now).map(({ id }) => id);
  const [question] = because;
  if (question === undefined) return [];
  const { tier, rule } = now.assessment;
  return [
    {
      type: 'DealStopped',
      rule: tier === 'prohibited' && rule !== null ? rule : question,
      factsHash,
      because,
      ...(now.policy.euExporter ? { notify: true as const } : {}),
    },
  ];
};
