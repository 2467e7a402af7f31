/** Names in the details that were others, in words: those that wait for compliance, and all that there ever were. */

import type { LighterSaid, PastNames } from '../../flows/deal/said-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Text } from '../card.ts';
import { count, dayWords, shorten } from '../words.ts';

const MOST_NAMES = 12;

/** `“A”, “B” and 3 more` */
const quoted = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${shorten(name, 150)}”`);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const SUBJECT: Readonly<Record<PastNames['of'], (n: number) => string>> = {
  'end-user': () => 'End-user was',
  intermediaries: (n) => (n === 1 ? 'Intermediary was' : 'Intermediaries were'),
};

/** `End-user was “X” until 25 November 2026: @a changed it: “…”` */
export const renamedItems = ({ deal }: DealView): Text[] =>
  (deal.renamed ?? []).map(({ of, before, until, changedBy, why }): Text => [
    { strong: `${SUBJECT[of](before.length)} ${quoted(before)} until ${dayWords(until)}: ` },
    { person: changedBy },
    ` changed it: “${shorten(why, 200)}”`,
  ]);

/** `1 name in the details was another before`; undefined: none was. */
export const renamedCounted = ({ deal }: DealView): string | undefined =>
  deal.renamed?.length
    ? `${count(deal.renamed.length, 'name in the details was', 'names in the details were')} another before`
    : undefined;

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
    ...(gone.length + come.length === 0
      ? []
      : [
          `Intermediaries: ${[gone.length > 0 ? `no longer ${quoted(gone)}` : '', come.length > 0 ? `now ${quoted(come)}` : ''].filter((part) => part !== '').join(', ')}.`,
        ]),
  ];
};
