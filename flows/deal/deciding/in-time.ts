/** Whoever acts before the clock does: what ran out long ago ends in the same act, and no vote counts over it. */

import type { CommandMeta } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { DealFact } from '../events.ts';
import { longOver } from '../owing/run-out.ts';
import type { OpenedDeal } from '../state.ts';
import { dealView, type DealView } from '../view.ts';
import { endedByTime } from './consequences.ts';
import { stamp, type DealContext, type Refused } from './decision.ts';

/** Time did it, not the actor: so everybody concerned is told. */
const ended = (view: DealView, meta: CommandMeta, context: DealContext) => {
  const system = { ...meta, actor: SYSTEM };
  return stamp(system, endedByTime(view, system, context));
};

/** Has the deal asked anew beside the refusal of a vote over what ran out long ago. */
export const andAskedAnew = (no: Refused, view: DealView, meta: CommandMeta, context: DealContext): Refused =>
  no.refusal.code === 'facts changed' && longOver(view) ? { ...no, events: ended(view, meta, context) } : no;

/** Returns the end of what ran out long ago of a deal under review. */
export const endedInTime = (deal: OpenedDeal, system: CommandMeta, context: DealContext): readonly DealFact[] => {
  const { organisation, policy } = context;
  // Most days are to come: nothing is weighed for them.
  if (deal.status !== 'deciding' || !longOver({ deal, organisation, now: system.at })) return [];
  return endedByTime(dealView(deal, policy, organisation, system.at), system, context);
};
