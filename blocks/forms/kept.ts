/** The words of somebody who no longer holds the section that they were answering: why, and all they typed, to copy. */

import type { EndedHandOver } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Question, SectionId } from '../../flows/policy/policy.ts';
import type { Form, FormBlock, FormValues, Span } from '../card.ts';
import { answerWords, shorten } from '../words.ts';
import { makeForm, textOf } from './inputs.ts';
import { noteName, sourcesName } from './names.ts';
import { saysAgain } from './section-earlier.ts';
import { typedValue } from './section-layout.ts';

const WHAT: Record<EndedHandOver['how'], string> = {
  answered: ' answered this section',
  'taken back': ' took this section back',
  'handed on': ' handed this section to somebody else',
};

/** Who did what, and when: for the person who lost the section. */
export const lostWords = ({ how, by, at }: EndedHandOver): Span[] => [
  { person: by },
  WHAT[how],
  ', ',
  { since: at },
  '.',
];

const typedBlocks = (question: Question, values: FormValues): FormBlock[] => {
  const value = typedValue(question, values);
  const [note, sources] = [textOf(values, noteName(question.id)), textOf(values, sourcesName(question.id))];
  const lines = [
    ...(value === undefined ? [] : [answerWords(question, value)]),
    ...(saysAgain(question, values) ? ['As before, in an earlier deal'] : []),
    ...(note ? [`Note: ${note}`] : []),
    ...(sources ? [`Sources: ${sources}`] : []),
  ];
  return lines.length === 0
    ? []
    : [
        { kind: 'text', text: [{ strong: question.text }] },
        { kind: 'quote', text: lines.join('\n') },
      ];
};

/** Draws on the policy and on what this person typed, and on nothing else of a deal that they may not read any more. */
export const keptForm = (view: DealView, id: SectionId, values: FormValues, ended: EndedHandOver): Form => {
  const section = view.policy.sections.find((s) => s.id === id);
  const shortcuts = (section?.checklists ?? []).flatMap((checklist): FormBlock[] =>
    ['all', 'rest'].includes(textOf(values, `all:${checklist.id}`) ?? '')
      ? [
          { kind: 'text', text: [{ strong: checklist.prompt }] },
          { kind: 'quote', text: checklist.answer === 'no' ? 'No to all of these' : 'Yes, all done' },
        ]
      : [],
  );
  const typed = [...shortcuts, ...(section?.questions ?? []).flatMap((q) => typedBlocks(q, values))];
  const after =
    typed.length === 0
      ? 'You had typed nothing yet. Thank you for looking.'
      : 'Your answers were not saved. Everything you typed is kept here, to copy: press Answer on the message that asked you, and it is shown again.';
  return makeForm({
    name: 'deal.saved',
    title: shorten(section?.title ?? 'Clearthread', 24),
    close: 'Close',
    context: {},
    blocks: [{ kind: 'text', text: [...lostWords(ended), ` ${after}`] }, ...typed],
  });
};
