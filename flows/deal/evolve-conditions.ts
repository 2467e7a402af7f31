/** What becomes of an approval's conditions, and of the approval by them. */
import type { ConditionProgress } from './deal.ts';
import type { DealEvent } from './events.ts';
import type { DecidedDeal } from './state.ts';

type ConditionEvent = Extract<
  DealEvent,
  { type: 'ConditionMet' | 'ConditionAccepted' | 'ConditionReturned' | 'DealSuspended' | 'SuspensionLifted' }
>;

/** Where a condition stands: open, until somebody says otherwise. */
export const progressOf = (deal: DecidedDeal, condition: string): ConditionProgress =>
  deal.conditions?.[condition] ?? { status: 'open', evidence: [] };

const withProgress = (deal: DecidedDeal, condition: string, change: Partial<ConditionProgress>): DecidedDeal => ({
  ...deal,
  conditions: { ...deal.conditions, [condition]: { ...progressOf(deal, condition), ...change } },
});

const united = (some: readonly string[] | undefined, more: readonly string[]): string[] => [
  ...new Set([...(some ?? []), ...more]),
];

export const evolveCondition = (deal: DecidedDeal, event: ConditionEvent): DecidedDeal => {
  const { at, by } = event;
  switch (event.type) {
    case 'ConditionMet': {
      const { condition, text, sources } = event;
      const { evidence } = progressOf(deal, condition);
      return withProgress(deal, condition, { status: 'met', evidence: [...evidence, { by, at, text, sources }] });
    }
    case 'ConditionAccepted':
      return withProgress(deal, event.condition, { status: 'accepted', accepted: { by, at } });
    case 'ConditionReturned': {
      const { condition, reason } = event;
      const next = withProgress(deal, condition, { status: 'open', returned: { by, at, reason } });
      // Its time counts anew, so it may hold the approval back anew.
      return { ...next, heldBackFor: deal.heldBackFor?.filter((id) => id !== condition) };
    }
    case 'DealSuspended':
      return {
        ...deal,
        suspended: {
          at: deal.suspended?.at ?? at,
          conditions: united(deal.suspended?.conditions, event.conditions),
        },
        heldBackFor: united(deal.heldBackFor, event.conditions),
      };
    case 'SuspensionLifted':
      return { ...deal, suspended: undefined };
    default: {
      const never: never = event;
      return never;
    }
  }
};
