/** Who decided a deal: each voter with the vote, its reason and its conditions. */

import type { Vote } from '../../flows/deal/deal.ts';
import { signedWords } from '../../flows/deal/rights/signing.ts';
import type { DecidedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Block, Span, Text } from '../card.ts';
import { count, dayWords, quoted, shorten, voteWords, LONGEST_SAID } from '../words.ts';
import { doneBy } from './spans.ts';
import { closeVotes, stepName } from './steps.ts';

export const WHO_DECIDED = 'Who decided, and why';

const MOST_REASON = LONGEST_SAID;
/** Of a vote's reason in the thread, where all of it stands above. */
const REASON_AGAIN = 120;
const MOST_CONDITIONS = 3;
const MOST_CONDITION = 120;

/** `before`: those of earlier votes, which are not said again. */
const conditionWords = (texts: readonly string[], before: readonly string[]): string => {
  if (texts.length === 0) return '';
  if (texts.every((text) => before.includes(text)))
    return texts.length === 1 ? ' The same condition.' : ` The same ${texts.length} conditions.`;
  const shown = texts.slice(0, MOST_CONDITIONS).map((text) => quoted(text, MOST_CONDITION));
  const more = texts.length - shown.length;
  return ` ${count(texts.length, 'condition')}: ${shown.join('; ')}${more === 0 ? '' : `; and ${more} more`}.`;
};

const textsOf = ({ conditions }: Vote): string[] => conditions.map(({ text }) => text);

/**
 * `@a in Compliance (step 1 of 2), 27 November 2026: approve with conditions. Not signed. “Reason” 1 condition: “Limit use”.`
 * None before it is decided; while it is reassessed, of the approval that stands.
 */
export const whoDecidedItems = (view: DealView): Text[] => {
  const { deal } = view;
  const approval = deal.status === 'decided' ? deal : deal.standing;
  if (!approval) return [];
  const { votes } = approval.decision;
  const each = votes.map((vote, n): Text => [
    ...doneBy(vote, ','),
    ` in ${stepName(view, approval.route, vote.step)}, ${dayWords(vote.at)}: `,
    { strong: voteWords(vote.outcome).toLowerCase() },
    '.',
    ...signedSpans(view, vote),
    ` ${quoted(vote.rationale, MOST_REASON)}${conditionWords(textsOf(vote), votes.slice(0, n).flatMap(textsOf))}`,
  ]);
  return [...each, ...closeVotes(view, approval.route, votes)];
};

export const whoDecidedBlocks = (view: DealView): Block[] => {
  const items = whoDecidedItems(view);
  return items.length === 0
    ? []
    : [{ kind: 'heading', text: WHO_DECIDED }, ...items.map((text): Block => ({ kind: 'text', text }))];
};

/** Whether nobody but the voter can have cast it. */
export const signedSpans = (view: DealView, vote: Vote): Span[] => {
  const words = signedWords(view, vote);
  return words === undefined ? [] : [` ${words}.`];
};

const votedSpans = (view: DealView, vote: Vote): Span[] => [
  ': ',
  { strong: voteWords(vote.outcome).toLowerCase() },
  '.',
  ...signedSpans(view, vote),
];

export const voteLine = (view: DealView, deal: DecidedDeal, vote: Vote): Block => ({
  kind: 'text',
  text: [...doneBy(vote, ','), ` in ${stepName(view, deal.route, vote.step)}`, ...votedSpans(view, vote)],
});

/** A vote that stands in full above, in the same thread. */
export const voteAgain = (view: DealView, vote: Vote): Block[] => [
  { kind: 'text', text: [...doneBy(vote), ...votedSpans(view, vote)] },
  { kind: 'quote', text: shorten(vote.rationale, REASON_AGAIN) },
];
