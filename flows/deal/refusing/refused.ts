/**
 * When a command is refused for what the deal is, or for who sends it, whatever is written into it. The decision asks here
 * first; cards, forms and private messages ask the same before they offer it.
 */

import type { PersonId } from '../../ids.ts';
import { refusal } from '../rights/access.ts';
import type { DealView } from '../view.ts';
import * as answers from './answers.ts';
import { notAllowed, type Attempt, type No } from './attempt.ts';
import * as conditions from './conditions.ts';
import * as confirming from './confirming.ts';
import * as lifecycle from './lifecycle.ts';
import * as voting from './voting.ts';

/** Returns undefined where nothing stands in its way but, maybe, what will be written. */
export const refusedNow = (view: DealView, person: PersonId, attempt: Attempt): No | undefined => {
  switch (attempt.type) {
    case 'AnswerSection':
      return answers.answerRefused(view, person, attempt.section);
    case 'SaveSectionForLater':
      return answers.saveRefused(view, person);
    case 'ConfirmSection':
      return answers.confirmRefused(view, person, attempt.section);
    case 'HandOverSection':
      return answers.handOverRefused(view, person, attempt.section);
    case 'TakeSectionBack':
      return answers.takeBackRefused(view, person, attempt.section);
    case 'CorrectDetails':
      return answers.correctRefused(view, person);
    case 'GiveInformation':
      return answers.giveRefused(view, person, attempt.request);
    case 'TakeQuestionBack':
      return voting.questionBackRefused(view, person, attempt.request);
    case 'CastVote':
      return voting.decidingRefused(view, person, 'vote');
    case 'AskForInformation':
      return voting.decidingRefused(view, person, 'ask for information');
    case 'TakeVoteBack':
      return voting.voteBackRefused(view, person, attempt.step);
    case 'Recuse':
      return notAllowed(refusal(view, person, 'recuse'));
    case 'RaiseFlag':
      return notAllowed(refusal(view, person, 'raise flag'));
    case 'AdmitFlag':
      return confirming.admitRefused(view, person, attempt.flag);
    case 'DismissFlag':
      return confirming.dismissRefused(view, person, attempt.flag);
    case 'ConfirmScope':
      return confirming.confirmScopeRefused(view, person);
    case 'RefuseScope':
      return confirming.scopeRefused(view, person);
    case 'ConfirmLighter':
    case 'RefuseLighter':
      return confirming.lighterRefused(view, person);
    case 'NoteAuthority':
      return confirming.authorityRefused(view, person);
    case 'AcceptGaps':
      return confirming.acceptGapsRefused(view, person);
    case 'TakeGapsBack':
      return confirming.takeGapsBackRefused(view, person);
    case 'SendOn':
      return confirming.sendOnRefused(view, person);
    case 'MeetCondition':
      return conditions.meetRefused(view, person, attempt.condition);
    case 'HandOverCondition':
      return conditions.handConditionRefused(view, person, attempt.condition);
    case 'AcceptCondition':
    case 'ReturnCondition':
      return conditions.settleRefused(view, person, attempt.condition);
    case 'LiftSuspension':
      return conditions.liftRefused(view, person);
    case 'Withdraw':
      return lifecycle.withdrawRefused(view, person);
    case 'Reopen':
      return lifecycle.reopenRefused(view, person);
    case 'ReassignOwner':
      return notAllowed(refusal(view, person, 'reassign owner'));
    case 'Nudge':
      return lifecycle.nudgeRefused(view, person);
    case 'AskCounsel':
      return lifecycle.counselRefused(view, person);
    case 'ObjectToBasis':
      return lifecycle.objectRefused(view, person);
    case 'SetRenewals':
      return lifecycle.approvedRefused(view, person, 'set renewals');
    case 'ReportChange':
      return lifecycle.approvedRefused(view, person, 'report change');
    case 'SetLicence':
      return lifecycle.licenceRefused(view, person);
    case 'TakeChangeBack':
      return lifecycle.changeBackRefused(view, person, attempt.task);
    case 'StartReassessment':
      return lifecycle.startRefused(view, person);
    case 'Snooze':
      return lifecycle.snoozeRefused(view, person, attempt.duty);
    default: {
      const never: never = attempt;
      return never;
    }
  }
};

/** Tells whether nothing of now stands in the way. */
export const isPossible = (view: DealView, person: PersonId, attempt: Attempt): boolean =>
  refusedNow(view, person, attempt) === undefined;
