/** What officers wrote in registers that names a deal's product or one of its parties: it is of that, too, and not only of what they wrote it of. House rule. */

import { spaced } from '../../bare.ts';
import type { Plan } from '../../hold.ts';
import type { Instant } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import type { Organisation } from '../../organisation.ts';
import { perObject } from '../../per-object.ts';
import { isProductNamed } from '../../product-names.ts';
import { isSheetOf } from '../../sheet.ts';
import { asksCounsel } from '../basis/laws.ts';
import type { DealView } from '../view.ts';
import { calledEver, namesOfProducts } from './ever-said.ts';
import { acceptedGaps } from './gaps.ts';
import { namedHere } from './named-here.ts';
import { marksOfText, mayStandIn, namesFound, withCapital } from './names-in-words.ts';
import { namesToFind } from './names-to-find.ts';
import { officersWords, planWords, type OfficersWords } from './officers-words.ts';

const PARTS = ['end-user', 'company', 'product'] as const;
type Part = (typeof PARTS)[number];

interface Naming {
  words: OfficersWords;
  names: readonly Part[];
}

/** What an officer wrote is there as long as it stands. */
const marksIn = perObject(({ text }: OfficersWords) => marksOfText(text));

const small = (text: string): string => spaced(text).toLowerCase();

/** In capitals or small letters. */
const asWritten = (name: string): RegExp => new RegExp(name.replaceAll(/[.*+?^${}()|[\]\\/]/gu, '\\$&'), 'giu');

/** Tells whether a text has the product's name, and not within the longer one of another: “Shield” is not “Shield Pro”. */
const productNamed = (name: string, { products }: Pick<Organisation, 'products'>) => {
  const isIn = isProductNamed(name);
  const longer = products.map((one) => one.name).filter((one) => one !== name && small(one).includes(small(name)));
  return (text: string, also = ''): boolean => {
    if (!isIn(text)) return false;
    const others = small(also).includes(small(name)) && also !== name ? [...longer, also] : longer;
    return isIn(others.reduce((now, one) => now.replaceAll(asWritten(one), ' '), text));
  };
};

/** Returns a look for those words that name the deal's product or a party of it, each with all that it names. */
const namingOf = perObject((view: DealView) => {
  const { deal, organisation } = view;
  const { destination, product } = deal.details;
  const called = namesOfProducts(deal);
  const isHere = namedHere(view);
  const products = called.map((name) => productNamed(name, organisation));
  const parties = namesToFind(calledEver(deal)).map(withCapital);
  const [mayName, found] = [mayStandIn(parties), namesFound(parties)];
  const naming = (words: OfficersWords): Naming[] => {
    const { text, on, whom } = words;
    const isNear = on?.of === 'country' && on.country === destination;
    const named = mayName(marksIn(words), () => isNear) ? found(text).filter(({ common }) => isNear || !common) : [];
    const other = on?.of === 'product' ? on : undefined;
    // What is written of a product has its name.
    const isOfIt = other && (called.includes(other.name) || isSheetOf({ destination, product }, other));
    const isNamed: Record<Part, boolean> = {
      'end-user': named.some(({ of }) => of === 'end-user'),
      // Whom its words name may have a part in it.
      company:
        named.some(({ of }) => of === 'other') ||
        (whom !== undefined && isHere({ destination: '', endUsers: [whom], besides: [] }).length > 0),
      product: !isOfIt && products.some((isIn) => isIn(text, other?.name)),
    };
    const names = PARTS.filter((part) => isNamed[part]);
    return names.length > 0 ? [{ words, names }] : [];
  };
  return (all: readonly OfficersWords[]): Naming[] => all.flatMap(naming);
});

/** Decisions and pages ask several times. */
const naming = perObject((view: DealView): readonly Naming[] => namingOf(view)(officersWords(view)));

/** Returns the planned holds whose reasons name any of these, or that are on somebody whom the deal's own words name. */
export const plansNaming = (view: DealView, plans: readonly Plan[], of: readonly Part[] = PARTS): Plan[] =>
  plans.filter((plan) => namingOf(view)(planWords(plan)).some(({ names }) => names.some((name) => of.includes(name))));

/**
 * Tells whether each deal shows it that is of the same, whatever it names: what ended or was replaced, or waits, some show and some do not;
 * and of the sources of good answers a few, where they take those.
 */
const isOwn = ({ deal, organisation, policy }: DealView, { of, on, text, title, over }: OfficersWords): boolean => {
  switch (of) {
    // Who outside was asked of it has a place of its own.
    case 'asked':
      return true;
    case 'hold': {
      const lifted = (organisation.lifted ?? []).map(({ hold }) => hold);
      const reach = [...(organisation.holds ?? []), ...lifted].filter(({ id, on: target }) =>
        target.of === 'deal' ? target.deal === deal.id : deal.holds?.[id] !== undefined,
      );
      return reach.some(({ reason }) => reason === text);
    }
    case 'laws':
      return asksCounsel(policy) && !title && !over && on !== undefined && isSheetOf(deal.details, on);
    case 'alert':
    case 'sheet':
    case 'dispute':
      return !title && !over && on !== undefined && isSheetOf(deal.details, on);
    case 'waits':
    case 'gaps':
      return false;
    default: {
      const never: never = of;
      return never;
    }
  }
};

/** The same words of one person are told once. */
const keyOf = ({ by, text }: Pick<OfficersWords, 'by' | 'text'>): string => `${by}\n${text}`;

/** Tells whether it says why gaps of the deal's very country or product are, or were, accepted for all deals. */
export const isAcceptedForAll = ({ deal }: Pick<DealView, 'deal'>, { of, on }: OfficersWords): boolean =>
  of === 'gaps' && on !== undefined && isSheetOf(deal.details, on);

/**
 * Returns what says so, but for what the deal takes, which stands beside its gaps: who answers it here takes none, and whoever decides
 * reads what a colleague knew.
 */
const acceptedForAll = (view: DealView): OfficersWords[] => {
  const here = new Set(acceptedGaps(view).map(({ by, reason }) => keyOf({ by, text: reason })));
  return officersWords(view).filter((words) => isAcceptedForAll(view, words) && !here.has(keyOf(words)));
};

/** Returns what they wrote that no page of the deal has otherwise, for whoever decides on it: of its end-user first, each of them in turn, the latest first. */
export const officersElsewhere = (view: DealView): OfficersWords[] => {
  const known = new Set<string>();
  const latest = naming(view)
    .filter(({ words }) => !isOwn(view, words))
    .toSorted((a, b) => (a.words.at < b.words.at ? 1 : -1));
  const isNew = (words: OfficersWords): boolean => {
    const key = keyOf(words);
    return !known.has(key) && known.add(key).size > 0;
  };
  const once = latest.filter(({ words }) => isNew(words));
  return [
    ...PARTS.flatMap((part) => inTurn(once.filter(({ names }) => names[0] === part).map(({ words }) => words))),
    ...inTurn(
      acceptedForAll(view)
        .filter(isNew)
        .toSorted((a, b) => (a.at < b.at ? 1 : -1)),
    ),
  ];
};

/** When they last named each of these. Absent: never. */
export type NamedByOfficers = Partial<Record<Part, Instant>>;

export const namedByOfficers = (view: DealView): NamedByOfficers => {
  const named: NamedByOfficers = {};
  for (const { words, names } of naming(view))
    for (const part of names) if (words.at > (named[part] ?? '')) named[part] = words.at;
  return named;
};
