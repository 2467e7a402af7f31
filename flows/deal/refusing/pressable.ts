/** What each button and form about a deal is for, and whether a button would still do that for its reader. */

import type { PersonId } from '../../ids.ts';
import { canRead } from '../rights/access.ts';
import type { DealView } from '../view.ts';
import type { Attempt } from './attempt.ts';
import { isPossible } from './refused.ts';

/** By the name that a button, or a choice, shares with its form: what it attempts. Those that are not here only show something. */
const ATTEMPTS: Readonly<Record<string, (about: string) => Attempt>> = {
  'deal.answer': (section) => ({ type: 'AnswerSection', section }),
  'deal.nothing-changed': (section) => ({ type: 'ConfirmSection', section }),
  'deal.hand-over': (section) => ({ type: 'HandOverSection', section }),
  'deal.take-section-back': (section) => ({ type: 'TakeSectionBack', section }),
  'deal.raise-flag': () => ({ type: 'RaiseFlag' }),
  // A flag that can be admitted no more can be dismissed.
  'deal.settle-flag': (flag) => ({ type: 'DismissFlag', flag }),
  'deal.another-party': (flag) => ({ type: 'DismissFlag', flag }),
  'deal.listed-party': (flag) => ({ type: 'AdmitFlag', flag }),
  // What can't be confirmed yet can be sent back.
  'deal.confirm-scope': () => ({ type: 'RefuseScope' }),
  'deal.confirm-lighter': () => ({ type: 'ConfirmLighter' }),
  'deal.authority': () => ({ type: 'NoteAuthority' }),
  'deal.send-on': () => ({ type: 'SendOn' }),
  'deal.accept-gaps': () => ({ type: 'AcceptGaps' }),
  'deal.take-gaps-back': () => ({ type: 'TakeGapsBack' }),
  'deal.review': () => ({ type: 'CastVote' }),
  'deal.take-vote-back': (step) => ({ type: 'TakeVoteBack', step: Number(step) }),
  'deal.recuse': () => ({ type: 'Recuse' }),
  'deal.give-information': (request) => ({ type: 'GiveInformation', request }),
  'deal.take-question-back': (request) => ({ type: 'TakeQuestionBack', request }),
  'deal.ask-counsel': () => ({ type: 'AskCounsel' }),
  'deal.object': () => ({ type: 'ObjectToBasis' }),
  'deal.nudge': () => ({ type: 'Nudge' }),
  'deal.reopen': () => ({ type: 'Reopen' }),
  'deal.meet-condition': (condition) => ({ type: 'MeetCondition', condition }),
  'deal.hand-over-condition': (condition) => ({ type: 'HandOverCondition', condition }),
  'deal.settle-condition': (condition) => ({ type: 'AcceptCondition', condition }),
  'deal.lift-suspension': () => ({ type: 'LiftSuspension' }),
  'deal.reassess': () => ({ type: 'StartReassessment' }),
  'deal.something-changed': () => ({ type: 'ReportChange' }),
  'deal.renewals': () => ({ type: 'SetRenewals' }),
  'deal.licence': () => ({ type: 'SetLicence' }),
  'deal.snooze': (duty) => ({ type: 'Snooze', duty }),
  'deal.details': () => ({ type: 'CorrectDetails' }),
  'deal.reassign': () => ({ type: 'ReassignOwner' }),
  'deal.withdraw': () => ({ type: 'Withdraw' }),
  'deal.take-change-back': (task) => ({ type: 'TakeChangeBack', task }),
};

/** Returns what is attempted by that name; `about`: the section, flag, condition or the like, empty where there is none. */
export const attemptOf = (name: string, about = ''): Attempt | undefined =>
  Object.hasOwn(ATTEMPTS, name) ? ATTEMPTS[name]?.(about) : undefined;

/** A button's value is the deal, and behind a slash what it is about. One of no deal is never refused. */
export const isPressable = (
  view: DealView,
  { name, value }: { name: string; value: string },
  person: PersonId,
): boolean => {
  if (!name.startsWith('deal.')) return true;
  const attempt = attemptOf(name, value.slice(view.deal.id.length + 1));
  return attempt ? isPossible(view, person, attempt) : canRead(view, person);
};
