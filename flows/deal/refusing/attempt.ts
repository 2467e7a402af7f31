/** What somebody is about to do, as a command names it, without what they would write into it. */

import type { Refusal } from '../../ids.ts';
import type { DealCommand } from '../commands.ts';

type Of<T extends DealCommand['type']> = Extract<DealCommand, { type: T }>;

/** The form of a command, with its subject alone. Every command of that type is one. */
export type Attempt =
  | Pick<
      Of<'SaveSectionForLater' | 'AnswerSection' | 'ConfirmSection' | 'HandOverSection' | 'TakeSectionBack'>,
      'type' | 'section'
    >
  | Pick<Of<'AdmitFlag' | 'DismissFlag'>, 'type' | 'flag'>
  | Pick<Of<'GiveInformation' | 'TakeQuestionBack'>, 'type' | 'request'>
  | Pick<Of<'MeetCondition' | 'HandOverCondition' | 'AcceptCondition' | 'ReturnCondition'>, 'type' | 'condition'>
  | Pick<Of<'TakeVoteBack'>, 'type' | 'step'>
  | Pick<Of<'TakeChangeBack'>, 'type' | 'task'>
  | Pick<Of<'Snooze'>, 'type' | 'duty'>
  | {
      type:
        | 'CorrectDetails'
        | 'ObjectToBasis'
        | 'AskCounsel'
        | 'RaiseFlag'
        | 'ConfirmScope'
        | 'RefuseScope'
        | 'ConfirmLighter'
        | 'RefuseLighter'
        | 'NoteAuthority'
        | 'AcceptGaps'
        | 'TakeGapsBack'
        | 'SendOn'
        | 'CastVote'
        | 'AskForInformation'
        | 'Recuse'
        | 'Withdraw'
        | 'Reopen'
        | 'ReassignOwner'
        | 'Nudge'
        | 'LiftSuspension'
        | 'SetRenewals'
        | 'SetLicence'
        | 'ReportChange'
        | 'StartReassessment';
    };

/** Why not: whatever else is written, it would be refused as well. */
export type No = Pick<Refusal, 'code' | 'text'>;

export const notNow = (text: string): No => ({ code: 'not now', text });

/** `text`: of rights; undefined where they are there. */
export const notAllowed = (text: string | undefined): No | undefined =>
  text === undefined ? undefined : { code: 'not allowed', text };
