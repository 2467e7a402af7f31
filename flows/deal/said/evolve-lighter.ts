/** Evolves what makes a deal lighter: heavier answers that are kept, what waits for compliance, what it confirmed or sent back. */

import { own } from '../../own.ts';
import { sameValue } from '../../policy/answers.ts';
import type { QuestionId, SectionId } from '../../policy/policy.ts';
import type { Answer } from '../answer-shapes.ts';
import { withoutRestored } from '../approval/evolve-gaps.ts';
import type { DealDetails } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { elsewhere } from '../formerly.ts';
import { goingBack, keepEarlier, wasIn, withKept } from '../kept.ts';
import type { CountedFacts, LighterKept, LighterSaid, PastNames, Renamed } from '../said-shapes.ts';
import type { Opened, OpenedDeal } from '../state.ts';
import { allWhoSaid } from './first-said.ts';
import { lastAnswers, savedForLater } from './last-answers.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;

/** What is said again as it was before is no lighter any more. */
const stillLighter = <T extends Pick<LighterKept, 'answers'>>(
  kept: T | undefined,
  now: Of<'SectionAnswered'>['answers'],
): T | undefined => {
  const answers = kept?.answers.filter(({ question, answer }) => !sameValue(own(now, question)?.value, answer.value));
  if (!kept || !answers || answers.length === kept.answers.length) return kept;
  return answers.length === 0 ? undefined : { ...kept, answers };
};
const keptOn = (
  { lighterKept, lighterConfirmed }: Opened,
  now: Of<'SectionAnswered'>['answers'],
): Pick<Opened, 'lighterKept' | 'lighterConfirmed'> => {
  const [kept, confirmed] = [stillLighter(lighterKept, now), stillLighter(lighterConfirmed, now)];
  return {
    ...(kept === lighterKept ? {} : { lighterKept: kept }),
    ...(confirmed === lighterConfirmed ? {} : { lighterConfirmed: confirmed }),
  };
};

const picked = (draft: Opened['drafts'][SectionId] | undefined, ids: readonly QuestionId[]) =>
  Object.fromEntries(Object.entries(draft ?? {}).filter(([id]) => ids.includes(id)));

/** Keeps the answers that were changed to lighter ones, and the flags that fell with them. */
export const lightened = (
  deal: Opened,
  { section, lighter, answers: now, earlier = [], earlierSaved = [], by, at }: Of<'SectionAnswered'>,
): Partial<Opened> => {
  const gone = {
    ...keepEarlier(
      deal,
      section,
      { ...own(deal.answers, section), ...picked(own(deal.drafts, section), earlierSaved) },
      { earlier: [...earlier, ...earlierSaved], answered: now },
    ),
    ...keptOn(deal, now),
    lastSaid: deal.lastSaid && Object.fromEntries(Object.entries(deal.lastSaid).filter(([id]) => id !== section)),
  };
  if (!lighter) return gone;
  const { questions, flags, why, waits, keeps, said } = lighter;
  const given = lastAnswers(deal, section) ?? {};
  const before = (question: QuestionId): Answer | undefined => {
    const told = own(said, question);
    if (told) return told;
    const answer = own(given, question);
    return answer && !sameValue(answer.value, now[question]?.value)
      ? answer
      : (savedForLater(deal, section, question) ?? answer);
  };
  const past = questions.flatMap((question) => {
    const answer = before(question);
    if (!answer) return [];
    return [{ question, before: answer.value, ...allWhoSaid(deal, answer), until: at, changedBy: by, why }];
  });
  const kept = 'lighterKept' in gone ? gone.lighterKept : deal.lighterKept;
  const known = [...(deal.lighterSaid?.answers ?? []), ...(kept?.answers ?? [])];
  const answers = questions.flatMap((question) => {
    const answer = before(question);
    // The first that was said is what comes back.
    return answer && !known.some((one) => one.question === question) ? [{ section, question, answer }] : [];
  });
  const change = { of: 'answers' as const, by, at, why };
  return {
    ...gone,
    was: [...(deal.was ?? []), ...past],
    ...fellBy(deal, { flags, by, at, why }),
    ...(waits ? { lighterSaid: pending(deal, change, waits, answers) } : {}),
    ...(keeps
      ? {
          lighterKept: {
            ...kept,
            answers: [...(kept?.answers ?? []), ...answers],
            changes: [...(kept?.changes ?? []), change],
          },
        }
      : {}),
  };
};

