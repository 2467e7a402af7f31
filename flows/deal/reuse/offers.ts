/** Which answers of earlier deals somebody may confirm for this one today, each by itself. House rule. */

import type { DealId, PersonId } from '../../ids.ts';
import { isOfSales, person as personIn } from '../../organisation.ts';
import { own } from '../../own.ts';
import { isOpenValue, sameValue } from '../../policy/answers.ts';
import type { Question, QuestionId } from '../../policy/policy.ts';
import type { Answer, GivenAnswer, TakenAnswer } from '../answer-shapes.ts';
import { hasDenied, sellers } from '../basis/basis.ts';
import { newSourceProblem } from '../basis/source.ts';
import { leftUnsaid } from '../context/topics.ts';
import { otherSubjects, sameName, saidOfAnother, subjectsOf } from '../formerly.ts';
import type { EarlierAnswer, EarlierDeal } from '../reuse-shapes.ts';
import { mayRead } from '../rights/readers.ts';
import { actsWith } from '../rights/seats.ts';
import { fingerprint, sameAnswer } from '../sections/merging.ts';
import type { OpenedDeal } from '../state.ts';
import { isTooOld } from '../taking/age.ts';
import type { DealView } from '../view.ts';
import { askedIn, isReusable } from './earlier.ts';

/** An answer of an earlier deal, as this one has it once somebody confirms it. */
export interface Offer {
  answer: GivenAnswer;
  from: TakenAnswer;
}

export type Offers = ReadonlyMap<QuestionId, Offer>;

/** Names an offer: one that reads otherwise is another. */
export const offerKey = ({ answer }: Offer): string => fingerprint([answer.value, answer.note, answer.basis]);

/** Tells whether the question asks about the same in both deals: the same product, country, end-user and companies in between. */
const isOfSame = ({ deal }: DealView, question: Question, { details }: EarlierDeal): boolean => {
  const { details: now } = deal;
  const [asks, others] = [subjectsOf(question), otherSubjects(details, now)];
  return (
    now.endUser.kind !== 'unknown' &&
    !others.some((subject) => subject === 'country' || subject === 'end-user' || asks.includes(subject)) &&
    (!asks.includes('between') || sameName(details.customer, now.customer))
  );
};

/** Tells whether somebody's word can carry an answer here: as it could if it were given anew. */
const canTell = (view: DealView, told: PersonId, person: PersonId): boolean =>
  told !== person &&
  personIn(view.organisation, told) !== undefined &&
  !isOfSales(view.organisation, told) &&
  !hasDenied(view.deal, told) &&
  !actsWith(view, told, sellers(view.deal));

const offerOf = (view: DealView, deal: DealId, question: Question, earlier: EarlierAnswer): Offer | undefined => {
  const { by, at, answer } = earlier;
  const { value, note, told } = answer;
  const sources = answer.sources.filter((source) => newSourceProblem(source, view.now) === undefined);
  if (told === undefined && sources.length === 0 && leftUnsaid(view.policy, question, value).length > 0)
    return undefined;
  const from: TakenAnswer = { deal, by, at };
  const basis = {
    ...(sources.length > 0 ? { sources } : {}),
    ...(told === undefined ? {} : { told }),
    earlier: from,
  };
  return { from, answer: { value, ...(note === undefined ? {} : { note }), sources: [], basis } };
};

const asTaken = ({ by: _by, at: _at, ...answer }: Answer, from: TakenAnswer): Offer => ({ answer, from });

/** What the deal took already stays as it took it; what it took before its approval is asked again as long as it is not too old. */
const taken = (view: DealView): Map<QuestionId, Offer> => {
  const { deal, policy } = view;
  return new Map(
    policy.sections.flatMap(({ id: section }) => {
      const now = own(deal.answers, section);
      return Object.entries(now ?? own(deal.standing?.basis.answers, section) ?? {}).flatMap(
        ([id, answer]): [QuestionId, Offer][] => {
          const [question, from] = [policy.question(id), answer.basis?.earlier];
          if (!question || !from || saidOfAnother(deal, question, answer)) return [];
          return now || !isTooOld(view, from) ? [[id, asTaken(answer, from)]] : [];
        },
      );
    }),
  );
};

/** Tells whether the deal has an answer of its own that an offer would not help: it says otherwise, or stands on something. */
const isAnswered = ({ deal, facts }: DealView, { id, section }: Question, { answer }: Offer): boolean => {
  const now = own(own(deal.answers, section), id);
  if (!now || isOpenValue(now.value)) return false;
  return !sameValue(now.value, answer.value) || (facts.based?.[id] ?? 0) > 0;
};

/** Returns by question what may be confirmed: what the deal took, else the latest. */
export const offersFor = (view: DealView): Offers => {
  const found = taken(view);
  const mine = new Set(found.keys());
  const { person, deals } = view.earlier ?? { person: '', deals: [] };
  for (const deal of deals) {
    if (deal.id === view.deal.id || !mayRead(deal.readership, view, person)) continue;
    for (const [id, earlier] of Object.entries(deal.answers)) {
      const question = view.policy.question(id);
      if (!question || mine.has(id) || !isReusable(view.policy, question) || askedIn(question) !== earlier.asked)
        continue;
      const { told } = earlier.answer;
      if (isTooOld(view, earlier) || !isOfSame(view, question, deal)) continue;
      if (told !== undefined && !canTell(view, told, person)) continue;
      const offer = offerOf(view, deal.id, question, earlier);
      const other = found.get(id);
      if (!offer || isAnswered(view, question, offer)) continue;
      if (!other || other.from.at < offer.from.at) found.set(id, offer);
    }
  }
  return found;
};

/** Tells whether an answer that says it confirms an earlier one may do so. One that says nothing of the kind may. */
export const isOffered = (all: Offers, id: QuestionId, given: GivenAnswer): boolean =>
  given.basis?.earlier === undefined || sameAnswer(all.get(id)?.answer, given);

/** Returns the earlier deals of which the deal has answers: cards name them to their readers alone. */
export const earlierTaken = ({ answers }: Pick<OpenedDeal, 'answers'>): DealId[] => [
  ...new Set(
    Object.values(answers).flatMap((section) =>
      Object.values(section).flatMap(({ basis }) => basis?.earlier?.deal ?? []),
    ),
  ),
];
