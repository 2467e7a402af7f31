/** Reads a review page by page, and at the end makes the ballot. */

import type { Ballot, FlagOpinion, Weighing } from '../../flows/deal/deal.ts';
import { MIN_RATIONALE, NO_STAKE_SAID } from '../../flows/deal/deciding/voting.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormValues } from '../card.ts';
import { textOf, ticksOf } from './inputs.ts';
import { clearingName, opinionName } from './names.ts';
import { type Reader, reader } from './reading.ts';
import { conditionNames, readConditions } from './review-conditions.ts';
import {
  type VoteOutcome,
  type ReviewDraft,
  type ReviewPage,
  clampPage,
  decidingDeal,
  NO_STAKE,
  NO_STAKE_TICK,
  OPINIONS,
  outcomeIn,
  OUTCOMES,
  reviewPages,
  unsureFlags,
} from './review-draft.ts';
import { WEIGHING } from './review.ts';

export type ReviewRead =
  /** 'done': call `ballotFrom`. */
  { ok: true; draft: ReviewDraft; next: number | 'done' } | { ok: false; errors: Record<string, string> };

export type Signed =
  | { kind: 'ballot'; ballot: Ballot }
  | { kind: 'information'; question: string }
  /** Something is missing (new flags, a page that was skipped): show that page again. */
  | { kind: 'incomplete'; page: number; errors: Record<string, string> };

const namesOn = (view: DealView, draft: ReviewDraft, page: ReviewPage): string[] => {
  switch (page.kind) {
    case 'summary':
      return [];
    case 'confirmation':
      return [NO_STAKE];
    case 'flags':
      return page.flags.flatMap(({ id }) => [opinionName(id), clearingName(id)]);
    case 'weighing':
      return [...WEIGHING.map(({ name }) => name), 'safeguardsOffered'];
    case 'decision':
      return ['outcome', 'question', 'rationale', ...conditionNames(view, draft.values)];
    default: {
      const never: never = page;
      return never;
    }
  }
};

/** An input that was on the page and came back without a value was emptied; any other keeps what was typed before. */
const wasEmptied = (name: string, values: FormValues): boolean => {
  if (name.startsWith('r:') || name === 'safeguardsOffered' || name === NO_STAKE) return true;
  return (name === 'cx' || name.startsWith('c:')) && outcomeIn(values) === 'approve-with-conditions';
};

/** Takes a page's values unchecked: for "Back", and for a form that grows. */
export const keepReviewPage = (view: DealView, draft: ReviewDraft, page: number, values: FormValues): ReviewDraft => {
  const pages = reviewPages(view, draft);
  const current = pages[clampPage(pages, page) - 1] ?? { kind: 'summary' };
  const kept: ReviewDraft['values'] = { ...draft.values };
  for (const name of namesOn(view, draft, current)) {
    const text = textOf(values, name);
    const ticks = ticksOf(values, name);
    if (text !== undefined) kept[name] = text;
    else if (ticks.length > 0) kept[name] = ticks;
    else if (wasEmptied(name, values)) delete kept[name];
  }
  return { ...draft, values: kept };
};

const readOpinion = (form: Reader, flag: string): FlagOpinion => {
  const opinion = form.one(opinionName(flag), OPINIONS, 'Please choose. If you can’t say yet, that is an answer too.');
  const reason = form.optional(clearingName(flag));
  if (opinion === 'clear' && reason === undefined) form.fail(clearingName(flag), 'Please say why you clear this flag.');
  return { opinion: opinion === 'clear' ? 'clear' : 'uphold', ...(reason === undefined ? {} : { reason }) };
};

const readWeighing = (form: Reader, view: DealView): Weighing => {
  const chosen = (name: (typeof WEIGHING)[number]['name'], scale: (typeof WEIGHING)[number]['scale']): string => {
    const value = form.maybeOne(
      name,
      view.policy.weighing[scale].map((o) => o.value),
    );
    if (value === undefined) form.fail(name, 'Please choose one.');
    return value ?? '';
  };
  const offered = form.optional('safeguardsOffered');
  return {
    leverage: chosen('leverage', 'leverage'),
    crucial: chosen('crucial', 'crucial'),
    scale: chosen('scale', 'severity'),
    scope: chosen('scope', 'severity'),
    irremediability: chosen('irremediability', 'severity'),
    ending: chosen('ending', 'ending'),
    ...(offered === undefined ? {} : { safeguardsOffered: offered }),
  };
};

