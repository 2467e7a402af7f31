/** What was said against a deal and set aside, in words: flags that were dismissed, and what was ended. */

import { LONGEST_FLAG } from '../../flows/deal/deciding/flagging.ts';
import type { OwnFlag, SaidElsewhereOf } from '../../flows/deal/own-flag.ts';
import { isAdmittedLighter, reportsOfOthers } from '../../flows/deal/rights/set-aside.ts';
import { isOfHit } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { Block, Span, Text } from '../card.ts';
import { count, dayWords, LONGEST_SAID, quoted } from '../words.ts';
import { endedLines, inOrder, type SaidLine } from './ended-words.ts';
import { people } from './spans.ts';
import { LONGEST_WORRY, WORRY } from './worry-words.ts';

export const SET_ASIDE = 'Said against it, and set aside';

const raisedBy = ({ by, ended }: OwnFlag): Span[] => [
  ended ? 'Clearthread' : by === SYSTEM ? 'another deal' : { person: by },
];

const named = (ids: readonly PersonId[]): Span[] => [', by ', ...people(ids)];

/** What was said there, for those who may read that deal, or decide on this one; of a hold that another is called much like, for those who may read this one. */
const overWords = (
  view: DealView,
  { heard }: OwnFlag,
  { of, from, deal, hold: id }: SaidElsewhereOf,
  readable: Readable,
  judges: boolean,
): Span[] => {
  if (deal !== undefined) {
    // What was said later was not set aside with it.
    const noted = view.deal.others?.worries?.slice(0, heard);
    const said = noted?.findLast((worry) => worry.deal === deal && worry.of === of);
    if (said?.text === undefined || !(judges || readable?.has(deal))) return [`. ${WORRY[of]}`];
    const words = quoted(said.text, LONGEST_WORRY);
    return readable?.has(deal) ? [`. ${WORRY[of]} (${deal}): ${words}`, ...named(from)] : [`. ${WORRY[of]}: ${words}`];
  }
  const { holds = [], lifted = [] } = view.organisation;
  const hold = [...holds, ...lifted.map((one) => one.hold)].find((one) => one.id === id);
  return readable && hold ? [`. The hold says: ${quoted(hold.reason, LONGEST_SAID)}`, ...named(from)] : [];
};

/** Absent: everybody reads it, such as in a thread. */
type Readable = ReadonlySet<DealId> | undefined;

const flagWords = (flag: OwnFlag): Span[] => {
  if (flag.like) {
    const { party } = flag.like;
    return [{ strong: 'Called much like somebody on hold, and said to be another: ' }, quoted(party, 200)];
  }
  const how =
    flag.status === 'dismissed'
      ? 'A flag was dismissed: '
      : `A flag was admitted as ${flag.weight} (it waited as ${flag.waited ?? ''}): `;
  return [{ strong: how }, `${quoted(flag.title, LONGEST_FLAG)}, raised by `, ...raisedBy(flag)];
};

const asideFlags = ({ deal }: DealView): OwnFlag[] =>
  deal.ownFlags.filter(
    (flag) =>
      isAdmittedLighter(flag) ||
      (flag.status === 'dismissed' && (!isOfHit(flag) || (flag.like !== undefined && flag.over !== undefined))),
  );

/** Whoever is named as the source of an answer, and never said so: what it stands on now is somebody else's word. */
const deniedLines = ({ deal }: DealView): SaidLine[] =>
  (deal.objections ?? []).map(({ by, at, reason, questions }) => ({
    by,
    text: [
      { person: by },
      ` denied on ${dayWords(at)} having said what ${count(questions.length, 'answer')} stood on: ${quoted(reason, LONGEST_SAID)}`,
    ],
  }));

/**
 * `A flag was dismissed: “…”, raised by @b. Reason: “…”, says @a`; `A hold was lifted on … by @a: “…”. It said: “…”, by @b`. `readable`:
 * other deals that the reader may read; absent: everybody reads it. `judges`: the reader decides on this deal, and is none of its team.
 */
export const asideItems = (view: DealView, readable?: Readable, judges = false): Text[] =>
  inOrder(view, [
    ...asideFlags(view).map((flag) => ({
      by: flag.by,
      text: [
        ...flagWords(flag),
        ...(flag.over ?? []).flatMap((over) => overWords(view, flag, over, readable, judges)),
        `. Reason: ${quoted(flag.reason ?? '', LONGEST_SAID)}`,
        ...(flag.settledBy === undefined ? [] : [', says ', { person: flag.settledBy } satisfies Span]),
      ],
    })),
    ...endedLines(view),
    ...deniedLines(view),
    ...(view.deal.lowered ?? []).map(({ from, to, exception, gaps, by, at }) => ({
      by,
      text: [
        { strong: `The tier fell from ${from} to ${to} ` },
        `on ${dayWords(at)}, as `,
        { person: by },
        exception
          ? ` ${gaps ? 'accepted what is not known, and ' : ''}confirmed an exception of the policy`
          : gaps
            ? ' accepted what is not known'
            : ' confirmed what makes the deal lighter',
      ],
    })),
  ]);

/** What colleagues reported against the approval, for the page that settles it: the first page says it by itself. */
export const reportedItems = (view: DealView): Text[] =>
  reportsOfOthers(view.deal).map(({ why, by, since }): Text => [
    { strong: `Reported on ${dayWords(since)}, and settled by this decision: ` },
    `${quoted(why, LONGEST_SAID)}, by `,
    { person: by },
  ]);

/** Of a message, which stays short: the rest stands in “Why?”. */
const MOST_SAID = 5;

export const asideBlocks = (view: DealView): Block[] => {
  const items = asideItems(view);
  const more = items.length - MOST_SAID;
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: SET_ASIDE },
        { kind: 'list', items: items.slice(0, MOST_SAID) },
        ...(more > 0 ? [{ kind: 'note', text: `“Why?” shows ${count(more, 'more', 'more')}.` } satisfies Block] : []),
      ];
};
