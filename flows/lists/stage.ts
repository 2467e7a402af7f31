/** Where a deal stands, in the words of boards and of search. */

import { calendarOf, dayIn } from '../calendar.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import type { Tier } from '../policy/policy.ts';
import type { DealSummary } from './summary.ts';
import type { Today } from './waits.ts';

/** Each deal stands in one. */
export const STAGES = [
  'answering',
  'scope to confirm',
  'in review',
  'approved',
  'declined',
  'stopped',
  'withdrawn',
  'out of scope',
] as const;
export type Stage = (typeof STAGES)[number];

const SCOPE = 'scope';
export const waitsForScope = ({ waits }: Pick<DealSummary, 'waits'>): boolean => waits.some(({ of }) => of === SCOPE);

export const stageOf = (deal: DealSummary): Stage => {
  switch (deal.status) {
    case 'answering':
      return waitsForScope(deal) ? 'scope to confirm' : 'answering';
    case 'deciding':
      return 'in review';
    case 'decided':
      return deal.decision?.outcome === 'declined' ? 'declined' : 'approved';
    case 'stopped':
    case 'withdrawn':
    case 'out of scope':
      return deal.status;
    default: {
      const never: never = deal.status;
      return never;
    }
  }
};

export const isOpenStage = (stage: Stage): boolean =>
  stage === 'answering' || stage === 'scope to confirm' || stage === 'in review';

/** The heaviest first. `none`: no tier is shown yet, or none applies. */
export const TIERS = ['prohibited', 'high', 'elevated', 'low', 'none'] as const satisfies readonly (Tier | 'none')[];
export type TierOrNone = (typeof TIERS)[number];
export const tierOf = ({ tier }: DealSummary): TierOrNone => tier ?? 'none';

/** Tells whether a condition of the approval in force is open. */
export const hasConditions = ({ conditions = [] }: DealSummary): boolean =>
  conditions.some(({ state }) => state !== 'accepted');

type Condition = NonNullable<DealSummary['conditions']>[number];

/** Tells of any number of deals which day it is for a person, and whether a condition is late. */
const latenessIn = ({ organisation, now }: Today) => {
  const days = new Map<PersonId, Day>();
  const todayOf = (person: PersonId): Day => {
    const known = days.get(person);
    if (known !== undefined) return known;
    const day = dayIn(now, calendarOf(organisation, person));
    days.set(person, day);
    return day;
  };
  /** What was handed in by then is in time, however long it waits for somebody to look. */
  const isLate = (day: Day, by: PersonId, handedIn: Instant | undefined): boolean => {
    if (todayOf(by) <= day) return false;
    // West or east of UTC it is a day more or less: most need no calendar.
    return (
      handedIn === undefined || (handedIn.slice(0, 10) >= day && dayIn(handedIn, calendarOf(organisation, by)) > day)
    );
  };
  const evidenceOf = (waits: DealSummary['waits'], condition: string): Instant | undefined =>
    waits.find(({ of, about }) => of === 'evidence' && about === condition)?.since;
  const isLateOn = ({ waits }: Pick<DealSummary, 'waits'>, { id, owner, due, state }: Condition): boolean =>
    state !== 'accepted' && isLate(due, owner, state === 'met' ? evidenceOf(waits, id) : undefined);
  return { todayOf, isLateOn };
};

/** Counts late conditions, of any number of deals. */
export const lateConditionsIn = (today: Today): ((deal: Pick<DealSummary, 'conditions' | 'waits'>) => number) => {
  const { isLateOn } = latenessIn(today);
  return (deal) => deal.conditions?.filter((condition) => isLateOn(deal, condition)).length ?? 0;
};

/** Tells of any number of deals whether a condition is late, or an approval was not looked at again in time. */
export const overdueIn = (today: Today): ((deal: DealSummary) => boolean) => {
  const { todayOf, isLateOn } = latenessIn(today);
  return (deal) => {
    const { conditions, waits, owner, status, again } = deal;
    if (conditions) for (const condition of conditions) if (isLateOn(deal, condition)) return true;
    // An approval under reassessment waits for answers and votes, of which there are many.
    if (again !== undefined && todayOf(owner) > again) return true;
    if (status !== 'decided') return false;
    for (const { of, due } of waits)
      if (of === 'reassessment' && due !== undefined && todayOf(owner) > due) return true;
    return false;
  };
};
