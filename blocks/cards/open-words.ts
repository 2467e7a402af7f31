/** Open questions in words: why each is open, and those of which compliance accepted that the answer is not known. */

import type { DealView } from '../../flows/deal/view.ts';
import type { OpenQuestion, SectionId, WhyOpen } from '../../flows/policy/policy.ts';
import { capital, count, shorten } from '../words.ts';

const WHY_OPEN: Record<WhyOpen, string> = {
  unanswered: 'not answered yet',
  unknown: 'not known',
  'not applicable': 'said not to apply',
  'not done': 'answered “no”',
  'no basis': 'the answer stands on nothing',
  'one publisher': 'one source only',
};
/** Empty for a policy that does not say why. */
export const whyOpenWords = ({ why }: OpenQuestion): string => (why === undefined ? '' : WHY_OPEN[why]);

const KINDS: Record<WhyOpen, string> = {
  unanswered: 'not answered',
  unknown: 'not known',
  'not applicable': 'said not to apply',
  'not done': 'answered “no”',
  'no basis': 'without a basis',
  'one publisher': 'on one source only',
};

/**
 * `2 things not known`; where some of them are answered, and it is the basis that is missing:
 * `4 open questions (3 without a basis, 1 on one source only)`.
 */
export const openKinds = (open: readonly OpenQuestion[]): string => {
  if (open.every(({ why = 'unknown' }) => why === 'unknown')) return `${count(open.length, 'thing')} not known`;
  const kinds = Object.entries(KINDS).flatMap(([why, words]) => {
    const these = open.filter((question) => (question.why ?? 'unknown') === why).length;
    return these === 0 ? [] : [`${these} ${words}`];
  });
  return `${count(open.length, 'open question')} (${kinds.join(', ')})`;
};

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

/** `8 answers name no source and nobody who said so: they count as not known.` Of one section; empty where none does. */
export const bareWords = (
  { assessment, policy }: Pick<DealView, 'assessment' | 'policy'>,
  section: SectionId,
): string => {
  const bare = assessment.openQuestions.filter(({ id, why, accepted }) => {
    const question = policy.question(id);
    return why === 'no basis' && accepted !== true && question?.section === section && question.basis === 'source';
  });
  if (bare.length === 0) return '';
  return bare.length === 1
    ? '1 answer names no source and nobody who said so: it counts as not known.'
    : `${bare.length} answers name no source and nobody who said so: they count as not known.`;
};

/** Why it is open, and what follows; empty for a policy that does not say why. */
const openBecause = (question: OpenQuestion): string => {
  const why = whyOpenWords(question);
  const more = question.accepted ? ' Accepted by compliance.' : question.weighty ? ' It weighs on the tier.' : '';
  return why === '' ? '' : `${capital(why)}.${more}`;
};

/** `said`: what the card says of all of them already. */
export const openNote = (question: OpenQuestion, said?: string): string => {
  const { citation, weighty } = question;
  const because = openBecause(question);
  if (because === '') return `${citation}${weighty ? '. It keeps the tier at elevated or above.' : '.'}`;
  return [said === undefined ? because : '', citation === '' ? '' : `${citation}.`]
    .filter((part) => part !== '')
    .join(' ');
};

/** What is so of each of them: a card says it once. */
export const openAlike = (open: readonly OpenQuestion[]): string | undefined => {
  const [first, ...others] = open.map(openBecause);
  return first && others.length > 0 && others.every((one) => one === first) ? first : undefined;
};