/** `deal`: before the change. */
const pending = (
  { lighterSaid, details }: Opened,
  change: LighterSaid['changes'][number],
  counted: CountedFacts,
  answers: LighterSaid['answers'],
): LighterSaid => {
  return {
    was: lighterSaid?.was ?? wasIn(details),
    before: [...(lighterSaid?.before ?? []), counted],
    answers: [...(lighterSaid?.answers ?? []), ...answers],
    changes: [...(lighterSaid?.changes ?? []), change],
    at: change.at,
  };
};

const namesOf = ({
  endUser,
  customer,
  intermediaries,
  product,
  destination,
  valueBand,
  expectedSigning,
  exportLicence,
}: DealDetails): Record<Renamed, string[]> => ({
  'end-user': [endUser.name],
  customer: [customer],
  intermediaries: intermediaries.map(({ name }) => name),
  roles: intermediaries.map(({ name, role }) => `${name}, ${role}`),
  kind: [endUser.kind],
  product: [product.name],
  destination: [destination],
  valueBand: [valueBand ?? ''],
  expectedSigning: [expectedSigning ?? ''],
  exportLicence: [exportLicence],
});

const pastNames = (
  { details }: Opened,
  renamed: readonly Renamed[],
  change: Pick<PastNames, 'until' | 'changedBy' | 'why'>,
): PastNames[] => renamed.map((of) => ({ of, before: namesOf(details)[of], ...change }));

export const renamedBy = (
  deal: Opened,
  renamed: readonly Renamed[],
  change: Pick<PastNames, 'until' | 'changedBy' | 'why'>,
): Pick<Opened, 'renamed'> => ({ renamed: [...(deal.renamed ?? []), ...pastNames(deal, renamed, change)] });

/** Whom others may name. Another product or country waits for compliance, and is kept with that. */
const HEARD_BY: readonly Renamed[] = ['end-user', 'customer', 'intermediaries', 'roles'];
/** Of many corrections so many of the first and of the last are kept. */
const MOST_CORRECTED = 30;

/** Keeps who was named before anything was said, or was written otherwise. */
const withCorrected = (
  deal: Opened,
  { details, renamed = [], reason: why, by: changedBy, at: until }: Of<'DetailsCorrected'>,
): Pick<Opened, 'corrected'> => {
  const [was, now] = [namesOf(deal.details), namesOf(details)];
  const others = HEARD_BY.filter((of) => !renamed.includes(of) && was[of].join('\n') !== now[of].join('\n'));
  if (others.length === 0) return {};
  const all = [...(deal.corrected ?? []), ...pastNames(deal, others, { until, changedBy, why })];
  return {
    corrected:
      all.length <= 2 * MOST_CORRECTED ? all : [...all.slice(0, MOST_CORRECTED), ...all.slice(-MOST_CORRECTED)],
  };
};

export const correctedBy = (deal: Opened, event: Of<'DetailsCorrected'>): Partial<Opened> => {
  const { fell: flags, waits, renamed, reason: why, by, at } = event;
  return {
    ...(renamed ? renamedBy(deal, renamed, { until: at, changedBy: by, why }) : {}),
    ...withCorrected(deal, event),
    ...fellBy(deal, { flags, by, at, why }),
    ...(waits ? { lighterSaid: pending(deal, { of: 'details', by, at, why }, waits, []) } : {}),
  };
};

/** Returns the details as they are if compliance refuses what waits. */
export const detailsBack = (deal: Opened): DealDetails => {
  const { details } = deal;
  const { was } = withKept(deal, []);
  return {
    ...details,
    product: was.product,
    destination: was.destination ?? details.destination,
    intermediaries: was.intermediaries ?? details.intermediaries,
    endUser: { name: was.name ?? details.endUser.name, kind: was.endUser },
  };
};

