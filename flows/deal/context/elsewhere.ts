/** What the answers of another deal with the same end-user say against those of this one, as a whole. House rule. */

import { isFiller } from '../../filler.ts';
import type { DealId, Instant, PersonId } from '../../ids.ts';
import { OTHER_PRODUCT } from '../../organisation.ts';
import { isGraver } from '../../policy/kinds.ts';
import type { EndUserKind, QuestionId } from '../../policy/policy.ts';
import type { Settled } from '../deal.ts';
import type { EndedOther, HeardGap, HeardWorry, Others, SpokeOfProduct } from '../heard-shapes.ts';
import type { SaidKind } from './kinds.ts';
import { isOtherSale, type DismissedThere, type SaidSale } from './said-sale.ts';
import type { Milder, Topic } from './topics.ts';
import type { Wrote } from './wrote.ts';

/** An answer that was ever given against a deal. */
export interface Graver {
  question: QuestionId;
  topic: Topic;
  says: readonly string[];
  at: Instant;
  /** The countries or products that it was about, where the deal has had others since. */
  about: readonly string[];
  /** Who gave it. Absent: whoever looks after the deal. */
  by?: PersonId | undefined;
}

/** A name that says what its deal does not. */
export interface NameElsewhere {
  name: string;
  /** Results of `endUserKeys`. */
  keys: readonly string[];
  kind: EndUserKind;
  by: PersonId;
  at: Instant;
}

/** A company with its part, which say a kind of end-user. */
export interface SaidOfCompany {
  text: string;
  /** The company's, in it. */
  name: string;
  /** Results of `companyKeys` of that. */
  keys: readonly string[];
  kind: EndUserKind;
  by: PersonId;
  at: Instant;
  /** True where the deal says so now. */
  stands?: true | undefined;
  /** True where its name says that already, without its part. */
  byName?: true | undefined;
}

