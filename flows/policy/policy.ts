/** A policy, compiled: what the flows and the cards may ask of it. Built by `compile` from a checked YAML file. */

import type { GroupId } from '../ids.ts';

export type EndUserKind = 'government' | 'security' | 'state-tied' | 'private' | 'unknown';
export type Tier = 'low' | 'elevated' | 'high' | 'prohibited';
/** How heavy a flag is in its context, lightest first: see `WEIGHTS`. */
export type Weight = 'light' | 'moderate' | 'heavy' | 'severe';
export const TIERS: readonly Tier[] = ['low', 'elevated', 'high', 'prohibited'];
export const WEIGHTS: readonly Weight[] = ['light', 'moderate', 'heavy', 'severe'];

/** A question's id is the Guidance id that it establishes (`H-RF3`), or a house id (`HR1`). */
export type QuestionId = string;
export type SectionId = string;
export type FlagId = string;
export type SafeguardId = string;

/** `yes | no | unknown | not-applicable`, one option's value, several options' values, or free text. `unknown` fits every kind. */
export type FactValue = string | string[];

export interface Facts {
  endUser: EndUserKind;
  /** True, false, or undefined where it was not said (then reseller questions are asked). */
  intermediaries?: boolean | undefined;
  answers: Readonly<Record<QuestionId, FactValue>>;
  /** Flags that people raised themselves and compliance admitted. */
  ownFlags?: readonly { id: FlagId; title: string; weight: Weight }[] | undefined;
}

export interface Option {
  value: string;
  label: string;
}

export interface Question {
  id: QuestionId;
  section: SectionId;
  /** Plain words, at most 150 characters. */
  text: string;
  /** One sentence of help, shown under the question. */
  hint?: string | undefined;
  kind: 'yes-no' | 'choice' | 'choices' | 'text';
  options: readonly Option[];
  /** "Guidance 2, red flag 3", or the name of another rule, or "House rule". */
  citation: string;
  /** The Guidance ids that the question establishes or serves. */
  sources: readonly string[];
  /** "Don't know" here is an open question that makes the deal at least elevated. */
  weighty: boolean;
  allowNotApplicable: boolean;
  /** Sources are asked for whatever the answer. */
  evidence: boolean;
  /** Well-known sources (X1) or kinds of law (X2) named at this question. */
  references: readonly Reference[];
}

export interface Reference {
  id: string;
  name: string;
  /** https, or absent for a kind of law. */
  url?: string | undefined;
}

/** A shortcut for a run of yes/no questions: one click answers them all with `answer`, another opens them one by one. */
export interface Checklist {
  id: string;
  prompt: string;
  answer: 'yes' | 'no';
  questions: readonly QuestionId[];
}

export interface Section {
  id: SectionId;
  title: string;
  intro: string;
  questions: readonly Question[];
  checklists: readonly Checklist[];
}

export interface RaisedFlag {
  id: FlagId;
  title: string;
  /** One or two plain sentences: why this matters here. */
  why: string;
  citation: string;
  /** In context, after `modifiers`. */
  weight: Weight;
  baseWeight: Weight;
  /** The questions (or own-flag ids) whose answers raised it. */
  because: readonly QuestionId[];
  modifiers: readonly { id: string; text: string; effect: 'heavier' | 'lighter' }[];
  safeguards: readonly SafeguardId[];
}

export interface OpenQuestion {
  id: QuestionId;
  text: string;
  citation: string;
  weighty: boolean;
}

export interface TraceLine {
  /** Id of the rule, flag, modifier or question that speaks. */
  id: string;
  text: string;
}

export interface Assessment {
  scope: 'in' | 'out';
  scopeReasons: readonly string[];
  flags: readonly RaisedFlag[];
  openQuestions: readonly OpenQuestion[];
  /** Null when out of scope. On unfinished answers it is an estimate. */
  tier: Tier | null;
  /** Id of the tier rule that decided. */
  rule: string | null;
  trace: readonly TraceLine[];
}

export interface Safeguard {
  id: SafeguardId;
  title: string;
  /** What the condition says when it is suggested. */
  condition: string;
  citation: string;
  /** Days after the approval when it is due, by default. */
  dueInDays: number;
}

