/** Out of scope: whether compliance confirms it first, and whose earlier confirmation stands. House rule. */

import { addMonths, calendarOf, dayIn } from '../../calendar.ts';
import { writtenName } from '../../end-user.ts';
import type { Day, DealId, Instant, PersonId } from '../../ids.ts';
import { OTHER_PRODUCT } from '../../organisation.ts';
import { confirmsScope } from '../../policy/confirm-scope.ts';
import type { Assessment, FactValue, QuestionId, SectionId } from '../../policy/policy.ts';
import { sheetKindOf } from '../../policy/sheet-questions.ts';
import { calledAlike } from '../../product-names.ts';
import type { ScopeConfirmation, SentBackScope } from '../../scope-confirmation.ts';
import type { Answer } from '../answer-shapes.ts';
import { asksCounsel } from '../basis/laws.ts';
import type { DealDetails } from '../deal.ts';
import { allIn, partiesBetween, productsEver, sameName } from '../formerly.ts';
import { standsForStop } from '../own-flag.ts';
import { recusedFrom } from '../rights/apart.ts';
import type { ScopeSaid } from '../said-shapes.ts';
import { lastWrittenOnSheets } from '../sheets/said.ts';
import type { OpenedDeal } from '../state.ts';
import { factsOf, type DealView } from '../view.ts';
import { contradictions, nameAgainst } from './contradictions.ts';
import { mayBeAble, productAgainst } from './product-against.ts';
import { isSaidUnread, wordsHere } from './unread.ts';

/** A confirmation stands for the same product and kind of end-user, or the same end-user, for so long. */
export const STANDS_MONTHS = 12;

export const scopeSaidOf = (deal: OpenedDeal): ScopeSaid | undefined =>
  deal.status === 'answering' ? deal.scopeSaid : undefined;

/** Returns the assessment of what is said, also where a heavier one counts until compliance confirms it. */
export const saidIn = ({ assessment, heavier }: DealView): Assessment => heavier?.said ?? assessment;

/** Returns the ids of the rules that put the deal out of scope. */
export const outRules = (view: DealView): string[] => {
  const { trace, scopeReasons } = saidIn(view);
  return trace.filter(({ text }) => scopeReasons.includes(text)).map(({ id }) => id);
};

/** Tells whether these answers put the deal out of scope again, after compliance sent that back. */
export const isSaidAgain = (
  { deal, policy }: DealView,
  section: SectionId,
  answers: Readonly<Record<QuestionId, { value: FactValue }>>,
): boolean => {
  if (!policy.lighter || !deal.scopeRefused || section !== policy.scopeSection) return false;
  const given = answers as Record<QuestionId, Answer>;
  return policy.evaluate(factsOf({ ...deal, answers: { ...deal.answers, [section]: given } }, policy)).scope === 'out';
};

/** Tells whether compliance confirms that the deal is out of scope. A reassessment never ends an approval without that. */
export const waitsForConfirmation = (view: DealView): boolean => {
  const { deal, policy, facts } = view;
  const { confirmScope } = policy;
  if (confirmScope === undefined) return false;
  if (deal.standing || view.lighterSaid || deal.ownFlags.some(standsForStop)) return true;
  return confirmsScope(policy, {
    endUser: deal.details.endUser.kind,
    able: mayBeAble(view),
    contradicted: productAgainst(view, facts.answers).length > 0 || nameAgainst(view).length > 0,
  });
};

/** Returns what speaks against it: what was known when it was said, and what came since, such as a flag that waits. */
export const scopeAgainst = (view: DealView, { contradicts }: Pick<ScopeSaid, 'contradicts'>): string[] => [
  ...new Set([...contradicts, ...contradictions(view)]),
];

export const covers = (all: readonly string[], some: readonly string[]): boolean =>
  some.every((one) => all.includes(one));

/** Ends what was heard of the product, and not of the end-user. */
export const OF_PRODUCT = ' of the product';

/**
 * Tells whether compliance knew of all that was heard of this end-user: what was said of another, of whom the same deal tells less, is no
 * word on this one. Older ones name the deals alone: they cover whatever is said in those.
 */
export const knewOf = (
  { heard = [], endUser, heardOf = endUser }: Pick<ScopeConfirmation, 'heard' | 'endUser' | 'heardOf'>,
  { deal: { details } }: Pick<DealView, 'deal'>,
  some: readonly string[],
): boolean =>
  some.every(
    (one) =>
      (one.endsWith(OF_PRODUCT) || (heardOf !== undefined && sameName(heardOf, details.endUser.name))) &&
      [one, one.slice(0, -OF_PRODUCT.length), one.split(' ')[0] ?? ''].some((known) => heard.includes(known)),
  );

