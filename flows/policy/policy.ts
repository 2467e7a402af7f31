/** A compiled policy, as the flows and the cards use it. Built by `compile` from a checked YAML file. */

import type { GroupId } from '../ids.ts';
import type { Reminders, Training } from './reminders.ts';
import type { Indicator } from './schema-indicators.ts';

export type EndUserKind = 'government' | 'security' | 'state-tied' | 'private' | 'unknown';
/** Kinds that a name may give away. */
export const NAMED_KINDS = ['security', 'government', 'state-tied'] as const satisfies readonly EndUserKind[];
export type NamedKind = (typeof NAMED_KINDS)[number];
export type Tier = 'low' | 'elevated' | 'high' | 'prohibited';

/** How heavy a flag is in its context, lightest first: see `WEIGHTS`. */
export type Weight = 'light' | 'moderate' | 'heavy' | 'severe';
export const TIERS: readonly Tier[] = ['low', 'elevated', 'high', 'prohibited'];
export const WEIGHTS: readonly Weight[] = ['light', 'moderate', 'heavy', 'severe'];

/** The parts of the weighing sheet (G6). Severity is scale, scope and irremediability (UNGP 14). */
export const WEIGHED = ['leverage', 'crucial', 'scale', 'scope', 'irremediability', 'ending'] as const;
export type Weighed = (typeof WEIGHED)[number];

/** A question's id is the Guidance id that it establishes (`H-RF3`), or a house id (`HR1`). */
export type QuestionId = string;
export type SectionId = string;
export type FlagId = string;
export type SafeguardId = string;

/** `yes | no | unknown | not-applicable`, one option's value, several options' values, or free text. `unknown` fits every kind. */
export type FactValue = string | string[];

/** An answer that was given of another product, country or end-user: it counts as not known, whatever it needs to stand on. */
export const OF_ANOTHER = -1;

export interface Facts {
  endUser: EndUserKind;
  /** Undefined where it was not said (then reseller questions are asked). */
  intermediaries?: boolean | undefined;
  answers: Readonly<Record<QuestionId, FactValue>>;
  /** Flags that people raised themselves and compliance admitted. */
  ownFlags?: readonly { id: FlagId; title: string; weight: Weight }[] | undefined;
  /** By question: on how many publishers or people its answer stands. Absent: on none. Less than none: `OF_ANOTHER`. */
  based?: Readonly<Record<QuestionId, number>> | undefined;
  /** Questions of which compliance accepted that the answer is not known. */
  accepted?: readonly QuestionId[] | undefined;
  /** A country alert stands. */
  alert?: boolean | undefined;
  /** Exceptions of the risk picture that compliance confirmed for this deal. */
  confirmed?: readonly string[] | undefined;
}

export interface Option {
  value: string;
  label: string;
}

/** The option of a question with several answers that excludes the others. */
export const NONE = 'none';

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
  /** Sources are asked for with every answer. */
  evidence: boolean;
  /** A "yes" stops the deal at once, whatever else is open. */
  stops?: boolean | undefined;
  /** The answer is a sentence: what to write, where it is less. */
  sentence?: string | undefined;
  /** Well-known sources (X1) or kinds of law (X2) named at this question. */
  references: readonly Reference[];
  /** What a benign answer must stand on; absent: nothing is asked. */
  basis?: 'source' | 'counsel' | undefined;
  /** Compliance can't accept that it is not known. */
  mustBeKnown?: true | undefined;
  /** Compliance can accept that it is not known of the country, or of the product, for later deals too. */
  about?: 'country' | 'product' | undefined;
  /** Who answers it. A sheet of the product or a brief on the country says it for every deal. Absent: the deal team. */
  answeredBy?: readonly Knower[] | undefined;
}

/** Who knows the answers to a question, of the product or of the country. `requester`: whoever asks for the deal. */
export const KNOWERS = ['product-managers', 'counsel', 'compliance', 'requester'] as const;
export type Knower = (typeof KNOWERS)[number];

