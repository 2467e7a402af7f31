/** Reminders and training, as a policy plans them. */

import type { GroupId } from '../ids.ts';

/** Business days after something began to be owed: reminders, then an escalation. */
export interface ReminderRule {
  after: readonly number[];
  escalate?: { after: number; to: EscalateTo } | undefined;
}

/** Reminders of something due on a day of the calendar: so many days before it, on it (0), and every week after it. */
export interface DueRule {
  /** Calendar days, the most first. */
  before: readonly number[];
  weeklyAfter: boolean;
}

/**
 * The recipients of an escalation: `manager` (compliance where there is none), `delegate` (the person's chosen stand-in
 * while away, else their manager), or a group.
 */
export type EscalateTo = GroupId;
export type CourseId = string;

/** A course that people take at regular intervals (C8). */
export interface Course {
  id: CourseId;
  title: string;
  about: string;
  citation: string;
  /** https. */
  url?: string | undefined;
  validMonths: number;
  /** `dealTeam`: everyone who asks for, owns or answers in a deal. */
  for: { groups: readonly GroupId[]; dealTeam: boolean };
}
export interface Training {
  courses: readonly Course[];
  /** Calendar days for people who never took a course. */
  graceDays: number;
  blocks: { opening: readonly CourseId[]; voting: readonly CourseId[] };
  /** `escalate`: calendar days past the date. */
  reminders: DueRule & { escalate?: { after: number; to: EscalateTo } | undefined };
}

/** The regular review of the reporting channel (C12) by compliance; the chief is told where it is not done. */
export interface ChannelReview extends DueRule {
  everyMonths: number;
  escalate?: { after: number } | undefined;
}
export interface Reminders {
  /** A section to be answered. */
  sections: ReminderRule;
  /** An approver's question to the deal team. */
  information: ReminderRule;
  /** A vote. */
  approvals: ReminderRule;
  /** A condition of an approval. `before`: calendar days before its due date; the rest: business days past it. */
  conditions: ReminderRule & { before: readonly number[]; suspend?: number | undefined };
  /** Evidence for a condition that compliance accepts or returns. */
  evidence: ReminderRule;
  /** `before`: calendar days before its due date; `within`: those it has without one; the rest: business days past it. */
  reassessments: ReminderRule & {
    before: readonly number[];
    within: number;
    atMost?: AtMost | undefined;
    suspend?: number | undefined;
  };
  /** The review day of a hold. `before`: calendar days; the rest: business days past it. */
  holds: ReminderRule & { before: readonly number[] };
  /** Absent: nobody is reminded to review the reporting channel. */
  channelReview?: ChannelReview | undefined;
  /** Business days in which a complete deal asks who might know what is not known. Absent: it goes on at once. */
  findOut?: number | undefined;
  /** A country with live deals that nobody looked at for `every` calendar days; the rest: business days past that. */
  watch: ReminderRule & { every: number };
  /** A product sheet or country brief: valid for so many months. `before`: calendar days; the rest: business days past it. */
  sheets: ReminderRule & { before: readonly number[]; months: number };
  /** An export licence that is not settled, every so many business days. Absent: nobody is reminded of it. */
  licence?: (Pick<ReminderRule, 'escalate'> & { every: number }) | undefined;
}

/** Months after an approval within which the deal is looked at again. */
export interface AtMost {
  high: number;
  others: number;
}