/** Tells whether compliance could read all that colleagues wrote elsewhere of the parties: not since it looked, nor of others than it looked at. */
export const hadRead = (
  { at, endUser, heardOf = endUser, between = [] }: Pick<ScopeConfirmation, 'at' | 'endUser' | 'heardOf' | 'between'>,
  { deal: { details, others } }: Pick<DealView, 'deal'>,
): boolean =>
  !others?.written ||
  (others.written.at <= at &&
    heardOf !== undefined &&
    sameName(heardOf, details.endUser.name) &&
    allIn(partiesBetween(details), between));

/** Returns when counsel last wrote on the laws of the deal's country. Empty: never, or the policy asks for none. */
const lawsNotedAt = ({ deal, organisation, policy }: Pick<DealView, 'deal' | 'organisation' | 'policy'>): Instant =>
  (asksCounsel(policy) ? (organisation.counselNotes ?? []) : [])
    .flatMap(({ country, at }) => (country === deal.details.destination ? [at] : []))
    .toSorted()
    .at(-1) ?? '';

/** Tells whether compliance looked at this end-user. */
export const isOfEndUser = (
  { endUser, heardOf = endUser }: Pick<ScopeConfirmation, 'endUser' | 'heardOf'>,
  { details }: Pick<OpenedDeal, 'details'>,
): boolean => heardOf !== undefined && sameName(heardOf, details.endUser.name);

/** Tells whether they looked at all who are in between here. */
export const isOfCompanies = (
  { between }: Pick<ScopeConfirmation, 'between'>,
  { details }: Pick<OpenedDeal, 'details'>,
): boolean => between !== undefined && allIn(partiesBetween(details), between);

/**
 * Tells whether nobody said anything of its product or its country that weighs since compliance looked, nor anything of both; and that they
 * looked at whoever of its parties was named in any deal, after that.
 */
export const knewOfProduct = (
  one: Pick<ScopeConfirmation, 'at' | 'endUser' | 'heardOf' | 'between'>,
  { deal }: Pick<DealView, 'deal'>,
): boolean => {
  const { ofProduct } = deal.others ?? {};
  if (!ofProduct) return true;
  const { at, sale = '', product = '', country = '', named = '', company = '' } = ofProduct;
  // Older notes tell the latest alone.
  const isOlder = [sale, product, country, named, company].every((said) => said < at);
  return (
    [isOlder ? at : '', sale, product, country].every((said) => said <= one.at) &&
    (named === '' || (isOfEndUser(one, deal) && named <= one.at)) &&
    (company === '' || (isOfCompanies(one, deal) && company <= one.at))
  );
};

/** Tells whether a confirmation is of this end-user, with nobody else in between, and nobody in another part. */
const isOfParties = ({ kind, endUser, between }: ScopeConfirmation, view: DealView): boolean => {
  const { details } = view.deal;
  return endUser === undefined
    ? // Of a kind that nobody knows, or a product that may be able, one that names nobody stands for nobody.
      kind !== 'unknown' && !mayBeAble(view)
    : sameName(endUser, details.endUser.name) && between !== undefined && allIn(partiesBetween(details), between);
};

/** Outside the catalogue, or where one of them is, a name is all that there is of it. */
const mayBeProduct = (product: DealDetails['product'], { product: id, name }: SentBackScope): boolean =>
  (product.id === id && id !== OTHER_PRODUCT) ||
  ((product.id === OTHER_PRODUCT || id === OTHER_PRODUCT) && calledAlike(product.name, name));

/** Returns those sent back with the same product, one that is called much like it, or one that this deal was of before, the latest first. */
export const sentBackOf = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): SentBackScope[] => {
  const products = productsEver(deal);
  const isSame = (one: SentBackScope): boolean =>
    one.deal !== deal.id && products.some((product) => mayBeProduct(product, one));
  return (organisation.scopesSentBack ?? []).filter(isSame).toReversed();
};

/**
 * Returns the confirmation of another deal that stands for this one: same product of the catalogue and same kind of
 * end-user, for the same reasons, and nothing more speaks against it than then, here or in what was heard elsewhere, nor does anybody say
 * more in words, or of its product or its country in deals for others, on their sheets or of its laws; nor did compliance
 * send one back since with the product: what they say of that, they say of it for any kind. None
 * for a deal that compliance sent back, or that is reassessed, and none of somebody who is on the deal's team or stepped back
 * from it: nobody decides on their own deal.
 *
 * @param isKnown - tells whether compliance knew by then of what stands elsewhere
 */
