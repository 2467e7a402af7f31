/** What a deal was of before its details were corrected: answers of then were given of something else. House rule. */

import { countryName } from '../countries.ts';
import { writtenName } from '../end-user.ts';
import type { Instant } from '../ids.ts';
import { sameProduct, SYSTEM } from '../organisation.ts';
import { own } from '../own.ts';
import { isOpenValue } from '../policy/answers.ts';
import { isGraver } from '../policy/kinds.ts';
import type { CompiledPolicy, FactValue, Question, QuestionId, SectionId } from '../policy/policy.ts';
import { saysAgainst, sheetKindOf } from '../policy/sheet-questions.ts';
import { setApart } from '../set-apart.ts';
import { VALUE_BANDS, type DealDetails, type SaidOf } from './deal.ts';
import type { Formerly, Opened, OpenedDeal } from './state.ts';

/** `between`: the companies in between, among them a customer who is not the end-user. */
export type Subject = 'product' | 'country' | 'end-user' | 'between';

/** Items of the Guidance that ask of whoever is in between, too. */
const ON_BETWEEN: ReadonlySet<string> = new Set(['S1', 'S2', 'S4', 'S-RF2']);

type Asked = Pick<Question, 'id' | 'about' | 'answeredBy' | 'sources'>;

/**
 * Returns what an answer is about: a product or a country, by what the policy says or whose sheet answers it; else what this
 * end-user does, or would do, with this product.
 */
export const subjectsOf = (question: Asked): Subject[] => {
  const only = question.about ?? sheetKindOf(question);
  if (only !== undefined) return [only];
  const between = question.sources.some((id) => ON_BETWEEN.has(id));
  return ['product', 'end-user', ...(between ? (['between'] as const) : [])];
};

type Valued = Pick<DealDetails, 'valueBand'>;

/** Tells whether more is sold than was said: without a value, nobody said how much. */
export const isMore = ({ valueBand: was }: Valued, { valueBand: now }: Valued): boolean =>
  was !== now && (was === undefined || now === undefined || VALUE_BANDS.indexOf(now) > VALUE_BANDS.indexOf(was));

type Between = DealDetails['intermediaries'];

/** Tells whether a name is the same as written. One without letters or digits is nobody's: then each sign counts. */
export const sameName = (one: string, other: string): boolean => {
  const written = writtenName(one);
  return one.trim() === other.trim() || (written !== '' && written === writtenName(other));
};

/** What somebody in between does in a sale, as it is compared: without case or punctuation. */
const partOf = (role: string): string => writtenName(role);

/** Tells whether two companies in between do the same. */
export const samePart = (one: string, other: string): boolean => partOf(one) === partOf(other);

/** A company in between, with its part. */
export type Party = Pick<Between[number], 'name' | 'role'>;

const sameParty = (one: Party, other: Party): boolean =>
  sameName(one.name, other.name) && samePart(one.role, other.role);

/** Tells whether each of these is among those, in the same part. */
export const allIn = (some: readonly Party[], all: readonly Party[]): boolean =>
  some.every((one) => all.some((other) => sameParty(one, other)));

/** Tells whether the same companies are in between in the same parts, in whatever order: a part says who somebody is, too. */
export const sameBetween = (was: readonly Party[], now: readonly Party[]): boolean =>
  allIn(was, now) && allIn(now, was);

type Subjects = Pick<DealDetails, 'product' | 'destination' | 'endUser'> & {
  intermediaries?: Between | undefined;
  customer?: string | undefined;
};

/** Whoever buys for somebody else is in between, too: that is their part. */
const withCustomer = ({ endUser }: Subjects, between: Between, customer: string): readonly Party[] =>
  sameName(customer, endUser.name) ? between : [...between, { name: customer, role: 'customer' }];

/** Returns who is between the company and the end-user. */
export const partiesBetween = (details: DealDetails): readonly Party[] =>
  withCustomer(details, details.intermediaries, details.customer);

/** Tells whether others are in between. Of one that does not say who the customer was, or who else was in between, nobody is another. */
const otherBetween = (one: Subjects, other: Subjects): boolean => {
  const was = one.intermediaries ?? other.intermediaries ?? [];
  const now = other.intermediaries ?? was;
  return one.customer === undefined || other.customer === undefined
    ? !sameBetween(was, now)
    : !sameBetween(withCustomer(one, was, one.customer), withCustomer(other, now, other.customer));
};

/** Returns what differs. */
export const otherSubjects = (one: Subjects, other: Subjects): Subject[] => [
  ...(sameProduct(one.product, other.product) ? [] : (['product'] as const)),
  ...(one.destination === other.destination ? [] : (['country'] as const)),
  ...(sameName(one.endUser.name, other.endUser.name) && one.endUser.kind === other.endUser.kind
    ? []
    : (['end-user'] as const)),
  ...(otherBetween(one, other) ? (['between'] as const) : []),
];

