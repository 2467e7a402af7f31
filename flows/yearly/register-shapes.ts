/** The shapes of the register of yearly reports: what is written, sent, approved and published of each year. */

import type { GroupId, Instant, PersonId } from '../ids.ts';
import type { Absence } from '../organisation.ts';
import type { PublishedComplaints } from './complaints.ts';
import type { YearDifference } from './differences.ts';
import type { YearlyFigures } from './published.ts';
import type { Secret, WordPart, YearlyWords } from './words.ts';

export type YearQuestionId = string;
/** A part of the words, or the names that may stand there. */
export type Written = WordPart | 'mayName';

export interface YearText {
  words: YearlyWords;
  /** Names that compliance says may stand there. */
  mayName: string[];
  /** Counts what was saved, from 1. */
  version: number;
  by: PersonId;
  at: Instant;
  /** Everybody who wrote a part since it was last empty: they don't approve it. */
  authors: Partial<Record<Written, PersonId[]>>;
}

/** `for`: the absent person whose word it is. `groups`: those of which it can be the one. */
export interface YearVote {
  by: PersonId;
  for?: PersonId | undefined;
  groups: GroupId[];
  at: Instant;
}

/** What approvers are asked about. */
export interface SentYear {
  /** Of figures, words and names, in hex: a vote names it. */
  hash: string;
  figures: YearlyFigures;
  by: PersonId;
  at: Instant;
  votes: YearVote[];
}

/** A question on one table holds the approval until it is answered or taken back. */
export interface YearQuestion {
  id: YearQuestionId;
  table: string;
  text: string;
  by: PersonId;
  at: Instant;
  answer?: { text: string; by: PersonId; at: Instant } | undefined;
}

/** Why it is not with its approvers any more. */
export interface YearVoided {
  because: 'figures' | 'words';
  differences: YearDifference[];
  /** Parts of the words that are others now. */
  parts: Written[];
  /** Whose votes count no more. */
  voters: PersonId[];
  at: Instant;
  by: PersonId;
}

/** Why an approver sent it back last: whoever approves it after that reads it. */
export interface YearReturned {
  by: PersonId;
  for?: PersonId | undefined;
  reason: string;
  at: Instant;
}

export interface YearDraft {
  text?: YearText | undefined;
  /** Present while it waits for its approvers, or for compliance to publish it. */
  sent?: SentYear | undefined;
  questions: YearQuestion[];
  /** Ranges that the case room handed over. They go into the figures. */
  complaints?: { lines: PublishedComplaints; by: PersonId; at: Instant } | undefined;
  voided?: YearVoided | undefined;
  returned?: YearReturned | undefined;
}

export interface PublishedYear {
  figures: YearlyFigures;
  at: Instant;
  by: PersonId;
  /** Absent: published by whoever runs the bot, with words of a file. */
  words?: YearlyWords | undefined;
  hash?: string | undefined;
  votes?: YearVote[] | undefined;
}

export interface YearlyState {
  /** By year. */
  years: Readonly<Record<string, PublishedYear>>;
  /** By year, until it is published. */
  drafts: Readonly<Record<string, YearDraft>>;
  /** By year: how many of its reminders were sent. */
  reminded: Readonly<Record<string, number>>;
}

/** A name that must not stand in a text: looked for in the record, never taken from a form. */
export interface NamedIn extends Pick<Secret, 'name' | 'as'> {
  part?: WordPart | undefined;
}

interface OfYear {
  year: number;
}
/** `hash`: what the card or form showed. `away`: absences now. */
interface Voting extends OfYear {
  hash: string;
  away: readonly Absence[];
}

/** Figures are always counted by the bot as the command is given. */
export type YearlyCommand =
  | { type: 'PublishYear'; figures: YearlyFigures }
  /** `from`: the version that the form showed, 0 for none. */
  | ({ type: 'SaveYearWords'; from: number; words: YearlyWords; mayName: string[]; named: NamedIn[] } & OfYear)
  /** Absent: those of before are taken back. */
  | ({ type: 'SaveYearComplaints'; complaints?: PublishedComplaints | undefined } & OfYear)
  /** `version`: the words that `hash` covers and in which names were looked for. */
  | ({ type: 'SendYear'; version: number; figures: YearlyFigures; named: NamedIn[] } & Voting)
  | ({ type: 'ApproveYear'; figures: YearlyFigures } & Voting)
  | ({ type: 'ReturnYear'; reason: string; named: NamedIn[] } & Voting)
  | ({ type: 'AskYear'; table: string; text: string; named: NamedIn[] } & Voting)
  | ({ type: 'AnswerYear'; question: YearQuestionId; text: string; named: NamedIn[] } & OfYear)
  | ({ type: 'TakeYearQuestionBack'; question: YearQuestionId } & OfYear)
  | ({ type: 'PublishApprovedYear'; hash: string; version: number; figures: YearlyFigures; named: NamedIn[] } & OfYear)
  | { type: 'Tick' };

/** When a report is due, by the policy: which of its reminders this is. */
export interface YearReminder {
  year: number;
  due: string;
  stage: number;
  late: boolean;
  /** The date is known from now on: nobody is told. */
  first?: true | undefined;
}

export type YearlyEvent = { at: Instant; by: PersonId } & (
  | {
      type: 'YearPublished';
      figures: YearlyFigures;
      words?: YearlyWords | undefined;
      mayName?: string[] | undefined;
      hash?: string | undefined;
      votes?: YearVote[] | undefined;
    }
  | ({ type: 'YearWordsSaved' } & OfYear & Pick<YearText, 'words' | 'mayName' | 'version' | 'authors'>)
  | ({ type: 'YearComplaintsSaved'; complaints?: PublishedComplaints | undefined } & OfYear)
  /** `told`: those who are asked to approve it. */
  /** `returned`: over which it is sent again. Absent: none, or in older events. */
  | ({
      type: 'YearSent';
      hash: string;
      figures: YearlyFigures;
      told: PersonId[];
      returned?: YearReturned;
    } & OfYear)
  | ({ type: 'YearApproved'; hash: string } & OfYear & Pick<YearVote, 'for' | 'groups'>)
  | ({ type: 'YearReturned'; hash: string; reason: string; for?: PersonId | undefined; voters: PersonId[] } & OfYear)
  | ({ type: 'YearVotesVoided'; hash: string } & OfYear & Omit<YearVoided, 'at' | 'by'>)
  | ({ type: 'YearAsked'; question: YearQuestionId; table: string; text: string; hash: string } & OfYear)
  | ({ type: 'YearAnswered'; question: YearQuestionId; text: string } & OfYear)
  | ({ type: 'YearQuestionTakenBack'; question: YearQuestionId } & OfYear)
  | ({ type: 'YearReminded' } & YearReminder)
);

export type YearlyFact =
  | { fact: 'report to approve'; year: number }
  | { fact: 'report approved'; year: number; by: PersonId; for?: PersonId | undefined }
  | { fact: 'report returned'; year: number; by: PersonId; for?: PersonId | undefined; reason: string }
  | { fact: 'report changed'; year: number; voided: YearVoided }
  | { fact: 'report asked'; year: number; question: YearQuestion }
  | { fact: 'report answered'; year: number; question: YearQuestion }
  | { fact: 'report question taken back'; year: number; question: YearQuestion }
  | { fact: 'report published'; year: number; by: PersonId }
  | { fact: 'report due'; reminder: YearReminder };
