/** Deciding on answers: saving, completing and handing over sections, correcting the deal's details. */

import { countryName } from '../../countries.ts';
import type { AlertId } from '../../country-alert.ts';
import type { About, PersonId } from '../../ids.ts';
import { person, type Organisation } from '../../organisation.ts';
import { own } from '../../own.ts';
import type { FactValue, Facts, Question, QuestionId, SectionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import { askedReassessments } from '../approval/reassessments.ts';
import { changedAnswers } from '../context/gaps.ts';
import type { Answer, DealDetails, GivenAnswer } from '../deal.ts';
import type { DealFact } from '../events.ts';
import { judgesOf } from '../owing/conditions.ts';
import { isIndependentCompliance, refusal } from '../rights/access.ts';
import { hasVoted, mayBeNeeded } from '../rights/seats.ts';
import { conditionStanding, waitingFor } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';
import { withConsequences } from './consequences.ts';
import { accept, refuse, type Case, type Decided } from './decision.ts';

/** The product id for products outside the catalogue. */
const OTHER = 'other';

const closed = ({ deal }: DealView): string | undefined => {
  switch (deal.status) {
    case 'answering':
    case 'deciding':
      return undefined;
    case 'decided':
      return approvalOf(deal)
        ? 'This deal is decided, and what was signed does not change. If something changed, say so on its card: then it is reassessed.'
        : 'This deal is decided, and what was signed does not change. Compliance can reopen it.';
    case 'out of scope':
    case 'withdrawn':
    case 'stopped':
      return `This deal is ${deal.status}. Reopen it first.`;
    default: {
      const never: never = deal;
      return never;
    }
  }
};

/** True when `value` is one that the question offers. */
export const validValue = (question: Question, value: FactValue): boolean => {
  const options = new Set(question.options.map((o) => o.value));
  switch (question.kind) {
    case 'yes-no':
      return (
        value === 'yes' ||
        value === 'no' ||
        value === 'unknown' ||
        (value === 'not-applicable' && question.allowNotApplicable)
      );
    case 'choice':
      return typeof value === 'string' && (value === 'unknown' || options.has(value));
    case 'choices':
      return value === 'unknown' || (Array.isArray(value) && value.length > 0 && value.every((v) => options.has(v)));
    case 'text':
      return typeof value === 'string' && value.trim() !== '';
    default: {
      const never: never = question.kind;
      return never;
    }
  }
};

const factsWith = (facts: Facts, answers: Record<QuestionId, GivenAnswer>): Facts => ({
  ...facts,
  answers: { ...facts.answers, ...Object.fromEntries(Object.entries(answers).map(([id, a]) => [id, a.value])) },
});

/** Returns the facts without one section's saved answers: the starting point of its form. */
const factsWithout = (view: DealView, section: SectionId): Facts => {
  const mine = new Set(Object.keys(own(view.deal.answers, section) ?? {}));
  return {
    ...view.facts,
    answers: Object.fromEntries(Object.entries(view.facts.answers).filter(([id]) => !mine.has(id))),
  };
};

const scopeFirst = (view: DealView, section: SectionId): string | undefined =>
  section !== view.policy.scopeSection && view.deal.answers[view.policy.scopeSection] === undefined
    ? 'Please answer the scope questions first.'
    : undefined;

export const decideSaveForLater = ({ command, view, meta }: Case<'SaveSectionForLater'>): Decided => {
  const problem = closed(view) ?? refusal(view, meta.actor, 'answer');
  if (problem) return refuse('not allowed', problem);
  const section = view.policy.sections.find((s) => s.id === command.section);
  if (!section) return refuse('not valid', 'This section is not part of the deal.');
  const known = Object.entries(command.answers).filter(([id, answer]) => {
    const question = section.questions.find((q) => q.id === id);
    return question !== undefined && validValue(question, answer.value);
  });
  const answers = Object.fromEntries(known);
  const changed = changedAnswers(view, command.section, answers, Object.keys(answers));
  return accept(meta, [{ type: 'SectionSavedForLater', section: command.section, answers, ...changed }]);
};

export const decideAnswers = ({ command, view, meta, context }: Case<'AnswerSection'>): Decided => {
  const problem = closed(view) ?? refusal(view, meta.actor, 'answer') ?? scopeFirst(view, command.section);
  if (problem) return refuse('not allowed', problem);
  const known = new Set(view.policy.sections.find((s) => s.id === command.section)?.questions.map((q) => q.id));
  const offered = Object.fromEntries(Object.entries(command.answers).filter(([id]) => known.has(id)));
  const facts = factsWith(factsWithout(view, command.section), offered);
  const asked = view.policy.questionsFor(command.section, facts);
  if (asked.length === 0) return refuse('not valid', 'This section has no questions for this deal.');
  const answers: Record<QuestionId, Answer> = {};
  for (const question of asked) {
    const answer = offered[question.id];
    const about = (part: 'answer' | 'note'): About => ({ question: question.id, part });
    if (!answer) return refuse('not valid', `Please answer: ${question.text}`, about('answer'));
    if (!validValue(question, answer.value)) {
      return refuse('not valid', `That is not one of the answers to: ${question.text}`, about('answer'));
    }
    if (answer.value === 'not-applicable' && !answer.note?.trim()) {
      return refuse('not valid', 'Please say why this does not apply.', about('note'));
    }
    const before = own(view.deal.answers, command.section)?.[question.id];
    const same =
      before &&
      JSON.stringify([before.value, before.note ?? '', before.sources]) ===
        JSON.stringify([answer.value, answer.note ?? '', answer.sources]);
    answers[question.id] = same ? before : { ...answer, by: meta.actor, at: meta.at };
  }
  const { section } = command;
  const changes: DealFact[] = [
    { type: 'SectionAnswered', section, answers, ...changedAnswers(view, section, answers) },
  ];
  const { scope, scopeReasons } = view.policy.evaluate(factsWith(factsWithout(view, command.section), answers));
  if (command.section === view.policy.scopeSection && scope === 'in') {
    changes.push({ type: 'FoundInScope', reasons: [...scopeReasons] });
  }
  return accept(meta, withConsequences(view, meta, changes, context));
};

/** Refuses details that no form would send. */
export const detailsProblem = (details: DealDetails, organisation: Organisation): Decided | undefined => {
  const { product, destination, customer, endUser } = details;
  if (customer.trim() === '') return refuse('not valid', 'Please write who the customer is.', 'customer');
  if (endUser.name.trim() === '') return refuse('not valid', 'Please write who the end-user is.', 'endUser');
  if (countryName(destination) === undefined)
    return refuse('not valid', 'Please choose a country from the list.', 'destination');
  const listed = organisation.products.some((p) => p.id === product.id && p.name === product.name);
  if (!listed && (product.id !== OTHER || product.name.trim() === '')) {
    return refuse('not valid', 'Please choose a product, or “Other”.', 'product');
  }
  return undefined;
};

/** An alert is for a country: where a risk picture weighs it, it does not follow the deal to another. */
const alertsLeft = ({ deal, policy }: DealView, { destination }: DealDetails): { alertsLeft?: AlertId[] } =>
  policy.picture && deal.warned?.length && deal.details.destination !== destination ? { alertsLeft: deal.warned } : {};

export const decideDetails = ({ command, view, meta, context }: Case<'CorrectDetails'>): Decided => {
  const problem = closed(view) ?? refusal(view, meta.actor, 'correct details');
  if (problem) return refuse('not allowed', problem);
  if (!command.reason.trim()) return refuse('not valid', 'Please say why the details change.', 'reason');
  const wrong = detailsProblem(command.details, view.organisation);
  if (wrong) return wrong;
  if (JSON.stringify(command.details) === JSON.stringify(view.deal.details)) {
    return refuse('not valid', 'Nothing was changed.');
  }
  return accept(
    meta,
    withConsequences(
      view,
      meta,
      [
        {
          type: 'DetailsCorrected',
          details: command.details,
          reason: command.reason,
          ...alertsLeft(view, command.details),
        },
      ],
      context,
    ),
  );
};

export const joinsTeamRefusal = (view: DealView, actor: PersonId, to: PersonId): string | undefined => {
  const { deal, organisation } = view;
  const colleague = person(organisation, to);
  if (!colleague) return 'Clearthread does not know that person. Ask compliance to add them.';
  if (deal.team.includes(to)) return undefined;
  if (hasVoted(view, to)) {
    return `${colleague.name} has voted on this deal, so they cannot join the deal team.`;
  }
  // Nobody is a judge in their own case.
  if (Object.values({ ...deal.gaps, ...deal.confirmed }).some(({ by }) => by === to)) {
    return `${colleague.name} accepted something as not known on this deal, so they cannot join the deal team.`;
  }
  if (!isIndependentCompliance(view, actor) && mayBeNeeded(view, to)) {
    return `${colleague.name} may be needed to decide on this deal. Ask compliance to hand it over, or choose someone else.`;
  }
  return undefined;
};

export const decideHandOver = ({ command, view, meta }: Case<'HandOverSection'>): Decided => {
  const problem = closed(view) ?? refusal(view, meta.actor, 'hand over') ?? scopeFirst(view, command.section);
  if (problem) return refuse('not allowed', problem);
  if (!view.policy.sectionsFor(view.facts).some((s) => s.id === command.section)) {
    return refuse('not valid', 'This section has no questions for this deal.');
  }
  if ((own(view.deal.handOvers, command.section)?.to ?? view.deal.owner) === command.to) {
    return refuse('not valid', 'That person has this section already.', 'to');
  }
  const joining = joinsTeamRefusal(view, meta.actor, command.to);
  if (joining) return refuse('not allowed', joining, 'to');
  return accept(meta, [
    {
      type: 'SectionHandedOver',
      section: command.section,
      handOver: { to: command.to, by: meta.actor, at: meta.at, note: command.note },
    },
  ]);
};

export const decideTakeBack = ({ command, view, meta }: Case<'TakeSectionBack'>): Decided => {
  const held = own(view.deal.handOvers, command.section);
  const problem = closed(view) ?? refusal(view, meta.actor, 'hand over');
  if (problem) return refuse('not allowed', problem);
  if (!held) return refuse('not now', 'Nobody holds this section. You can answer it.');
  return accept(meta, [{ type: 'HandOverEnded', section: command.section }]);
};

const NUDGE_PAUSE_MS = 60 * 60 * 1000;

/** Returns who must act on an approval: on a condition that is overdue, or done and not accepted; on a reassessment. */
const moversOf = (view: DealView): PersonId[] => {
  const approval = approvalOf(view.deal);
  if (!approval) return [];
  const ofConditions = conditionStanding(view).flatMap(({ condition, progress, overdue }) => {
    if (progress.status === 'met') return judgesOf(view, approval, condition);
    return overdue ? [condition.owner] : [];
  });
  return askedReassessments(view).length > 0 ? [...ofConditions, view.deal.owner] : ofConditions;
};

export const decideNudge = ({ view, meta }: Case<'Nudge'>): Decided => {
  const problem = refusal(view, meta.actor, 'nudge');
  if (problem) return refuse('not allowed', problem);
  const people = [...new Set([...waitingFor(view).people, ...moversOf(view)])].filter((p) => p !== meta.actor);
  if (people.length === 0) return refuse('not now', 'Nobody else has to act on this deal right now.');
  const last = view.deal.lastNudge;
  // The people for whom the deal has been waiting since then were not nudged yet.
  if (
    last &&
    last > view.deal.waitingSince &&
    new Date(meta.at).getTime() - new Date(last).getTime() < NUDGE_PAUSE_MS
  ) {
    return refuse('not now', 'They were nudged within the last hour. Give them a little time.');
  }
  return accept(meta, [{ type: 'Nudged', people }]);
};
