/** Questions to the deal team that somebody else took back than whoever asked: approvers read who, and why. */

import type { InformationRequest } from '../../flows/deal/deal.ts';
import { namedOf } from '../../flows/deal/formerly.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Action, Block, Span, Text } from '../card.ts';
import { quoted, quotedSentence, LONGEST_SAID } from '../words.ts';
import { spoken } from './actions.ts';
import { sourceSpans } from './spans.ts';

/** ` Answered of “Sample Works”: “…” — @rep.`: while the deal was of something else. */
export const answeredOf = (
  { deal: { details } }: Pick<DealView, 'deal'>,
  { before = [] }: InformationRequest,
): Span[] =>
  before.flatMap(({ by, text, of, sources }): Span[] => [
    ` Answered of ${namedOf(of, details)}, when the deal was of that: ${quotedSentence(text, LONGEST_SAID)} — `,
    { person: by },
    '. ',
    ...sourceSpans(sources, 3),
  ]);

/** `Taken back by @a, who did not ask it. Reason: …` */
export const questionBackSpans = ({ by, takenBack }: InformationRequest): Span[] => {
  if (!takenBack) return [];
  const isOwn = takenBack.by === by;
  const why = takenBack.reason === undefined ? '' : ` Reason: ${quotedSentence(takenBack.reason, LONGEST_SAID)}`;
  return isOwn
    ? ['Taken back by ', { person: by }, `.${why}`]
    : ['Taken back by ', { person: takenBack.by }, ', not by ', { person: by }, `, who asked.${why}`];
};

export const takeQuestionBackButton = (deal: DealId, request: string, question: string): Action => ({
  name: 'deal.take-question-back',
  value: `${deal}/${request}`,
  label: 'Take the question back',
  opens: 'form',
  accessibleLabel: spoken(`Take the question back: ${question}`),
});

const MOST_SHOWN = 5;

/** A line for each. Empty where whoever asked took theirs back, or nobody did. */
export const questionBackBlocks = ({ deal }: DealView): Extract<Block, { kind: 'note' }>[] => {
  const all = deal.requests.filter(({ by, takenBack }) => takenBack !== undefined && takenBack.by !== by);
  const more = all.length - MOST_SHOWN;
  return [
    ...all.slice(-MOST_SHOWN).map((request): { kind: 'note'; text: Text } => ({
      kind: 'note',
      text: [{ strong: `Question ${quoted(request.question, 150)} ` }, ...questionBackSpans(request)],
    })),
    ...(more > 0
      ? [{ kind: 'note' as const, text: `${more} more were taken back like this: “Why?” shows them.` }]
      : []),
  ];
};
