/** Conditions of votes that no longer count, and what a vote leaves out or makes later, in words. */

import type { Condition, LeftOut } from '../../flows/deal/deal.ts';
import type { Carried } from '../../flows/deal/rights/carried.ts';
import { endsOf } from '../../flows/ends-of.ts';
import type { Span, Text } from '../card.ts';
import { capital, dayWords, LONGEST_SAID, quotedSentence, sentence } from '../words.ts';
import { alsoAsked, askerSpans, doneBy, dueSpans } from './spans.ts';

/** `, whom @b named` */
const ownerWords = ({ ownerBy }: Condition): Span[] =>
  ownerBy === undefined ? [] : [', whom ', { person: ownerBy }, ' named'];

/** Who is to meet a condition, with who said so where that is somebody else than who asked for it. */
export const ownerSpans = (condition: Condition): Span[] => [{ person: condition.owner }, ...ownerWords(condition)];

/** `Limit use. Owner: @b, due 1 May 2027. Asked for by @a.` */
export const carriedItems = (carried: readonly Carried[]): Text[] =>
  carried.map(({ condition, approval, kept, left, ...vote }) => [
    `${sentence(endsOf(condition.text, LONGEST_SAID))} Owner: `,
    ...ownerSpans(condition),
    ...dueSpans(condition, '. Asked for by '),
    ...doneBy(vote),
    ...alsoAsked(condition),
    `${approvalWords({ approval, kept })}.`,
    ...leftWords(left),
  ]);

/** ` Left out of the approval of something else by @a: “…”` */
export const leftWords = (left: Carried['left']): Span[] =>
  left
    ? [
        ' Left out of the approval of something else by ',
        { person: left.by },
        `: ${quotedSentence(left.reason, LONGEST_SAID)}`,
      ]
    : [];

/** ` in the approval of 12 March 2027`; empty for a condition of a vote that no longer counts. */
export const approvalWords = ({ approval, kept }: Pick<Carried, 'approval' | 'kept'>): string =>
  approval === undefined
    ? ''
    : ` in the approval of ${dayWords(approval)}${kept ? ', and accepted as kept of what the deal was then' : ''}`;

/** `Asked for in votes that no longer count`, or where else the conditions come from. */
export const carriedFrom = (carried: readonly Carried[]): string => {
  const then = carried.find(({ approval }) => approval !== undefined)?.approval;
  const from = [
    ...(carried.some(({ approval, left }) => approval === undefined && !left)
      ? ['asked for in votes that no longer count']
      : []),
    ...(then === undefined ? [] : [`still open from the approval of ${dayWords(then)}`]),
    ...(carried.some(({ left }) => left) ? ['left out of the approval of something else'] : []),
  ];
  return capital(from.join(', or '));
};

const leftOutItem = ({ condition, askedBy, reason, instead }: LeftOut): Text => {
  const why = ` Because: ${quotedSentence(reason, LONGEST_SAID)}`;
  const begins = `${sentence(endsOf(condition.text, LONGEST_SAID))} Asked for by `;
  if (!instead) return [begins, ...askerSpans({ askedBy, condition }), `.${why}`];
  const asked: Span[] = [begins, { person: askedBy }, ...alsoAsked(condition)];
  return [
    ...asked,
    ' of ',
    ...ownerSpans(condition),
    ...dueSpans(condition, '. Now: '),
    { person: instead.owner },
    `, due ${dayWords(instead.due)}.${why}`,
  ];
};

/** `Limit use. Asked for by @a. Because: …` */
export const leftOutItems = (leftOut: readonly LeftOut[]): Text[] =>
  leftOut.filter(({ instead }) => !instead).map(leftOutItem);

/** `Limit use. Asked for by @a of @b, due 1 May 2027. Now: @c, due 1 June 2028. Because: …` */
export const weakenedItems = (leftOut: readonly LeftOut[]): Text[] =>
  leftOut.filter(({ instead }) => instead).map(leftOutItem);
