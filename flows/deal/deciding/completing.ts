/** Completes a step: by a vote, or because what held its votes is gone. */

import type { PersonId } from '../../ids.ts';
import { conditionsNow } from '../approval/in-force.ts';
import type { Vote } from '../deal.ts';
import type { DealFact } from '../events.ts';
import { areHeld, decisionWaits } from '../owing/filled.ts';
import { uniteConditions } from '../rights/asked-together.ts';
import { couldVote, countedVotes, standingWith, unheardNow } from '../rights/whose-turn.ts';
import type { DecidingDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { approvalEnded } from './consequences.ts';

/** Returns who is away and would have been heard first: those who decided stand close to the deal. They are told. */
const notHeard = (
  view: DealView,
  deal: DecidingDeal,
  votes: readonly Vote[],
  away: readonly PersonId[],
): PersonId[] => {
  const others = standingWith(view, deal, { votes, step: deal.step, away: [] });
  return others.outcome === 'passed' ? [] : couldVote(view, { ...deal, votes: [...votes] }, away);
};

/** Returns the step that these votes complete and, with the last step, the decision. `away`: they are not waited for. */
export const outcomeOf = (
  view: DealView,
  deal: DecidingDeal,
  votes: Vote[],
  away: readonly PersonId[] = unheardNow(view),
): DealFact[] => {
  const step = deal.route.steps[deal.step];
  if (!step) return [];
  const { outcome, counted } = standingWith(view, deal, { votes, step: deal.step, away });
  const completed = {
    type: 'StepCompleted' as const,
    step: deal.step,
    group: step.group,
    counted: counted.map(({ by }) => by),
  };
  switch (outcome) {
    case 'open':
      return [];
    case 'declined':
      return [
        ...approvalEnded(deal),
        { ...completed, outcome },
        { type: 'DealDecided', outcome: 'declined', conditions: [], tier: deal.tier },
      ];
    case 'passed': {
      const without = away.length === 0 ? [] : notHeard(view, deal, votes, away);
      const passed: DealFact = { ...completed, outcome, ...(without.length === 0 ? {} : { without }) };
      if (deal.step + 1 < deal.route.steps.length) return [passed];
      const standing = deal.standing ? conditionsNow(deal) : [];
      const conditions = uniteConditions(countedVotes(view, { ...deal, votes }), standing);
      return [
        passed,
        {
          type: 'DealDecided',
          outcome: conditions.length > 0 ? 'approved with conditions' : 'approved',
          conditions,
          tier: deal.tier,
        },
      ];
    }
    default: {
      const never: never = outcome;
      return never;
    }
  }
};

/**
 * Returns what the votes that are there complete now. A vote is refused where something holds its step; whatever else
 * may complete one waits for the same: a question, an answer that its asker has not seen, a hold, a flag or a lighter change that compliance has yet to settle, a condition of a
 * discarded vote. Being away completes nothing by itself.
 */
export const completedNow = (view: DealView): DealFact[] => {
  const { deal } = view;
  if (deal.status !== 'deciding' || areHeld(view, deal)) return [];
  const follows = outcomeOf(view, deal, deal.votes, []);
  return decisionWaits(view, deal) && follows.some(({ type }) => type === 'DealDecided') ? [] : follows;
};
