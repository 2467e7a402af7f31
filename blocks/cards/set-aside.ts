/** What was said against a deal and set aside, in words: flags that were dismissed, and what was ended. */

import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { Block, Span, Text } from '../card.ts';
import { count, dayWords, shorten } from '../words.ts';
import { endedItems } from './ended-words.ts';
import { dismissedFlags } from './spans.ts';

export const SET_ASIDE = 'Said against it, and set aside';

const raisedBy = ({ by, ended }: OwnFlag): Span[] => [
  ended ? 'Clearthread' : by === SYSTEM ? 'another deal' : { person: by },
];

/** `A flag was dismissed: “…”, raised by @b. Reason: “…”, says @a`; `A hold was lifted on … by @a: “…”. It said: “…”, by @b` */
export const asideItems = (view: DealView): Text[] => [
  ...dismissedFlags(view).map((flag): Text => [
    { strong: 'A flag was dismissed: ' },
    `“${shorten(flag.title, 500)}”, raised by `,
    ...raisedBy(flag),
    `. Reason: “${shorten(flag.reason ?? '', 300)}”`,
    ...(flag.settledBy === undefined ? [] : [', says ', { person: flag.settledBy } satisfies Span]),
  ]),
  ...endedItems(view),
  ...(view.deal.lowered ?? []).map(({ from, to, by, at }): Text => [
    { strong: `The tier fell from ${from} to ${to} ` },
    `on ${dayWords(at)}, as `,
    { person: by },
    ' confirmed what makes the deal lighter',
  ]),
];

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