export interface Step {
  group: GroupId;
  quorum: number;
  including: readonly { group: GroupId; atLeast: number }[];
}

export interface Route {
  tier: Tier;
  steps: readonly Step[];
  /** Approvers fill the G6 weighing. */
  weighing: boolean;
}

/**
 * Where an escalation goes: `manager` (compliance where there is none), `delegate` (whom the person chose while away, else
 * their manager), or a group.
 */
export type EscalateTo = GroupId;

/** Business days after something began to be owed: reminders, then somebody else is told. */
export interface ReminderRule {
  after: readonly number[];
  escalate?: { after: number; to: EscalateTo } | undefined;
}

/** Of what is due on a day of the calendar: so many days before it, on it (0), and every week after it. */
export interface DueRule {
  /** Calendar days, the most first. */
  before: readonly number[];
  weeklyAfter: boolean;
}

export type CourseId = string;

/** A course that people take again and again (C8). */
export interface Course {
  id: CourseId;
  title: string;
  about: string;
  citation: string;
  /** https. */
  url?: string | undefined;
  validMonths: number;
  /** `dealTeam`: whoever asks for, owns or answers in a deal. */
  for: { groups: readonly GroupId[]; dealTeam: boolean };
}

export interface Training {
  courses: readonly Course[];
  /** Calendar days that somebody has who never took a course. */
  graceDays: number;
  blocks: { opening: readonly CourseId[]; voting: readonly CourseId[] };
  /** `escalate`: calendar days past the date. */
  reminders: DueRule & { escalate?: { after: number; to: EscalateTo } | undefined };
}

/** The reporting channel is reviewed again and again (C12), by compliance; the chief is told where it is not. */
export interface ChannelReview extends DueRule {
  everyMonths: number;
  escalate?: { after: number } | undefined;
}

export interface Reminders {
  /** A section that somebody is to answer. */
  sections: ReminderRule;
  /** A question of an approver to the deal team. */
  information: ReminderRule;
  /** A vote. */
  approvals: ReminderRule;
  /** A condition of an approval. `before`: calendar days before its due date; `after`, `escalate` and `suspend`: business days past it. */
  conditions: ReminderRule & { before: readonly number[]; suspend?: number | undefined };
  /** Evidence for a condition, that compliance accepts or returns. */
  evidence: ReminderRule;
  /** `before`: calendar days before its due date; `within`: how many it has where no date is given; the rest: business days past it. */
  reassessments: ReminderRule & { before: readonly number[]; within: number };
  /** The day on which a hold is looked at again. `before`: calendar days; the rest: business days past it. */
  holds: ReminderRule & { before: readonly number[] };
  /** Absent: nobody is reminded to review the reporting channel. */
  channelReview?: ChannelReview | undefined;
  /** A country with live deals that nobody looked at for `every` calendar days; the rest: business days past that. */
  watch: ReminderRule & { every: number };
}

export interface CompiledPolicy {
  name: string;
  version: string;
  /** sha256 of the canonical JSON of the checked policy. */
  hash: string;
  sections: readonly Section[];
  /** The section whose answers settle the scope. Always asked first. */
  scopeSection: SectionId;
  safeguards: Readonly<Record<SafeguardId, Safeguard>>;
  /** Forms of misuse (G11) and rights (P6) are options of questions; these are the G6 severity scales. */
  weighing: {
    leverage: readonly Option[];
    crucial: readonly Option[];
    severity: readonly Option[];
    ending: readonly Option[];
  };
  reminders: Reminders;
  /** Absent: no training is asked of anybody. */
  training?: Training | undefined;
  question(id: QuestionId): Question | undefined;
  flagTitle(id: FlagId): string | undefined;
  /** The sections that have at least one question to ask, in order. Out of scope: the scope section alone. */
  sectionsFor(facts: Facts): readonly Section[];
  /** The questions of one section that apply, given everything answered so far. */
  questionsFor(section: SectionId, facts: Facts): readonly Question[];
  evaluate(facts: Facts): Assessment;
  routeFor(tier: Exclude<Tier, 'prohibited'>): Route;
}
