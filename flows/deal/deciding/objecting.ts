/** Deciding on an objection: somebody whom answers name says that they never said so. */

import { saidBy, wasChanged } from '../basis/basis.ts';
import { isOpen } from '../context/alerts.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, unfit, type Case, type Decided } from './decision.ts';

export const decideObjection = ({ command, view, meta, context }: Case<'ObjectToBasis'>): Decided => {
  const { deal } = view;
  const no = unfit(view, meta, command);
  if (no) return no;
  const reason = command.reason.trim();
  if (reason === '') return refuse('not valid', 'Please say in a sentence what is not right.', 'reason');
  const questions = saidBy(deal.answers, meta.actor);
  // The answers of a deal that is over stand, and those of an open one may stand on another's word since: then it is a flag,
  // which compliance looks at.
  if (!isOpen(deal) || questions.length === 0) {
    const title = `“${wasChanged(deal, meta.actor) ? 'My answer was changed' : 'I did not say that'}”: ${reason}`;
    return accept(meta, [{ type: 'FlagRaised', flag: `own-${meta.id}`, title, pending: true, weight: 'moderate' }]);
  }
  return accept(meta, withConsequences(view, meta, [{ type: 'BasisObjected', questions, reason }], context));
};
