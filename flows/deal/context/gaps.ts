/** What compliance can accept as not known on a deal, and the exception that it can confirm. House rule. */

import { hasRunOut } from '../../calendar.ts';
import type { AcceptanceId, AcceptedOver, GapAcceptance, TakenFrom } from '../../gap-acceptance.ts';
import type { Day, Instant, PersonId } from '../../ids.ts';
import { own } from '../../own.ts';
import { isOpenValue } from '../../policy/answers.ts';
import { gravestOf, isGraver } from '../../policy/kinds.ts';
import type { EndUserKind, OpenQuestion, Placed, QuestionId, SectionId } from '../../policy/policy.ts';
import type { DraftAnswer, GivenAnswer } from '../answer-shapes.ts';
import type { DealDetails, Gap, Settled } from '../deal.ts';
import type { HeardGap } from '../heard-shapes.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { isNotedByOthers, whoseNote } from '../said/first-said.ts';
import { isChosen, notedOnSheets, rewordedOnSheets, saidOnSheets, sheetDisputes } from '../sheets/said.ts';
import type { DealView } from '../view.ts';
import { alertsShown, isOpen } from './alerts.ts';
import { heardKinds } from './kinds.ts';
import { topicOf } from './topics.ts';

/**
 * Returns the open questions that compliance can accept: weighty ones and those about a country or a product, but none
 * that must be known, and none that another deal, a product sheet or a country brief has answered.
 */
export const acceptableGaps = (view: DealView): OpenQuestion[] => {
  const { deal, policy, assessment } = view;
  if (!policy.picture || !isOpen(deal)) return [];
  const onSheets = saidOnSheets(view);
  return assessment.openQuestions.filter(({ id, weighty, accepted }) => {
    const question = policy.question(id);
    const said = onSheets.get(id);
    return (
      question !== undefined &&
      (weighty || question.about !== undefined) &&
      !accepted &&
      !question.mustBeKnown &&
      !deal.others?.otherwise.some((heard) => heard.question === id) &&
      (said === undefined || isOpenValue(said.answer.value))
    );
  });
};

/** Returns the exception that fits the deal and that compliance has not confirmed. */
export const exceptionToConfirm = ({ deal, assessment }: DealView): NonNullable<Placed['exception']> | undefined => {
  const fits = isOpen(deal) ? assessment.placed?.exception : undefined;
  return fits?.confirmed === false ? fits : undefined;
};

export interface AcceptedGap extends Gap {
  question: OpenQuestion;
}

/** Returns the open questions that compliance accepted, in the policy's order. */
export const acceptedGaps = ({ deal, assessment }: DealView): AcceptedGap[] =>
  assessment.openQuestions.flatMap((question) => {
    const gap = question.accepted ? own(deal.gaps, question.id) : undefined;
    return gap ? [{ ...gap, question }] : [];
  });

/** Returns what compliance can take back: what it accepted, in the policy's order, and the exceptions that it confirmed. */
export const gapsToTakeBack = ({
  deal,
  policy,
}: DealView): { gaps: (Gap & { id: QuestionId })[]; exceptions: (Settled & { id: string })[] } => ({
  gaps: isOpen(deal)
    ? policy.sections.flatMap(({ questions }) =>
        questions.flatMap(({ id }) => {
          const gap = own(deal.gaps, id);
          return gap ? [{ ...gap, id }] : [];
        }),
      )
    : [],
  exceptions: isOpen(deal) ? Object.entries(deal.exceptions ?? {}).map(([id, settled]) => ({ ...settled, id })) : [],
});

const isOf = ({ destination, product }: DealDetails, { on }: GapAcceptance): boolean =>
  on.of === 'country' ? on.country === destination : on.product === product.id && on.name === product.name;

/** Returns those of the acceptances that are for the deal's country or product. */
export const acceptancesFor = ({ deal }: DealView, acceptances: readonly GapAcceptance[]): GapAcceptance[] =>
  acceptances.filter((acceptance) => isOf(deal.details, acceptance));

/** The gravest kind that anybody says of the deal's end-user. One that is not known counts as the worst. */
const gravestKind = (view: DealView): EndUserKind => {
  const { kind } = view.deal.details.endUser;
  return kind === 'unknown' ? 'security' : (gravestOf([kind, ...heardKinds(view).map((heard) => heard.kind)]) ?? kind);
};

