/** Evolves what compliance accepted and confirmed for a deal: each covers the facts it was said of, and none after. */

import type { FactValue, QuestionId } from '../../policy/policy.ts';
import type { DealDetails, Finding, Gap, TakenBack } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { elsewhere } from '../formerly.ts';
import type { Lowered } from '../said-shapes.ts';
import type { Basis, Opened, OpenedDeal } from '../state.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;
type Accepted = Pick<Opened, 'gaps' | 'exceptions'>;

const without = <T>(record: Readonly<Record<string, T>> | undefined, ids: readonly string[]) => {
  const kept = Object.entries(record ?? {}).filter(([id]) => !ids.includes(id));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const valueOf = ({ answers }: Opened, id: QuestionId): FactValue | undefined =>
  Object.values(answers).flatMap((section) => section[id] ?? [])[0]?.value;

/** What was taken back and is accepted again stays visible, with why it was taken back: once for each taking back. */
const overTakenBack = (
  { gapsTakenBack = {}, endedAgainst = [], keepsWords }: Opened,
  { questions, confirm, reason, by, at, from }: Of<'GapsAccepted'>,
): Pick<Opened, 'endedAgainst'> => {
  const each = new Map<string, { back: TakenBack; ids: string[] }>();
  for (const id of [...questions, confirm ?? []].flat()) {
    const back = gapsTakenBack[id];
    // Whoever took it back and accepts it again said that then, too.
    if (!back || from !== undefined || (back.by === by && !keepsWords)) continue;
    const key = `${back.by} ${back.at}`;
    each.set(key, { back, ids: [...(each.get(key)?.ids ?? []), id] });
  }
  return each.size === 0
    ? {}
    : {
        endedAgainst: [
          ...endedAgainst,
          ...[...each.values()].map(({ back, ids }) => ({
            of: 'gaps' as const,
            why: back.reason,
            from: back.by,
            // What ended for all deals comes back as soon as it is accepted for all again.
            ...(keepsWords && !back.forAll ? { questions: ids } : {}),
            by,
            at,
            reason,
          })),
        ],
      };
};

const loweredAs = ({ questions, confirm }: Of<'GapsAccepted'>): Pick<Lowered, 'exception' | 'gaps'> => ({
  ...(confirm === undefined ? {} : { exception: true }),
  ...(questions.length === 0 ? {} : { gaps: true }),
});

const evolveGaps = (
  deal: Opened,
  event: Of<'GapsAccepted'>,
): Accepted & Pick<Opened, 'gapsTakenBack' | 'endedAgainst' | 'lowered'> => {
  const { questions, confirm, reason, by, at, from, over, until, lowered } = event;
  const settled = { by: from?.by ?? by, at, reason };
  const gaps = questions.flatMap((id): [QuestionId, Gap][] => {
    const value = valueOf(deal, id);
    const last = until?.questions.includes(id) ? { until: until.day, acceptance: until.acceptance } : {};
    return value === undefined
      ? []
      : [[id, { ...settled, value, ...(from ? { from } : {}), ...(over ? { over } : {}), ...last }]];
  });
  return {
    gaps: gaps.length === 0 ? deal.gaps : { ...deal.gaps, ...Object.fromEntries(gaps) },
    exceptions: confirm === undefined ? deal.exceptions : { ...deal.exceptions, [confirm]: settled },
    ...(deal.gapsTakenBack ? { gapsTakenBack: without(deal.gapsTakenBack, [...questions, confirm ?? []].flat()) } : {}),
    ...overTakenBack(deal, event),
    ...(lowered ? { lowered: [...(deal.lowered ?? []), { ...lowered, ...loweredAs(event), by, at }] } : {}),
  };
};

const evolveTakenBack = (
  { gaps, exceptions, gapsTakenBack, keepsWords }: Opened,
  { questions, exceptions: unconfirmed = [], reason, by, at, forAll, byItself }: Of<'GapsTakenBack'>,
): Accepted & Pick<Opened, 'gapsTakenBack'> => {
  const back = [...questions, ...(keepsWords ? unconfirmed : [])];
  const acceptedOf = (id: string): Pick<TakenBack, 'accepted'> => {
    const was = keepsWords && (gaps?.[id] ?? exceptions?.[id]);
    return was && was.by !== by ? { accepted: { by: was.by, at: was.at, reason: was.reason } } : {};
  };
  return {
    gaps: without(gaps, questions),
    exceptions: without(exceptions, unconfirmed),
    ...(back.length === 0
      ? {}
      : {
          gapsTakenBack: {
            ...gapsTakenBack,
            ...Object.fromEntries(
              back.map((id) => [
                id,
                { by, at, reason, ...acceptedOf(id), ...(forAll ? { forAll } : {}), ...(byItself ? { byItself } : {}) },
              ]),
            ),
          },
        }),
  };
};

const sentEarly = ({ until }: Finding, { by, at }: Of<'SentOn'>): Pick<Finding, 'sent'> =>
  at < until ? { sent: { by, at } } : {};

/** What compliance accepted, and what is asked of who might know. */
export const evolveSettled = (
  deal: Opened,
  event: Of<'GapsAccepted' | 'GapsTakenBack' | 'FindingOut' | 'FindOutNudged' | 'SentOn'>,
): Partial<Opened> => {
  const { finding } = deal;
  switch (event.type) {
    case 'GapsAccepted':
      return evolveGaps(deal, event);
    case 'GapsTakenBack':
      return evolveTakenBack(deal, event);
    case 'FindingOut': {
      const { until, nudge, at } = event;
      return { finding: { since: at, until, ...(nudge === undefined ? {} : { nudge }) }, waitingSince: at };
    }
    case 'FindOutNudged':
      return finding ? { finding: { ...finding, nudged: true } } : {};
    case 'SentOn':
      return finding ? { finding: { ...finding, over: true, ...sentEarly(finding, event) } } : {};
    default: {
      const never: never = event;
      return never;
    }
  }
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

/**
 * A new review takes those of a country or a product again, by name, where they still stand. Whoever withdraws a deal, or
 * answers it out of scope, and reopens it is not given time to find out again: the deal team can do all of that.
 */
export const withoutTaken = (
  { gaps, finding }: Opened,
  { from: status }: Of<'DealReopened'>,
): Accepted & Pick<Opened, 'finding'> => {
  const kept = Object.entries(gaps ?? {}).filter(([, { from }]) => from === undefined);
  return {
    gaps: kept.length === 0 ? undefined : Object.fromEntries(kept),
    exceptions: undefined,
    finding: status === 'withdrawn' || status === 'out of scope' ? finding : undefined,
  };
};

/** Ends what was accepted of answers that are given differently now, or are not asked any more. */
export const withoutAnswered = (
  deal: Opened,
  { section, answers, changed: more }: Of<'SectionAnswered'>,
): Accepted & Pick<Opened, 'changed'> => {
  const { gaps, exceptions } = deal;
  const was = deal.answers[section];
  const changed = withChanged(deal, more);
  if (!gaps && !exceptions) return changed;
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
    exceptions: unchanged ? exceptions : undefined,
    ...changed,
  };
};

const about = ({ product, destination, endUser, intermediaries }: DealDetails) => [
  product.id,
  product.name,
  destination,
  endUser.name,
  endUser.kind,
  intermediaries,
];

/** Ends what was accepted of details and answers that do not stand any more: those of before came back. */
export const withoutRestored = (
  { gaps, exceptions, details }: Opened,
  back: DealDetails,
  answers: readonly { question: QuestionId; answer: { value: FactValue } }[],
): Accepted => {
  if (!gaps && !exceptions) return {};
  const kept = same(about(details), about(back))
    ? Object.entries(gaps ?? {}).filter(([id, { value }]) =>
        answers.every(({ question, answer }) => question !== id || same(answer.value, value)),
      )
    : [];
  return { gaps: kept.length === 0 ? undefined : Object.fromEntries(kept), exceptions: undefined };
};

/** What compliance accepted of a deal alone it accepted of what was to be sold then. @param more - more is sold now */
const ofSmaller = ({ gaps }: Opened, more: true | undefined): Accepted | undefined => {
  if (!more) return undefined;
  const kept = Object.entries(gaps ?? {}).filter(([, { from }]) => from);
  return { gaps: kept.length === 0 ? undefined : Object.fromEntries(kept), exceptions: undefined };
};

/** What was accepted of one country, product or end-user is not accepted of another; nor does its alert stand. */
export const evolveCorrected = (
  deal: Opened,
  { details, alertsLeft, formerly, between, customer, more, stakesAgain, by, at, reason }: Of<'DetailsCorrected'>,
): Partial<Opened> => {
  return {
    details,
    lastCorrection: { by, at, reason },
    ...elsewhere(deal, details, {
      at,
      kept: formerly === true,
      between: between === true,
      customer: customer === true,
    }),
    ...(!customer && same(about(deal.details), about(details))
      ? ofSmaller(deal, more)
      : { gaps: undefined, exceptions: undefined }),
    ...(stakesAgain ? { noStake: undefined } : {}),
    ...(alertsLeft ? { warned: deal.warned?.filter((id) => !alertsLeft.includes(id)) } : {}),
  };
};

/** Returns the facts of the deal that a later one is compared with. */
export const basisOf = ({ details, answers, ownFlags, requests, gaps, exceptions }: Opened): Basis => ({
  details,
  answers,
  ownFlags,
  requests,
  ...(gaps ? { gaps } : {}),
  ...(exceptions ? { exceptions } : {}),
});

export const withBasis = (deal: OpenedDeal, basis: Basis): OpenedDeal => ({
  ...deal,
  gaps: undefined,
  exceptions: undefined,
  ...basis,
});
