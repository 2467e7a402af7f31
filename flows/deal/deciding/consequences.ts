/** Derives the consequences of changed facts: scope, completeness, tier, route, and the votes that no longer hold. */

import type { CommandMeta } from '../../ids.ts';
import type { Tier } from '../../policy/policy.ts';
import { viewThen } from '../approval/in-force.ts';
import { askedReassessments } from '../approval/reassessments.ts';
import type { DealFact } from '../events.ts';
import { shortfalls } from '../rights/quorum.ts';
import { sectionProgress } from '../rights/whose-turn.ts';
import { saidIn, scopeSaidOf } from '../said/scope.ts';
import { dealView, type DealView } from '../view.ts';
import { after, type DealContext } from './decision.ts';
import { outOfScope, stopAtOnce } from './ending.ts';
import { differences, factsText } from './facts.ts';

/** Returns the deal as it was when the votes still owed were cast: approvers are shown the differences from it. */
const baselineView = (view: DealView): DealView | undefined => {
  const { baseline } = view.deal;
  return baseline && dealView({ ...view.deal, ...baseline }, view.policy, view.organisation, view.now);
};

const routed = (
  before: DealView,
  view: DealView,
  tier: Exclude<Tier, 'prohibited'>,
  context: DealContext,
): DealFact => {
  const route = view.policy.routeFor(tier);
  const base = baselineView(before);
  const then = viewThen(view);
  return {
    type: 'DealRouted',
    tier,
    rule: view.assessment.rule ?? 'none',
    route: {
      ...route,
      factsHash: context.hash(factsText(view)),
      shortfalls: shortfalls(context.organisation, route.steps, view.deal.team),
    },
    ...(base && view.deal.lastVoided ? { differences: differences(base, view) } : {}),
    ...(then ? { sinceApproval: differences(then, view), covers: askedReassessments(view).map(({ id }) => id) } : {}),
  };
};

const voided = (before: DealView, now: DealView, factsHash: string): DealFact[] => {
  if (before.deal.status !== 'deciding' || before.deal.votes.length === 0) return [];
  const lost = before.deal.votes.filter((v) => v.factsHash !== factsHash);
  if (lost.length === 0) return [];
  const voters = [...new Set(lost.map((v) => v.by))];
  const seats = Object.fromEntries(lost.flatMap((v) => (v.for === undefined ? [] : [[v.by, v.for]])));
  return [
    {
      type: 'VotesVoided',
      voters,
      ...(Object.keys(seats).length > 0 ? { seats } : {}),
      differences: differences(baselineView(before) ?? before, now),
      factsHash,
    },
  ];
};

/** Takes `facts` that just happened to the deal in `before`; returns them with all their consequences. */
export const withConsequences = (
  before: DealView,
  meta: CommandMeta,
  facts: readonly DealFact[],
  context: DealContext,
): DealFact[] => {
  const now = after(before, meta, facts);
  if (now.deal.status !== 'answering' && now.deal.status !== 'deciding') return [...facts];
  const factsHash = context.hash(factsText(now));
  const lost = voided(before, now, factsHash);
  const stop = stopAtOnce(now, factsHash);
  if (stop.length > 0) return [...facts, ...lost, ...stop];
  const scopeDone = now.deal.answers[now.policy.scopeSection] !== undefined;
  if (scopeDone && saidIn(now).scope === 'out') {
    return [...facts, ...lost, ...outOfScope(now, factsHash)];
  }
  if (scopeSaidOf(now.deal)) {
    const back: DealFact = { type: 'FoundInScope', reasons: [...now.assessment.scopeReasons] };
    return withConsequences(before, meta, [...facts, back], context);
  }
  const open = sectionProgress(now).filter((s) => !s.done);
  if (open.length > 0) {
    if (now.deal.status !== 'deciding') return [...facts];
    return [...facts, ...lost, { type: 'QuestionsReopened', sections: open.map((s) => s.section.id) }];
  }
  if (now.assessment.tier === 'prohibited') {
    return [...facts, ...lost, { type: 'DealStopped', rule: now.assessment.rule ?? 'none', factsHash, because: [] }];
  }
  if (now.deal.status === 'deciding' && now.deal.route.factsHash === factsHash) return [...facts];
  return [...facts, ...lost, routed(before, now, now.assessment.tier ?? 'low', context)];
};
