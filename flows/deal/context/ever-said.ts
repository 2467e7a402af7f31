/**
 * What was ever said of a deal, from all that its state keeps: whoever changed it since, and whoever confirmed that. A new
 * deal with one of its parties is held against it, so that a second deal is no way around the first. House rule.
 */

import { looksKey } from '../../end-user.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { OTHER_PRODUCT, SYSTEM, type Organisation } from '../../organisation.ts';
import { own } from '../../own.ts';
import { isOpenValue } from '../../policy/answers.ts';
import { gravestOf } from '../../policy/kinds.ts';
import { TIERS, type CompiledPolicy, type EndUserKind, type FactValue, type QuestionId } from '../../policy/policy.ts';
import { catalogueNamed } from '../../product-names.ts';
import type { DraftAnswer } from '../answer-shapes.ts';
import type { DealDetails } from '../deal.ts';
import { sectionProgress } from '../rights/whose-turn.ts';
import type { Renamed } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { keysOf } from './parties.ts';
import { gravePart, topicOf } from './topics.ts';

export interface AnswerEver {
  question: QuestionId;
  value: FactValue;
  /** Absent where nobody kept who gave it. */
  by?: PersonId | undefined;
  at: Instant;
  /** When another took its place. Absent: it stands, waits, or nobody said since. */
  until?: Instant | undefined;
}

/** Answers by section, then by question. */
export type Sections = Readonly<Record<string, Readonly<Record<QuestionId, DraftAnswer>>>>;

/** What is only supposed of a product, until somebody denies it, nobody said: a standing one, compliance sent back. */
const isSaid = ({ by }: Pick<DraftAnswer, 'by'>): boolean => by !== SYSTEM;

/** Returns every answer that was given or saved, the present ones first. */
export const answersEver = ({ deal }: Pick<DealView, 'deal'>): AnswerEver[] => {
  const { answers, drafts, earlierSaid, lastSaid, standing, lighterSaid, lighterKept, was = [] } = deal;
  const all: readonly (Sections | undefined)[] = [answers, drafts, lastSaid, earlierSaid, standing?.basis.answers];
  return [
    ...all.flatMap((sections) =>
      Object.values(sections ?? {}).flatMap((given) =>
        Object.entries(given).map(([question, { value, by, at = deal.openedAt, first }]) => ({
          question,
          value,
          by,
          at,
          ...first,
        })),
      ),
    ),
    ...[...(lighterSaid?.answers ?? []), ...(lighterKept?.answers ?? [])]
      .filter(({ answer }) => isSaid(answer))
      .map(({ question, answer: { value, by, at, first } }) => ({ question, value, by, at, ...first })),
    ...was.filter(isSaid).map(({ question, before: value, by, at, until }) => ({ question, value, by, at, until })),
  ];
};

const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];

/**
 * One outside the catalogue is the same where its name is, and where it has the name of one in it. So is one that is not in
 * it any more, or has another id there; its own id stays a key of it.
 */
const productKeys = (catalogue: Pick<Organisation, 'products'>, product: DealDetails['product']): string[] => {
  const { id, name } = product;
  if (catalogue.products.some((one) => one.id === id)) return [id];
  const { alike, same } = catalogueNamed(catalogue, product);
  const named = alike.map((one) => one.id);
  if (id !== OTHER_PRODUCT && same) return [id, ...named];
  return [...(id === OTHER_PRODUCT ? [] : [id]), `${OTHER_PRODUCT} ${looksKey(name)}`, ...named];
};

/**
 * A product as a deal names it, whatever the catalogue of today makes of that: its id, a line end, and its name. One of before
 * is kept by its name alone, and has no id.
 */
export type ProductNamed = string;
const named = ({ id, name }: { id?: string; name: string }): ProductNamed => `${id ?? ''}\n${name}`;

