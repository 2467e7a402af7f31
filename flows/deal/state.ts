/** The deal as built from its events. A union tagged by `status`; `evolve` is the only way to make one. */

import type { CounselNote } from '../counsel-note.ts';
import type { AlertId } from '../country-alert.ts';
import type { Hold, HoldId } from '../hold.ts';
import type { PersonId, Instant, DealId } from '../ids.ts';
import type { QuestionId, SectionId, Tier } from '../policy/policy.ts';
import type { AnswersBySection, DraftAnswer } from './answer-shapes.ts';
import type { ConditionProgress } from './condition-shapes.ts';
import type {
  Condition,
  DealDetails,
  DealRoute,
  Decision,
  Difference,
  DutyKey,
  EndedHandOver,
  Finding,
  Gap,
  HandOver,
  Home,
  InformationRequest,
  LicenceSaid,
  Reassessment,
  Recusal,
  Renewals,
  Settled,
  TakenBack,
  Vote,
} from './deal.ts';
import type { DiscardedBy, DiscardedVote } from './discarded-vote.ts';
import type { Others } from './heard-shapes.ts';
import type { OwnFlag } from './own-flag.ts';
import type {
  AuthorityNotice,
  FallenFlags,
  LighterConfirmed,
  LighterKept,
  LighterSaid,
  Lowered,
  EndedAgainst,
  PastAnswer,
  PastNames,
  PastWords,
  BetweenBy,
  PutIn,
  Remark,
  ScopeConfirmed,
  ScopeSaid,
  Stop,
  StoodAgainst,
} from './said-shapes.ts';
import type { Screened } from './screened-shapes.ts';

