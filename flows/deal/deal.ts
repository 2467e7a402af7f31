/** The deal: the shapes that commands, events and state share. */

import type { Chat } from '../chats.ts';
import type { AcceptanceId, AcceptedOver, TakenFrom } from '../gap-acceptance.ts';
import type { Day, GroupId, Instant, Source, PersonId } from '../ids.ts';
import type { EndUserKind, FactValue, FlagId, Route, SafeguardId, SectionId, Tier } from '../policy/policy.ts';

export type ExportLicence = 'not-needed' | 'pending' | 'granted' | 'not-determined';
export const VALUE_BANDS = ['under-50k', '50k-250k', '250k-1m', '1m-10m', 'over-10m'] as const;
export type ValueBand = (typeof VALUE_BANDS)[number];

export interface DealDetails {
  customer: string;
  /** Id from the catalogue, or `other` with a name of its own. */
  product: { id: string; name: string };
  /** ISO 3166-1 alpha-2, upper case. */
  destination: string;
  endUser: { name: string; kind: EndUserKind };
  intermediaries: { name: string; role: string }[];
  valueBand?: ValueBand | undefined;
  expectedSigning?: Day | undefined;
  /** G7: a separate, recorded answer. Clearance is never a licence. */
  exportLicence: ExportLicence;
}

/** The deal's place in chat. */
export interface Home {
  platform: Chat;
  channel: string;
}

export interface Condition {
  id: string;
  text: string;
  safeguard?: SafeguardId | undefined;
  owner: PersonId;
  due: Day;
  /** Whose it was first, and by when, where an approval takes it over otherwise. Absent: as it is, or in older events. */
  first?: Pick<Condition, 'owner' | 'due'> | undefined;
  /** Who asked for it, where somebody else takes it over. Absent: whoever gave it, or in older events. */
  askedBy?: PersonId | undefined;
  /** Who set this date, where somebody else asked for it. Absent: whoever asked, or in older events. */
  dueBy?: PersonId | undefined;
  /** Who gave it to this owner, where somebody else asked for it of another. Absent: whoever asked, or in older events. */
  ownerBy?: PersonId | undefined;
  /** Who else asked for the same, in another vote of the approval or in one that no longer counts. Absent: nobody, or in older events. */
  askedAlso?: PersonId[] | undefined;
  /** When it was asked for, in an earlier vote of the same approver that no longer counts. Absent: with the vote that has it. */
  askedAt?: Instant | undefined;
}

export type VoteOutcome = 'approve' | 'approve-with-conditions' | 'decline';

export interface FlagOpinion {
  opinion: 'uphold' | 'clear';
  /** Required to clear. */
  reason?: string | undefined;
}

/** G6, with severity by scale, scope and irremediability (UNGP). Values are option values from the policy. */
export interface Weighing {
  leverage: string;
  crucial: string;
  scale: string;
  scope: string;
  irremediability: string;
  ending: string;
  safeguardsOffered?: string | undefined;
}

/** A condition of a discarded vote that a later vote does without, or asks for later or of somebody else. */
export interface LeftOut {
  /** With who else asked for it, and who set its date or its owner. */
  condition: Condition;
  askedBy: PersonId;
  reason: string;
  /** When, in an earlier vote of the same approver that no longer counts. Absent: with the vote that has it. */
  at?: Instant | undefined;
  /** What the later vote asks for. Absent: nothing. */
  instead?: Pick<Condition, 'owner' | 'due'> | undefined;
}

export interface Ballot {
  outcome: VoteOutcome;
  flags: Record<FlagId, FlagOpinion>;
  weighing?: Weighing | undefined;
  conditions: Condition[];
  rationale: string;
  /** Why an approval over upheld severe flags needs no condition, where the policy asks. */
  noCondition?: string | undefined;
  /** Absent: nothing was carried, or all of it was taken over. */
  leftOut?: LeftOut[] | undefined;
  /** "I have no stake in this deal", said once by each voter. Absent in votes from before it was asked. */
  noStake?: true | undefined;
}

export interface Vote extends Ballot {
  step: number;
  by: PersonId;
  /** The person voted for, where `by` acted for somebody who was away. */
  for?: PersonId | undefined;
  at: Instant;
  factsHash: string;
  /** Id of the passkey that signed it; the signature is in its event. Absent: it was not signed. */
  signedWith?: string | undefined;
}

export interface GivenInformation {
  by: PersonId;
  at: Instant;
  text: string;
  sources: Source[];
}

export type SaidOf = Pick<DealDetails, 'product' | 'destination' | 'endUser' | 'customer' | 'intermediaries'>;

export interface InformationRequest {
  id: string;
  step: number;
  round: number;
  /** Holds the deal in every round. Absent: asked before that was a rule, and holds its own round and step only. */
  holds?: true | undefined;
  by: PersonId;
  at: Instant;
  question: string;
  answer?: GivenInformation | undefined;
  /** What that was said of: a `SaidOf` leaves out what no answer is of. Absent: what the deal is of, in older deals. */
  of?: SaidOf | undefined;
  /** What was answered of another product, end-user or country, or with fewer in between: it is asked again. Absent: nothing, or in older deals. */
  before?: (GivenInformation & { of: SaidOf })[] | undefined;
  /** Since when it is open once more. Absent: since it was asked. */
  again?: Instant | undefined;
  takenBack?: { by: PersonId; at: Instant; reason?: string | undefined } | undefined;
}