/** Returns the row of the picture by what is known alone: what is open, as if it were answered well. */
const knownRow = ({ policy, facts, assessment }: DealView): string | undefined => {
  const open = [...assessment.openQuestions.map(({ id }) => id), ...(assessment.placed?.unanswered ?? [])];
  const well = open.flatMap((id): [QuestionId, string][] => {
    const good = policy.question(id) && ['no', 'yes'].find((value) => policy.isBenign(id, value));
    return good === undefined ? [] : [[id, good]];
  });
  const answers = { ...facts.answers, ...Object.fromEntries(well) };
  const based = { ...facts.based, ...Object.fromEntries(well.map(([id]) => [id, 2])) };
  return policy.evaluate({ ...facts, answers, based }).placed?.row;
};

/**
 * Returns what an acceptance would be given over, on this deal: what is known of it. What nobody knows counts as its worse
 * answer in the deal, and stands for nothing that somebody looked at. Undefined: out of scope, or no risk picture.
 */
export const acceptedOver = (view: DealView): AcceptedOver | undefined => {
  const known = knownRow(view);
  const row = view.policy.picture?.rows.find(({ id }) => id === known);
  const kind = view.deal.details.endUser.kind === 'unknown' ? 'private' : gravestKind(view);
  return row && { kind, row: row.id, can: row.text };
};

/** Tells whether the deal is no graver than what it was accepted over: otherwise nobody looked at a deal like this. */
const isWithin = (view: DealView, over: AcceptedOver | undefined): boolean => {
  if (over === undefined) return true;
  const rows = view.policy.picture?.rows.map(({ id }) => id) ?? [];
  const [here, there] = [rows.indexOf(view.assessment.placed?.row ?? ''), rows.indexOf(over.row)];
  return here !== -1 && here <= there && !isGraver(gravestKind(view), over.kind as EndUserKind);
};

/** Tells whether every question that is asked has an answer, "don't know" too: before that its place in the table says nothing. */
const isWhole = ({ assessment: { placed } }: DealView): boolean =>
  placed !== undefined && placed.unanswered.length === 0;

/**
 * Returns what a gap of this deal is accepted over: the deal as compliance reads it, where what nobody knows counts as its worse
 * answer. While sections are open nobody has said that it is not known: then what is known.
 */
export const overNow = (view: DealView): AcceptedOver | undefined => {
  if (!isWhole(view)) return acceptedOver(view);
  const row = view.policy.picture?.rows.find(({ id }) => id === view.assessment.placed?.row);
  return row && { kind: gravestKind(view), row: row.id, can: row.text };
};

/** Returns the gaps that were accepted over a milder deal than this is now: over others, or over this one as it was. */
export const gapsOutgrown = (view: DealView): QuestionId[] =>
  Object.entries(view.deal.gaps ?? {}).flatMap(([id, { from, over }]) => {
    const isMilder = from ? isWithin(view, from.over) : !isWhole(view) || isWithin(view, over);
    return isMilder ? [] : [id];
  });

/** Returns the standing acceptances for its country and its product that the deal does not take, as it is graver. */
export const gapsForMilder = (view: DealView): GapAcceptance[] => {
  const open = new Set(acceptableGaps(view).map(({ id }) => id));
  return acceptancesFor(view, view.organisation.acceptances ?? []).filter(
    (one) => !hasRunOut(one, view) && !isWithin(view, one.over) && one.questions.some((id) => open.has(id)),
  );
};

/** Returns the acceptance for other deals, too, with which a gap ends. */
export const acceptanceOf = ({ from, acceptance }: Gap): AcceptanceId | undefined => from?.id ?? acceptance;

type Ended = NonNullable<DealView['organisation']['acceptancesEnded']>[number];

/** Returns what was accepted for all deals with the deal's country or product, and ended early. */
export const endedFor = ({ deal: { details }, organisation }: Pick<DealView, 'deal' | 'organisation'>): Ended[] =>
  (organisation.acceptancesEnded ?? []).filter(({ on }) =>
    on.of === 'country' ? on.country === details.destination : on.product === details.product.id,
  );

/** Returns the gaps whose acceptance for other deals, too, compliance has ended since: the deal loses them in minutes. */
export const gapsWithdrawn = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): QuestionId[] => {
  const ended = new Set(organisation.acceptancesEnded?.map(({ id }) => id));
  return Object.entries(deal.gaps ?? {}).flatMap(([id, gap]) => (ended.has(acceptanceOf(gap) ?? '') ? [id] : []));
};

