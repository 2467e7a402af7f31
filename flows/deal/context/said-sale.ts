/** What is sold to whom, and what it is said to be for: what somebody dismissed a flag of. House rule. */

import { bare } from '../../bare.ts';
import { SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import type { CompiledPolicy, FactValue, QuestionId, SectionId } from '../../policy/policy.ts';
import { smallSum } from '../../sum.ts';
import type { DealDetails } from '../deal.ts';
import { isMore, otherSubjects } from '../formerly.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { isOfWorries, isSettledOfParties } from '../own-flag.ts';
import { lastAnswers } from '../said/last-answers.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

/**
 * Answers that are a text, by question, and notes, as they are compared; of an answer without a note: ''. What is not answered is
 * absent.
 */
export interface SaidWords {
  texts: Readonly<Record<QuestionId, string>>;
  notes: Readonly<Record<QuestionId, string>>;
}

type Given = Readonly<Record<QuestionId, { value: FactValue; note?: string | undefined }>>;

export const wordsOf = (policy: CompiledPolicy, section: SectionId, given: Given | undefined): SaidWords => {
  // What stops a deal is answered anew as it is taken back, with what is written under it.
  const questions = (policy.sections.find(({ id }) => id === section)?.questions ?? []).filter(({ stops }) => !stops);
  const answered = questions.flatMap(({ id, kind }) => {
    const answer = own(given, id);
    return answer ? [{ id, kind, ...answer }] : [];
  });
  return {
    texts: Object.fromEntries(
      answered.flatMap(({ id, kind, value }) =>
        kind === 'text' && typeof value === 'string' ? [[id, bare(value)]] : [],
      ),
    ),
    notes: Object.fromEntries(answered.map(({ id, note = '' }) => [id, bare(note)])),
  };
};

const isOther = (was: string, is: string | undefined): boolean => is !== undefined && was !== is;

/** Tells whether what was said in words is said in others, or a note is, or is gone. What is not said by now says nothing. */
export const inOtherWords = (was: SaidWords, now: SaidWords): boolean =>
  Object.entries(was.texts).some(([id, text]) => isOther(text, own(now.texts, id))) ||
  Object.entries(was.notes).some(([id, note]) => note !== '' && isOther(note, own(now.notes, id)));

/** Tells whether something is said in words that was not. */
const inMoreWords = (was: SaidWords, now: SaidWords): boolean =>
  Object.keys(now.texts).some((id) => own(was.texts, id) === undefined) ||
  Object.entries(now.notes).some(([id, note]) => note !== '' && (own(was.notes, id) ?? '') === '');

/** Its words are sums of them: nobody reads them there. */
export interface SaidSale extends SaidWords {
  of: Pick<DealDetails, 'product' | 'destination' | 'endUser' | 'customer' | 'intermediaries' | 'valueBand'>;
}

const sumsOf = (all: readonly Readonly<Record<QuestionId, string>>[]): Record<QuestionId, string> =>
  Object.fromEntries(
    all.flatMap((words) => Object.entries(words).map(([id, text]) => [id, text === '' ? '' : smallSum(text)])),
  );

export const saleOf = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): SaidSale => {
  const { product, destination, endUser, customer, intermediaries, valueBand } = deal.details;
  const said = policy.sections.map(({ id }) => wordsOf(policy, id, lastAnswers(deal, id)));
  return {
    of: { product, destination, endUser, customer, intermediaries, valueBand },
    texts: sumsOf(said.map(({ texts }) => texts)),
    notes: sumsOf(said.map(({ notes }) => notes)),
  };
};

/** Tells whether `now` is not what was dismissed with `was`, word for word: a deal that is corrected so asks again by itself. */
export const isOtherSale = (was: SaidSale, now: SaidSale): boolean =>
  otherSubjects(was.of, now.of).length > 0 || isMore(was.of, now.of) || inOtherWords(was, now) || inMoreWords(was, now);

/** Tells whether a flag was dismissed here that waits once more as soon as the deal is another. */
export const asksAnew = ({ ownFlags }: Pick<OpenedDeal, 'ownFlags'>): boolean =>
  ownFlags.some((flag) => flag.status === 'dismissed' && flag.by !== SYSTEM && isSettledOfParties(flag));

/** A deal of which another was told, until then, that a flag was dismissed there. */
export type DismissedThere = Pick<HeardWorry, 'deal' | 'at'>;

/** Returns those of which this one was told where that was dismissed here, too. */
export const dismissedHere = ({ ownFlags, others }: Pick<OpenedDeal, 'ownFlags' | 'others'>): DismissedThere[] => {
  const looked = ownFlags.flatMap((flag) =>
    isOfWorries(flag) && flag.status === 'dismissed' ? (flag.heard ?? 0) : [],
  );
  const told = (others?.worries ?? []).slice(0, Math.max(0, ...looked));
  // Of each deal the latest was told last.
  const last = new Map(told.flatMap(({ of, deal, at }) => (of === 'dismissed' ? [[deal, at] as const] : [])));
  return [...last].map(([deal, at]) => ({ deal, at }));
};
