/** How long a case is kept (item C10 of the Guidance: who spoke stays secret). What is no longer needed is erased. */

import type { Case, CaseEvent } from './case.ts';
import { caseDays } from './case.ts';
import { ASK_AFTER_MONTHS, plusDays, type Day } from './days.ts';

/** Days after the last time they were asked how it went on. */
export const USUAL_RETENTION_DAYS = 90;

/** Of who reported it, unanswered: nothing is erased that nobody read. */
const isUnanswered = (events: readonly CaseEvent[]): boolean =>
  events.findLast(({ kind }) => kind !== 'let in')?.kind === 'added';

/**
 * Returns the day on which a case is erased, if nothing happens in it before; undefined where it is not. A closed one has
 * nothing that stands: no hold, remedy or claim (`closingProblem` of flows/voices/steps.ts).
 */
export const erasedOn = (of: Pick<Case, 'day' | 'events'>, retentionDays: number): Day | undefined => {
  const { over, erased, asked = [] } = caseDays(of);
  if (over === undefined) return undefined;
  if (erased) return plusDays(over, retentionDays);
  if (asked.length < ASK_AFTER_MONTHS.length || isUnanswered(of.events)) return undefined;
  const last = of.events.at(-1)?.day ?? over;
  return plusDays(last, retentionDays);
};