/** Tells whether they name the same product, country and end-user: what somebody asked of one is asked of the other. */
export const isOfSame = (
  one: Pick<DealDetails, 'product' | 'destination' | 'endUser'>,
  other: Pick<DealDetails, 'product' | 'destination' | 'endUser'>,
): boolean =>
  sameProduct(one.product, other.product) &&
  one.destination === other.destination &&
  sameName(one.endUser.name, other.endUser.name);

export const saidOf = ({ product, destination, endUser, customer, intermediaries }: DealDetails): SaidOf => ({
  product,
  destination,
  endUser,
  customer,
  intermediaries,
});

const betweenOf = (of: SaidOf): readonly Party[] => withCustomer(of, of.intermediaries, of.customer);

/** Tells whether what was said of the one is said of the other: nobody is in between who was not. */
export const isSaidOf = (of: SaidOf, now: DealDetails): boolean =>
  isOfSame(of, now) && allIn(partiesBetween(now), betweenOf(of));

/** Names what of these is another now: the end-user, the country, the product; where nothing is, who was in between, or the end-user. */
export const namedOf = (of: SaidOf, now: DealDetails): string => {
  const differs = [
    ...(sameName(of.endUser.name, now.endUser.name) ? [] : [`“${setApart(of.endUser.name)}”`]),
    ...(of.destination === now.destination ? [] : [countryName(of.destination) ?? of.destination]),
    ...(sameProduct(of.product, now.product) ? [] : [`“${setApart(of.product.name)}”`]),
  ];
  if (differs.length > 0) return differs.join(', ');
  if (isSaidOf(of, now)) return `“${setApart(of.endUser.name)}”`;
  const named = betweenOf(of).map(({ name, role }) => `“${setApart(role === '' ? name : `${name}, ${role}`)}”`);
  return named.length > 0 ? `the sale through ${named.join(' and ')}` : 'the sale with nobody in between';
};

type Corrected = Pick<Opened, 'details' | 'formerly'> & Partial<Pick<Opened, 'was'>>;

const writtenIn = (all: Between): string =>
  JSON.stringify(all.map(({ name, role }) => [name.trim(), partOf(role)].join('\n')).toSorted());

/** Tells whether companies in between, or their parts, are written otherwise, be they others or not. */
export const betweenRespelled = (one: Between, other: Between): boolean => writtenIn(one) !== writtenIn(other);

/** Tells whether a customer is written otherwise who buys for somebody else, before or now. */
export const customerRespelled = (one: DealDetails, other: DealDetails): boolean =>
  one.customer.trim() !== other.customer.trim() &&
  [one, other].some(({ customer, endUser }) => !sameName(customer, endUser.name));

/** Tells whether a name is written otherwise: as another that reads the same, which is one step on the way to a third. */
const respelled = (one: Subjects, other: Subjects): boolean =>
  one.endUser.name.trim() !== other.endUser.name.trim() ||
  (one.intermediaries !== undefined &&
    other.intermediaries !== undefined &&
    betweenRespelled(one.intermediaries, other.intermediaries));

/** Tells whether a correction is to be remembered: something is another, or is written otherwise. */
export const isRemembered = (before: DealDetails, now: DealDetails): boolean =>
  otherSubjects(before, now).length > 0 || respelled(before, now) || customerRespelled(before, now);

/** Returns what is another now than it was, or than it was before under a name that counted as the same until now. */
export const othersNow = ({ details, formerly = [] }: Corrected, now: DealDetails): Subject[] => [
  ...new Set(
    [details, ...formerly].flatMap((was) => {
      const already = otherSubjects(was, details);
      return otherSubjects(was, now).filter((subject) => !already.includes(subject));
    }),
  ),
];

/**
 * Notes when a deal got another product, country or end-user, or another company in between, or one of them another
 * spelling. `kept`: what it was of is remembered; `between`, `customer`: also
 * who was in between, and who the customer was; false in records from before that was so.
 */
export const elsewhere = (
  { details: before, formerly = [] }: Opened,
  now: DealDetails,
  { at, kept, between, customer }: { at: Instant; kept: boolean; between: boolean; customer: boolean },
): Pick<Opened, 'elsewhereUntil' | 'formerly'> => {
  const { product, destination, endUser, intermediaries } = before;
  const was = {
    product,
    destination,
    endUser,
    ...(between ? { intermediaries } : {}),
    ...(customer ? { customer: before.customer } : {}),
  };
  const others = otherSubjects(was, now);
  const isBetween = between && (others.includes('between') || betweenRespelled(intermediaries, now.intermediaries));
  return {
    ...(others.some((subject) => subject === 'product' || subject === 'country') ? { elsewhereUntil: at } : {}),
    ...(kept && (others.length > 0 || customer || respelled(was, now))
      ? {
          formerly: [
            ...formerly,
            {
              until: at,
              product,
              destination,
              endUser,
              ...(isBetween ? { intermediaries } : {}),
              ...(customer ? { customer: before.customer } : {}),
            },
          ],
        }
      : {}),
  };
};

