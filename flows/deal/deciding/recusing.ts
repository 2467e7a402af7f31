/** Deciding on a recusal: an approver steps back from a deal, and its route goes on without them or says that it cannot. */

import type { CommandMeta, PersonId } from '../../ids.ts';
import { usedBy } from '../approval/used-by.ts';
import type { Vote } from '../deal.ts';
import type { DealFact } from '../events.ts';
import { filledBy } from '../owing/filled.ts';
import { openCarried } from '../rights/carried.ts';
import type { DealView } from '../view.ts';
import { outcomeOf } from './completing.ts';
import { endedByRecusal } from './consequences.ts';
import { accept, after, unfit, unreasoned, type Case, type Decided } from './decision.ts';

const recusing = (view: DealView, reason: string, ended: readonly Vote[]): DealFact[] => {
  const { deal } = view;
  const voters = ended.map(({ by }) => by);
  return [
    { type: 'Recused', reason, ...(voters.length > 0 ? { voters } : {}) },
    ...(deal.status === 'deciding' ? endedByRecusal(ended, deal) : []),
  ];
};

/**
 * Returns the recusal, with the votes of the open step that end with it. Where the other votes would be enough although
 * nobody took over or left out what was asked for, they end too: there would be no next vote to do so.
 */
const stepsBack = (view: DealView, meta: CommandMeta, reason: string): DealFact[] => {
  const { deal } = view;
  const cast = deal.status === 'deciding' ? deal.votes.filter(({ step }) => step === deal.step) : [];
  const alone = recusing(
    view,
    reason,
    cast.filter((vote) => usedBy(vote).includes(meta.actor)),
  );
  const left = after(view, meta, alone);
  const enough = left.deal.status === 'deciding' && outcomeOf(left, left.deal, left.deal.votes).length > 0;
  return enough && openCarried(left).length > 0 ? recusing(view, reason, cast) : alone;
};

/** Tells whether the votes that are left are enough now. Who steps back completes nothing at once: the step rests for a day. */
const filledOnceRecused = (view: DealView): boolean =>
  view.deal.status === 'deciding' && filledBy(view, view.deal) !== 'open';

/** Tells the same before anybody steps back. */
export const fillsByRecusal = (view: DealView, person: PersonId): boolean => {
  const meta = { actor: person, at: view.now, id: '' };
  return filledOnceRecused(after(view, meta, stepsBack(view, meta, '')));
};

export const decideRecuse = ({ command, view, meta }: Case<'Recuse'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say why.');
  if (silent) return silent;
  const facts = stepsBack(view, meta, reason);
  const isFull = filledOnceRecused(after(view, meta, facts));
  return accept(
    meta,
    facts.map((fact) => (isFull && fact.type === 'Recused' ? { ...fact, full: true } : fact)),
  );
};
