/** Reads a review page by page, and at the end makes the ballot. */

import type { Ballot } from '../../flows/deal/deal.ts';
import { NO_STAKE_SAID } from '../../flows/deal/deciding/voting.ts';
import { MIN_RATIONALE, WHY_NO_CONDITION } from '../../flows/deal/deciding/weighing.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { About } from '../../flows/ids.ts';
import { WEIGHED } from '../../flows/policy/policy.ts';
import type { FormValues } from '../card.ts';
import { count } from '../words.ts';
import { textOf, ticksOf } from './inputs.ts';
import { inputOf } from './names.ts';
import { type Reader, reader } from './reading.ts';
import { carriedNames, readCarried } from './review-carried.ts';
import { conditionInput, conditionNames, readConditions } from './review-conditions.ts';
import {
  type VoteOutcome,
  type ReviewDraft,
  type ReviewPage,
  clampPage,
  NO_STAKE,
  NO_STAKE_TICK,
  outcomeIn,
  OUTCOMES,
  reviewPages,
  unsureFlags,
} from './review-draft.ts';
import { checkFlags, flagNames, readOpinion, withAllFlags } from './review-flags.ts';
import { asksToWeigh, OFFERED, readWeighing, saysWhy } from './review-weighing.ts';

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
    case 'confirmation':
      return [NO_STAKE];
    case 'summary':
    case 'flags':
      return flagNames(page.flags);
    case 'weighing':
      return [...WEIGHED, OFFERED];
    case 'carried':
      return page.carried.flatMap(carriedNames);
    case 'decision':
      return ['outcome', 'question', 'rationale', 'noCondition', ...conditionNames(view, draft.values)];
    default: {
      const never: never = page;
      return never;
    }
  }
};

/** The page and the input that a refused ballot is about; `idPrefix` as in `ballotFrom`. */
export const pageAbout = (
  view: DealView,
  draft: ReviewDraft,
  about: About,
  idPrefix: string,
): { page: number; name: string } | undefined => {
  const ofCondition = typeof about === 'object' && 'condition' in about;
  const name = ofCondition ? conditionInput(view, draft.values, about, idPrefix) : inputOf(about);
  if (name === undefined) return undefined;
  const index = reviewPages(view, draft).findIndex((page) => namesOn(view, draft, page).includes(name));
  return index < 0 ? undefined : { page: index + 1, name };
};

/** An input that was on the page and came back without a value was emptied; any other keeps what was typed before. */
const wasEmptied = (name: string, values: FormValues): boolean => {
  if (name.startsWith('r:') || name.startsWith('vr:') || name === OFFERED || name === NO_STAKE) return true;
  return (name === 'cx' || name.startsWith('c:')) && outcomeIn(values) === 'approve-with-conditions';
};

const NOTHING: ReviewPage = { kind: 'summary', flags: [] };

/** Takes a page's values unchecked: for "Back", and for a form that grows. */
export const keepReviewPage = (view: DealView, draft: ReviewDraft, page: number, values: FormValues): ReviewDraft => {
  const pages = reviewPages(view, draft);
  const current = pages[clampPage(pages, page) - 1] ?? NOTHING;
  const kept: ReviewDraft['values'] = { ...draft.values };
  const given = 'flags' in current ? withAllFlags(current.flags, values) : values;
  // What was judged one by one is not kept beside "all of them".
  if (given !== values) for (const name of namesOn(view, draft, current)) delete kept[name];
  for (const name of namesOn(view, draft, current)) {
    const text = textOf(given, name);
    const ticks = ticksOf(given, name);
    if (text !== undefined) kept[name] = text;
    else if (ticks.length > 0) kept[name] = ticks;
    else if (wasEmptied(name, values)) delete kept[name];
  }
  return { ...draft, values: kept };
};

type Choice =
  | { outcome: 'information'; question: string }
  | (Pick<Ballot, 'conditions' | 'rationale' | 'noCondition' | 'leftOut'> & {
      outcome: Exclude<VoteOutcome, 'information'>;
    });

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
  if (outcome === 'decline') return { outcome, conditions: [], rationale };
  // Mistakes in what is carried are shown on its own page.
  const { taken, leftOut } = readCarried(reader(values), view, values);
  if (outcome === 'approve' && taken.length > 0) {
    form.fail(
      'outcome',
      `You take over ${count(taken.length, 'condition')}. Choose “Approve with conditions”, or go back and say why ${taken.length === 1 ? 'it is' : 'they are'} left out.`,
    );
  }
  const conditions =
    outcome === 'approve-with-conditions' ? [...taken, ...readConditions(form, view, values, idPrefix)] : [];
  if (outcome === 'approve-with-conditions' && conditions.length === 0) {
    form.fail('outcome', 'Please choose or write at least one condition, or approve without.');
  }
  const left = leftOut.length > 0 ? { leftOut } : {};
  if (outcome === 'approve' && saysWhy(view, values)) {
    const noCondition = form.required('noCondition', WHY_NO_CONDITION, { min: MIN_RATIONALE });
    return { outcome, conditions, rationale, noCondition, ...left };
  }
  return { outcome, conditions, rationale, ...left };
};

const isDeclared = (values: FormValues): boolean => ticksOf(values, NO_STAKE).includes(NO_STAKE_TICK);

const checkPage = (form: Reader, view: DealView, values: FormValues, page: ReviewPage, declares: boolean): void => {
  switch (page.kind) {
    case 'confirmation':
      if (declares && outcomeIn(values) !== 'information' && !isDeclared(values)) form.fail(NO_STAKE, NO_STAKE_SAID);
      return;
    case 'summary':
    case 'flags':
      checkFlags(form, page.flags, values);
      return;
    case 'weighing':
      readWeighing(form, view);
      return;
    case 'carried':
      readCarried(form, view, values, page.carried);
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
    // A question needs no verdict on the flags, and a decline takes nothing over.
    if (asks && page.kind !== 'decision') continue;
    if (page.kind === 'carried' && outcomeIn(values) === 'decline') continue;
    const form = reader(values);
    checkPage(form, view, values, page, declares);
    if (Object.keys(form.errors).length > 0) return { kind: 'incomplete', page: i + 1, errors: form.errors };
  }
  const form = reader(values);
  const decision = readDecision(form, view, values, idPrefix);
  if (decision.outcome === 'information') return { kind: 'information', question: decision.question };
  const flags = Object.fromEntries(view.assessment.flags.map(({ id }) => [id, readOpinion(form, id)]));
  const weighing = asksToWeigh(view, values) ? { weighing: readWeighing(form, view) } : {};
  const noStake = declares ? { noStake: true as const } : {};
  return { kind: 'ballot', ballot: { ...decision, flags, ...weighing, ...noStake } };
};
