/** The deal: the shapes that commands, events and state share. */

import type { Chat } from '../chats.ts';
import type { Day, DealId, GroupId, Instant, Source, PersonId } from '../ids.ts';
import type {
  EndUserKind,
  FactValue,
  FlagId,
  QuestionId,
  Route,
  SafeguardId,
  SectionId,
  Tier,
  Weight,
} from '../policy/policy.ts';

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

export interface GivenAnswer {
  value: FactValue;
  note?: string | undefined;
  sources: Source[];
}

export interface Answer extends GivenAnswer {
  by: PersonId;
  at: Instant;
}

export interface OwnFlag {
  id: FlagId;
  title: string;
  by: PersonId;
  at: Instant;
  /** Pending flags don't count until compliance admits them. */
  status: 'pending' | 'admitted' | 'dismissed';
  weight: Weight;
  reason?: string | undefined;
}

export interface Condition {
  id: string;
  text: string;
  safeguard?: SafeguardId | undefined;
  owner: PersonId;
  due: Day;
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

export interface Ballot {
  outcome: VoteOutcome;
  flags: Record<FlagId, FlagOpinion>;
  weighing?: Weighing | undefined;
  conditions: Condition[];
  rationale: string;
}

export interface Vote extends Ballot {
  step: number;
  by: PersonId;
  /** The person voted for, where `by` acted for somebody who was away. */
  for?: PersonId | undefined;
  at: Instant;
  factsHash: string;
}

export interface InformationRequest {
  id: string;
  step: number;
  /** The round of the question: one of an earlier round holds nobody up. */
  round: number;
  by: PersonId;
  at: Instant;
  question: string;
  answer?: { by: PersonId; at: Instant; text: string; sources: Source[] } | undefined;
}

/** One difference between the facts that a vote was made on and the present facts. Ready to show. */
export interface Difference {
  what: 'answer' | 'evidence' | 'flag' | 'details';
  /** Question id, flag id or detail name. */
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

export interface HandOver {
  to: PersonId;
  by: PersonId;
  at: Instant;
  note?: string | undefined;
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

export type AnswersBySection = Record<SectionId, Record<QuestionId, Answer>>;

/** `for`: as in a vote. */
export interface Evidence {
  by: PersonId;
  for?: PersonId | undefined;
  at: Instant;
  text: string;
  sources: Source[];
}

/** A condition's progress after the approval. */
export interface ConditionProgress {
  status: 'open' | 'met' | 'accepted';
  /** Evidence, the newest last. */
  evidence: Evidence[];
  /** Why compliance last returned it. */
  returned?: { by: PersonId; for?: PersonId | undefined; at: Instant; reason: string } | undefined;
  accepted?: { by: PersonId; for?: PersonId | undefined; at: Instant } | undefined;
  /** The present owner, where that is not the owner in the decision. */
  handed?: { to: PersonId; by: PersonId; at: Instant; reason: string } | undefined;
}

/** The renewal of the licence or the contract. Guidance 7, point 2: the deal is reassessed before. */
export interface Renewal {
  of: 'licence' | 'contract';
  on: Day;
  /** When this date was set. */
  at: Instant;
}

/** The points of Guidance 7 that ask for a new review of an approved deal. */
export type ReassessmentTrigger = 'A2' | 'A3' | 'A4' | 'A5';

/** Kinds of change: a major change is point 4, the others are point 3. */
export const CHANGES = ['activity', 'service', 'relationship', 'major'] as const;
export type ChangeKind = (typeof CHANGES)[number];

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

/** Out of scope by the answers of the deal team, until compliance confirms it. */
export interface ScopeSaid {
  reasons: string[];
  /** What speaks against it, ready to show. */
  contradicts: string[];
  /** The rules that put it out of scope. */
  rules: string[];
  /** The facts that compliance confirms, and no others. */
  factsHash: string;
  by: PersonId;
  at: Instant;
}

/** Who of compliance confirmed that a deal is out of scope. `deal`: another deal, whose confirmation stands for this one. */
export interface ScopeConfirmed {
  by: PersonId;
  at: Instant;
  deal?: DealId | undefined;
}

/** An answer that was changed to a lighter one: it stays visible to those who judge the deal. */
export interface PastAnswer {
  question: QuestionId;
  before: FactValue;
  /** Who gave it, and when. */
  by: PersonId;
  at: Instant;
  until: Instant;
  changedBy: PersonId;
  why: string;
}

/** Flags that a change of the deal's facts made fall. */
export interface FallenFlags {
  flags: FlagId[];
  by: PersonId;
  at: Instant;
  why: string;
}

/** Facts that counted when a change made the deal lighter. */
export interface CountedFacts {
  endUser: EndUserKind;
  answers: Record<QuestionId, FactValue>;
}

/** Changes that make a deal lighter and wait for compliance: until then the heavier of before and now counts. */
export interface LighterSaid {
  /** What the first of them changed: it comes back if compliance refuses. */
  was: { endUser: EndUserKind; product: DealDetails['product'] };
  /** The facts that counted before each of them, oldest first. */
  before: CountedFacts[];
  /** The answers that come back if compliance refuses. */
  answers: { section: SectionId; question: QuestionId; answer: Answer }[];
  changes: { of: 'details' | 'answers'; by: PersonId; at: Instant; why: string }[];
  /** The last change: what compliance looks at. */
  at: Instant;
}

/** A stop of the policy. `lifted`: the chief took it back. */
export interface Stop {
  rule: string;
  /** The questions whose "yes" stopped it; none: all the answers together. */
  because?: QuestionId[] | undefined;
  at: Instant;
  /** The person whose answer stopped the deal. */
  by?: PersonId | undefined;
  lifted?: { by: PersonId; at: Instant; reason: string } | undefined;
}

/** A duty of EU exporters: to notify the authority of a use for repression. */
export interface AuthorityNotice {
  since: Instant;
  done?: { by: PersonId; at: Instant; note: string } | undefined;
}

/** A task that somebody owes. */
export type Owed =
  | { kind: 'scope' }
  | { kind: 'lighter' }
  | { kind: 'authority' }
  | { kind: 'reassessment'; task: string }
  | { kind: 'section'; section: SectionId }
  | { kind: 'information'; request: string }
  | { kind: 'votes'; step: number }
  | { kind: 'condition'; condition: string }
  | { kind: 'evidence'; condition: string };

/** A stand-in for a person who is away until that day (inclusive). */
export interface Acting {
  for: PersonId;
  until: Day;
}

/** Names one task of one person since one moment: `votes:2:0:counsel-1`; `…:escalation` for the person told last. */
export type DutyKey = string;