/** Returns the places in `SaidElsewhere` of products, in a catalogue: ids, or `other` with a name. The same product, the same key. */
export const productsIn =
  (catalogue: Pick<Organisation, 'products'>) =>
  (products: readonly ProductNamed[]): string[] =>
    distinct(
      products.flatMap((one) => {
        const at = one.indexOf('\n');
        const [id, name] = [one.slice(0, at), one.slice(at + 1)];
        const known = id === '' ? catalogue.products.find((product) => product.name === name)?.id : id;
        return productKeys(catalogue, { id: known ?? OTHER_PRODUCT, name });
      }),
    );

/** When an answer counted: from then on, and until another took its place. */
type During = Pick<AnswerEver, 'at' | 'until'>;

/** Returns what the details were before, all of it or at that time. */
const past = ({ renamed = [] }: OpenedDeal, of: Renamed, during?: During): string[] => {
  let from = '';
  return renamed.flatMap((one) => {
    if (one.of !== of) return [];
    const began = from;
    from = one.until;
    const counts = !during || (one.until > during.at && (during.until === undefined || began < during.until));
    return counts ? one.before : [];
  });
};

/** Tells whether what the details are now is what they were then. */
const isOfNow = ({ renamed = [] }: OpenedDeal, of: Renamed, during?: During): boolean =>
  during?.until === undefined || renamed.every((one) => one.of !== of || one.until < during.until!);

/** Words that say what a company does in a sale. Those that authorities and companies are called by, too, are none. */
const USUAL_ROLE =
  /^(?:a|an|and|the|of|for|to|in|as|our|their|its|sole|exclusive|local|regional|authori[sz]ed|re-?sellers?|sells?|sales|distributors?|distributes?|agents?|brokers?|buyers?|buys?|partners?|dealers?|importers?|imports?|exporters?|exports?|carriers?|carries|forwarders?|integrators?|installers?|installs?|consultants?|insurers?|traders?|it)$/iu;

/** Tells whether somebody's part says more than what companies do in a sale. */
export const isUnusualPart = (role: string): boolean =>
  (role.match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? []).some((word) => !USUAL_ROLE.test(word));

/** A form takes what stands behind a comma for the part that somebody has: who is named there is named. */
const withRole = ({ name, role = '' }: { name: string; role?: string | undefined }): string[] =>
  isUnusualPart(role) ? [`${name} ${role}`] : [];

/** Returns the names that the deal had, as they were written: of its end-user, and of everybody else. */
export const calledEver = (deal: OpenedDeal): { endUsers: string[]; besides: string[] } => {
  const { details, lighterSaid, putIn: named = [] } = deal;
  const companies = [...details.intermediaries, ...(lighterSaid?.was.intermediaries ?? [])];
  const others = named.filter(({ role }) => role !== 'end-user');
  const given = (names: readonly string[]): string[] => distinct(names).filter((name) => name !== '');
  return {
    endUsers: given([details.endUser.name, lighterSaid?.was.name ?? '', ...past(deal, 'end-user')]),
    besides: given([
      details.customer,
      ...companies.map(({ name }) => name),
      ...past(deal, 'customer'),
      ...past(deal, 'intermediaries'),
      ...others.map(({ name }) => name),
      ...[...companies, ...others.filter(({ role }) => role !== 'customer')].flatMap(withRole),
    ]),
  };
};

/** Returns the names that the deal had for its end-user, as results of `endUserKeys`: what was said of a name stays said of it. */
export const endUsersEver = (deal: OpenedDeal): string[] => keysOf(calledEver(deal).endUsers);

/** Returns the same of those whom it named before anything was said: whoever names one of them hears of it, and it hears nothing by them. */
export const onceNamed = ({ corrected = [] }: OpenedDeal): string[] =>
  keysOf(corrected.flatMap(({ of, before }) => (of === 'roles' ? [] : before)));

/** Returns the same of everybody whom it named. */
export const partiesEver = (deal: OpenedDeal): string[] => {
  const { endUsers, besides } = calledEver(deal);
  return distinct([...keysOf(endUsers), ...keysOf(besides)]);
};

/** Returns the countries that it was said to go to, at any time or then: ISO 3166-1 alpha-2. */
export const destinationsEver = (deal: OpenedDeal, during?: During): string[] => {
  const now = isOfNow(deal, 'destination', during) ? detailsNow(deal).destinations : [];
  return distinct([...now, ...past(deal, 'destination', during)]);
};