/** What a deal says that concerns others. */
export interface SaidElsewhere {
  id: DealId;
  owner: PersonId;
  /** Who asked for it, where that is not its owner, or others looked after it since. Absent in older ones, too. */
  askedBy?: PersonId | undefined;
  /** Those whose own words on it push out nobody's: whoever is or was of its team. */
  team: readonly PersonId[];
  /** True where it is told what others say. */
  listens: boolean;
  /** Results of `endUserKeys`, of every name that it ever had. A name without letters or digits is nobody's. */
  endUsers: readonly string[];
  /** The same of everybody whom the deal named since something was said of it: it is told what stands against an end-user of that name. */
  parties: readonly string[];
  /** The same of those whom it named before anything was said of it: it is heard of by them, and hears nothing. Absent: nobody, or in older ones. */
  once?: readonly string[] | undefined;
  /** All names as they were written: where a stop stands, one may be its end-user's though it is not the same. */
  called: { endUsers: readonly string[]; besides: readonly string[] };
  /** True where nobody said for a while who its end-user is: whoever its companies sell to may be. Absent: that was said, or in older ones. */
  unsaid?: true | undefined;
  /** ISO 3166-1 alpha-2, all that it was ever said to go to. */
  destinations: readonly string[];
  /** Ids from the catalogue, or `other` with a name: the same. */
  products: readonly string[];
  /** Those of now, and those that come back if compliance refuses. */
  now: { destinations: readonly string[]; products: readonly string[] };
  kind: SaidKind;
  /** Whom it ever named whose name says a graver kind than the deal does. Absent: nobody, or in older ones. */
  says?: readonly NameElsewhere[] | undefined;
  /** What it ever said of companies in between that is a kind of end-user. Absent: nothing, or in older ones. */
  ofCompanies?: readonly SaidOfCompany[] | undefined;
  /** What its answers say; undefined before they are there. */
  scope?: 'in' | 'out' | undefined;
  /** Place in `TIERS`, once all is answered. */
  tier?: number | undefined;
  /** The one that it reaches at least by the worst that was ever said of it. */
  tierEver?: number | undefined;
  /** True where it was found out of scope. */
  isOut: boolean;
  /**
   * It is approved and nobody looks at it again, or out of scope: as compliance confirmed, or as was found by itself. Undefined:
   * it is open, over, or rests on another's confirmation.
   */
  settled?: 'approved' | 'confirmed' | 'found' | undefined;
  /** The deal whose confirmation it rests on as out of scope. */
  rests?: DealId | undefined;
  /** When it was found out of scope by itself. Absent: it was not, or in older ones. */
  foundAt?: Instant | undefined;
  /** When it came to rest on that confirmation. Absent: it does not, or in older ones. */
  restsAt?: Instant | undefined;
  ended?: Omit<EndedOther, 'deal'> | undefined;
  /** When it was approved, where that is in force and nobody reassesses it. Absent: it is not so, or in older ones. */
  approvedAt?: Instant | undefined;
  /** Withdrawn by whoever sells it, before anybody judged it: to other sellers a colleague's withdrawal. Absent: it was not, or in older ones. */
  left?: { by: PersonId; at: Instant } | undefined;
  worries: readonly Omit<HeardWorry, 'deal'>[];
  /** Of an open one, and of one in which a flag was dismissed. Absent: of others, or in older ones. */
  sale?: SaidSale | undefined;
  /** True where such a flag waits once more in a deal that says otherwise. Absent: none, or in older ones. */
  asksAnew?: true | undefined;
  /** Those of which it was told that a flag was dismissed there, and dismissed that, too. Absent: none, or in older ones. */
  dismissedHere?: readonly DismissedThere[] | undefined;
  /** Who of compliance accepted or confirmed something of it alone, each with when first, while it is open. Absent: nobody, or in older ones. */
  accepted?: readonly Pick<Settled, 'by' | 'at'>[] | undefined;
  /** The last two who wrote of it, and the last two who told something, with when. Absent: nobody did, or in older ones. */
  wrote?: readonly Wrote[] | undefined;
  /** Who said something of its product beside its answers. Absent: nobody, or in older ones. */
  spoke?: readonly SpokeOfProduct[] | undefined;
  /** Questions of which it takes nothing that was accepted for its country or its product. Absent: none, or in older ones. */
  gaps?: readonly Omit<HeardGap, 'deal'>[] | undefined;
  /** Answers which say that all is well, that it is not known, or less than they could. */
  milder: readonly Milder[];
  /** Those which were ever given and say that it is not. */
  otherwise: readonly Graver[];
  noted: Others | undefined;
}

/**
 * Returns the answers of which it hears that others say more: all while it is open; once it is out of scope, those about its end-user
 * by which it is, as somebody else may know them better; and where it was found so at once, what was said of its product until then.
 */
export const listenedFor = ({
  settled,
  milder,
  foundAt,
}: Pick<SaidElsewhere, 'settled' | 'milder' | 'foundAt'>): readonly Milder[] =>
  settled === undefined
    ? milder
    : settled === 'approved'
      ? []
      : milder.filter(({ topic }) => topic === 'end-user' || (topic === 'product' && foundAt !== undefined));

const share = (one: readonly string[], other: readonly string[]): boolean => one.some((each) => other.includes(each));

/** Tells whether a product is one outside the catalogue, by its place in `products`. */
export const isOutside = (product: string): boolean => product.startsWith(`${OTHER_PRODUCT} `);

const isOther = ({ products }: SaidElsewhere): boolean => products.some(isOutside);

/** By whom others that name them hear of it: also those of before anything was said, and companies by what people call them. */
export const heardByNames = ({ parties, once = [], ofCompanies = [] }: SaidElsewhere): readonly string[] =>
  once.length + ofCompanies.length === 0 ? parties : [...parties, ...once, ...ofCompanies.flatMap(({ keys }) => keys)];

/** The names of companies beside its end-user, which is another in every deal. */
export const companiesNamed = ({ called: { endUsers, besides } }: Pick<SaidElsewhere, 'called'>): string[] =>
  besides.filter((name) => !isFiller(name) && !endUsers.includes(name));

