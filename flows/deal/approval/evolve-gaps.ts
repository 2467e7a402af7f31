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

export const evolveGaps = (
  deal: Opened,
  { questions, confirm, reason, by, at, from }: Of<'GapsAccepted'>,
): Accepted => {
  const settled = { by: from?.by ?? by, at, reason };
  const gaps = questions.flatMap((id): [QuestionId, Gap][] => {
    const value = valueOf(deal, id);
    return value === undefined ? [] : [[id, { ...settled, value, ...(from ? { from } : {}) }]];
  });
  return {
    gaps: gaps.length === 0 ? deal.gaps : { ...deal.gaps, ...Object.fromEntries(gaps) },
    confirmed: confirm === undefined ? deal.confirmed : { ...deal.confirmed, [confirm]: settled },
  };
};

const withChanged = ({ changed = [] }: Opened, more: readonly QuestionId[] = []): Pick<Opened, 'changed'> =>
  more.length === 0 ? {} : { changed: [...new Set([...changed, ...more])] };

export const evolveSaved = (
  deal: Opened,
  { section, answers, changed }: Of<'SectionSavedForLater'>,
): Pick<Opened, 'drafts' | 'changed'> => ({
  drafts: { ...deal.drafts, [section]: answers },
  ...withChanged(deal, changed),
});

/** A new review takes those of a country or a product again, by name, where they still stand. */
export const withoutTaken = ({ gaps }: Opened): Accepted => {
  const kept = Object.entries(gaps ?? {}).filter(([, { from }]) => from === undefined);
  return { gaps: kept.length === 0 ? undefined : Object.fromEntries(kept), confirmed: undefined };
};

/** Ends what was accepted of answers that are given differently now, or are not asked any more. */
export const withoutAnswered = (
  deal: Opened,
  { section, answers, changed: more }: Of<'SectionAnswered'>,
): Accepted & Pick<Opened, 'changed'> => {
  const { gaps, confirmed } = deal;
  const was = deal.answers[section];
  const changed = withChanged(deal, more);
  if (!gaps && !confirmed) return changed;
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
    ...changed,
  };
};

/** What was accepted of one country, product or end-user is not accepted of another; nor does its alert stand. */
export const withoutCorrected = (
  deal: Opened,
  { details, alertsLeft }: Of<'DetailsCorrected'>,
): Pick<Opened, 'gaps' | 'confirmed' | 'warned'> => {
  const about = ({ product, destination, endUser, intermediaries }: DealDetails) => [
    product.id,
    product.name,
    destination,
    endUser.name,
    endUser.kind,
    intermediaries,
  ];
  return {
    ...(same(about(deal.details), about(details)) ? {} : { gaps: undefined, confirmed: undefined }),
    ...(alertsLeft ? { warned: deal.warned?.filter((id) => !alertsLeft.includes(id)) } : {}),
  };
};

/** Returns the facts of the deal that a later one is compared with. */
export const basisOf = ({ details, answers, ownFlags, requests, gaps, confirmed }: Opened): Basis => ({
  details,
  answers,
  ownFlags,
  requests,
  ...(gaps ? { gaps } : {}),
  ...(confirmed ? { confirmed } : {}),
});

export const withBasis = (deal: OpenedDeal, basis: Basis): OpenedDeal => ({
  ...deal,
  gaps: undefined,
  confirmed: undefined,
  ...basis,
});