/** Returns what its products are called, at any time. */
export const namesOfProducts = (deal: OpenedDeal): string[] =>
  distinct(productsNamed(deal).map((one) => one.slice(one.indexOf('\n') + 1))).filter((name) => name !== '');

/** Returns its products, at any time or then. */
export const productsNamed = (deal: OpenedDeal, during?: During): ProductNamed[] => {
  const now = isOfNow(deal, 'product', during) ? detailsNow(deal).products : [];
  return distinct([...now, ...past(deal, 'product', during).map((name) => named({ name }))]);
};

/** Returns the same as ids from the catalogue, or `other` with a name. */
export const productsEver = ({ deal, organisation }: DealView): string[] =>
  productsIn(organisation)(productsNamed(deal));

/** Returns those of now, and those that come back if compliance refuses. */
export const detailsNow = ({
  details,
  lighterSaid,
}: OpenedDeal): { destinations: string[]; products: ProductNamed[] } => {
  const was = lighterSaid?.was;
  return {
    destinations: distinct([details.destination, ...(was?.destination === undefined ? [] : [was.destination])]),
    products: distinct([details.product, ...(was ? [was.product] : [])].map(named)),
  };
};

/** Returns the worst answer to each question, all picked options together. Where "yes" is good: the last, as it was done since. */
const worstAnswers = (view: DealView): Record<QuestionId, FactValue> => {
  const { policy } = view;
  const worst: Record<QuestionId, FactValue> = {};
  for (const { question: id, value } of answersEver(view)) {
    const question = policy.question(id);
    if (!question || isOpenValue(value)) continue;
    const known = own(worst, id);
    if (known === undefined) worst[id] = value;
    else if (Array.isArray(value) && Array.isArray(known)) worst[id] = distinct([...known, ...value]);
    else if (question.kind === 'choice') {
      const place = (one: FactValue): number => question.options.findIndex((option) => option.value === one);
      if (place(value) > place(known)) worst[id] = value;
    } else if (topicOf(policy, question) !== undefined && gravePart(policy, id, known).length === 0) worst[id] = value;
  }
  return worst;
};

/** Undefined while something is not answered: then it would be the worst by that alone. */
export const tierSaid = (view: DealView): number | undefined => {
  const { tier } = view.assessment;
  return tier === null || sectionProgress(view).some(({ done }) => !done) ? undefined : TIERS.indexOf(tier);
};

/** Answers well what nobody answered. A deal of which nobody said that it is out of scope is in it. */
const wellFilled = (
  policy: CompiledPolicy,
  said: Readonly<Record<QuestionId, FactValue>>,
): Record<QuestionId, FactValue> => {
  const answers = { ...said };
  for (const { id: section, questions } of policy.sections)
    for (const { id, kind, options } of questions) {
      const better = policy.isBenign(id, 'yes') || section === policy.scopeSection ? 'yes' : 'no';
      answers[id] ??= { 'yes-no': better, choice: options[0]?.value ?? 'unknown', choices: [], text: 'unknown' }[kind];
    }
  return answers;
};

/**
 * Returns the place in `TIERS` that the deal reaches by the worst that was ever said, with all that nobody said counted as
 * said well: however little is answered, it is at least that. Undefined: out of scope.
 */
export const tierEver = (view: DealView): number | undefined => {
  const { policy, facts, deal } = view;
  const answers = worstAnswers(view);
  const kind = gravestOf([
    deal.details.endUser.kind,
    ...(deal.lighterSaid ? [deal.lighterSaid.was.endUser] : []),
    ...past(deal, 'kind').map((was) => was as EndUserKind),
  ]);
  const said = { ...facts, answers, endUser: kind ?? ('private' as const) };
  const { tier, placed } = policy.evaluate(policy.picture ? said : { ...said, answers: wellFilled(policy, answers) });
  const least = placed?.known ?? tier;
  const all = [tierSaid(view), ...(least === null ? [] : [TIERS.indexOf(least)])].filter((one) => one !== undefined);
  return all.length === 0 ? undefined : Math.max(...all);
};