/** Returns a gap's last day, and by whose calendar. Undefined: it has none. */
export const lastDayOf = ({ from, until, by }: Gap): { until: Day; by: PersonId } | undefined =>
  from ?? (until === undefined ? undefined : { until, by });

/** Returns the gaps whose last day has passed: taken from acceptances, or accepted here and for others until then. */
export const gapsRunOut = ({ deal, ...today }: Pick<DealView, 'deal' | 'now' | 'organisation'>): QuestionId[] =>
  Object.entries(deal.gaps ?? {}).flatMap(([id, gap]) => {
    const last = lastDayOf(gap);
    return last && hasRunOut(last, today) ? [id] : [];
  });

/** Returns what the question was answered with, and what is half-filled. */
const givenTo = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>, question: QuestionId): DraftAnswer[] => {
  const section = policy.question(question)?.section ?? '';
  return [deal.answers, deal.drafts].flatMap((all) => own(own(all, section) ?? {}, question) ?? []);
};

/** Tells whether a colleague wrote under the deal's own answer, also where that was replaced, or only saved; or denied it: compliance reads it first. */
const isWrittenOn = (view: Pick<DealView, 'deal' | 'policy'>, question: QuestionId): boolean => {
  const { deal } = view;
  const isOthers = ({ question: id, by }: { question: QuestionId; by: PersonId }): boolean =>
    id === question && !isOwnWord(deal, by);
  return (
    givenTo(view, question).some((answer) => isNotedByOthers(deal, answer)) ||
    (deal.reworded ?? []).some(isOthers) ||
    (deal.objections ?? []).some(({ questions }) => questions.includes(question))
  );
};

/** Returns who wrote a note under the deal's answer, also where that was replaced, or only saved; or denied it. Who sells it is a colleague to whoever sells another. */
const notedBy = (view: Pick<DealView, 'deal' | 'policy'>, question: QuestionId): PersonId[] => {
  const { deal } = view;
  const all = [
    ...givenTo(view, question).flatMap((answer) =>
      answer.note === undefined || answer.by === undefined || answer.basis?.sheet ? [] : [whoseNote(deal, answer)],
    ),
    ...(deal.reworded ?? []).filter((one) => one.question === question && one.note !== undefined),
    ...(deal.objections ?? []).filter(({ questions }) => questions.includes(question)),
  ];
  return [...new Set(all.map(({ by }) => by))];
};

/** Returns who took it back here last, also where it was accepted again since: what was accepted for all does not come back with that. */
const takenBackBy = (
  { gapsTakenBack, endedAgainst = [] }: DealView['deal'],
  question: QuestionId,
): PersonId | undefined => {
  const back = own(gapsTakenBack, question);
  if (back) return back.forAll ? undefined : back.by;
  return endedAgainst.findLast(({ of, questions }) => of === 'gaps' && questions?.includes(question))?.from;
};

/**
 * Returns the questions about its country or its product of which the deal takes nothing that was accepted for all: colleagues wrote
 * under the answer, or compliance took it back.
 */
export const gapsLeftOpen = (view: Pick<DealView, 'deal' | 'policy'>): Omit<HeardGap, 'deal'>[] => {
  const { deal, policy } = view;
  const of = policy.sections.flatMap(({ questions }) => questions.filter(({ about }) => about !== undefined));
  return of.flatMap(({ id: question }) => {
    // Accepted again for all, it was looked at for all.
    const back = own(deal.gaps, question)?.until === undefined ? takenBackBy(deal, question) : undefined;
    return [...notedBy(view, question), ...(back === undefined ? [] : [back])].map((by) => ({ question, by }));
  });
};

/**
 * Tells whether another deal with the end-user takes nothing of it that was accepted for all: the same sale in a new deal is no way around
 * that, nor is what was accepted since for somebody else's.
 */
const isLeftOpenElsewhere = ({ others }: DealView['deal'], id: QuestionId): boolean =>
  (others?.gaps ?? []).some(({ question }) => question === id);

