/** What a deal was of before its details were corrected: answers of then were given of something else. House rule. */

import { sameEndUser } from '../end-user.ts';
import type { Instant } from '../ids.ts';
import { sameProduct } from '../organisation.ts';
import { own } from '../own.ts';
import type { CompiledPolicy, Question, SectionId } from '../policy/policy.ts';
import { sheetKindOf } from '../policy/sheet-questions.ts';
import type { DealDetails } from './deal.ts';
import type { Formerly, Opened, OpenedDeal } from './state.ts';

export type Subject = 'product' | 'country' | 'end-user';

/** Returns what an answer is about, by what the policy says or whose sheet answers it; else it is about the end-user. */
export const subjectOf = (question: Pick<Question, 'about' | 'answeredBy'>): Subject =>
  question.about ?? sheetKindOf(question) ?? 'end-user';

type Subjects = Pick<DealDetails, 'product' | 'destination' | 'endUser'>;

/** Returns what differs. */
export const otherSubjects = (one: Subjects, other: Subjects): Subject[] => [
  ...(sameProduct(one.product, other.product) ? [] : (['product'] as const)),
  ...(one.destination === other.destination ? [] : (['country'] as const)),
  ...(sameEndUser(one.endUser.name, other.endUser.name) && one.endUser.kind === other.endUser.kind
    ? []
    : (['end-user'] as const)),
];

/**
 * Notes when a deal got another product, country or end-user. `kept`: what it was of is remembered; false in records from
 * before that was so.
 */
export const elsewhere = (
  { details: before, formerly = [] }: Opened,
  now: DealDetails,
  { at, kept }: { at: Instant; kept: boolean },
): Pick<Opened, 'elsewhereUntil' | 'formerly'> => {
  const others = otherSubjects(before, now);
  const { product, destination, endUser } = before;
  return {
    ...(others.some((subject) => subject !== 'end-user') ? { elsewhereUntil: at } : {}),
    ...(kept && others.length > 0 ? { formerly: [...formerly, { until: at, product, destination, endUser }] } : {}),
  };
};

/** Returns what the deal was of when an answer was given, where that is another than now in what the question asks about. */
export const saidOfAnother = (
  { details, formerly = [] }: Pick<Opened, 'details' | 'formerly'>,
  subject: Subject,
  { at }: { at: Instant },
): Formerly | undefined => {
  const then = formerly.find(({ until }) => at < until);
  return then && otherSubjects(then, details).includes(subject) ? then : undefined;
};

export interface SaidOfAnother {
  section: SectionId;
  question: Question;
  /** What the deal was of. */
  was: Formerly;
}

/** Returns the good answers that were given of another product, country or end-user and stand on nothing until given anew. */
export const answersOfAnother = ({ deal, policy }: { deal: OpenedDeal; policy: CompiledPolicy }): SaidOfAnother[] =>
  deal.formerly
    ? policy.sections.flatMap(({ id: section, questions }) =>
        questions.flatMap((question): SaidOfAnother[] => {
          const answer = own(own(deal.answers, section), question.id);
          const was = answer && question.basis && saidOfAnother(deal, subjectOf(question), answer);
          return was && policy.isBenign(question.id, answer.value) ? [{ section, question, was }] : [];
        }),
      )
    : [];
