/** When the deal team can answer, hand over and correct no more, and who of them never can. */

import type { PersonId } from '../../ids.ts';
import { own } from '../../own.ts';
import type { SectionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import { isOpen } from '../context/alerts.ts';
import { refusal } from '../rights/access.ts';
import { sectionProgress } from '../rights/whose-turn.ts';
import { scopeSaidOf } from '../said/scope.ts';
import { confirmable } from '../taking/asked-again.ts';
import type { DealView } from '../view.ts';
import { notAllowed, notNow, type No } from './attempt.ts';

/** Said of a stopped deal to whoever cannot take the stop back. */
export const STOPPED = 'A rule of the policy stopped this deal. Only the chief compliance officer can reopen it.';

/** Says why the answers and details of a deal that is over stand. */
export const closed = ({ deal }: DealView): No | undefined => {
  switch (deal.status) {
    case 'answering':
    case 'deciding':
      return undefined;
    case 'decided':
      return notAllowed(
        approvalOf(deal)
          ? 'This deal is decided, and what was signed does not change. If something changed, say so on its card: then it is reassessed.'
          : 'This deal is decided, and what was signed does not change. Compliance can reopen it.',
      );
    case 'stopped':
      return notAllowed(STOPPED);
    case 'out of scope':
    case 'withdrawn':
      return notAllowed(`This deal is ${deal.status}. Reopen it first.`);
    default: {
      const never: never = deal;
      return never;
    }
  }
};

const scopeFirst = ({ deal, policy }: DealView, section: SectionId): No | undefined =>
  section !== policy.scopeSection && deal.answers[policy.scopeSection] === undefined
    ? notAllowed('Please answer the scope questions first.')
    : undefined;

const unasked = (view: DealView, section: SectionId): No | undefined =>
  sectionProgress(view).some((one) => one.section.id === section)
    ? undefined
    : { code: 'not valid', text: 'This section has no questions for this deal.' };

/** Nothing changes behind a scope that compliance looks at. */
const behindScope = ({ deal, policy }: DealView, section: SectionId): No | undefined =>
  scopeSaidOf(deal) && section !== policy.scopeSection
    ? notNow('This deal is said to be out of scope. Change the scope answers first.')
    : undefined;

/** Says why whoever holds a section cannot give it any more, whatever they typed: the deal is over, or said to be out of scope. */
export const answersOver = (view: DealView, section: SectionId): No | undefined =>
  closed(view) ?? behindScope(view, section);

export const answerRefused = (view: DealView, person: PersonId, section: SectionId): No | undefined =>
  closed(view) ??
  notAllowed(refusal(view, person, 'answer')) ??
  scopeFirst(view, section) ??
  behindScope(view, section) ??
  unasked(view, section);

export const saveRefused = (view: DealView, person: PersonId): No | undefined =>
  closed(view) ?? notAllowed(refusal(view, person, 'answer'));

export const confirmRefused = (view: DealView, person: PersonId, section: SectionId): No | undefined => {
  const no = saveRefused(view, person);
  if (no) return no;
  if (own(view.deal.answers, section) !== undefined) return notNow('This section is answered already.');
  return confirmable(view, section)
    ? answerRefused(view, person, section)
    : notNow('These answers cannot be confirmed as they were. Please press Change and look through them.');
};

export const handOverRefused = (view: DealView, person: PersonId, section: SectionId): No | undefined =>
  closed(view) ?? notAllowed(refusal(view, person, 'hand over')) ?? scopeFirst(view, section) ?? unasked(view, section);

export const takeBackRefused = (view: DealView, person: PersonId, section: SectionId): No | undefined =>
  closed(view) ??
  notAllowed(refusal(view, person, 'hand over')) ??
  (own(view.deal.handOvers, section) ? undefined : notNow('Nobody holds this section. You can answer it.'));

export const correctRefused = (view: DealView, person: PersonId): No | undefined =>
  closed(view) ?? notAllowed(refusal(view, person, 'correct details'));

export const giveRefused = (view: DealView, person: PersonId, id: string): No | undefined => {
  const { deal } = view;
  if (!isOpen(deal)) return notNow(`This deal is ${deal.status}, so nobody waits for this answer.`);
  const problem = refusal(view, person, 'give information');
  if (problem !== undefined) return notAllowed(problem);
  const request = deal.requests.find((one) => one.id === id);
  if (!request) return { code: 'not valid', text: 'This question is not part of the deal.' };
  if (request.answer) return notNow('This question was answered already.');
  return request.takenBack ? notNow('This question was taken back, so nobody waits for this answer.') : undefined;
};
