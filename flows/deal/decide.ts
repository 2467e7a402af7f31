/** `decide(command, state, context) → events | refusal`: the whole business of a deal, one line for each command. */

import type { CommandMeta } from '../ids.ts';
import type { DealCommand } from './commands.ts';
import { withAdded } from './deciding/added.ts';
import { decideAnswers, decideHandOver, decideSaveForLater, decideTakeBack } from './deciding/answering.ts';
import { decideAccept, decideHandOverCondition, decideLift, decideMeet, decideReturn } from './deciding/conditions.ts';
import {
  decideAuthority,
  decideConfirmLighter,
  decideConfirmScope,
  decideRefuseLighter,
  decideRefuseScope,
} from './deciding/confirming.ts';
import { refuse, type DealContext, type Decided } from './deciding/decision.ts';
import { decideDetails } from './deciding/details.ts';
import { decideAdmitFlag, decideDismissFlag, decideRaiseFlag } from './deciding/flagging.ts';
import { decideAcceptGaps, decideSendOn, decideTakeGapsBack } from './deciding/gaps.ts';
import { decideAskCounsel, decideTakeLaws } from './deciding/laws.ts';
import { decideLicence } from './deciding/licence.ts';
import { decideExport, decideOpen, decideReassign, decideReopen, decideWithdraw } from './deciding/lifecycle.ts';
import {
  decideNoteAlert,
  decideNoteAlertEnd,
  decideNoteHeard,
  decideNoteHold,
  decideNoteOthers,
  decideNoteRelease,
} from './deciding/noting.ts';
import { decideNudge } from './deciding/nudging.ts';
import { decideObjection } from './deciding/objecting.ts';
import {
  decideChange,
  decideConfirm,
  decideRenewals,
  decideRequired,
  decideStart,
  decideTakeChangeBack,
} from './deciding/reassessing.ts';
import { decideRecuse } from './deciding/recusing.ts';
import { decideSnooze, decideTick } from './deciding/reminding.ts';
import { decideNoteScreening } from './deciding/screening.ts';
import { decideNoteSeats } from './deciding/seats.ts';
import { decideTakeSheet } from './deciding/sheets.ts';
import { decideAsk, decideGive, decideTakeQuestionBack, decideTakeVoteBack, decideVote } from './deciding/voting.ts';
import type { DealState } from './state.ts';
import { dealView } from './view.ts';

const decideAlone = (command: DealCommand, state: DealState, meta: CommandMeta, context: DealContext): Decided => {
  if (command.type === 'OpenDeal') {
    if (state.status !== 'none') return refuse('already open', 'This deal is open already.');
    return decideOpen(command, meta, context);
  }
  if (state.status === 'none') return refuse('unknown deal', 'There is no such deal.');
  const view = dealView(state, context.policy, context.organisation, meta.at);
  switch (command.type) {
    case 'CorrectDetails':
      return decideDetails({ command, view, meta, context });
    case 'SaveSectionForLater':
      return decideSaveForLater({ command, view, meta, context });
    case 'AnswerSection':
      return decideAnswers({ command, view, meta, context });
    case 'AskCounsel':
      return decideAskCounsel({ command, view, meta, context });
    case 'TakeLaws':
      return decideTakeLaws({ command, view, meta, context });
    case 'TakeSheet':
      return decideTakeSheet({ command, view, meta, context });
    case 'NoteOthers':
      return decideNoteOthers({ command, view, meta, context });
    case 'NoteHeard':
      return decideNoteHeard({ command, view, meta, context });
    case 'ObjectToBasis':
      return decideObjection({ command, view, meta, context });
    case 'ConfirmScope':
      return decideConfirmScope({ command, view, meta, context });
    case 'RefuseScope':
      return decideRefuseScope({ command, view, meta, context });
    case 'ConfirmLighter':
      return decideConfirmLighter({ command, view, meta, context });
    case 'RefuseLighter':
      return decideRefuseLighter({ command, view, meta, context });
    case 'NoteAuthority':
      return decideAuthority({ command, view, meta, context });
    case 'HandOverSection':
      return decideHandOver({ command, view, meta, context });
    case 'TakeSectionBack':
      return decideTakeBack({ command, view, meta, context });
    case 'RaiseFlag':
      return decideRaiseFlag({ command, view, meta, context });
    case 'AdmitFlag':
      return decideAdmitFlag({ command, view, meta, context });
    case 'DismissFlag':
      return decideDismissFlag({ command, view, meta, context });
    case 'AcceptGaps':
      return decideAcceptGaps({ command, view, meta, context });
    case 'TakeGapsBack':
      return decideTakeGapsBack({ command, view, meta, context });
    case 'SendOn':
      return decideSendOn({ command, view, meta, context });
    case 'CastVote':
      return decideVote({ command, view, meta, context });
    case 'TakeVoteBack':
      return decideTakeVoteBack({ command, view, meta, context });
    case 'Recuse':
      return decideRecuse({ command, view, meta, context });
    case 'AskForInformation':
      return decideAsk({ command, view, meta, context });
    case 'GiveInformation':
      return decideGive({ command, view, meta, context });
    case 'TakeQuestionBack':
      return decideTakeQuestionBack({ command, view, meta, context });
    case 'Withdraw':
      return decideWithdraw({ command, view, meta, context });
    case 'Reopen':
      return decideReopen({ command, view, meta, context });
    case 'ReassignOwner':
      return decideReassign({ command, view, meta, context });
    case 'Nudge':
      return decideNudge({ command, view, meta, context });
    case 'RecordExport':
      return decideExport({ command, view, meta, context });
    case 'Tick':
      return decideTick({ command, view, meta, context });
    case 'Snooze':
      return decideSnooze({ command, view, meta, context });
    case 'MeetCondition':
      return decideMeet({ command, view, meta, context });
    case 'HandOverCondition':
      return decideHandOverCondition({ command, view, meta, context });
    case 'AcceptCondition':
      return decideAccept({ command, view, meta, context });
    case 'ReturnCondition':
      return decideReturn({ command, view, meta, context });
    case 'LiftSuspension':
      return decideLift({ command, view, meta, context });
    case 'SetRenewals':
      return decideRenewals({ command, view, meta, context });
    case 'SetLicence':
      return decideLicence({ command, view, meta, context });
    case 'ReportChange':
      return decideChange({ command, view, meta, context });
    case 'TakeChangeBack':
      return decideTakeChangeBack({ command, view, meta, context });
    case 'RequireReassessment':
      return decideRequired({ command, view, meta, context });
    case 'StartReassessment':
      return decideStart({ command, view, meta, context });
    case 'ConfirmSection':
      return decideConfirm({ command, view, meta, context });
    case 'NoteSeats':
      return decideNoteSeats({ command, view, meta, context });
    case 'NoteHold':
      return decideNoteHold({ command, view, meta, context });
    case 'NoteRelease':
      return decideNoteRelease({ command, view, meta, context });
    case 'NoteScreening':
      return decideNoteScreening({ command, view, meta, context });
    case 'NoteAlert':
      return decideNoteAlert({ command, view, meta, context });
    case 'NoteAlertEnd':
      return decideNoteAlertEnd({ command, view, meta, context });
    default: {
      const never: never = command;
      return never;
    }
  }
};

export const decide = (command: DealCommand, state: DealState, meta: CommandMeta, context: DealContext): Decided =>
  withAdded(decideAlone(command, state, meta, context), state, meta, context);
