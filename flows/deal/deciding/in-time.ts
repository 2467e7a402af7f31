/** Whoever acts before the clock does: what ran out long ago ends in the same act, and no vote counts over it. */

import type { CommandMeta } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { evolve } from '../evolve.ts';
import { longOver } from '../owing/run-out.ts';
import type { DealState } from '../state.ts';
import { dealView, type DealView } from '../view.ts';
import { endedByTime } from './consequences.ts';
import { stamp, type DealContext, type Decided, type Refused } from './decision.ts';

/** Time did it, not the actor: so everybody concerned is told. */
const ended = (view: DealView, meta: CommandMeta, context: DealContext) => {
  const system = { ...meta, actor: SYSTEM };
  return stamp(system, endedByTime(view, system, context));
};

/** Has the deal asked anew beside the refusal of a vote over what ran out long ago. */
export const andAskedAnew = (no: Refused, view: DealView, meta: CommandMeta, context: DealContext): Refused =>
  no.refusal.code === 'facts changed' && longOver(view) ? { ...no, events: ended(view, meta, context) } : no;

/** Adds to every decision on a deal under review the end of what ran out long ago: its tick may be late, or owed by nobody. */
export const withTime = (decided: Decided, before: DealState, meta: CommandMeta, context: DealContext): Decided => {
  if (decided.kind === 'refused' || before.status !== 'deciding') return decided;
  const deal = decided.events.reduce<DealState>(evolve, before);
  const { organisation, policy } = context;
  // Most days are to come: nothing is weighed for them.
  if (deal.status !== 'deciding' || !longOver({ deal, organisation, now: meta.at })) return decided;
  const view = dealView(deal, policy, organisation, meta.at);
  return { kind: 'accepted', events: [...decided.events, ...ended(view, meta, context)] };
};
