/** Differences from one event to the next, in the history of a deal: answers, details, and the facts under a vote. */

import type { Answer } from '../../flows/deal/answer-shapes.ts';
import type { Difference } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { QuestionId } from '../../flows/policy/policy.ts';
import { changeText, differenceTexts } from '../detail-texts.ts';
import { answerWords, count, detailWords } from '../words.ts';
import { bullet, type Line } from './parts.ts';
import { answerText, flagTitle, questionWords, sameAnswer } from './words.ts';

const PLAIN = ['yes', 'no', 'unknown', 'not-applicable'];

/** `5 answers: 3 No, 1 Don't know, 1 chosen or written` */
export const tally = (answers: readonly Answer[]): string => {
  const plain = PLAIN.map((value) => ({ value, times: answers.filter((a) => a.value === value).length }));
  const other = answers.length - plain.reduce((sum, { times }) => sum + times, 0);
  const parts = plain.flatMap(({ value, times }) => (times > 0 ? [`${times} ${answerWords(undefined, value)}`] : []));
  return `${count(answers.length, 'answer')}: ${[...parts, ...(other > 0 ? [`${other} chosen or written`] : [])].join(', ')}`;
};

export const change = (label: string, before: string, after: string): Line => bullet(label, changeText(before, after));

export const answerChanges = (
  view: DealView,
  before: Record<QuestionId, Answer>,
  after: Record<QuestionId, Answer>,
): Line[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((id) => {
    const [was, is] = [before[id], after[id]];
    if (was && is && sameAnswer(was, is)) return [];
    const question = view.policy.question(id);
    const text = (answer: Answer | undefined, absent: string): string =>
      answer ? answerText(view, question, answer) : absent;
    return [change(questionWords(question, id), text(was, 'not answered'), text(is, 'not asked any more'))];
  });

const differenceLabel = (view: DealView, { what, id }: Difference): string => {
  switch (what) {
    case 'answer':
      return questionWords(view.policy.question(id), id);
    case 'evidence':
      return `Evidence: ${view.deal.requests.find((r) => r.id === id)?.question ?? questionWords(view.policy.question(id), id)}`;
    case 'flag':
      return `Flag: ${flagTitle(view, id)}`;
    case 'details':
      return detailWords(id);
    case 'gap':
      return `Not known: ${questionWords(view.policy.question(id), id)}`;
    case 'exception':
      return `Exception ${id}`;
    case 'alert':
      return 'Country alert';
    default: {
      const never: never = what;
      return never;
    }
  }
};

export const differenceLines = (view: DealView, differences: readonly Difference[]): Line[] =>
  differences.map((d) => {
    const { before, after } = differenceTexts(d);
    return change(differenceLabel(view, d), before, after);
  });
