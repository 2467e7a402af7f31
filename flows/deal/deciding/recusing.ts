/** Deciding on a recusal: an approver steps back from a deal, and its route goes on without them or says that it cannot. */

import { approvalHeld } from '../context/holds.ts';
import type { DealFact } from '../events.ts';
import { refusal } from '../rights/access.ts';
import { usedBy } from '../rights/quorum.ts';
import type { DealView } from '../view.ts';
import { accept, after, refuse, type Case, type Decided } from './decision.ts';
import { outcomeOf } from './voting.ts';

/** Returns what the votes that stay decide now: the only other person who could still vote may have gone. */
const followsFrom = (view: DealView): DealFact[] => {
  const { deal } = view;
  if (deal.status !== 'deciding') return [];
  const follows = outcomeOf(view, deal, deal.votes);
  const waits = deal.ownFlags.some(({ status }) => status === 'pending') || approvalHeld(view) !== undefined;
  return waits && follows.some(({ type }) => type === 'DealDecided') ? [] : follows;
};

export const decideRecuse = ({ command, view, meta }: Case<'Recuse'>): Decided => {
  const problem = refusal(view, meta.actor, 'recuse');
  if (problem) return refuse('not allowed', problem);
  const reason = command.reason.trim();
  if (reason === '') return refuse('not valid', 'Please say why.', 'reason');
  const { deal } = view;
  const ended =
    deal.status === 'deciding' ? deal.votes.filter((v) => v.step === deal.step && usedBy(v).includes(meta.actor)) : [];
  const voters = ended.map(({ by }) => by);
  const recused: DealFact = { type: 'Recused', reason, ...(voters.length > 0 ? { voters } : {}) };
  return accept(meta, [recused, ...followsFrom(after(view, meta, [recused]))]);
};
