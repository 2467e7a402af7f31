/** The ids, instants and small shapes that every flow uses. */

import type { FileSeen } from './evidence-file.ts';

/** Stable id of a human, chosen in the organisation file (`rep-1`). Never a chat id. */
export type PersonId = string;
export type GroupId = string;

/** `D-` and six or more of Crockford's base-32 letters, derived from the cause that opened the deal. */
export type DealId = string;

/** ISO 8601 instant in UTC. */
export type Instant = string;

/** `yyyy-MM-dd`. */
export type Day = string;

export interface Source {
  name: string;
  year?: number | undefined;
  /** https only. */
  url?: string | undefined;
  /** Of a file that was handed in. Absent: no file, or from before the bot looked. */
  file?: FileSeen | undefined;
}

/** The fields of commands that a refusal can be about. */
export type Field =
  // of a deal
  | 'channel'
  | 'customer'
  | 'product'
  | 'destination'
  | 'endUser'
  | 'intermediaries'
  | 'licence'
  | 'contract'
  | 'told'
  // of a vote
  | 'outcome'
  | 'rationale'
  | 'noStake'
  | 'leverage'
  | 'crucial'
  | 'scale'
  | 'scope'
  | 'irremediability'
  | 'ending'
  | 'noCondition'
  // of a hold
  | 'deal'
  | 'deals'
  | 'name'
  | 'stop'
  | 'review'
  // people, places and days
  | 'to'
  | 'delegate'
  | 'watcher'
  | 'country'
  | 'from'
  | 'until'
  | 'on'
  | 'taken'
  // of a yearly report
  | 'foreword'
  | 'learned'
  | 'change'
  | 'mayName'
  | 'table'
  // words
  | 'title'
  | 'question'
  | 'text'
  | 'note'
  | 'why'
  | 'reason';

/** The part of a command that a refusal is about: a field, or its part on a question, a flag or a condition. */
export type About =
  | Field
  | { question: string; part: 'answer' | 'note' }
  | { flag: string; part: 'opinion' | 'reason' }
  | { condition: string; part: 'text' | 'owner' | 'due' | 'carried' };

/** A refusal that the person can act on. */
export interface Refusal {
  code: 'not allowed' | 'not now' | 'not valid' | 'facts changed' | 'votes changed' | 'unknown deal' | 'already open';
  text: string;
  about?: About | undefined;
}

/** The actor, the time and the ids that a decision may use: flows have no clock and no randomness. */
export interface CommandMeta {
  actor: PersonId;
  at: Instant;
  /** Derived from the cause, unique to this command: ids of flags, conditions and requests are built from it. */
  id: string;
}

/**
 * `before`: the date is near; `reminder`: it waits; `overdue`: the date has passed; `delegated`: the responsible person
 * is away, and somebody stands in; `escalation`: somebody else is told.
 */
export type ReminderStage = 'delegated' | 'before' | 'reminder' | 'overdue' | 'escalation' | 'suspension';