export interface Reference {
  id: string;
  name: string;
  /** https, or absent for a kind of law. */
  url?: string | undefined;
}

/** A shortcut for a run of yes/no questions: one click answers all with `answer`, another opens them one by one. */
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
  /** One or two plain sentences: why the flag matters here. */
  why: string;
  citation: string;
  /** In context, after `modifiers`. */
  weight: Weight;
  baseWeight: Weight;
  /** The questions (or own-flag ids) whose answers raised it. */
  because: readonly QuestionId[];
  modifiers: readonly { id: string; text: string; effect: 'heavier' | 'lighter' }[];
  safeguards: readonly SafeguardId[];
  /** Raised by hand: its title is what somebody wrote. */
  byHand?: true | undefined;
}

export interface OpenQuestion {
  id: QuestionId;
  text: string;
  citation: string;
  weighty: boolean;
  /** Why it is open. Only with a risk picture. */
  why?: WhyOpen | undefined;
  /** Compliance accepted that it is not known. */
  accepted?: true | undefined;
  /** Offered while it is open. */
  safeguards?: readonly SafeguardId[] | undefined;
}

export interface TraceLine {
  /** Id of the rule, flag, modifier or question behind the line. */
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
  /** Absent out of scope, and for a policy without a risk picture. */
  placed?: Placed | undefined;
}

