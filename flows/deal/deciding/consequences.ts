/** Derives the consequences of changed facts: scope, completeness, tier, route, and the votes that no longer hold. */

import type { CommandMeta } from '../../ids.ts';
import type { Tier } from '../../policy/policy.ts';
import { withBasis } from '../approval/evolve-gaps.ts';
import { viewThen } from '../approval/in-force.ts';
import { askedReassessments } from '../approval/reassessments.ts';
import { alertsToNote } from '../context/alerts.ts';
import { findingFor } from '../context/finding.ts';
import { gapsToTake } from '../context/gaps.ts';
import type { DealFact } from '../events.ts';
import { shortfalls } from '../rights/quorum.ts';
import { sectionProgress } from '../rights/whose-turn.ts';
import { dealView, type DealView } from '../view.ts';
import { after, type DealContext } from './decision.ts';
import { differences, factsText } from './facts.ts';

/** Returns the deal as it was when the votes still owed were cast: approvers are shown the differences from it. */
const baselineView = (view: DealView): DealView | undefined => {
  const { baseline } = view.deal;
  return baseline && dealView(withBasis(view.deal, baseline), view.policy, view.organisation, view.now);
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

/** Adds the country alerts that stand for the deal now: where a risk picture weighs them, they are facts. */
const withAlerts = (before: DealView, meta: CommandMeta, facts: readonly DealFact[]): readonly DealFact[] => {
  if (!before.policy.picture) return facts;
  const alerts = alertsToNote(after(before, meta, facts));
  return [...facts, ...alerts.map((alert) => ({ type: 'AlertNoted' as const, alert }))];
};

/** Adds the gaps that a complete deal takes from acceptances for its country and its product. */
const withTaken = (before: DealView, meta: CommandMeta, facts: readonly DealFact[]): readonly DealFact[] => {
  if (!before.organisation.acceptances?.length) return facts;
  const now = after(before, meta, facts);
  if (sectionProgress(now).some((s) => !s.done)) return facts;
  return [...facts, ...gapsToTake(now).map((taken) => ({ type: 'GapsAccepted' as const, ...taken }))];
};

/** Takes `happened` that just happened to the deal in `before`; returns it with all its consequences. */
export const withConsequences = (
  before: DealView,
  meta: CommandMeta,
  happened: readonly DealFact[],
  context: DealContext,
): DealFact[] => {
  const facts = withTaken(before, meta, withAlerts(before, meta, happened));
  const now = after(before, meta, facts);
  if (now.deal.status !== 'answering' && now.deal.status !== 'deciding') return [...facts];
  const factsHash = context.hash(factsText(now));
  const lost = voided(before, now, factsHash);
  const scopeDone = now.deal.answers[now.policy.scopeSection] !== undefined;
  if (scopeDone && now.assessment.scope === 'out') {
    return [...facts, ...lost, { type: 'FoundOutOfScope', reasons: [...now.assessment.scopeReasons] }];
  }
  const open = sectionProgress(now).filter((s) => !s.done);
  if (open.length > 0) {
    if (now.deal.status !== 'deciding') return [...facts];
    return [...facts, ...lost, { type: 'QuestionsReopened', sections: open.map((s) => s.section.id) }];
  }
  if (now.assessment.tier === 'prohibited') {
    return [...facts, ...lost, { type: 'DealStopped', rule: now.assessment.rule ?? 'none', factsHash }];
  }
  if (now.deal.status === 'deciding' && now.deal.route.factsHash === factsHash) return [...facts];
  const finding = findingFor(now);
  if (finding.kind === 'begun') return [...facts];
  if (finding.kind === 'begins') {
    const { kind: _begins, ...days } = finding;
    return [...facts, { type: 'FindingOut', ...days }];
  }
  return [...facts, ...lost, routed(before, now, now.assessment.tier ?? 'low', context)];
};
