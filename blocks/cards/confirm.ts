/** Cards and parts of what compliance confirms: how many deals wait, which one it is, and what became of it. */

import { nameOf } from '../../flows/deal/rights/seats.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { sameEndUser } from '../../flows/end-user.ts';
import type { Sheet } from '../../flows/sheet.ts';
import type { Action, Block, Card } from '../card.ts';
import {
  capital,
  count,
  countryWords,
  dayWords,
  endUserWords,
  productWords,
  quoted,
  quotedSentence,
} from '../words.ts';
import { judgeSheetButton } from './actions-sheets.ts';
import { row } from './actions.ts';
import { holdBlocks } from './hold-words.ts';
import { intermediariesBlocks, intermediariesText } from './intermediaries-words.ts';
import { sheetTitle } from './sheet-words.ts';
import { dealTitle } from './spans.ts';

const confirmAllButton: Action = {
  name: 'desk.confirm',
  value: 'scope',
  label: 'To confirm',
  style: 'primary',
  opens: 'form',
  accessibleLabel: 'To confirm: out of scope, and changes that make a deal lighter',
};

/** The answer to "confirm" where words cannot open a form: the button lists them. */
export const confirmAllCard = (all: number): Card => ({
  blocks: [
    { kind: 'title', text: 'To confirm' },
    { kind: 'text', text: `${count(all, 'deal waits', 'deals wait')} for a confirmation by compliance.` },
    ...row(confirmAllButton),
  ],
});

const MOST_SHEETS = 10;

/** The same where no deal waits, and lighter answers in sheets or briefs do: one after the other, whose wait is the longest first. */
export const sheetsToConfirmCard = (sheets: readonly Sheet[]): Card => {
  const inTurn = sheets.toSorted((a, b) => ((a.waits?.at ?? '') < (b.waits?.at ?? '') ? -1 : 1));
  const more = inTurn.length - MOST_SHEETS;
  return {
    blocks: [
      { kind: 'title', text: 'To confirm' },
      { kind: 'text', text: 'No deal waits for your confirmation. Lighter answers do:' },
      ...inTurn.slice(0, MOST_SHEETS).flatMap(({ id, on, waits }): Block[] => [
        {
          kind: 'text',
          text: [
            { strong: `${capital(sheetTitle(on))}. ` },
            ...(waits
              ? [{ person: waits.by } as const, `, ${dayWords(waits.at)}: ${quotedSentence(waits.why, 300)}`]
              : []),
          ],
        },
        ...row(judgeSheetButton(on, id)),
      ]),
      ...(more > 0 ? [{ kind: 'note', text: `And ${more} more, once these are settled.` } as const] : []),
    ],
  };
};

/** Which deal it is, for somebody who has not its thread before them; and whether it is on hold. */
export const aboutBlocks = (view: DealView): Exclude<Block, { kind: 'title' }>[] => {
  const { details } = view.deal;
  const { product, endUser, destination, customer, intermediaries } = details;
  return [
    {
      kind: 'facts',
      facts: [
        { label: 'Deal', value: dealTitle(view.deal) },
        { label: 'Product', value: productWords(product, 150) },
        { label: 'End-user', value: endUserWords(endUser, 300) },
        { label: 'Destination', value: countryWords(destination) },
        ...(sameEndUser(customer, endUser.name) ? [] : [{ label: 'Customer', value: quoted(customer, 300) }]),
        ...(intermediaries.length === 0
          ? []
          : [{ label: 'Intermediaries', value: intermediariesText(details, 'all are named in the form') }]),
      ],
    },
    ...holdBlocks(view).filter((block) => block.kind !== 'title'),
  ];
};

/** The same with every company in between by name: whoever is the tenth may be who it is for. */
export const aboutAllBlocks = (view: DealView): Exclude<Block, { kind: 'title' }>[] => [
  ...aboutBlocks(view),
  ...intermediariesBlocks(view.deal.details),
];

/** Why nothing waits for a confirmation any more, to somebody who pressed an older message's button. */
export const overWords = (view: DealView): string => {
  const { deal } = view;
  const by = (person: string, did: string, at: string): string =>
    `${nameOf(view, person, 'Somebody')} ${did} on ${dayWords(at)}. Nothing waits for a confirmation any more.`;
  if (deal.status === 'withdrawn') return by(deal.by, 'withdrew this deal', deal.at);
  if (deal.status === 'out of scope' && deal.confirmed)
    return by(deal.confirmed.by, 'confirmed that this deal is out of scope', deal.confirmed.at);
  const back = deal.scopeRefused ?? deal.lighterRefused;
  if (back && deal.status === 'answering') return by(back.by, 'sent it back', back.at);
  return `Nothing waits for a confirmation on this deal any more. It is ${deal.status} now.`;
};
