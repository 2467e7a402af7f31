/** What each button about a deal is for, and whether it would still do that for its reader. */

import type { Attempt } from '../../flows/deal/refusing/attempt.ts';
import { isPossible } from '../../flows/deal/refusing/refused.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Action } from '../card.ts';

/** By a button's name: what it, or the form that it opens, attempts. Those that are not here only show something. */
const ATTEMPTS: Readonly<Record<string, (about: string) => Attempt>> = {
  'deal.answer': (section) => ({ type: 'AnswerSection', section }),
  'deal.nothing-changed': (section) => ({ type: 'ConfirmSection', section }),
  'deal.hand-over': (section) => ({ type: 'HandOverSection', section }),
  'deal.take-section-back': (section) => ({ type: 'TakeSectionBack', section }),
  'deal.raise-flag': () => ({ type: 'RaiseFlag' }),
  // A flag that can be admitted no more can be dismissed.
  'deal.settle-flag': (flag) => ({ type: 'DismissFlag', flag }),
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
};

/** A button's value is the deal, and behind a slash what it is about. One of no deal is never refused. */
export const isPressable = (
  view: DealView,
  { name, value }: Pick<Action, 'name' | 'value'>,
  person: PersonId,
): boolean => {
  if (!name.startsWith('deal.')) return true;
  const attempt = Object.hasOwn(ATTEMPTS, name) ? ATTEMPTS[name] : undefined;
  return attempt ? isPossible(view, person, attempt(value.slice(view.deal.id.length + 1))) : canRead(view, person);
};
