/** Open questions in words: why each is open, and those of which compliance accepted that the answer is not known. */

import type { DealView } from '../../flows/deal/view.ts';
import type { WhyOpen } from '../../flows/policy/policy.ts';
import type { OpenQuestion } from '../../flows/policy/policy.ts';
import { count, shorten } from '../words.ts';

const WHY_OPEN: Record<WhyOpen, string> = {
  unanswered: 'not answered yet',
  unknown: 'not known',
  'not applicable': 'said not to apply',
  'not done': 'not done',
  'no basis': 'the answer stands on nothing',
  'one publisher': 'one source only',
};
/** Empty for a policy that does not say why. */
export const whyOpenWords = ({ why }: OpenQuestion): string => (why === undefined ? '' : WHY_OPEN[why]);

export interface OpenParts {
  /** Still open: worth finding out. */
  open: readonly OpenQuestion[];
  /** Compliance accepted that these are not known. */
  accepted: readonly OpenQuestion[];
  /** Both, those that are still open first. */
  all: readonly OpenQuestion[];
}

export const openParts = ({ assessment: { openQuestions } }: Pick<DealView, 'assessment'>): OpenParts => {
  const open = openQuestions.filter((q) => q.accepted !== true);
  const accepted = openQuestions.filter((q) => q.accepted === true);
  return { open, accepted, all: [...open, ...accepted] };
};

/** `Is there …? Not known (weighty)`, in parts: the question, shortened to `most`, and what is said of it. */
export const openWords = (question: OpenQuestion, most: number): [text: string, said: string] => {
  const why = whyOpenWords(question);
  return [
    shorten(question.text, most),
    `${why === '' ? '' : ` — ${why}`}${question.weighty && question.accepted !== true ? ' (weighty)' : ''}`,
  ];
};

/** `3 open questions`, `2 gaps accepted by compliance`; nothing where there are none. */
export const openCounts = (view: Pick<DealView, 'assessment'>): string[] => {
  const { open, accepted } = openParts(view);
  return [
    ...(open.length === 0 ? [] : [count(open.length, 'open question')]),
    ...(accepted.length === 0 ? [] : [`${count(accepted.length, 'gap')} accepted by compliance`]),
  ];
};
