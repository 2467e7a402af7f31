/** What stands for a deal outside its answers: holds, alerts for its country, lists that may name its parties. */

import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock } from '../card.ts';
import { alertBlocks } from '../cards/alert-words.ts';
import { comparedBlocks, elsewhereBlocks, hitItems, type HitsElsewhere } from '../cards/hit-words.ts';
import { holdsInFull } from '../cards/hold-words.ts';

/** Each may be long, and stands by itself: those that wait come first. */
const MOST_HITS = 5;

/** Who may be on a list, what compliance said of it, and who was found on none. */
export const listsPart = (view: DealView): FormBlock[] => {
  const items = hitItems(view);
  const more = items.length - MOST_HITS;
  return [
    ...(items.length > 0
      ? [{ kind: 'heading', text: 'On lists of sanctioned or restricted parties' } satisfies FormBlock]
      : []),
    ...items.slice(0, MOST_HITS).map((item): FormBlock => ({ kind: 'list', items: [item] })),
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} more: the dossier has all.` } satisfies FormBlock] : []),
    ...comparedBlocks(view),
  ];
};

/** `hits`: how compliance settled the same elsewhere. */
export const standingBlocks = (view: DealView, hits: HitsElsewhere = []): FormBlock[] => [
  ...holdsInFull(view).filter((block) => block.kind !== 'title'),
  ...alertBlocks(view),
  ...listsPart(view),
  ...elsewhereBlocks(hits),
];