/** Adds answers of questions that the others do not have. */
const withMore = (some: LighterSaid['answers'], more: LighterSaid['answers']): LighterSaid['answers'] => [
  ...some,
  ...more.filter(({ question }) => !some.some((one) => one.question === question)),
];

/** What compliance confirms now, with what it confirmed before. */
const confirmedWith = (deal: Opened, { by, at }: Pick<DealEvent, 'by' | 'at'>): Pick<Opened, 'lighterConfirmed'> => {
  const { answers, changes } = withKept(deal, []);
  const known = deal.lighterConfirmed;
  const all = withMore(known?.answers ?? [], answers);
  return all.length === 0
    ? {}
    : { lighterConfirmed: { answers: all, changes: [...(known?.changes ?? []), ...changes], by, at } };
};

/** What compliance confirmed is kept as what makes no difference at once: it waits as soon as it does. */
export const lighterAgain = (
  deal: Opened,
  { questions, over, at: since }: Of<'LighterAskedAgain'>,
): Partial<Opened> => {
  const { lighterConfirmed, lighterKept } = deal;
  if (!lighterConfirmed) return {};
  const { by, at, changes } = lighterConfirmed;
  const again = lighterConfirmed.answers.filter(({ question }) => questions.includes(question));
  return {
    lighterConfirmed: undefined,
    lighterKept: {
      answers: withMore(lighterKept?.answers ?? [], again),
      changes: [...(lighterKept?.changes ?? []), ...changes],
      again: { questions, by, at, since, over },
    },
  };
};

/** Puts answers back. In a section that is asked again it is what was said last: whoever gives a lighter one says why. */
const answeredAgain = (deal: Opened, back: LighterSaid['answers']): Pick<Opened, 'answers' | 'lastSaid'> =>
  back.reduce<Pick<Opened, 'answers' | 'lastSaid'>>(
    (all, { section, question, answer }) => {
      const given = own(all.answers, section);
      if (given) return { ...all, answers: { ...all.answers, [section]: { ...given, [question]: answer } } };
      const last = lastAnswers({ ...deal, ...all }, section);
      if (!last || !deal.keepsWords) return all;
      return { ...all, lastSaid: { ...all.lastSaid, [section]: { ...last, [question]: answer } } };
    },
    { answers: deal.answers, ...(deal.lastSaid ? { lastSaid: deal.lastSaid } : {}) },
  );

/** Ends what was pending. Refused: the end-user, the product and the answers of before come back. */
export const evolveLighter = (deal: OpenedDeal, event: Of<'LighterConfirmed' | 'LighterRefused'>): OpenedDeal => {
  const { lighterSaid, lighterKept, ...rest } = deal;
  if (event.type === 'LighterConfirmed') {
    const { lowered, by, at } = event;
    return {
      ...rest,
      ...confirmedWith(deal, { by, at }),
      ...(lowered ? { lowered: [...(rest.lowered ?? []), { ...lowered, by, at }] } : {}),
    };
  }
  if (!(lighterSaid || lighterKept)) return rest;
  const { answers: gone, stays } = goingBack(deal);
  const { back: answers = gone, details: back = detailsBack(deal) } = event;
  const { by, at, reason, renamed } = event;
  return {
    ...rest,
    ...withoutRestored(deal, back, answers),
    details: back,
    ...elsewhere(deal, back, {
      at,
      kept: deal.formerly !== undefined,
      between: deal.formerly?.some(({ intermediaries }) => intermediaries) === true,
      customer: false,
    }),
    ...(stays ? { lighterKept: stays } : {}),
    ...answeredAgain(deal, answers),
    ...(renamed ? renamedBy(deal, renamed, { until: at, changedBy: by, why: reason }) : {}),
    lighterRefused: { by, at, reason },
    waitingSince: at,
  };
};

const fellBy = (
  { fell = [] }: Opened,
  { flags = [], by, at, why }: Pick<DealEvent, 'by' | 'at'> & { flags?: string[] | undefined; why: string },
): Partial<Opened> => (flags.length === 0 ? {} : { fell: [...fell, { flags, by, at, why }] });
