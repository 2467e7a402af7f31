/** What sheets say worse than a deal's answers, for whoever confirms or looks at them again. */

import { saidOnSheets } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { QuestionId } from '../../flows/policy/policy.ts';
import { sheetName } from '../../flows/sheet.ts';
import type { Block, Text } from '../card.ts';
import { answerWords, count, dayWords, LONGEST_SAID, quoted, shorten } from '../words.ts';

const MOST = 5;

/** `The product sheet says Yes to “…”, by @pm-1, 3 May 2027`, for each of these questions. */
export const sheetItems = (view: DealView, questions: readonly QuestionId[]): Text[] => {
  if (questions.length === 0) return [];
  const all = saidOnSheets(view);
  return questions.flatMap((id): Text[] => {
    const said = all.get(id);
    const question = view.policy.question(id);
    if (!said) return [];
    const { sheet, answer } = said;
    return [
      [
        `The ${sheetName(sheet)} says `,
        { strong: shorten(answerWords(question, answer.value), 100) },
        ` to ${quoted(question?.text ?? id, 150)}, by `,
        { person: answer.by },
        `, ${dayWords(answer.at)}${answer.note === undefined ? '' : `: ${quoted(answer.note, LONGEST_SAID)}`}`,
      ],
    ];
  });
};

/** What the product sheet or the country brief says worse since the approval: it is looked at before it is confirmed. */
export const saidSince = (view: DealView, worse: readonly QuestionId[]): Block[] => {
  if (worse.length === 0) return [];
  const items = sheetItems(view, worse);
  const more = items.length - MOST;
  return [
    { kind: 'text', text: [{ strong: 'Something worse was said since. ' }, 'Press Change and look at these answers:'] },
    { kind: 'list', items: items.slice(0, MOST) },
    ...(more > 0
      ? [{ kind: 'note', text: `And ${count(more, 'more answer')}: Change shows them all.` } satisfies Block]
      : []),
  ];
};