export interface Opened {
  id: DealId;
  home: Home;
  requester: PersonId;
  /** Owners of before. Absent: none, or in older records. */
  owned?: PersonId[] | undefined;
  owner: PersonId;
  openedAt: Instant;
  /** When somebody last had to act: the start of "2 days" on the root card. */
  waitingSince: Instant;
  details: DealDetails;
  /** Hash of the policy that the deal was opened under. */
  policy: string;
  answers: AnswersBySection;
  drafts: Record<SectionId, Record<QuestionId, DraftAnswer>>;
  handOvers: Record<SectionId, HandOver>;
  /** By section and person: how they lost what they held, until they hold it again. Absent in older snapshots. */
  handedBack?: Record<SectionId, Record<PersonId, EndedHandOver>> | undefined;
  ownFlags: OwnFlag[];
  /** Everyone who ever requested, owned or answered; never removed. */
  involved: PersonId[];
  /** The deal team: those involved and those who hold a section now. None of them may vote. */
  team: PersonId[];
  /** How often the deal was routed: a new round starts with no votes. */
  round: number;
  /** The round in which its review cards were posted, where it is not this one. */
  cardRound?: number | undefined;
  requests: InformationRequest[];
  /** The facts under the oldest votes still owed: differences are shown from here, however many changes followed. */
  baseline?: Basis | undefined;
  /** Why the details were last changed. */
  lastCorrection?: { by: PersonId; at: Instant; reason: string } | undefined;
  /** When it last got another product or country: what was answered before was said of something else. */
  elsewhereUntil?: Instant | undefined;
  /** What it was of before each correction of its product, country or end-user, the oldest first. */
  formerly?: Formerly[] | undefined;
  /** Why votes were last voided, for the approvers. A recusal says so itself: what changed before it stays. */
  lastVoided?:
    | {
        voters: PersonId[];
        seats?: Record<PersonId, PersonId> | undefined;
        differences: Difference[];
        at: Instant;
        because?: Exclude<DiscardedBy, 'recused'> | undefined;
      }
    | undefined;
  /** Discarded votes, the last of each approver with all conditions of theirs, until an approval settles them. */
  carried?: DiscardedVote[] | undefined;
  /** What votes said that stand nowhere else: replaced by later ones of the same approver, or of an approval before the last. Oldest first. */
  pastVotes?: DiscardedVote[] | undefined;
  lastNudge?: Instant | undefined;
  /** Who denied that they had said what answers stood on. Kept permanently. */
  objections?: { by: PersonId; at: Instant; reason: string; questions: QuestionId[] }[] | undefined;
  counselAsked?: { by: PersonId; at: Instant } | undefined;
  /** Counsel's note on the country, as the deal took it. */
  laws?: CounselNote | undefined;
  lastReopened?: { by: PersonId; at: Instant; reason: string } | undefined;
  /** How many stages of each duty are done. Absent in snapshots from before there were reminders. */
  reminded?: Record<DutyKey, number> | undefined;
  snoozed?: Record<DutyKey, Instant> | undefined;
  /** Since when the deal team is asked; absent in older snapshots. */
  answeringSince?: Instant | undefined;
  /** When the deal last changed its owner; absent: never, or before this was kept. */
  ownedSince?: Instant | undefined;
  /** The approval that stays in force while the deal is asked and decided again. */
  standing?: StandingApproval | undefined;
  /** Its sections share one card in the thread. Absent: each has its own. */
  oneCard?: true | undefined;
  /** It keeps whom people named, what they wrote beside what they did, and what they saved for later. Absent: it is older. */
  keepsWords?: true | undefined;
  /** How often a reassessment was started: each asks the sections on cards of its own. */
  reassessed?: number | undefined;
  /** When licence and contract are renewed; empty where somebody said that neither is. Absent: nobody said. */
  renewals?: Renewals | undefined;
  /** Those of an approval that ended which compliance set. Absent: none, or in older deals. */
  renewalsHeld?: Renewals | undefined;
  /** What was said of the export licence after the approval. Absent: nothing. */
  licence?: LicenceSaid | undefined;
  /** Since when it was open first, where nobody but the deal team said that it is settled since. Absent: see `licenceOpenSince`. */
  licenceOpenFirst?: Instant | undefined;
  /** Reasons for a reassessment other than renewals. */
  reassessments?: Reassessment[] | undefined;
  /** The country alerts that asked for one, kept permanently: none asks twice. */
  alerts?: string[] | undefined;
  /** The approval that a newer decision or another end replaced, and its conditions that were open then. `by`: who gave it; absent in older snapshots. */
  pastApproval?: { at: Instant; ended: Condition[]; by?: PersonId[] | undefined } | undefined;
  /** Country alerts that the deal showed and that were not ended. Absent in older snapshots. */
  warned?: AlertId[] | undefined;
  /** Parties that colleagues named in corrections, for good. Absent: none, or in older snapshots. */
  putIn?: PutIn[] | undefined;
  /** All companies that were ever in between, each in its parts. Absent: nothing was corrected, or in older snapshots. */
  betweenBy?: BetweenBy[] | undefined;
  /** On whose confirmation it last rested out of scope, while it does no more: since when, and until when. Absent: none, or in older snapshots. */
  rested?: { deal: DealId; at: Instant; until: Instant } | undefined;
  /** What people wrote beside what they did to the deal, the latest of each. Absent: nothing, or in older snapshots. */
  remarks?: Remark[] | undefined;
  /** Why compliance last sent such a deal back. */
  scopeRefused?: { by: PersonId; at: Instant; reason: string } | undefined;
  /** Changes that make the deal lighter and wait for compliance. */
  lighterSaid?: LighterSaid | undefined;
  /** Lighter answers that changed nothing at once. Absent: none, or in older snapshots. */
  lighterKept?: LighterKept | undefined;
  /** Lighter answers that were confirmed, as long as nothing else is said. Absent: none, or in older snapshots. */
  lighterConfirmed?: LighterConfirmed | undefined;
  /** Answers against the deal that no answer or draft shows any more, until their question is answered again. */
  earlierSaid?: AnswersBySection | undefined;
  /** Why compliance last sent such changes back. */
  lighterRefused?: { by: PersonId; at: Instant; reason: string } | undefined;
  /** Answers that became drafts when they were asked again, with who gave them. */
  lastSaid?: AnswersBySection | undefined;
  /** Answers that were heavier, oldest first; and the flags that fell. Kept permanently, as all that follows. */
  was?: PastAnswer[] | undefined;
  fell?: FallenFlags[] | undefined;
  /** Names in the details that were others, oldest first. */
  renamed?: PastNames[] | undefined;
  /** The same of those that were corrected before anything was said of the deal, or are only written otherwise. The page shows them as they were corrected; others who name them hear of it. */
  corrected?: PastNames[] | undefined;
  stops?: Stop[] | undefined;
  /** Words that others replaced, oldest first. Absent: none, or in older snapshots. */
  reworded?: PastWords[] | undefined;
  /** Holds and alerts that were ended, oldest first. Absent: none, or in older snapshots. */
  endedAgainst?: EndedAgainst[] | undefined;
  /** Reports of a change, and suspensions, oldest first. Absent: none, or in older snapshots. */
  stood?: StoodAgainst[] | undefined;
  /** Confirmations by which the tier fell, oldest first. Absent: none, or in older snapshots. */
  lowered?: Lowered[] | undefined;
  reopenings?: { by: PersonId; at: Instant; reason: string }[] | undefined;
  authority?: AuthorityNotice | undefined;
  /** What other deals said against this one. Kept permanently. */
  others?: Others | undefined;
  /** Holds that reached the deal and were not lifted. Absent in older snapshots. */
  holds?: Record<HoldId, Hold> | undefined;
  /** Who was compared with lists, and found there. Absent: nobody, or in older snapshots. */
  screened?: Screened | undefined;
  /** Absent: nobody, or in older snapshots. */
  recused?: Recusal[] | undefined;
  /** Voters who said that they have no stake in the deal: they are not asked again. Absent in older snapshots. */
  noStake?: PersonId[] | undefined;
  /** Open questions of which compliance accepted that the answer is not known. Absent: none. */
  gaps?: Record<QuestionId, Gap> | undefined;
  /** Those of which compliance took that back: the deal takes no acceptance of its country or product for them. */
  gapsTakenBack?: Record<QuestionId, TakenBack> | undefined;
  /** Questions whose answer was given differently before. Absent: none, or before this was kept. */
  changed?: QuestionId[] | undefined;
  /** Until when a complete deal asks who might know what is not known. `over`: somebody sent it on, or time did. */
  finding?: Finding | undefined;
  /** Exceptions of the policy's risk picture that compliance confirmed for this deal, by id. Absent: none. */
  exceptions?: Record<string, Settled> | undefined;
}

