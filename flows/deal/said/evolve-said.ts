/** Evolves what a deal keeps of its past: answers that were heavier, flags that fell, stops, reopenings; and its scope. */

import { own } from '../../own.ts';
import { isOpenValue, sameValue } from '../../policy/answers.ts';
import type { QuestionId, SectionId } from '../../policy/policy.ts';
import type { Answer, AnswersBySection } from '../answer-shapes.ts';
import { withoutRestored } from '../approval/evolve-gaps.ts';
import { askedAgain } from '../approval/evolve-reassessments.ts';
import type { DealDetails } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { elsewhere } from '../formerly.ts';
import { keepEarlier, wasIn, withKept } from '../kept.ts';
import type { CountedFacts, LighterKept, LighterSaid, PastNames, Renamed, Stop } from '../said-shapes.ts';
import type { Opened, OpenedDeal } from '../state.ts';
import { allWhoSaid } from './first-said.ts';
import { withHeard } from './heard-again.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;

/** Returns a section's answers as last given, also where they are asked again. Undefined where there were none. */
export const lastAnswers = (
  { answers, lastSaid, standing }: Pick<Opened, 'answers' | 'lastSaid' | 'standing'>,
  section: SectionId,
): AnswersBySection[string] | undefined =>
  own(answers, section) ?? own(lastSaid, section) ?? own(standing?.basis.answers, section);

/** Returns a definite answer that was saved for later: it was said too. */
export const savedForLater = (
  { drafts }: Pick<Opened, 'drafts'>,
  section: SectionId,
  question: QuestionId,
): Answer | undefined => {
  const draft = own(own(drafts, section), question);
  const { by, at } = draft ?? {};
  return draft && by !== undefined && at !== undefined && !isOpenValue(draft.value) ? { ...draft, by, at } : undefined;
};

/** Keeps the answers of sections that are asked again, with who gave them: their drafts don't say. */
const keepSaid = (
  { answers, lastSaid, standing, keepsWords }: Opened,
  sections: readonly SectionId[],
): Pick<Opened, 'lastSaid'> => {
  const again = sections.flatMap((section) => {
    const given = own(answers, section);
    return given ? [[section, given] as const] : [];
  });
  const approved = keepsWords ? standing?.basis.answers : undefined;
  return again.length === 0 ? {} : { lastSaid: { ...approved, ...lastSaid, ...Object.fromEntries(again) } };
};

/** What is said again as it was before is no lighter any more. */
const keptOn = (kept: LighterKept | undefined, now: Of<'SectionAnswered'>['answers']): Pick<Opened, 'lighterKept'> => {
  const left = kept?.answers.filter(({ question, answer }) => !sameValue(own(now, question)?.value, answer.value));
  if (!kept || !left || left.length === kept.answers.length) return {};
  return { lighterKept: left.length === 0 ? undefined : { ...kept, answers: left } };
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
    ...keptOn(deal.lighterKept, now),
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

export const correctedBy = (
  deal: Opened,
  { fell: flags, waits, renamed, reason: why, by, at }: Of<'DetailsCorrected'>,
): Partial<Opened> => ({
  ...(renamed ? renamedBy(deal, renamed, { until: at, changedBy: by, why }) : {}),
  ...fellBy(deal, { flags, by, at, why }),
  ...(waits ? { lighterSaid: pending(deal, { of: 'details', by, at, why }, waits, []) } : {}),
});

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

/** Ends what was pending. Refused: the end-user, the product and the answers of before come back. */
const evolveLighter = (deal: OpenedDeal, event: Of<'LighterConfirmed' | 'LighterRefused'>): OpenedDeal => {
  const { lighterSaid, lighterKept, ...rest } = deal;
  if (event.type === 'LighterConfirmed') {
    const { lowered, by, at } = event;
    return lowered ? { ...rest, lowered: [...(rest.lowered ?? []), { ...lowered, by, at }] } : rest;
  }
  if (!(lighterSaid || lighterKept)) return rest;
  const { back: answers = withKept(deal, []).answers, details: back = detailsBack(deal) } = event;
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
    answers: answers.reduce<AnswersBySection>((all, { section, question, answer }) => {
      const given = own(all, section);
      return given ? { ...all, [section]: { ...given, [question]: answer } } : all;
    }, deal.answers),
    ...(renamed ? renamedBy(deal, renamed, { until: at, changedBy: by, why: reason }) : {}),
    lighterRefused: { by, at, reason },
    waitingSince: at,
  };
};

