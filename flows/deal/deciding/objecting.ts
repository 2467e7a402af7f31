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
    // Their word carries none of it again.
    const denied = questions.length > 0 ? questions : saidBy(deal.standing?.basis.answers ?? {}, meta.actor);
    const denies = denied.length > 0 ? { denies: denied } : {};
    const flag = `own-${meta.id}`;
    return accept(meta, [{ type: 'FlagRaised', flag, title, pending: true, weight: 'moderate', ...denies }]);
  }
  return accept(meta, withConsequences(view, meta, [{ type: 'BasisObjected', questions, reason }], context));
};