/** The facts under a decision. */
export type Basis = Pick<Opened, 'details' | 'answers' | 'ownFlags' | 'requests' | 'gaps' | 'exceptions'>;

/** What a deal was of, until its details were corrected. */
export type Formerly = Pick<DealDetails, 'product' | 'destination' | 'endUser'> & {
  until: Instant;
  /** Who was in between, where that changed then. */
  intermediaries?: DealDetails['intermediaries'] | undefined;
  /** Who the customer was, where that changed then. */
  customer?: string | undefined;
};

/** An approval that does not count for now: what was overdue for too long, by their ids. */
export interface Suspension {
  at: Instant;
  /** When more of what is overdue joined it last. Absent: nothing did, or in older snapshots. */
  joined?: Instant | undefined;
  conditions: string[];
  /** Absent: none. */
  reassessments?: string[] | undefined;
  /** What was overdue, in words, where a reassessment was: its date may be moved. */
  why?: string | undefined;
}

/** A decision and its later state. */
export interface Approval {
  rule: string;
  route: DealRoute;
  decision: Decision;
  /** By condition id; one that is absent is open. */
  conditions?: Record<string, ConditionProgress> | undefined;
  suspended?: Suspension | undefined;
  /** Conditions and reassessments for which the approval was suspended already. */
  heldBackFor?: string[] | undefined;
  /** When a suspension over a reassessment was lifted last: its time counts anew from then. */
  lookPutOff?: Instant | undefined;
  /** The same of each reassessment by itself. Absent: none, or in older snapshots. */
  putOff?: Readonly<Record<string, Instant>> | undefined;
}

export interface StandingApproval extends Approval {
  basis: Basis;
  /** When its reassessment started. */
  since: Instant;
  /** Ids of the reasons that the coming decision settles: all that stood when the answers were in. */
  covers: string[];
}

export type DealState =
  | { status: 'none' }
  | (Opened & {
      status: 'answering';
      /** Out of scope by the answers, not yet confirmed: the deal waits for compliance. */
      scopeSaid?: ScopeSaid | undefined;
    })
  | (Opened & {
      status: 'out of scope';
      reasons: string[];
      by: PersonId;
      at: Instant;
      confirmed?: ScopeConfirmed | undefined;
    })
  | (Opened & {
      status: 'deciding';
      tier: Tier;
      rule: string;
      route: DealRoute;
      step: number;
      votes: Vote[];
      passed: number[];
      /** By completed step: the voters whose votes counted then. Absent for steps completed before this was kept. */
      counted?: Record<number, PersonId[]> | undefined;
      /** Since when the open step waits for votes. Absent in older snapshots. */
      stepSince?: Instant | undefined;
      /** Whose vote was taken back in the open step, or ended by a recusal, and when: they owe it from then on. */
      tookBack?: Record<PersonId, Instant> | undefined;
      /** Since when the votes that are there complete the open step, as the organisation file changed: then a day passes. */
      full?: Instant | undefined;
      /** Whether too few were left for the route when the organisation file last changed. Absent: it did not, since. */
      short?: boolean | undefined;
    })
  | (Opened & { status: 'stopped'; rule: string; at: Instant })
  | (Opened & Approval & { status: 'decided' })
  | (Opened & {
      status: 'withdrawn';
      reason: string;
      by: PersonId;
      at: Instant;
      /** As it waited for compliance then. Absent: it did not, or in older snapshots. */
      scopeSaid?: ScopeSaid | undefined;
    });

export type OpenedDeal = Exclude<DealState, { status: 'none' }>;
export type DecidingDeal = Extract<DealState, { status: 'deciding' }>;
export type DecidedDeal = Extract<DealState, { status: 'decided' }>;
export const noDeal: DealState = { status: 'none' };