const fellBy = (
  { fell = [] }: Opened,
  { flags = [], by, at, why }: Pick<DealEvent, 'by' | 'at'> & { flags?: string[] | undefined; why: string },
): Partial<Opened> => (flags.length === 0 ? {} : { fell: [...fell, { flags, by, at, why }] });

/** A stop of before stops were kept leaves nothing here: its state stays as it was. */
export const stoppedBy = (
  { stops, authority }: Opened,
  { rule, at, by, because, notify }: Of<'DealStopped'>,
): Partial<Opened> => ({
  ...(because ? { stops: [...(stops ?? []), { rule, at, by, because }] } : {}),
  ...(notify && (!authority || authority.done) ? { authority: { since: at } } : {}),
});

/** As above. A stop from before is kept from its reopening on. */
export const reopenedBy = (
  deal: OpenedDeal,
  { by, at, reason, from, askAgain }: Of<'DealReopened'>,
): Partial<Opened> => {
  if (from === undefined) return {};
  const reopenings = [...(deal.reopenings ?? []), { by, at, reason }];
  const kept = { reopenings, ...keepSaid(deal, askAgain) };
  if (deal.status !== 'stopped') return kept;
  const known: Stop[] = deal.stops?.length ? deal.stops : [{ rule: deal.rule, at: deal.at }];
  const last = known.length - 1;
  return { ...kept, stops: known.map((stop, i) => (i === last ? { ...stop, lifted: { by, at, reason } } : stop)) };
};

/** `opened`: the deal without the members of its status. */
export const evolveSaid = (
  state: OpenedDeal,
  event: Of<
    | 'ScopeSaid'
    | 'ScopeConfirmed'
    | 'ScopeRefused'
    | 'FoundInScope'
    | 'LighterConfirmed'
    | 'LighterRefused'
    | 'AuthorityNoted'
    | 'OthersNoted'
  >,
  opened: Opened,
): OpenedDeal => {
  const { by, at } = event;
  switch (event.type) {
    case 'ScopeSaid': {
      const { reasons, contradicts, rules, factsHash, why, said = { by, at } } = event;
      const scopeSaid = { reasons, contradicts, rules, factsHash, ...(why === undefined ? {} : { why }), ...said };
      return { ...opened, status: 'answering', scopeSaid, waitingSince: said.at };
    }
    case 'ScopeConfirmed':
      return state;
    case 'LighterConfirmed':
    case 'LighterRefused':
      return evolveLighter(state, event);
    case 'AuthorityNoted':
      return { ...state, authority: state.authority && { ...state.authority, done: { by, at, note: event.note } } };
    case 'OthersNoted':
      return { ...state, others: withHeard(state.others, event) };
    case 'ScopeRefused':
      return {
        ...opened,
        ...askedAgain(opened, [event.section]),
        ...keepSaid(opened, [event.section]),
        status: 'answering',
        scopeRefused: { by, at, reason: event.reason },
        answeringSince: at,
        waitingSince: at,
      };
    case 'FoundInScope':
      return state.status === 'answering'
        ? { ...opened, status: 'answering', waitingSince: at }
        : { ...state, waitingSince: at };
    default: {
      const never: never = event;
      return never;
    }
  }
};

/** Compliance that confirms it did not say it. What was pending ends with it. */
export const outOfScopeBy = ({
  reasons,
  said,
  confirmed,
  by,
  at,
}: Of<'FoundOutOfScope'>): Omit<
  Extract<OpenedDeal, { status: 'out of scope' }>,
  Exclude<keyof Opened, 'lighterSaid' | 'lighterKept'> | 'status'
> => ({
  reasons,
  by: said?.by ?? by,
  at: said?.at ?? at,
  ...(confirmed ? { confirmed } : {}),
  lighterSaid: undefined,
  lighterKept: undefined,
});
