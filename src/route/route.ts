/** Passes each interaction to its handler. Names are those of the buttons and forms in `blocks/`. */

import { openContext, readContext } from '../../blocks/forms/context.ts';
import type { Interaction, Reply, Router } from '../edge/interaction.ts';
import { dealNamedIn } from '../ids.ts';
import { traced } from '../trace.ts';
import * as away from './away.ts';
import * as board from './board.ts';
import * as channel from './channel-review.ts';
import * as conditions from './conditions.ts';
import * as confirming from './confirming.ts';
import * as countries from './countries.ts';
import * as deal from './deal.ts';
import {
  DONE,
  isReply,
  targetOf,
  tell,
  type Desk,
  type OnChange,
  type OnClick,
  type OnDeskClick,
  type OnSubmit,
} from './desk.ts';
import * as digest from './digest.ts';
import * as dossier from './dossier.ts';
import * as erasing from './erasing.ts';
import * as files from './files.ts';
import * as finding from './finding.ts';
import * as flags from './flags.ts';
import * as gaps from './gaps.ts';
import * as holds from './holds.ts';
import * as home from './home.ts';
import * as information from './information.ts';
import * as later from './later.ts';
import * as laws from './laws.ts';
import { withLimits } from './limits.ts';
import { onListCsv } from './list-file.ts';
import * as lists from './lists.ts';
import { onLook } from './look.ts';
import * as numbers from './numbers.ts';
import { onNewDeal, onOpenChange, onOpenSubmit, onStartEmpty } from './opening.ts';
import * as passkeys from './passkeys.ts';
import { DEALS, onSuggestDeals } from './pasting.ts';
import * as programme from './programme.ts';
import * as reassessing from './reassessing.ts';
import * as reminders from './reminders.ts';
import * as reopening from './reopening.ts';
import * as review from './review.ts';
import * as section from './section.ts';
import * as sheets from './sheets.ts';
import * as steppingBack from './stepping-back.ts';
import * as training from './training.ts';
import { onWords } from './typed.ts';
import * as views from './views.ts';
import { onReportWords } from './voices.ts';
import * as complaints from './yearly-complaints.ts';
import * as yearly from './yearly.ts';

const CLICKS: Readonly<Record<string, OnClick>> = {
  'deal.answer': section.onAnswer,
  'deal.save-for-later': section.onSaveForLater,
  'deal.hand-over': section.onHandOver,
  'deal.take-section-back': section.onTakeBack,
  'deal.raise-flag': flags.onRaiseFlag,
  'deal.settle-flag': flags.onSettleFlag,
  'deal.another-party': flags.onAnotherParty,
  'deal.listed-party': flags.onListedParty,
  'deal.object': flags.onObject,
  'deal.ask-counsel': laws.onAskCounsel,
  'deal.confirm-scope': confirming.onConfirm,
  'deal.confirm-lighter': confirming.onConfirm,
  'deal.authority': confirming.onAuthority,
  'deal.accept-gaps': gaps.onAcceptGaps,
  'deal.take-gaps-back': gaps.onTakeGapsBack,
  'deal.send-on': gaps.onSendOn,
  'deal.why': deal.onWhy,
  'deal.answers': review.onAnswers,
  'deal.dossier': dossier.onDossier,
  'deal.nudge': deal.onNudge,
  'deal.more': deal.onMore,
  'deal.reopen': reopening.onReopen,
  'deal.review': review.onReview,
  'deal.review-back': review.onReviewBack,
  'deal.take-vote-back': steppingBack.onTakeVoteBack,
  'deal.recuse': steppingBack.onRecuse,
  'deal.give-information': information.onGiveInformation,
  'deal.take-question-back': information.onTakeQuestionBack,
  'deal.meet-condition': conditions.onMeetCondition,
  'deal.hand-over-condition': conditions.onHandOverCondition,
  'deal.settle-condition': conditions.onSettleCondition,
  'deal.lift-suspension': conditions.onLiftSuspension,
  'deal.renewals': reassessing.onRenewals,
  'deal.licence': reassessing.onLicence,
  'deal.something-changed': reassessing.onSomethingChanged,
  'deal.reassess': reassessing.onReassess,
  'deal.nothing-changed': reassessing.onNothingChanged,
  'deal.snooze': reminders.onSnooze,
  'deal.show': digest.onShow,
  'deal.assign': digest.onAssign,
};

