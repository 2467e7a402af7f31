/** The ids, instants and small shapes that every part of the business speaks of. */
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
}

/** A refusal that the person can act on. `input` names the form input it belongs to. */
export interface Refusal {
  code: 'not allowed' | 'not now' | 'not valid' | 'facts changed' | 'unknown deal' | 'already open';
  text: string;
  input?: string | undefined;
}

/** Who, when, and the ids a decision may use: flows have no clock and no randomness. */
export interface CommandMeta {
  actor: PersonId;
  at: Instant;
  /** Derived from the cause, unique to this command: ids of flags, conditions and requests are built on it. */
  id: string;
}

/**
 * `before`: its date comes near; `reminder`: it waits; `overdue`: its date has passed; `delegated`: whose it is has gone
 * away, and somebody stands in; `escalation`: somebody else is told.
 */
export type ReminderStage = 'delegated' | 'before' | 'reminder' | 'overdue' | 'escalation' | 'suspension';
