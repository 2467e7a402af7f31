/** What officers wrote in registers that names a deal's product or one of its parties: it is of that, too, and not only of what they wrote it of. House rule. */

import type { Instant } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import { perObject } from '../../per-object.ts';
import { isProductNamed } from '../../product-names.ts';
import { isSheetOf } from '../../sheet.ts';
import { namesOneOf } from '../said/name-says.ts';
import type { DealView } from '../view.ts';
import { calledEver, namesOfProducts } from './ever-said.ts';
import { isWrittenSo, marksOfText, mayStandIn, namesToFind, withCapital } from './names-in-words.ts';
import { officersWords, type OfficersWords } from './officers-words.ts';

type View = Pick<DealView, 'deal' | 'organisation'>;

/** What an officer wrote is there as long as it stands. */
const marksIn = perObject(({ text }: OfficersWords) => marksOfText(text));

interface Naming {
  words: OfficersWords;
  names: 'end-user' | 'company' | 'product';
}

/** Returns it with the first of these that it names. */
const naming = ({ deal, organisation }: View): Naming[] => {
  const { destination } = deal.details;
  const products = namesOfProducts(deal).map(isProductNamed);
  const parties = namesToFind(calledEver(deal)).map((name) => ({
    name: withCapital(name),
    isIn: namesOneOf([name.name]),
  }));
  const mayName = mayStandIn(parties.map(({ name }) => name));
  return officersWords({ organisation }).flatMap((words): Naming[] => {
    const { text, on } = words;
    const isNear = on?.of === 'country' && on.country === destination;
    const named = mayName(marksIn(words), () => isNear)
      ? parties.filter(({ name, isIn }) => (isNear || !name.common) && isIn(text) && isWrittenSo(text, name))
      : [];
    if (named.some(({ name }) => name.of === 'end-user')) return [{ words, names: 'end-user' }];
    if (named.length > 0) return [{ words, names: 'company' }];
    // What is written of a product has its name.
    const isOfIt = on?.of === 'product' && isSheetOf(deal.details, on);
    return !isOfIt && products.some((isIn) => isIn(text)) ? [{ words, names: 'product' }] : [];
  });
};

/** Tells whether a deal shows all that is of this, whatever it names. Of the sources of good answers it shows some, where it takes them. */
const isOwn = ({ deal, organisation }: View, { of, on, text, title }: OfficersWords): boolean => {
  if (of !== 'hold') return !title && on !== undefined && isSheetOf(deal.details, on);
  const lifted = (organisation.lifted ?? []).map(({ hold }) => hold);
  const reach = [...(organisation.holds ?? []), ...lifted].filter(({ id, on: target }) =>
    target.of === 'deal' ? target.deal === deal.id : deal.holds?.[id] !== undefined,
  );
  return reach.some(({ reason }) => reason === text);
};

/** Returns what they wrote of something else, for whoever decides on the deal: each of them in turn, the latest first. */
export const officersElsewhere = (view: View): OfficersWords[] =>
  inTurn(
    naming(view)
      .map(({ words }) => words)
      .filter((words) => !isOwn(view, words))
      .toSorted((a, b) => (a.at < b.at ? 1 : -1)),
  );

/** When they last named each of these. Absent: never. */
export type NamedByOfficers = Partial<Record<Naming['names'], Instant>>;

export const namedByOfficers = (view: View): NamedByOfficers => {
  const named: NamedByOfficers = {};
  for (const { words, names } of naming(view)) if (words.at > (named[names] ?? '')) named[names] = words.at;
  return named;
};
