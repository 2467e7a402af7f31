/** A deal with everything needed to show it or to judge it. */

import type { Instant } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { Assessment, CompiledPolicy, Facts, FactValue, QuestionId } from '../policy/policy.ts';
import type { OpenedDeal } from './state.ts';

export interface DealView {
  deal: OpenedDeal;
  /** The policy that the deal was opened under. */
  policy: CompiledPolicy;
  organisation: Organisation;
  facts: Facts;
  assessment: Assessment;
  now: Instant;
}

/**
 * The facts that the policy weighs: saved answers, the end-user's kind, intermediaries, admitted own flags, what compliance
 * accepted and confirmed, a country alert that stands. No drafts.
 */
export const factsOf = (deal: OpenedDeal): Facts => {
  const answers: Record<QuestionId, FactValue> = {};
  for (const section of Object.values(deal.answers)) {
    for (const [id, answer] of Object.entries(section)) answers[id] = answer.value;
  }
  return {
    endUser: deal.details.endUser.kind,
    intermediaries: deal.details.intermediaries.length > 0,
    answers,
    ownFlags: deal.ownFlags
      .filter((flag) => flag.status === 'admitted')
      .map(({ id, title, weight }) => ({ id, title, weight })),
    ...(deal.gaps ? { accepted: Object.keys(deal.gaps) } : {}),
    ...(deal.confirmed ? { confirmed: Object.keys(deal.confirmed) } : {}),
    ...(deal.warned?.length ? { alert: true } : {}),
  };
};

export const dealView = (
  deal: OpenedDeal,
  policy: CompiledPolicy,
  organisation: Organisation,
  now: Instant,
): DealView => {
  const facts = factsOf(deal);
  return { deal, policy, organisation, facts, assessment: policy.evaluate(facts), now };
};