export interface Safeguard {
  id: SafeguardId;
  title: string;
  /** The suggested condition's text. */
  condition: string;
  citation: string;
  /** Default due date, in days after the approval. */
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

/** The weighing sheet (G6). Each scale has the mildest choice first. */
export interface WeighingSheet {
  /** Absent in policies from before it was cited. */
  citation?: string | undefined;
  leverage: readonly Option[];
  crucial: readonly Option[];
  /** One scale for the next three, where they have none of their own. */
  severity?: readonly Option[] | undefined;
  /** How grave. */
  scale?: readonly Option[] | undefined;
  /** How many people. */
  scope?: readonly Option[] | undefined;
  /** Whether it can be undone. */
  irremediability?: readonly Option[] | undefined;
  ending: readonly Option[];
  /** Choices that ask an approval without conditions for a reason, where a severe flag is upheld. */
  askWhy?: Partial<Record<Weighed, readonly string[] | undefined>> | undefined;
}

/** Open questions that, answered well, lower the tier: none of them can be left out. No ids: no answers would. */
export interface Lowering {
  /** In the policy's order. */
  ids: readonly QuestionId[];
  /** False where the search for them took too long: other questions might be fewer. */
  fewest: boolean;
}

/** How a deal ended, for how long its record is kept. `approved`: it was sold under an approval that has ended. */
export const ENDS = ['approved', 'declined', 'stopped', 'withdrawn', 'outOfScope'] as const;
export type Ended = (typeof ENDS)[number];
/** Months after its end. One that is absent is not kept for a certain time. */
export type Retention = Readonly<Partial<Record<Ended, number | undefined>>>;

export interface SignatureRule {
  from: 'low' | 'elevated' | 'high';
  /** What happens where a voter can't sign: the vote waits, or goes on and is shown as not signed. */
  without: 'wait' | 'allow';
  /** `device-bound`: no passkey that is copied between devices. Absent: any. */
  passkeys?: 'any' | 'device-bound' | undefined;
}

export interface YearlyReportRule {
  /** Groups of the organisation, or the roles `chief`, `counsel` and `compliance`. */
  approvers?: 'none' | readonly string[] | undefined;
  least?: number | undefined;
  /** `MM-DD`. */
  reportBy?: string | undefined;
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
  /** Forms of misuse (G11) and rights (P6) are options of questions; this is G6. */
  weighing: WeighingSheet;
  reminders: Reminders;
  /** Each voter says once per deal that they have no stake in it. Absent: nobody is asked. */
  declareStake?: boolean | undefined;
  /** False: votes of a manager of anybody on the deal team do not complete a step while somebody else could vote. Absent: they do. */
  managerAlone?: boolean | undefined;
  /** Who may vote and judge for whom. Absent: those whom the absent person chose, as it was before. */
  delegates?: 'same-group' | 'anybody' | undefined;
  /** Absent where nobody needs training. */
  training?: Training | undefined;
  /** Absent where a list of rules sets the tier. */
  picture?: Picture | undefined;
  /** How long the records of deals are kept. Absent: nobody is told when, and two people may erase one at any time. */
  retention?: Retention | undefined;
  /** Months for which an answer about an end-user is offered to a later deal with it. Absent: none is. */
  reuse?: { months: number } | undefined;
  /** Whether compliance confirms that a deal is out of scope. Absent: never, not even in a reassessment. */
  confirmScope?: 'always' | 'able' | 'never' | undefined;
  /** Categories of the catalogue whose products can gather or analyse data about people, unless marked otherwise. */
  ableCategories?: readonly string[] | undefined;
  /** Words in a party's name that belong to a kind of end-user, in any language. Absent: none is looked for. */
  kindNames?: Readonly<Partial<Record<NamedKind, readonly string[]>>> | undefined;
  /** What a change that makes a deal lighter needs: a reason, or also compliance. Absent: nothing. */
  lighter?: 'reason' | 'confirm' | undefined;
  /** From which tier on votes are signed with a passkey. Absent: none is. */
  signature?: SignatureRule | undefined;
  /** The company exports from the EU: it notifies the authority of a use for repression. */
  euExporter?: boolean | undefined;
  /** Who approves the yearly report, how small its figures may be, and by which day. Absent: the chief and counsel, 5, none. */
  yearlyReport?: YearlyReportRule | undefined;
  /** What values of public datasets suggest in country briefs. */
  indicators: readonly Indicator[];
  question(id: QuestionId): Question | undefined;
  /** Tells whether this is the better answer of the question. Free text has none that is better. */
  isBenign(id: QuestionId, value: FactValue): boolean;
  /** Tells whether that answer in place of the one before can make a deal lighter, with some answers to the other questions. */
  lightens(id: QuestionId, before: FactValue, now: FactValue): boolean;
  wouldLower(facts: Facts): Lowering;
  flagTitle(id: FlagId): string | undefined;
  /** Its flags, in its order, with the question that raises each where there is one. */
  flagNames: readonly { id: FlagId; title: string; citation: string; asks?: string | undefined }[];
  /** Returns the sections that have at least one question to ask, in order. Out of scope: the scope section alone. */
  sectionsFor(facts: Facts): readonly Section[];
  /** Returns the questions of one section that apply, given everything answered so far. */
  questionsFor(section: SectionId, facts: Facts): readonly Question[];
  evaluate(facts: Facts): Assessment;
  routeFor(tier: Exclude<Tier, 'prohibited'>): Route;
}
export type WhyOpen = 'unanswered' | 'unknown' | 'not applicable' | 'not done' | 'no basis' | 'one publisher';

/** The place of a deal in the policy's risk picture. */
export interface Placed {
  row: string;
  column: string;
  /** The tier of the cell, before any rule. */
  cell: Tier;
  /** The tier on what is known alone. Lower than the deal's: what is not known makes the difference. */
  known: Tier;
  /** One for each step that put the deal there. */
  steps: readonly TraceLine[];
  /** Questions that nobody has answered yet. */
  unanswered: readonly QuestionId[];
  /** The exception that fits, whether confirmed or not. */
  exception?: { id: string; text: string; tier: Tier; confirmed: boolean } | undefined;
}

/** The risk picture as it is drawn: `cells[row][column]`. */
export interface Picture {
  rows: readonly { id: string; title: string; text: string }[];
  columns: readonly { id: string; title: string; text: string }[];
  cells: readonly (readonly Tier[])[];
  /** `questions`: those whose answers it rests on, in its own order. */
  exceptions: readonly { id: string; text: string; questions: readonly QuestionId[] }[];
}
