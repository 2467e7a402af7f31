/** Since when an open condition counts before it suspends an approval: an account of its own, from the events alone. */

import type { DealEvent } from '../../flows/deal/events.ts';

/** A condition's time begins with the approval, once more with its first return, and with each lift of a suspension over it. */
export const suspensionClocks = () => {
  let [returned, lifts] = [new Set<string>(), new Map<string, number>()];
  const [since, over, suspended] = [new Map<string, number>(), new Set<string>(), new Set<string>()];
  let decided = 0;
  const of = (condition: string): string =>
    `${decided}.${returned.has(condition) ? 1 : 0}.${lifts.get(condition) ?? 0}`;
  const named = (condition: string): string => `condition ${condition} ${of(condition)} suspension`;

  return {
    of,
    /** Milliseconds since 1970. */
    since: (id: string): number => since.get(id) ?? decided,
    /** What waits after that buys no more time. */
    isReturned: (condition: string): boolean => returned.has(condition),
    /** Tells whether it suspended the approval already. */
    isOver: (id: string): boolean => over.has(id),
    observe: (event: DealEvent, at: number): void => {
      switch (event.type) {
        case 'DealDecided':
          [returned, lifts, decided] = [new Set(), new Map(), at];
          suspended.clear();
          break;
        case 'ConditionReturned':
          if (returned.has(event.condition)) break;
          returned.add(event.condition);
          since.set(named(event.condition), at);
          break;
        case 'DealSuspended':
          for (const condition of event.conditions) {
            suspended.add(condition);
            over.add(named(condition));
          }
          break;
        case 'SuspensionLifted':
          for (const condition of suspended) {
            lifts.set(condition, (lifts.get(condition) ?? 0) + 1);
            since.set(named(condition), at);
          }
          suspended.clear();
          break;
        default:
      }
    },
  };
};
