/** A complete deal with gaps asks first who might know. House rule: not knowing is not to punish for long. */

import { addBusinessDays, calendarOf } from '../../calendar.ts';
import type { Instant } from '../../ids.ts';
import { TIERS } from '../../policy/policy.ts';
import type { Finding } from '../deal.ts';
import { sectionProgress } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';

/** Tells whether what is not known makes the tier heavier. */
const heavierForGaps = ({ assessment: { tier, placed } }: DealView): boolean =>
  tier !== null && tier !== 'prohibited' && placed !== undefined && TIERS.indexOf(tier) > TIERS.indexOf(placed.known);

const isComplete = (view: DealView): boolean => sectionProgress(view).every(({ done }) => done);

/** Returns what a complete deal that is not routed yet waits for: something to begin, something begun, or nothing. */
export const findingFor = (
  view: DealView,
): { kind: 'none' } | { kind: 'begun'; finding: Finding } | { kind: 'begins'; until: Instant; nudge?: Instant } => {
  const { deal, policy, organisation, now } = view;
  const { finding } = deal;
  const days = policy.reminders.findOut;
  if (days === undefined || deal.status !== 'answering' || !heavierForGaps(view)) return { kind: 'none' };
  if (finding) return finding.over || finding.until <= now ? { kind: 'none' } : { kind: 'begun', finding };
  const calendar = calendarOf(organisation, deal.owner);
  const until = addBusinessDays(now, days, calendar);
  return { kind: 'begins', until, ...(days > 1 ? { nudge: addBusinessDays(now, days - 1, calendar) } : {}) };
};

/** Returns the pause that the deal is in. Undefined where it is in none, or where its scope waits for compliance. */
export const findingNow = (view: DealView): Finding | undefined => {
  const { finding, status } = view.deal;
  return status === 'answering' && !view.deal.scopeSaid && finding && !finding.over && isComplete(view)
    ? finding
    : undefined;
};

/** Returns when time next has something to do for it. */
export const findingDueAt = (view: DealView): Instant | null => {
  const finding = findingNow(view);
  if (!finding) return null;
  return finding.nudge !== undefined && !finding.nudged ? finding.nudge : finding.until;
};
