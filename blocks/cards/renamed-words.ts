/** Names in the details that were others, in words: those that wait for compliance, and all that there ever were. */

import type { LighterSaid, PastNames } from '../../flows/deal/said-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { EndUserKind } from '../../flows/policy/policy.ts';
import { LONGEST_WHY } from '../../flows/policy/sentence.ts';
import type { Text } from '../card.ts';
import { count, countryWords, dayWords, endUserKindWords, shorten, whole } from '../words.ts';

/** Keeps one item under a block's 3,000 characters: a name has up to 200. */
const NAMES_AN_ITEM = 10;

const quoted = (names: readonly string[]): string => names.map((name) => `“${shorten(name, 200)}”`).join(', ');

const inParts = (names: readonly string[]): string[][] =>
  names.length === 0 ? [] : [names.slice(0, NAMES_AN_ITEM), ...inParts(names.slice(NAMES_AN_ITEM))];

const SUBJECT: Readonly<Record<PastNames['of'], (n: number) => string>> = {
  'end-user': () => 'End-user was',
  customer: () => 'Customer was',
  intermediaries: (n) => (n === 1 ? 'Intermediary was' : 'Intermediaries were'),
  kind: () => 'Kind of end-user was',
  product: () => 'Product was',
  destination: () => 'Destination was',
};

/** The words of what a detail was: names in quotes, countries and kinds of end-user as everywhere. */
export const pastWords = (of: PastNames['of'], before: readonly string[]): string => {
  if (of === 'destination') return before.map(countryWords).join(', ');
  return of === 'kind' ? before.map((kind) => endUserKindWords(kind as EndUserKind)).join(', ') : quoted(before);
};

/** `End-user was “X” until 25 November 2026: @a changed it: “…”` */
export const renamedItems = ({ deal }: DealView): Text[] =>
  (deal.renamed ?? []).flatMap(({ of, before, until, changedBy, why }) =>
    inParts(before).map((names): Text => [
      { strong: `${SUBJECT[of](before.length)} ${pastWords(of, names)} until ${dayWords(until)}: ` },
      { person: changedBy },
      ` changed it: “${whole(why, LONGEST_WHY)}”`,
    ]),
  );

/** `1 detail was another before`; undefined: none was. */
export const renamedCounted = ({ deal }: DealView): string | undefined =>
  deal.renamed?.length ? `${count(deal.renamed.length, 'detail was', 'details were')} another before` : undefined;

/** Names that wait for compliance: what was and what is now. */
export const renamedPending = ({ deal: { details } }: DealView, { was }: LighterSaid): Text[] => {
  const { endUser, intermediaries } = details;
  const left = (was.intermediaries ?? intermediaries).map(({ name }) => name);
  const now = intermediaries.map(({ name }) => name);
  const gone = left.filter((name) => !now.includes(name));
  const come = now.filter((name) => !left.includes(name));
  return [
    ...(was.name === undefined || was.name === endUser.name
      ? []
      : [`End-user: was ${quoted([was.name])}, now ${quoted([endUser.name])}.`]),
    ...inParts(gone).map((names) => `Intermediaries: no longer ${quoted(names)}.`),
    ...inParts(come).map((names) => `Intermediaries: now ${quoted(names)}.`),
  ];
};
