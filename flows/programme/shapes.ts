/** The shapes of the register of the company's programme. */

import type { AskedOutside } from '../asked-outside.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import type { AskedKind } from './asked-kinds.ts';
import type { ElementId } from './elements.ts';

/** What compliance says of one element. */
export interface ElementEntry {
  /** Counts what was saved, from 1. */
  version: number;
  text: string;
  owner: PersonId;
  /** The day by which somebody looks at it again. */
  next: Day;
  /** Where it can be seen: a link, or a place in words. */
  evidence?: string | undefined;
  /** Of the support from the top: who spoke last, and when. */
  who?: PersonId | undefined;
  on?: Day | undefined;
  by: PersonId;
  at: Instant;
}

/** The human-rights policy whose pages were written for the public. */
export interface PublishedPolicy {
  version: string;
  approvedBy: string;
  approvedOn: Day;
  /** sha256 of its text, in hex. */
  hash: string;
  /** Where the company puts the page. Absent: it did not say. */
  address?: string | undefined;
  /** Human-rights instruments that it names. */
  instruments: string[];
  at: Instant;
}

export type AskedId = string;

export interface Asked extends AskedOutside {
  id: AskedId;
  /** Absent: recorded before kinds were asked for. */
  kind?: AskedKind | undefined;
  on: Day;
}

export interface ProgrammeState {
  entries: Readonly<Partial<Record<ElementId, ElementEntry>>>;
  policy?: PublishedPolicy | undefined;
  /** Oldest first. */
  asked: readonly Asked[];
  /** How many reminders of an element's next day were sent. */
  reminded: Readonly<Partial<Record<ElementId, number>>>;
}

export type ProgrammeCommand =
  /** `from`: the version that the form showed, 0 for none. */
  | ({ type: 'SayElement'; element: ElementId; from: number } & Omit<ElementEntry, 'version' | 'by' | 'at'>)
  | ({ type: 'RecordAsked' } & Pick<Asked, 'who' | 'kind' | 'on' | 'about' | 'country' | 'product' | 'came'>)
  | { type: 'SayWhatCame'; asked: AskedId; came: string }
  | { type: 'PublishPolicy'; policy: Omit<PublishedPolicy, 'at'> }
  | { type: 'Tick' };

export interface ElementReminder {
  element: ElementId;
  next: Day;
  /** 1: ahead of the day; 2: past it, and the chief is told too. */
  stage: number;
}

export type ProgrammeEvent = { at: Instant; by: PersonId } & (
  | ({ type: 'ElementSaid'; element: ElementId } & Omit<ElementEntry, 'by' | 'at'>)
  | ({ type: 'AskedRecorded' } & Omit<Asked, 'by' | 'at' | 'before' | 'said'>)
  | { type: 'WhatCameSaid'; asked: AskedId; came: string }
  | ({ type: 'PolicyPublished' } & Omit<PublishedPolicy, 'at'>)
  | ({ type: 'ElementReminded' } & ElementReminder)
);

export type ProgrammeFact = { fact: 'element due'; reminder: ElementReminder };