/** Tells whether another deal answered something of the country or the product otherwise since it was accepted for all: compliance looks again. */
const isAnsweredSince = (
  { deal: { others }, policy }: DealView,
  { of }: GapAcceptance['on'],
  accepted: Instant,
): boolean =>
  (others?.otherwise ?? []).some(
    ({ question, at }) => at > accepted && topicOf(policy, policy.question(question)) === of,
  );

/**
 * Returns what was taken from acceptances and a colleague wrote under, also of an author who works on the deal alone no more, or compliance
 * took back, here or in another deal with the end-user; what somebody wrote under on the product's sheet or the country's brief since; and all
 * where another deal answered otherwise since.
 */
export const gapsUnread = (view: DealView): QuestionId[] => {
  const { deal, organisation } = view;
  const isSaidSince = writtenOnSheets(view);
  const accepted = ({ from, at }: Gap): Instant =>
    organisation.acceptances?.find(({ id }) => id === from?.id)?.at ?? at;
  return Object.entries(deal.gaps ?? {}).flatMap(([id, gap]) =>
    gap.from &&
    (isWrittenOn(view, id) ||
      isLeftOpenElsewhere(deal, id) ||
      isSaidSince(id, accepted(gap)) ||
      isAnsweredSince(view, gap.from.on, accepted(gap)))
      ? [id]
      : [],
  );
};

/** Returns whether somebody wrote on the product's sheet or the country's brief under that very question since, or against its answer. */
export const writtenOnSheets = (view: DealView): ((question: QuestionId, then: Instant) => boolean) => {
  const replaced = rewordedOnSheets(view).filter((one) => !isChosen(view, one));
  const noted = [...notedOnSheets(view), ...replaced].filter(({ left }) => !left);
  const disputed = sheetDisputes(view).filter(({ left }) => !left);
  return (question, then) =>
    noted.some((note) => note.question === question && note.at > then) ||
    disputed.some(({ dispute }) => dispute.at > then && dispute.questions.includes(question));
};

/**
 * Returns what the deal takes of the acceptances for its country and its product. Not from somebody who works on the
 * deal, and not for an answer that was given differently before, or of which compliance took it back, or a colleague wrote, here or in
 * another deal with the end-user: then compliance looks at this deal.
 */
export const gapsToTake = (view: DealView): { from: TakenFrom; questions: QuestionId[]; reason: string }[] => {
  const { deal, policy, organisation, now } = view;
  const open = new Set(acceptableGaps(view).map(({ id }) => id));
  const isSaidSince = writtenOnSheets(view);
  return acceptancesFor(view, organisation.acceptances ?? []).flatMap((acceptance) => {
    const { id, on, by, until, over, reason, at } = acceptance;
    // It was accepted before the alert was issued, or another deal answered otherwise: compliance looks again.
    if (alertsShown(view).some((alert) => alert.at >= at) || isAnsweredSince(view, on, at)) return [];
    if (hasRunOut(acceptance, { organisation, now }) || deal.team.includes(by) || !isWithin(view, over)) return [];
    const questions = acceptance.questions.filter(
      (question) =>
        policy.question(question)?.about === on.of &&
        !deal.changed?.includes(question) &&
        !own(deal.gapsTakenBack, question) &&
        takenBackBy(deal, question) === undefined &&
        !isWrittenOn(view, question) &&
        !isLeftOpenElsewhere(deal, question) &&
        !isSaidSince(question, at) &&
        open.delete(question),
    );
    return questions.length === 0
      ? []
      : [{ from: { id, on, by, until, ...(over ? { over } : {}) }, questions, reason }];
  });
};

/**
 * Returns the questions that were answered differently before, in a saved section or in a half-filled one. `ids`: those
 * to look at; absent: all, also those that are not asked any more. Nothing for a policy without a risk picture.
 */
export const changedAnswers = (
  { deal, policy }: DealView,
  section: SectionId,
  now: Readonly<Record<QuestionId, GivenAnswer>>,
  ids?: readonly QuestionId[],
): { changed?: QuestionId[] } => {
  const before = [own(deal.answers, section), own(deal.drafts, section)];
  const changed = (policy.picture ? (ids ?? Object.keys({ ...before[0], ...before[1] })) : []).filter((id) =>
    before.some((answers) => {
      const was = own(answers, id);
      return was !== undefined && JSON.stringify(was.value) !== JSON.stringify(own(now, id)?.value);
    }),
  );
  return changed.length === 0 ? {} : { changed };
};
