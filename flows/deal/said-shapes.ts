/** The shapes of what is said and waits for compliance, and of what stays visible of it. */

import type { HoldId } from '../hold.ts';
import type { PersonId, Instant, DealId } from '../ids.ts';
import type { QuestionId, FactValue, FlagId, EndUserKind, SectionId, Tier } from '../policy/policy.ts';
import type { Answer } from './answer-shapes.ts';
import type { DealDetails } from './deal.ts';

/** Out of scope by the answers of the deal team, until compliance confirms it. */
export interface ScopeSaid {
  reasons: string[];
  /** What speaks against it, ready to show. */
  contradicts: string[];
  /** The rules that put it out of scope. */
  rules: string[];
  /** The facts that compliance confirms, and no others. */
  factsHash: string;
  /** What is different since compliance sent it back, in the words of whoever says it again. */
  why?: string | undefined;
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
  /** Who else gave it. Absent: nobody. */
  also?: PersonId[] | undefined;
  until: Instant;
  changedBy: PersonId;
  why: string;
}

/** Words that other words replaced: a sentence that was the answer, or a note under it. */
export interface WordsBefore {
  question: QuestionId;
  value?: string | undefined;
  note?: string | undefined;
  /** Names and links of a colleague's sources. Absent: none, or in older events. */
  sources?: string[] | undefined;
  /** Who wrote them, and when. */
  by: PersonId;
  at: Instant;
}
export type Reworded = WordsBefore[];
export interface PastWords extends WordsBefore {
  until: Instant;
  changedBy: PersonId;
}

/** Flags that a change of the deal's facts made fall. */
export interface FallenFlags {
  flags: FlagId[];
  by: PersonId;
  at: Instant;
  why: string;
}

/** Details that became others. `kind`: of the end-user. */
export type Renamed =
  | 'end-user'
  | 'customer'
  | 'intermediaries'
  | 'roles'
  | 'kind'
  | 'product'
  | 'destination'
  | 'valueBand'
  | 'expectedSigning'
  | 'exportLicence';

/** Details that answers were given about, until others took their place. */
export interface PastNames {
  of: Renamed;
  /** Names; intermediaries with their roles; a kind of end-user; a country, ISO 3166-1 alpha-2; a value band, a day and a licence as details have them, empty where none was said. */
  before: string[];
  until: Instant;
  changedBy: PersonId;
  why: string;
}

/** A party that somebody else than who sells the deal named: they may know it better than whoever takes it out. */
export interface PutIn {
  name: string;
  /** Of a company in between. */
  role?: string | undefined;
  by: PersonId;
  at: Instant;
  /** Absent: as the deal was opened. */
  why?: string | undefined;
}

/** A company in between, and who said first that it is in that part. */
export interface BetweenBy {
  name: string;
  role: string;
  by: PersonId;
  at: Instant;
  /** Absent: as the deal was opened. */
  why?: string | undefined;
}

/** What somebody wrote beside what they did to the deal. */
export interface Remark {
  of: 'corrected' | 'handed over' | 'withdrawn' | 'reopened' | 'recused' | 'returned' | 'set';
  text: string;
  by: PersonId;
  at: Instant;
  /** The product, its end-user, the country or who is in between became another with it. */
  moves?: true | undefined;
}

/** Facts that counted when a change made the deal lighter. */
export interface CountedFacts {
  endUser: EndUserKind;
  answers: Record<QuestionId, FactValue>;
  /** The rest of the facts then. Absent in older events. */
  intermediaries?: boolean | undefined;
  alert?: boolean | undefined;
  based?: Readonly<Record<QuestionId, number>> | undefined;
}

/** Changes that make a deal lighter and wait for compliance: until then the heavier of before and now counts. */
export interface LighterSaid {
  /** What the first of them changed: it comes back if compliance refuses. */
  was: {
    endUser: EndUserKind;
    /** The end-user's name. Absent in older events' states. */
    name?: string | undefined;
    product: DealDetails['product'];
    destination?: string | undefined;
    intermediaries?: DealDetails['intermediaries'] | undefined;
  };
  /** The facts that counted before each of them, oldest first. */
  before: CountedFacts[];
  /** The answers that come back if compliance refuses. */
  answers: { section: SectionId; question: QuestionId; answer: Answer }[];
  changes: { of: 'details' | 'answers'; by: PersonId; at: Instant; why: string }[];
  /** The last change: what compliance looks at. */
  at: Instant;
  /** What of it compliance confirmed before. Absent: nothing, or in older states. */
  again?: ConfirmedBefore | undefined;
}

