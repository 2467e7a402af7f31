/** Deciding on counsel's note: asking for it, and taking it over. */

import { counselOf, SYSTEM } from '../../organisation.ts';
import { askedLately, asksCounsel, lawsOf, lawsToTake } from '../basis/laws.ts';
import { refusal } from '../rights/access.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, type Case, type Decided } from './decision.ts';

export const decideAskCounsel = ({ view, meta }: Case<'AskCounsel'>): Decided => {
  const { deal, policy, organisation } = view;
  const problem = refusal(view, meta.actor, 'ask counsel');
  if (problem) return refuse('not allowed', problem);
  if (deal.status !== 'answering' && deal.status !== 'deciding') {
    return refuse('not now', `This deal is ${deal.status}, so nobody waits for counsel's note.`);
  }
  if (!asksCounsel(policy)) return refuse('not valid', 'The policy of this deal asks for no note of counsel.');
  if (lawsOf(deal)) return refuse('not now', 'The deal has counsel’s note on this country already.');
  if (!counselOf(organisation).some((id) => !deal.team.includes(id))) {
    return refuse('not now', 'There is no counsel outside the deal to ask. Please ask compliance.');
  }
  if (askedLately(deal, meta.at)) {
    return refuse('not now', 'Counsel was asked within the last day. Please give them a little time.');
  }
  return accept(meta, [{ type: 'CounselAsked' }]);
};

export const decideTakeLaws = ({ command, view, meta, context }: Case<'TakeLaws'>): Decided => {
  if (meta.actor !== SYSTEM) return refuse('not allowed', 'Only the bot itself does this.');
  if (lawsToTake(view.deal, view)?.id !== command.note.id) {
    return refuse('not now', 'The deal has this note, or can not take it.');
  }
  return accept(meta, withConsequences(view, meta, [], context));
};
