/** What compliance is shown of a deal that waits for its confirmation: a press counts for that, and for nothing else. */

import { smallSum } from '../../sum.ts';
import { contradictions } from '../said/contradictions.ts';
import { scopeSaidOf } from '../said/scope.ts';
import type { DealView } from '../view.ts';
import { factsText } from './facts.ts';

/** Names what a form to confirm shows: facts, pending changes, flags that wait, and what speaks against it. */
export const waitingShown = (view: DealView): string => {
  const { lighterSaid, others } = view.deal;
  const against = [scopeSaidOf(view.deal), contradictions(view), others];
  return smallSum(JSON.stringify([factsText(view), lighterSaid, ...against]));
};
