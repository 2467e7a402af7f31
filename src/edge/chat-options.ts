/** The options that every chat takes. */

import type { Organisation } from '../../flows/organisation.ts';
import type { Rate } from '../../store/event-store.ts';
import type { Bell } from '../bell.ts';
import type { Logger } from '../log.ts';
import type { Router } from './interaction.ts';
import type { KeepRefusal } from './refusals.ts';
import type { CountRequest } from './request-watch.ts';

export interface ChatOptions {
  organisation: () => Organisation;
  route: Router;
  /** Records refused accounts, with the reason. */
  refused: KeepRefusal;
  asked?: CountRequest | undefined;
  logger: Logger;
  /** Gives a bell that rings when something happened on a deal: a page that somebody looks at is drawn again. Absent: it stays as it was. */
  happened?: (() => Bell) | undefined;
  clock: () => Date;
  /** How long the route may take before the person is told that the outcome is not known. */
  deadlineMs?: number | undefined;
  /** How long another process that began to answer may take, before it is considered dead. */
  graceMs?: number | undefined;
  /** How fast messages may follow each other in one conversation; empty for no limit, undefined for the chat's own. */
  rates?: readonly Rate[] | undefined;
}

/** A little less than the three seconds that Slack waits; Teams waits longer, and its people do not. */
export const DEADLINE_MS = 2500;
