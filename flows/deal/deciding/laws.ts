/** Deciding on counsel's note: asking for it, and taking it over. */

import { SYSTEM } from '../../organisation.ts';
import { askedLately, lawsToTake } from '../basis/laws.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, unfit, type Case, type Decided } from './decision.ts';

export const decideAskCounsel = ({ command, view, meta }: Case<'AskCounsel'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  if (askedLately(view.deal, meta.at)) {
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
