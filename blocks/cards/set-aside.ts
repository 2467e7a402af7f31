/** What was said against a deal and set aside, in words: flags that were dismissed, and what was ended. */

import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { Block, Span, Text } from '../card.ts';
import { count, dayWords, shorten } from '../words.ts';
import { dismissedFlags } from './spans.ts';

const ENDED = {
  hold: 'A hold was lifted ',
  alert: 'A country alert was ended ',
  report: 'A report of a change was taken back ',
  suspension: 'A suspension was lifted ',
  gaps: 'What a colleague had taken back was accepted again as not known ',
} as const;

export const SET_ASIDE = 'Said against it, and set aside';

const byWords = (by: PersonId): Span[] => (by === SYSTEM ? ['another deal'] : [{ person: by }]);

/** `A flag was dismissed: “…”, raised by @b. Reason: “…”, says @a`; `A hold was lifted on … by @a: “…”. It said: “…”, by @b` */
export const asideItems = (view: DealView): Text[] => [
  ...dismissedFlags(view).map(({ title, by, reason = '', settledBy }): Text => [
    { strong: 'A flag was dismissed: ' },
    `“${shorten(title, 500)}”, raised by `,
    ...byWords(by),
    `. Reason: “${shorten(reason, 300)}”`,
    ...(settledBy === undefined ? [] : [', says ', { person: settledBy } satisfies Span]),
  ]),
  ...(view.deal.endedAgainst ?? []).map(({ of, why, from, by, at, reason, name }): Text => [
    { strong: name === undefined ? ENDED[of] : `A hold on “${shorten(name, 100)}” was lifted ` },
    `on ${dayWords(at)} by `,
    { person: by },
    `: “${shorten(reason, 200)}”`,
    ...(why === undefined ? [] : [`. It said: “${shorten(why, 200)}”`]),
    ...(from === undefined ? [] : [', by ', { person: from }]),
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
