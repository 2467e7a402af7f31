/** What is sold to whom, and what it is said to be for: what somebody dismissed a flag of. House rule. */

import { bare } from '../../bare.ts';
import type { DealId } from '../../ids.ts';
import { own } from '../../own.ts';
import type { CompiledPolicy, FactValue, QuestionId, SectionId } from '../../policy/policy.ts';
import type { DealDetails } from '../deal.ts';
import { isMore, otherSubjects } from '../formerly.ts';
import { isOfWorries } from '../own-flag.ts';
import { lastAnswers } from '../said/last-answers.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

/** Answers that are a text, by question, and notes; of an answer without a note: ''. What is not answered is absent. */
export interface SaidWords {
  texts: Readonly<Record<QuestionId, string>>;
  notes: Readonly<Record<QuestionId, string>>;
}

type Given = Readonly<Record<QuestionId, { value: FactValue; note?: string | undefined }>>;

export const wordsOf = (policy: CompiledPolicy, section: SectionId, given: Given | undefined): SaidWords => {
  const questions = given ? (policy.sections.find(({ id }) => id === section)?.questions ?? []) : [];
  const answered = questions.flatMap(({ id, kind }) => {
    const answer = own(given, id);
    return answer ? [{ id, kind, ...answer }] : [];
  });
  return {
    texts: Object.fromEntries(
      answered.flatMap(({ id, kind, value }) => (kind === 'text' && typeof value === 'string' ? [[id, value]] : [])),
    ),
    notes: Object.fromEntries(answered.map(({ id, note = '' }) => [id, note])),
  };
};

const isOther = (was: string, is: string | undefined): boolean => is !== undefined && bare(was) !== bare(is);

/** Tells whether what was said in words is said in others, or a note is, or is gone. What is not said by now says nothing. */
export const inOtherWords = (was: SaidWords, now: SaidWords): boolean =>
  Object.entries(was.texts).some(([id, text]) => isOther(text, own(now.texts, id))) ||
  Object.entries(was.notes).some(([id, note]) => note !== '' && isOther(note, own(now.notes, id)));

export interface SaidSale extends SaidWords {
  of: Pick<DealDetails, 'product' | 'destination' | 'endUser' | 'customer' | 'intermediaries' | 'valueBand'>;
}

export const saleOf = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): SaidSale => {
  const { product, destination, endUser, customer, intermediaries, valueBand } = deal.details;
  const said = policy.sections.map(({ id }) => wordsOf(policy, id, lastAnswers(deal, id)));
  return {
    of: { product, destination, endUser, customer, intermediaries, valueBand },
    texts: Object.fromEntries(said.flatMap(({ texts }) => Object.entries(texts))),
    notes: Object.fromEntries(said.flatMap(({ notes }) => Object.entries(notes))),
  };
};

/** Tells whether `now` is not what was dismissed with `was`: a deal that is corrected so asks again by itself. */
export const isOtherSale = (was: SaidSale, now: SaidSale): boolean =>
  otherSubjects(was.of, now.of).length > 0 || isMore(was.of, now.of) || inOtherWords(was, now);

/** Returns the deals of which this one was told that a flag was dismissed there, where that was dismissed here, too. */
export const dismissedHere = ({ ownFlags, others }: Pick<OpenedDeal, 'ownFlags' | 'others'>): DealId[] => {
  const looked = ownFlags.flatMap((flag) =>
    isOfWorries(flag) && flag.status === 'dismissed' ? (flag.heard ?? 0) : [],
  );
  const told = (others?.worries ?? []).slice(0, Math.max(0, ...looked));
  return [...new Set(told.flatMap(({ of, deal }) => (of === 'dismissed' ? [deal] : [])))];
};