/** Answers that compliance confirmed, by whom and when; since when they look again, and over what. */
export interface ConfirmedBefore {
  questions: QuestionId[];
  by: PersonId;
  at: Instant;
  since: Instant;
  /** The deal is of others than then, or something is said in other words. */
  over: 'details' | 'words';
}

/**
 * Lighter answers that changed neither flags nor tier when they were given. `answers`: those of before. They count, and wait
 * for compliance, as soon as they would with other answers.
 */
export type LighterKept = Pick<LighterSaid, 'answers' | 'changes' | 'again'>;

/** Those that compliance confirmed, the first that was said of each question, and who did last. */
export type LighterConfirmed = Pick<LighterSaid, 'answers' | 'changes'> & { by: PersonId; at: Instant };

/** A confirmation of compliance by which the deal's tier fell, and who gave it. */
export interface Lowered {
  from: Tier;
  to: Tier;
  /** It was an exception of the policy. Absent: changes of the deal, or in older ones. */
  exception?: true | undefined;
  /** It was accepted that something is not known. Absent: nothing was, or in older ones. */
  gaps?: true | undefined;
  by: PersonId;
  at: Instant;
}

/**
 * A hold, a country alert, a report or a suspension that stood against the deal, and who ended it. `why`: why it was made, and
 * `from`: by whom.
 */
export interface EndedAgainst {
  /** `gaps`: what was accepted as not known and taken back, until somebody accepted it again. `decline`: a vote, until the deal was reopened. */
  of: 'hold' | 'alert' | 'report' | 'suspension' | 'gaps' | 'decline';
  why?: string | undefined;
  from?: PersonId | undefined;
  by: PersonId;
  at: Instant;
  reason: string;
  /** Of `gaps`: which, questions and exceptions. Absent in older snapshots. */
  questions?: string[] | undefined;
  /** A hold that did not hold the deal, and whom it was on. Absent: it did, or in older snapshots. */
  hold?: HoldId | undefined;
  name?: string | undefined;
  /** It ended because the deal was reopened. Absent: it did not, or in older snapshots. */
  reopened?: true | undefined;
}

/** What a colleague said against a deal that is reopened over it: a vote to decline, or a report of a change. */
export interface Overturned {
  of: 'decline' | 'report';
  why: string;
  from: PersonId;
}

/** A report of a change, or a suspension, that ever stood against the deal. `why`: the report, or the conditions that were overdue. */
export interface StoodAgainst {
  of: 'report' | 'suspension';
  why: string;
  by: PersonId;
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

/** Answers that were changed to lighter ones, the red flags that fell by it, and why. `waits`: the facts that counted, until compliance confirms it. */
export interface LighterChanged {
  questions: QuestionId[];
  flags: FlagId[];
  why: string;
  waits?: CountedFacts | undefined;
  /** Neither flags nor the tier fell: what was said before is kept, for when it would make a difference. */
  keeps?: true | undefined;
  /** What was said before where it is not the section's last answer. */
  said?: Record<QuestionId, Answer> | undefined;
}

/** `left`: they are not in the organisation file any more. */
export interface LostWord {
  of: PersonId;
  questions: QuestionId[];
  left?: true | undefined;
}

/** What a deal stands on no more. Absent members: none. */
export interface LostBasis {
  /** Id of counsel's note, whose last day has passed; so has that of these accepted gaps. */
  note?: string | undefined;
  gaps?: QuestionId[] | undefined;
  /** Gaps that were accepted over a deal that is milder than this one by now. */
  outgrown?: QuestionId[] | undefined;
  /** Gaps that were taken from an acceptance, under which a colleague wrote: compliance has not read it. Absent in older events. */
  unread?: QuestionId[] | undefined;
  /** Words of people who sell the deal by now, or are gone. */
  words?: LostWord[] | undefined;
  /** Answers whose sheet's last day has passed. */
  sheets?: QuestionId[] | undefined;
}
