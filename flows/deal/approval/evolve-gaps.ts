/** Evolves what compliance accepted and confirmed for a deal: each covers the facts it was said of, and none after. */

import type { FactValue, QuestionId } from '../../policy/policy.ts';
import type { DealDetails, Gap } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import type { Basis, Opened, OpenedDeal } from '../state.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;
type Accepted = Pick<Opened, 'gaps' | 'confirmed'>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const valueOf = ({ answers }: Opened, id: QuestionId): FactValue | undefined =>
  Object.values(answers).flatMap((section) => section[id] ?? [])[0]?.value;

export const evolveGaps = (deal: Opened, { questions, confirm, reason, by, at }: Of<'GapsAccepted'>): Accepted => {
  const settled = { by, at, reason };
  const gaps = questions.flatMap((id): [QuestionId, Gap][] => {
    const value = valueOf(deal, id);
    return value === undefined ? [] : [[id, { ...settled, value }]];
  });
  return {
    gaps: gaps.length === 0 ? deal.gaps : { ...deal.gaps, ...Object.fromEntries(gaps) },
    confirmed: confirm === undefined ? deal.confirmed : { ...deal.confirmed, [confirm]: settled },
  };
};

/** Ends what was accepted of answers that are given differently now, or are not asked any more. */
export const withoutAnswered = (deal: Opened, { section, answers }: Of<'SectionAnswered'>): Accepted => {
  const { gaps, confirmed } = deal;
  if (!gaps && !confirmed) return {};
  const was = deal.answers[section];
  const kept = Object.entries(gaps ?? {}).filter(([id, { value }]) =>
    answers[id] ? same(answers[id].value, value) : was?.[id] === undefined,
  );
  const unchanged =
    was !== undefined &&
    [...new Set([...Object.keys(was), ...Object.keys(answers)])].every((id) =>
      same(was[id]?.value, answers[id]?.value),
    );
  return {
    gaps: kept.length === 0 ? undefined : Object.fromEntries(kept),
    confirmed: unchanged ? confirmed : undefined,
  };
};

/** What was accepted of one country, product or end-user is not accepted of another. */
export const withoutCorrected = (deal: Opened, details: DealDetails): Pick<Opened, 'gaps' | 'confirmed' | 'warned'> => {
  const about = ({ product, destination, endUser, intermediaries }: DealDetails) => [
    product.id,
    product.name,
    destination,
    endUser.name,
    endUser.kind,
    intermediaries,
  ];
  if (same(about(deal.details), about(details))) return {};
  // An alert is for a country: those of the new one are noted next.
  const moved = deal.details.destination !== details.destination && deal.warned;
  return { gaps: undefined, confirmed: undefined, ...(moved ? { warned: [] } : {}) };
};

/** Returns the facts of the deal that a later one is compared with. */
export const basisOf = ({ details, answers, ownFlags, requests, gaps, confirmed, warned }: Opened): Basis => ({
  details,
  answers,
  ownFlags,
  requests,
  ...(gaps ? { gaps } : {}),
  ...(confirmed ? { confirmed } : {}),
  ...(warned ? { warned } : {}),
});

export const withBasis = (deal: OpenedDeal, basis: Basis): OpenedDeal => ({
  ...deal,
  gaps: undefined,
  confirmed: undefined,
  ...basis,
});