export const standingConfirmation = (
  view: DealView,
  contradicts: readonly string[],
  heard: readonly string[],
  isKnown: (one: ScopeConfirmation) => boolean,
): ScopeConfirmation | undefined => {
  const { deal, organisation, now } = view;
  // What was corrected is looked at for itself.
  if (deal.standing || deal.scopeRefused || view.lighterSaid || deal.lastCorrection) return undefined;
  if (deal.ownFlags.some(standsForStop) || isSaidUnread(view)) return undefined;
  const { product, endUser, destination } = deal.details;
  const today = dayIn(now, calendarOf(organisation));
  const barred = [...deal.team, ...recusedFrom(deal)];
  const sentBack = sentBackOf(view)[0]?.at ?? '';
  const words = wordsHere(view);
  // The latest knew the most.
  return organisation.scopes?.findLast(
    (one) =>
      one.product === product.id &&
      one.kind === endUser.kind &&
      !barred.includes(one.by) &&
      (one.destination ?? destination) === destination &&
      isOfParties(one, view) &&
      today <= one.until &&
      lastWrittenOnSheets(view) <= one.at &&
      lawsNotedAt(view) <= one.at &&
      sentBack <= one.at &&
      covers(one.rules, outRules(view)) &&
      covers(one.contradicts, contradicts) &&
      knewOf(one, view, heard) &&
      hadRead(one, view) &&
      knewOfProduct(one, view) &&
      covers(one.words ?? [], words) &&
      isKnown(one),
  );
};

/** Makes the confirmation that later deals can rest on. Undefined for a product outside the catalogue. `isNamed`: what stands elsewhere names a party of it. */
export const confirmationFor = (
  view: DealView,
  said: ScopeSaid,
  { by, at, heard, isNamed = false }: { by: PersonId; at: Instant; heard: readonly string[]; isNamed?: boolean },
): ScopeConfirmation | undefined => {
  const { deal, organisation } = view;
  const { product, endUser, customer, intermediaries, destination } = deal.details;
  if (!organisation.products.some(({ id }) => id === product.id)) return undefined;
  const until: Day = addMonths(dayIn(at, calendarOf(organisation)), STANDS_MONTHS);
  const { rules } = said;
  const contradicts = scopeAgainst(view, said);
  const id: DealId = deal.id;
  // That somebody is private and close to no government is said of them alone, and so is what nobody knows. That a product which may
  // be able is harmless is said of this one, too: for another end-user of the kind the same words could hide anybody.
  const between = partiesBetween(deal.details).map(({ name, role }) => ({ name: writtenName(name), role }));
  const alone =
    endUser.kind === 'private' || endUser.kind === 'unknown' || mayBeAble(view)
      ? {
          endUser: writtenName(endUser.name),
          // An older bot beside this one goes by the names.
          parties: [customer, ...intermediaries.map(({ name }) => name)].map(writtenName),
          between,
        }
      : {};
  const { written, ofProduct } = deal.others ?? {};
  const isOfOne =
    isNamed || heard.length > 0 || [written, ofProduct?.named, ofProduct?.company].some((one) => one !== undefined);
  const also = isOfOne ? { heard, heardOf: writtenName(endUser.name), between } : {};
  const what = { product: product.id, kind: endUser.kind, destination };
  const words = wordsHere(view);
  const read = words.length > 0 ? { words } : {};
  return { ...what, ...alone, rules, contradicts, ...also, ...read, deal: id, by, at, until };
};

/** Tells whether answers about the product wait to be confirmed as lighter. */
export const saysLessOfProduct = ({ lighterSaid, policy }: Pick<DealView, 'lighterSaid' | 'policy'>): boolean =>
  lighterSaid?.answers.some(({ question: id }) => {
    const question = policy.question(id);
    return question !== undefined && sheetKindOf(question) === 'product';
  }) ?? false;

/**
 * Returns why compliance sent other deals back that were said to be out of scope, or lighter answers about their product, of what this
 * deal is or was: those with the same kind of end-user first, then the latest. Nothing where neither waits here to be confirmed.
 */
export const sentBackElsewhere = (
  view: Pick<DealView, 'deal' | 'organisation' | 'policy' | 'lighterSaid'>,
): SentBackScope[] => {
  const { kind } = view.deal.details.endUser;
  const all = scopeSaidOf(view.deal) || saysLessOfProduct(view) ? sentBackOf(view) : [];
  return all.toSorted((a, b) => Number(a.kind !== kind) - Number(b.kind !== kind));
};