/** Returns what the deal was of before these corrections, the oldest first. Each says who was in between where it changed that. */
const wasBefore = (corrections: readonly Formerly[]): Formerly | undefined => {
  const [first] = corrections;
  const between = corrections.find(({ intermediaries }) => intermediaries)?.intermediaries;
  const customer = corrections.find((one) => one.customer !== undefined)?.customer;
  return (
    first && {
      ...first,
      ...(between ? { intermediaries: between } : {}),
      ...(customer === undefined ? {} : { customer }),
    }
  );
};

/** Returns in what the deal is another now than after so many corrections. */
export const othersSince = ({ details, formerly = [] }: Corrected, corrections: number): Subject[] => {
  const was = wasBefore(formerly.slice(corrections));
  return was ? otherSubjects(was, details) : [];
};

const wasThen = ({ formerly = [] }: Corrected, at: Instant): Formerly | undefined =>
  wasBefore(formerly.filter(({ until }) => at < until));

/** Returns in what the deal is another now than it was then. */
export const othersThan = (deal: Corrected, at: Instant): Subject[] => {
  const then = wasThen(deal, at);
  return then ? otherSubjects(then, deal.details) : [];
};

/** Tells whether it denies here what the company says of the product: then it was said of this very sale, whatever the question asks about. */
const isDenied = ({ was = [] }: Corrected, { id }: Pick<Question, 'id'>): boolean =>
  was.some(({ question, by }) => question === id && by === SYSTEM);

/** Returns what the deal was of when an answer was given, where that is another than now in what the question asks about. */
export const saidOfAnother = (deal: Corrected, question: Asked, { at }: { at: Instant }): Formerly | undefined => {
  const then = wasThen(deal, at);
  const others = then ? otherSubjects(then, deal.details) : [];
  if (others.length === 0) return undefined;
  return isDenied(deal, question) || subjectsOf(question).some((subject) => others.includes(subject))
    ? then
    : undefined;
};

/** Tells whether it was of the same end-user, product and country then, and of a milder kind of end-user. */
export const wasMilder = ({ details: now }: Pick<Opened, 'details'>, then: Formerly | undefined): boolean =>
  then !== undefined &&
  isGraver(now.endUser.kind, then.endUser.kind) &&
  sameName(then.endUser.name, now.endUser.name) &&
  sameProduct(then.product, now.product) &&
  then.destination === now.destination;

/** The same of an answer or a draft, which may not say when it was given. */
export const wasOfAnother = (
  deal: Corrected,
  question: Asked,
  { at }: { at?: Instant | undefined },
): Formerly | undefined => (at === undefined ? undefined : saidOfAnother(deal, question, { at }));

/** Tells whether an answer counts as not known: it speaks for the deal, and was given of another. The scope has its own rules. */
export const countsOfAnother = (
  policy: CompiledPolicy,
  deal: Corrected,
  question: Question,
  { value, at }: { value: FactValue; at: Instant },
): Formerly | undefined =>
  deal.formerly === undefined ||
  policy.picture === undefined ||
  question.section === policy.scopeSection ||
  isOpenValue(value) ||
  saysAgainst(policy, question.id, value)
    ? undefined
    : saidOfAnother(deal, question, { at });

export interface SaidOfAnother {
  section: SectionId;
  question: Question;
  /** What the deal was of. */
  was: Formerly;
}

type Given = Readonly<Record<QuestionId, { value: FactValue; at?: Instant | undefined }>>;

/** Returns those of a section's answers, or drafts, that count as not known since they were given of another. */
export const ofAnotherIn = (
  { deal, policy }: { deal: OpenedDeal; policy: CompiledPolicy },
  section: SectionId,
  given: Given | undefined,
): SaidOfAnother[] =>
  (policy.sections.find(({ id }) => id === section)?.questions ?? []).flatMap((question): SaidOfAnother[] => {
    const { value, at } = own(given, question.id) ?? {};
    const was =
      value === undefined || at === undefined ? undefined : countsOfAnother(policy, deal, question, { value, at });
    return was ? [{ section, question, was }] : [];
  });

/** Returns the answers that count as not known until they are given anew: they were given of another deal than this is now. */
export const answersOfAnother = (view: { deal: OpenedDeal; policy: CompiledPolicy }): SaidOfAnother[] =>
  view.deal.formerly ? view.policy.sections.flatMap(({ id }) => ofAnotherIn(view, id, own(view.deal.answers, id))) : [];

/** Returns what a deal was of before its details were corrected, also where that waits for compliance. */
export const subjectsBefore = ({
  formerly = [],
  lighterSaid,
}: Pick<OpenedDeal, 'formerly' | 'lighterSaid'>): readonly Pick<DealDetails, 'product' | 'destination'>[] => [
  ...formerly.map(({ product, destination }) => ({ product, destination })),
  ...(lighterSaid ? [{ product: lighterSaid.was.product, destination: lighterSaid.was.destination ?? '' }] : []),
];

/** Returns the product of a deal, and those that it was of before. */
export const productsEver = (
  deal: Pick<OpenedDeal, 'details' | 'formerly' | 'lighterSaid'>,
): DealDetails['product'][] => [deal.details.product, ...subjectsBefore(deal).map(({ product }) => product)];