/** The same sale by all that is known of it. A product outside the catalogue may be any. */
export const isTwin = (one: SaidElsewhere, other: SaidElsewhere): boolean =>
  share(one.destinations, other.destinations) &&
  (isOther(one) || isOther(other) || share(one.products, other.products));

/** Tells whether it is the same product by its id or its name, whatever the country. */
export const isSameProduct = (one: SaidElsewhere, other: SaidElsewhere): boolean => share(one.products, other.products);

const isRiskier = (one: SaidElsewhere, other: SaidElsewhere): boolean =>
  one.tier !== undefined && other.tierEver !== undefined && other.tierEver > one.tier;

/** Tells whether `other` was settled as less than this one says now: whoever decides on this one learns what is sold already. */
const isClearedLighter = (
  one: SaidElsewhere,
  other: SaidElsewhere,
  twin: boolean,
  by: 'end-user' | 'party',
): boolean => {
  if (one.settled !== undefined || one.scope !== 'in' || other.settled === undefined) return false;
  // What compliance had to confirm may be able, too.
  const isAble = by === 'end-user' && other.settled === 'confirmed' && share(one.destinations, other.destinations);
  if (other.isOut) return twin || isAble || isGraver(one.kind.gravest, other.kind.now);
  return twin && other.tier !== undefined && one.tierEver !== undefined && one.tierEver > other.tier;
};

/** Whom `other` names and `one` does not, whose name says a graver kind than `one` does. */
const namedThere = (one: SaidElsewhere, { says = [] }: SaidElsewhere): SaidElsewhere['worries'] => {
  const graver = says.filter(({ keys, kind }) => isGraver(kind, one.kind.now) && !share(keys, one.parties));
  const last = graver.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  if (!last) return [];
  const text = [...new Set(graver.map(({ name }) => name))].join('; ');
  return [{ of: 'named', by: last.by, at: last.at, text }];
};

/** `other` has the same end-user, or is what `one` rests on; or one of them names the other's end-user in another part. */
export const elsewhere = (
  one: SaidElsewhere,
  other: SaidElsewhere,
  by: 'end-user' | 'party',
): SaidElsewhere['worries'] => {
  const said = { by: other.owner, at: other.kind.at };
  const rests = one.rests === other.id;
  const twin = isTwin(one, other);
  // A company in between may well be an end-user in another country, and of another product.
  const isThere = rests || by === 'party' || other.destinations.every((country) => one.destinations.includes(country));
  // Of what is settled by its scope only the same sale says more.
  const isIn =
    one.scope === 'out' && other.scope === 'in' && (twin || (by === 'end-user' && one.settled === undefined));
  return [
    ...(isThere ? [] : [{ of: 'country' as const, ...said }]),
    ...(isIn || (rests && !other.isOut) ? [{ of: 'scope' as const, ...said }] : []),
    ...(isRiskier(one, other) && twin ? [{ of: 'tier' as const, ...said }] : []),
    ...(isClearedLighter(one, other, twin, by) ? [{ of: 'cleared' as const, ...said }] : []),
    ...namedThere(one, other),
  ];
};

/** Tells whether `one` is not what a flag was dismissed of in `other` then, nor in another deal that was told of it and dismissed it, too. */
export const isDismissedOfAnother = (
  one: SaidElsewhere,
  other: SaidElsewhere,
  { at }: Pick<HeardWorry, 'at'>,
  all: readonly SaidElsewhere[],
): boolean => {
  const { sale: mine } = one;
  if (mine === undefined || !other.asksAnew) return false;
  const looked = all.filter(({ dismissedHere = [] }) =>
    dismissedHere.some((there) => there.deal === other.id && there.at >= at),
  );
  return [other, ...looked].every(({ sale }) => sale === undefined || isOtherSale(sale, mine));
};

/** As `isOwnWord`: of whoever asked for a deal and looks after it, who chooses who else is on its team, or owns it for a while. */
export const isSellersWord = ({ owner, askedBy }: Pick<SaidElsewhere, 'owner' | 'askedBy'>, by: PersonId): boolean =>
  askedBy === undefined && by === owner;