type Choice =
  | { outcome: 'information'; question: string }
  | (Pick<Ballot, 'conditions' | 'rationale'> & { outcome: Exclude<VoteOutcome, 'information'> });

const readDecision = (form: Reader, view: DealView, values: FormValues, idPrefix: string): Choice => {
  const outcome = form.one('outcome', OUTCOMES, 'Please choose what you decide.');
  if (outcome === 'information') {
    return { outcome, question: form.required('question', 'Please write what you need to know.') };
  }
  const [unsure] = unsureFlags(view, values);
  if (unsure) {
    form.fail(
      'outcome',
      `You can’t say yet about “${unsure.title}”. Ask for information, or go back and decide on it.`,
    );
  }
  const rationale = form.required('rationale', `Please give your reasons, in at least ${MIN_RATIONALE} characters.`, {
    min: MIN_RATIONALE,
  });
  const conditions = outcome === 'approve-with-conditions' ? readConditions(form, view, values, idPrefix) : [];
  if (outcome === 'approve-with-conditions' && conditions.length === 0) {
    form.fail('outcome', 'Please choose or write at least one condition, or approve without.');
  }
  return { outcome, conditions, rationale };
};

const isDeclared = (values: FormValues): boolean => ticksOf(values, NO_STAKE).includes(NO_STAKE_TICK);

const checkPage = (form: Reader, view: DealView, values: FormValues, page: ReviewPage, declares: boolean): void => {
  switch (page.kind) {
    case 'summary':
      return;
    case 'confirmation':
      if (declares && outcomeIn(values) !== 'information' && !isDeclared(values)) form.fail(NO_STAKE, NO_STAKE_SAID);
      return;
    case 'flags':
      for (const { id } of page.flags) readOpinion(form, id);
      return;
    case 'weighing':
      readWeighing(form, view);
      return;
    case 'decision':
      readDecision(form, view, values, 'check');
      return;
    default: {
      const never: never = page;
      return never;
    }
  }
};

/** Reads only the names of that page: a submission cannot write to another page. */
export const readReviewPage = (view: DealView, draft: ReviewDraft, page: number, values: FormValues): ReviewRead => {
  const kept = keepReviewPage(view, draft, page, values);
  const pages = reviewPages(view, kept);
  const number = clampPage(pages, page);
  const current = pages[number - 1];
  const form = reader(kept.values);
  if (current) checkPage(form, view, kept.values, current, false);
  if (Object.keys(form.errors).length > 0) return { ok: false, errors: form.errors };
  return { ok: true, draft: kept, next: number >= pages.length ? 'done' : number + 1 };
};

/** `idPrefix` makes the conditions' ids unique: the command's id. `declares`: they must say that they have no stake. */
export const ballotFrom = (view: DealView, draft: ReviewDraft, idPrefix: string, declares = false): Signed => {
  const { values } = draft;
  const asks = outcomeIn(values) === 'information';
  for (const [i, page] of reviewPages(view, draft).entries()) {
    // A question needs no verdict on the flags.
    if (asks && page.kind !== 'decision') continue;
    const form = reader(values);
    checkPage(form, view, values, page, declares);
    if (Object.keys(form.errors).length > 0) return { kind: 'incomplete', page: i + 1, errors: form.errors };
  }
  const form = reader(values);
  const decision = readDecision(form, view, values, idPrefix);
  if (decision.outcome === 'information') return { kind: 'information', question: decision.question };
  const flags = Object.fromEntries(view.assessment.flags.map(({ id }) => [id, readOpinion(form, id)]));
  const weighing = decidingDeal(view)?.route.weighing === true ? { weighing: readWeighing(form, view) } : {};
  const noStake = declares ? { noStake: true as const } : {};
  return { kind: 'ballot', ballot: { ...decision, flags, ...weighing, ...noStake } };
};