const DESK_CLICKS: Readonly<Record<string, OnDeskClick>> = {
  'deal.new': onNewDeal,
  'desk.start-empty': onStartEmpty,
  'deal.open-thread': () => DONE,
  'desk.away': away.onAway,
  'desk.back': away.onBack,
  'desk.alert': countries.onAlert,
  'desk.laws': laws.onLaws,
  'desk.sheet': sheets.onSheet,
  'desk.sheets': sheets.onSheets,
  'desk.show-sheet': sheets.onShowSheet,
  'desk.begin-sheet': sheets.onBeginSheet,
  'desk.judge-sheet': sheets.onJudgeSheet,
  'desk.settle-dispute': sheets.onSettleDispute,
  'desk.laws-list': laws.onLawsList,
  'desk.alerts': countries.onAlerts,
  'desk.end-alert': countries.onEndAlert,
  'desk.looked': countries.onLooked,
  'desk.watch': countries.onWatch,
  'desk.watcher': countries.onWatcher,
  'desk.board': board.onBoard,
  'desk.board-filter': board.onBoardFilter,
  'desk.confirm': confirming.onConfirmAll,
  'desk.erase': erasing.onAskErasure,
  'desk.agree-erase': erasing.onAgreeErasure,
  'desk.stop-erase': erasing.onStopErasure,
  'desk.erasures': erasing.onErasures,
  'desk.end-gap': gaps.onEndGap,
  'desk.find': finding.onFind,
  'desk.find-form': finding.onFindForm,
  'desk.gaps': gaps.onGaps,
  'desk.hold': holds.onHold,
  'desk.help': home.onHelp,
  'desk.holds': holds.onHolds,
  'desk.home': home.onHome,
  'desk.lift-hold': holds.onLiftHold,
  'desk.list-csv': onListCsv,
  'desk.hold-review': holds.onHoldReview,
  'desk.later': later.onLater,
  'desk.mine': lists.onMine,
  'desk.numbers': numbers.onNumbers,
  'desk.numbers-picture': numbers.onNumbersPicture,
  'desk.numbers-csv': numbers.onNumbersCsv,
  'desk.queue': lists.onQueue,
  'desk.open-page': passkeys.onOpenPage,
  'desk.review-channel': channel.onReviewChannel,
  'desk.revoke-passkey': passkeys.onRevoke,
  'desk.vouch': passkeys.onVouch,
  'desk.training': training.onTraining,
  'desk.training-all': training.onTrainingAll,
  'desk.training-import': training.onTrainingImport,
  'desk.take-training': training.onTakeTraining,
  'desk.views': views.onViews,
  'desk.save-view': views.onSaveView,
  'desk.delete-view': views.onDeleteView,
  'desk.digest-all': digest.onDigestAll,
  'desk.digest-csv': digest.onDigestCsv,
  'desk.files-all': files.onFilesAll,
  'desk.year': yearly.onYearShow,
  'desk.year-words': yearly.onYearWordsForm,
  'desk.year-complaints': complaints.onYearComplaints,
  'desk.year-send': yearly.onYearSend,
  'desk.year-approve': yearly.onYearApprove,
  'desk.year-return': yearly.onYearReturn,
  'desk.year-ask': yearly.onYearAsk,
  'desk.year-answer': yearly.onYearAnswer,
  'desk.year-take-back': yearly.onYearTakeBack,
  'desk.year-publish': yearly.onYearPublish,
  'desk.programme': programme.onProgramme,
  'desk.programme-part': programme.onProgrammePart,
  'desk.programme-say': programme.onSayElement,
  'desk.programme-asked': programme.onRecordAsked,
  'desk.programme-asked-list': programme.onAskedList,
  'desk.programme-came': programme.onWhatCame,
  'desk.programme-conflicts': programme.onConflicts,
};

