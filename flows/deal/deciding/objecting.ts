/** Deciding on an objection: somebody whom answers name says that they never said so. */

import { saidBy } from '../basis/basis.ts';
import { refusal } from '../rights/access.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, type Case, type Decided } from './decision.ts';

export const decideObjection = ({ command, view, meta, context }: Case<'ObjectToBasis'>): Decided => {
  const { deal } = view;
  const problem = refusal(view, meta.actor, 'object to basis');
  if (problem) return refuse('not allowed', problem);
  if (deal.status !== 'answering' && deal.status !== 'deciding') {
    return refuse(
      'not now',
      `This deal is ${deal.status}, so its answers stand. Please raise a flag, so that compliance looks at it.`,
    );
  }
  const reason = command.reason.trim();
  if (reason === '') return refuse('not valid', 'Please say in a sentence what is not right.', 'reason');
  const questions = saidBy(deal.answers, meta.actor);
  return accept(meta, withConsequences(view, meta, [{ type: 'BasisObjected', questions, reason }], context));
};
