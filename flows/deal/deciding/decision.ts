/** A decision's inputs and results: the frame that each handler of `decide` fills in. */

import type { About, Refusal, CommandMeta } from '../../ids.ts';
import { SYSTEM, type Organisation } from '../../organisation.ts';
import type { CompiledPolicy } from '../../policy/policy.ts';
import { reasonProblem } from '../../policy/sentence.ts';
import type { DealCommand } from '../commands.ts';
import type { DealEvent, DealFact } from '../events.ts';
import { evolve } from '../evolve.ts';
import type { Attempt } from '../refusing/attempt.ts';
import { refusedNow } from '../refusing/refused.ts';
import type { DealState, OpenedDeal } from '../state.ts';
import { dealView, type DealView } from '../view.ts';

export interface DealContext {
  /** The policy that the deal was opened under; for a new deal, the policy of today. */
  policy: CompiledPolicy;
  organisation: Organisation;
  /** sha256 in hex: flows know no crypto. */
  hash: (text: string) => string;
}

/** `events`: what happens all the same, by the bot: time did it. */
export type Refused = { kind: 'refused'; refusal: Refusal; events?: DealEvent[] };
export type Decided = { kind: 'accepted'; events: DealEvent[] } | Refused;

/** The input of a handler: a command with the opened deal in view. */
export interface Case<T extends DealCommand['type']> {
  command: Extract<DealCommand, { type: T }>;
  view: DealView;
  meta: CommandMeta;
  context: DealContext;
}

export const refuse = (code: Refusal['code'], text: string, about?: About): Refused => ({
  kind: 'refused',
  refusal: { code, text, about },
});

/** Refuses a command for what the deal is, or for who sends it, before anything that is written in it is looked at. */
export const unfit = (view: DealView, { actor }: CommandMeta, command: Attempt): Refused | undefined => {
  const no = refusedNow(view, actor, command);
  return no && refuse(no.code, no.text);
};

/** Refuses a text that gives no reason: none at all, or “.”. */
export const unreasoned = (
  text: string,
  missing: string,
  about: About = 'reason',
  how?: Parameters<typeof reasonProblem>[2],
): Refused | undefined => {
  const problem = reasonProblem(text, missing, how);
  return problem === undefined ? undefined : refuse('not valid', problem, about);
};

export const stamp = (meta: CommandMeta, facts: readonly DealFact[]): DealEvent[] =>
  facts.map((fact) => ({ ...fact, at: meta.at, by: isOfBot(fact) ? SYSTEM : meta.actor }));

/** Noted or raised by the bot, whoever acted: everybody concerned is told, and nobody said it. */
const isOfBot = (fact: DealFact): boolean =>
  fact.type === 'AlertNoted' || (fact.type === 'FlagRaised' && fact.stops !== undefined);

/** Returns the view of the deal after some facts, to see their consequences before deciding on them. */
export const after = (view: DealView, meta: CommandMeta, facts: readonly DealFact[]): DealView => {
  const next: DealState = stamp(meta, facts).reduce<DealState>(evolve, view.deal);
  return dealView(next as OpenedDeal, view.policy, view.organisation, meta.at);
};

export const accept = (meta: CommandMeta, facts: readonly DealFact[]): Decided => ({
  kind: 'accepted',
  events: stamp(meta, facts),
});