const SUBMITS: Readonly<Record<string, OnSubmit>> = {
  'deal.open': onOpenSubmit,
  'desk.away': away.onAwaySubmit,
  'desk.alert': countries.onAlertSubmit,
  'desk.board-filter': board.onBoardFilterSubmit,
  'desk.find-form': finding.onFindFormSubmit,
  'desk.save-view': views.onSaveViewSubmit,
  'desk.delete-view': views.onDeleteViewSubmit,
  'desk.laws': laws.onLawsSubmit,
  'desk.sheet': sheets.onSheetSubmit,
  'desk.begin-sheet': sheets.onBeginSheetSubmit,
  'desk.judge-sheet': sheets.onJudgeSheetSubmit,
  'desk.settle-dispute': sheets.onSettleDisputeSubmit,
  'desk.end-alert': countries.onEndAlertSubmit,
  'desk.looked': countries.onLookedSubmit,
  'desk.watcher': countries.onWatcherSubmit,
  'desk.erase': erasing.onAskErasureSubmit,
  'desk.agree-erase': erasing.onAgreeErasureSubmit,
  'desk.stop-erase': erasing.onStopErasureSubmit,
  'desk.end-gap': gaps.onEndGapSubmit,
  'desk.hold': holds.onHoldSubmit,
  'desk.lift-hold': holds.onLiftHoldSubmit,
  'desk.hold-review': holds.onHoldReviewSubmit,
  'desk.later': later.onLaterSubmit,
  'desk.review-channel': channel.onReviewChannelSubmit,
  'desk.revoke-passkey': passkeys.onRevokeSubmit,
  'desk.training-import': training.onTrainingImportSubmit,
  'desk.take-training': training.onTakeTrainingSubmit,
  'desk.year-words': yearly.onYearWordsSubmit,
  'desk.year-complaints': complaints.onYearComplaintsSubmit,
  'desk.year-approve': yearly.onYearApproveSubmit,
  'desk.year-return': yearly.onYearReturnSubmit,
  'desk.year-ask': yearly.onYearAskSubmit,
  'desk.year-answer': yearly.onYearAnswerSubmit,
  'desk.year-publish': yearly.onYearPublishSubmit,
  'desk.programme-say': programme.onSayElementSubmit,
  'desk.programme-asked': programme.onRecordAskedSubmit,
  'desk.programme-came': programme.onWhatCameSubmit,
  'desk.confirm': confirming.onConfirmAllSubmit,
  'deal.confirm-scope': confirming.onConfirmScopeSubmit,
  'deal.confirm-lighter': confirming.onConfirmLighterSubmit,
  'deal.authority': confirming.onAuthoritySubmit,
  'deal.details': deal.onDetailsSubmit,
  'deal.more': deal.onMoreSubmit,
  'deal.reopen': reopening.onReopenSubmit,
  'deal.section': section.onSectionSubmit,
  'deal.hand-over': section.onHandOverSubmit,
  'deal.raise-flag': flags.onRaiseFlagSubmit,
  'deal.object': flags.onObjectSubmit,
  'deal.settle-flag': flags.onSettleFlagSubmit,
  'deal.accept-gaps': gaps.onAcceptGapsSubmit,
  'deal.take-gaps-back': gaps.onTakeGapsBackSubmit,
  'deal.review': review.onReviewSubmit,
  'deal.recuse': steppingBack.onRecuseSubmit,
  'deal.give-information': information.onGiveInformationSubmit,
  'deal.take-question-back': information.onTakeQuestionBackSubmit,
  'deal.meet-condition': conditions.onMeetConditionSubmit,
  'deal.hand-over-condition': conditions.onHandOverConditionSubmit,
  'deal.settle-condition': conditions.onSettleConditionSubmit,
  'deal.lift-suspension': conditions.onLiftSuspensionSubmit,
  'deal.renewals': reassessing.onRenewalsSubmit,
  'deal.licence': reassessing.onLicenceSubmit,
  'deal.something-changed': reassessing.onSomethingChangedSubmit,
  'deal.snooze': reminders.onSnoozeSubmit,
};

const CHANGES: Readonly<Record<string, OnChange>> = {
  'deal.open': onOpenChange,
  'deal.details': deal.onDetailsChange,
  'deal.more': deal.onMoreChange,
  'deal.section': section.onSectionChange,
  'deal.confirm-scope': confirming.onConfirmScopeChange,
  'deal.confirm-lighter': confirming.onConfirmLighterChange,
  'deal.settle-flag': flags.onSettleFlagChange,
  'deal.settle-condition': conditions.onSettleConditionChange,
  'deal.review': review.onReviewChange,
  'desk.hold': holds.onHoldChange,
  'desk.sheet': sheets.onSheetChange,
};

/**
 * Anybody who sees the thread may press the first; whoever is named as a basis, the second; the others look for themselves, since somebody who lost a section is
 * told by whom. All other buttons require the right to read.
 */
const OPEN_TO_ALL = new Set(['deal.raise-flag', 'deal.object', 'deal.answer', 'deal.save-for-later', 'deal.hand-over']);

/** Own properties only: a name comes from outside and may be `constructor`. */
const named = <T>(handlers: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(handlers, name) ? handlers[name] : undefined;

const OLD = 'This button belongs to an older version of Clearthread. Please use the newest card.';

const routed = async (desk: Desk, act: Interaction): Promise<Reply> => {
  switch (act.kind) {
    case 'words':
      return onWords(desk, act);
    case 'suggest':
      return act.source === DEALS ? onSuggestDeals(desk, act) : deal.onSuggest(desk, act);
    case 'click': {
      const ofDesk = named(DESK_CLICKS, act.name);
      if (ofDesk) return ofDesk(desk, act);
      const handler = named(CLICKS, act.name);
      if (!handler) return tell(OLD);
      const target = await targetOf(desk, act, OPEN_TO_ALL.has(act.name));
      return isReply(target) ? target : handler(desk, act, target);
    }
    case 'submit': {
      const handler = named(SUBMITS, act.form);
      return handler ? handler(desk, act) : tell(OLD);
    }
    case 'change': {
      const handler = named(CHANGES, act.form);
      return handler ? handler(desk, act) : DONE;
    }
    case 'look':
      return onLook(desk, act);
    default: {
      const never: never = act;
      return never;
    }
  }
};

/** Tells whether the form is for a new deal: it names its channel and no deal, whose number follows from the cause. */
const opens = (about: string): boolean => about.startsWith('{') && readContext(openContext, about) !== undefined;

export const createRouter = (unlimited: Desk): Router => {
  const desk = withLimits(unlimited);
  return Object.assign((act: Interaction) => traced(act.trace, () => routed(desk, act)), {
    lookAhead: (about: string, cause?: string) => {
      const deal =
        dealNamedIn(about) ?? (cause !== undefined && opens(about) ? desk.deals.numberFor(cause) : undefined);
      if (deal !== undefined) desk.deals.lookAhead(deal);
    },
    forAnybody: (words: string) => onReportWords(words, desk.organisation),
  });
};
