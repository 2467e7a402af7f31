/** Each detail of a deal as a text. */

import type { Moves } from '../flows/deal/context/words-shapes.ts';
import type { DealDetails, Difference, ExportLicence, ValueBand } from '../flows/deal/deal.ts';
import { readAlike } from '../flows/end-user.ts';
import { own } from '../flows/own.ts';
import type { Weight } from '../flows/policy/policy.ts';
import {
  countryWords,
  dayWords,
  detailWords,
  END_USER_KIND_WORDS,
  endUserWords,
  LICENCE_WORDS,
  licenceWords,
  productWords,
  quoted,
  VALUE_BAND_WORDS,
  valueBandWords,
  WEIGHT_WORDS,
} from './words.ts';

const NOT_SAID = 'not said';
const DETAIL_TEXTS: { [name in keyof DealDetails]-?: (details: DealDetails) => string } = {
  customer: (d) => quoted(d.customer, 300),
  product: (d) => productWords(d.product, 300),
  destination: (d) => countryWords(d.destination),
  endUser: (d) => endUserWords(d.endUser, 300),
  intermediaries: (d) => d.intermediaries.map((i) => quoted(`${i.name} (${i.role})`, 300)).join('; ') || 'none',
  valueBand: (d) => (d.valueBand ? valueBandWords(d.valueBand) : NOT_SAID),
  expectedSigning: (d) => (d.expectedSigning ? dayWords(d.expectedSigning) : NOT_SAID),
  exportLicence: (d) => licenceWords(d.exportLicence),
};

/** Label and text of each detail, in the order of the opening form. */
export const detailTexts = (details: DealDetails): { label: string; text: string }[] =>
  Object.entries(DETAIL_TEXTS).map(([name, text]) => ({ label: detailWords(name), text: text(details) }));

/** `X → Y`, and where both read alike, why they are not the same. */
export const changeText = (before: string, after: string): string =>
  `${before} → ${after}${readAlike(before, after) ? ' (it reads the same, in letters of another alphabet)' : ''}`;

/** What weighs most first. */
const MOVING = ['endUser', 'destination', 'product', 'customer', 'intermediaries'] as const;
/** What whoever may not open that deal reads of a sale to somebody else: no name of a party. */
const UNNAMED: { [name in (typeof MOVING)[number]]?: (details: DealDetails) => string } = {
  endUser: (d) => END_USER_KIND_WORDS[d.endUser.kind],
  destination: DETAIL_TEXTS.destination,
  product: DETAIL_TEXTS.product,
};

/** Returns what moved a deal, each as `Destination: Norway → Sweden`. */
export const movesTexts = ({ was, now }: Moves, unnamed = false): string[] =>
  MOVING.flatMap((name) => {
    const textOf = unnamed ? UNNAMED[name] : DETAIL_TEXTS[name];
    const [before = '', after = ''] = [textOf?.(was), textOf?.(now)];
    return before === after ? [] : [`${detailWords(name)}: ${changeText(before, after)}`];
  });

const wordOf = (words: Readonly<Record<string, string>>, code: string): string => own(words, code) ?? code;

const NOBODY: ReadonlySet<string> = new Set(['', 'none', 'not there']);
/** Names that somebody typed. */
const namesSaid = (said: string): string => (NOBODY.has(said) ? said : quoted(said, 1000));

/** `Sample Ministry, security`, as it is kept: with the kind in words. */
const endUserSaid = (said: string): string => {
  const at = said.lastIndexOf(', ');
  const kind = at === -1 ? undefined : own<string>(END_USER_KIND_WORDS, said.slice(at + 2));
  return kind === undefined ? namesSaid(said) : `${namesSaid(said.slice(0, at))} (${kind})`;
};

/** `analytics, Sample Analytics`, as it is kept: without the id. */
const productSaid = (said: string): string => {
  const at = said.indexOf(', ');
  return at === -1 ? said : productWords({ id: said.slice(0, at), name: said.slice(at + 2) }, 300);
};

const SAID: { [name in keyof DealDetails]?: (said: string) => string } = {
  customer: namesSaid,
  intermediaries: namesSaid,
  product: productSaid,
  destination: countryWords,
  endUser: endUserSaid,
  valueBand: (said) => wordOf(VALUE_BAND_WORDS satisfies Record<ValueBand, string>, said),
  expectedSigning: dayWords,
  exportLicence: (said) => wordOf(LICENCE_WORDS satisfies Record<ExportLicence, string>, said),
};

/** Returns both sides of a difference in words: records keep codes. */
export const differenceTexts = ({ what, id, before, after }: Difference): Pick<Difference, 'before' | 'after'> => {
  const said =
    what === 'details'
      ? own<((said: string) => string) | undefined>(SAID, id)
      : what === 'flag'
        ? (weight: string) => wordOf(WEIGHT_WORDS satisfies Record<Weight, string>, weight)
        : undefined;
  return said ? { before: said(before), after: said(after) } : { before, after };
};