/** What compliance settled for a deal, by whom and why. */
export interface Settled {
  by: PersonId;
  at: Instant;
  reason: string;
}

/** What compliance took back, or ended by itself. */
export interface TakenBack extends Settled {
  /** Who had accepted or confirmed it, and why, where that is somebody else. Absent: not so, or in older deals. */
  accepted?: Settled | undefined;
  /** It ended with its acceptance for a country or a product. Absent: not so, or in older deals. */
  forAll?: true | undefined;
  /** It ended after what this person said, who took nothing back. Absent: not so, or in older deals. */
  byItself?: true | undefined;
}

/** Compliance accepted that this is not known. It covers this very answer and no later one. */
export interface Gap extends Settled {
  value: FactValue;
  /** The acceptance for a country or a product that the deal took. */
  from?: TakenFrom | undefined;
  /** What this deal was when it was accepted here: it covers nothing graver. Absent where it was taken, and in older ones. */
  over?: AcceptedOver | undefined;
  /** The last day of one that was accepted here and for others until then, and theirs, with which it ends. Absent: none, or it was taken. */
  until?: Day | undefined;
  acceptance?: AcceptanceId | undefined;
}

export interface Finding {
  since: Instant;
  until: Instant;
  /** When the deal's owner and whoever might know are reminded once. */
  nudge?: Instant | undefined;
  nudged?: true | undefined;
  over?: true | undefined;
  /** Who sent the deal on before its day. Absent where nobody did, and in older snapshots. */
  sent?: { by: PersonId; at: Instant } | undefined;
}

/** One difference between the facts that a vote was made on and the present facts. Ready to show. */
export interface Difference {
  /** `gap`: compliance accepted that an answer is not known. `exception`: one that compliance confirmed. */
  what: 'answer' | 'evidence' | 'flag' | 'details' | 'gap' | 'exception' | 'alert';
  /** Question id, flag id, detail name or exception id. */
  id: string;
  before: string;
  after: string;
}

export interface Shortfall {
  step: number;
  group: GroupId;
  needed: number;
  available: number;
}

/** Somebody who decides nothing on the deal any more, in no later round either. */
export interface Recusal {
  by: PersonId;
  at: Instant;
  reason: string;
}

export interface HandOver {
  to: PersonId;
  by: PersonId;
  at: Instant;
  note?: string | undefined;
}

/** How somebody lost a section that they held. */
export interface EndedHandOver {
  how: 'answered' | 'taken back' | 'handed on';
  by: PersonId;
  at: Instant;
}

export interface DealRoute extends Route {
  factsHash: string;
  /** Steps whose quorum cannot be reached without the deal team. Normally empty. */
  shortfalls: Shortfall[];
}

export interface Decision {
  outcome: 'approved' | 'approved with conditions' | 'declined';
  votes: Vote[];
  conditions: Condition[];
  at: Instant;
  tier: Tier;
}

/** What was last said of the export licence since the approval; the details keep what the decision was made on. */
export interface LicenceSaid {
  licence: ExportLicence;
  by: PersonId;
  at: Instant;
  reason: string;
  /** Since when it has been open, or settled: “pending” after “not determined” starts no new time. */
  since: Instant;
}

/** The renewal of the licence or the contract. The deal is reassessed before it (Guidance: A2). */
export interface Renewal {
  of: 'licence' | 'contract';
  on: Day;
  /** When this date was set. */
  at: Instant;
  /** The day that compliance off the deal set: nobody else sets a later one, or none. Absent: they set none, or in older deals. */
  latest?: Day | undefined;
}

/** When licence and contract are renewed, as somebody said it. */
export interface Renewals {
  dates: Renewal[];
  by: PersonId;
  at: Instant;
  reason?: string | undefined;
}

/** The points of the Guidance that ask for a new review of an approved deal; `house`: the policy's latest date for one. */
export type ReassessmentTrigger = 'A2' | 'A3' | 'A4' | 'A5' | 'house';

/** A reason for a new review of an approved deal. */
export interface Reassessment {
  id: string;
  trigger: ReassessmentTrigger;
  why: string;
  source?: Source | undefined;
  by: PersonId;
  since: Instant;
  due: Day;
}

/** A task that somebody owes. */
export type Owed =
  | { kind: 'scope' }
  | { kind: 'lighter' }
  | { kind: 'authority' }
  | { kind: 'flag'; flag: FlagId }
  | { kind: 'reassessment'; task: string }
  | { kind: 'section'; section: SectionId }
  | { kind: 'information'; request: string }
  | { kind: 'votes'; step: number }
  | { kind: 'condition'; condition: string }
  | { kind: 'evidence'; condition: string }
  | { kind: 'licence' };

/** A stand-in for a person who is away until that day (inclusive). */
export interface Acting {
  for: PersonId;
  until: Day;
}

/** Names one task of one person since one moment: `votes:2:0:counsel-1`; `…:escalation` for the person told last. */
export type DutyKey = string;
