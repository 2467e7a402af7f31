/** What an exception of the policy rests on, and what speaks against it: whoever confirms it has read that. */

import type { Answer } from '../../flows/deal/answer-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock, Span, Text } from '../card.ts';
import { disputedItems } from '../cards/disputed-words.ts';
import { citedFrom, flagsWithBasis } from '../cards/flag-basis.ts';
import { waitingBlocks } from '../cards/flag-waits.ts';
import { allReadable } from '../cards/others-words.ts';
import { IN_A_FORM, listed } from '../cards/said-words.ts';
import { flagsByWeight } from '../cards/spans.ts';
import { basisSpans, given } from '../cards/stands-on.ts';
import { answerWords, count, dayWords, quotedSentence, shorten, LONGEST_SAID } from '../words.ts';
import { againstAnswers, againstBlocks } from './confirm-looking.ts';
import { NOT_ALONE } from './flag.ts';

const MOST_FLAGS = 9;

/** ` @rep on 3 March 2027, on: “Sample report, 2026”.` */
const saidSpans = (view: DealView, answer: Answer): Span[] => [
  { person: answer.by },
  ` on ${dayWords(answer.at)}, on: `,
  ...basisSpans(answer, allReadable(view), view),
];

/** A line for each answer; who gave it, and on what, is said once where it is the same of all. */
const answerBlocks = (view: DealView, id: string): FormBlock[] => {
  const asked = view.policy.picture?.exceptions.find((one) => one.id === id)?.questions ?? [];
  const answers = given(view).filter(({ question }) => asked.includes(question.id));
  const said = answers.map(({ answer }) => saidSpans(view, answer));
  const [first] = said;
  if (!first) return [];
  const alike = said.length > 1 && new Set(said.map((spans) => JSON.stringify(spans))).size === 1;
  const items = answers.map(({ question, answer: { value, note } }, i): Text => [
    { strong: `${shorten(answerWords(question, value), 80)}: ` },
    shorten(question.text, 150),
    ...(note === undefined ? [] : [` Note: ${quotedSentence(note, LONGEST_SAID)}`]),
    ...(alike ? [] : [' Says ', ...(said[i] ?? [])]),
  ]);
  return [
    { kind: 'heading', text: 'It rests on these answers' },
    ...listed(items, IN_A_FORM),
    ...(alike ? [{ kind: 'note', text: ['Each said by ', ...first] } satisfies FormBlock] : []),
  ];
};

const flagBlocks = (view: DealView): FormBlock[] => {
  const flags = flagsByWeight(view);
  const shown = flags.slice(0, MOST_FLAGS);
  const from = citedFrom(shown);
  return [
    ...(flags.length === 0
      ? []
      : [
          {
            kind: 'heading',
            text: `${count(flags.length, 'red flag')}${from === '' ? '' : ` (${from})`}`,
          } satisfies FormBlock,
        ]),
    ...flagsWithBasis(view, shown, from),
    ...(flags.length > MOST_FLAGS
      ? [{ kind: 'note', text: `And ${flags.length - MOST_FLAGS} more, no heavier: “Why?” shows all.` } as const]
      : []),
    ...waitingBlocks(view),
  ];
};

/** What it rests on and what speaks against it; all else that is known of the deal follows (`allBeside`). */
export const exceptionBlocks = (view: DealView, id: string): FormBlock[] => [
  ...answerBlocks(view, id),
  ...flagBlocks(view),
  ...againstBlocks([...againstAnswers(view), ...disputedItems(view, undefined)]),
  ...(view.policy.managerAlone === false
    ? [{ kind: 'note', text: `If you confirm it and the tier falls, ${NOT_ALONE}` } satisfies FormBlock]
    : []),
];
