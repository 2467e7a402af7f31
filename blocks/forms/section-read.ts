/** Reads a section's form: complete and valid for "Save", or as far as it goes for "Save for later". */

import { whyDenied } from '../../flows/catalogue.ts';
import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import { needsBasis } from '../../flows/deal/basis/basis.ts';
import { newSourceProblem } from '../../flows/deal/basis/source.ts';
import { deniedHere, lighterChange } from '../../flows/deal/said/lighter.ts';
import { isSaidAgain } from '../../flows/deal/said/scope.ts';
import { type SheetAnswered } from '../../flows/deal/sheets/said.ts';
import { saysAsSheet, sheetAnswers, takenAnswer } from '../../flows/deal/taking/sheets.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Source } from '../../flows/ids.ts';
import { sameValue } from '../../flows/policy/answers.ts';
import { NONE, type FactValue, type Question, type QuestionId, type SectionId } from '../../flows/policy/policy.ts';
import { LONGEST_WHY, sentenceProblem } from '../../flows/policy/sentence.ts';
import { changedSince } from '../../flows/sheet.ts';
import type { FormValues } from '../card.ts';
import { withBasis } from './basis.ts';
import { textOf, ticksOf } from './inputs.ts';
import { readSources } from './lines.ts';
import { answerName, NOTE_LENGTH, noteName, sourcesName } from './names.ts';
import { cleanText, type Read, type Reader, reader } from './reading.ts';
import { confirmed, isOutdated, OUTDATED } from './section-earlier.ts';
import { type Layout, DONT_KNOW, layoutOf, runOf, tickedOptions } from './section-layout.ts';
import { sheetRunOf, type SheetRun } from './sheet-runs.ts';

type Answers = Record<QuestionId, GivenAnswer>;

/** The reason why an answer is missing, for its input. */
export const missingAnswer = (question: Question, values: FormValues): { name: string; message: string } => {
  const name = answerName(question.id);
  switch (question.kind) {
    case 'yes-no':
    case 'choice':
      return { name, message: 'Please choose an answer. “I don’t know” is a good one.' };
    case 'choices': {
      const ticked = tickedOptions(question, values);
      const both = ticked.length > 1 && ticked.includes(DONT_KNOW.value);
      const none = question.options.find(({ value }) => value === NONE);
      if (none && ticked.length > 1 && ticked.includes(NONE)) {
        return { name, message: `Please tick either “${none.label}” or what you do see.` };
      }
      return {
        name,
        message: both
          ? 'Please tick either “I don’t know” or the things that you do know.'
          : 'Please tick at least one. “I don’t know” is a good answer.',
      };
    }
    case 'text': {
      const ticked = ticksOf(values, `u:${question.id}`);
      if (ticked.length > 0 && (textOf(values, name) ?? '').trim() !== '') {
        return { name: `u:${question.id}`, message: 'Please untick this, or clear the answer above and use the note.' };
      }
      return { name, message: 'Please write an answer, or tick “I don’t know”.' };
    }
    default: {
      const never: never = question.kind;
      return never;
    }
  }
};

const readAnswer = (
  form: Reader,
  { policy, deal, now }: DealView,
  question: Question,
  value: FactValue,
  shortcut: boolean,
  whole: boolean,
): GivenAnswer => {
  const note = shortcut ? undefined : form.optional(noteName(question.id), NOTE_LENGTH);
  const stands = needsBasis(policy, question, { value, sources: [] });
  const problem = stands ? (source: Source) => newSourceProblem(source, now, deal.answers) : undefined;
  const sources = !shortcut || question.evidence ? readSources(form, sourcesName(question.id), problem) : [];
  if (whole && value === 'not-applicable' && note === undefined) {
    form.fail(noteName(question.id), 'Please say in a few words why this doesn’t apply.');
  }
  return { value, ...(note === undefined ? {} : { note }), sources };
};

/** Marks the answers that one press of a checklist gave, where the policy asks what answers stand on. */
const pressed = (layout: Layout, question: Question): { checklist: string } | Record<string, never> => {
  const run = runOf(layout, question);
  return run?.mode === 'all' && question.basis !== undefined ? { checklist: run.checklist.id } : {};
};

/** What is typed beside an answer that is not there: saved for later it would be lost. */
const looseIn = ({ id }: Question, values: FormValues): string | undefined => {
  const isTyped = (name: string): boolean => (textOf(values, name) ?? '').trim() !== '';
  if (isTyped(noteName(id))) return 'A note is kept with an answer.';
  return isTyped(sourcesName(id)) ? 'A source is kept with an answer.' : undefined;
};

const readQuestion = (
  form: Reader,
  view: DealView,
  layout: Layout,
  question: Question,
  values: FormValues,
  whole: boolean,
): GivenAnswer | undefined => {
  const run = runOf(layout, question);
  if (question.kind === 'text') form.optional(answerName(question.id));
  const value = layout.answers[question.id];
  const { sentence } = question;
  if (whole && sentence !== undefined && typeof value === 'string' && value !== DONT_KNOW.value) {
    const problem = sentenceProblem(value, sentence);
    if (problem !== undefined) form.fail(answerName(question.id), problem);
  }
  if (value !== undefined) return readAnswer(form, view, question, value, run?.mode === 'all', whole);
  const { name, message } = isOutdated(layout.offers, question, values)
    ? { name: answerName(question.id), message: OUTDATED }
    : missingAnswer(question, values);
  const loose = looseIn(question, values);
  if (run && run.mode === undefined) {
    if (whole) form.fail(`all:${run.checklist.id}`, 'Please choose one.');
    else if (loose !== undefined) form.fail(`all:${run.checklist.id}`, `${loose} Please choose one.`);
  } else if (whole || name.startsWith('u:')) form.fail(name, message);
  else if (loose !== undefined) form.fail(name, `${loose} ${message}`);
  return undefined;
};

/**
 * An answer of a sheet that was taken as it is, or left as the sheet has it, names the version that the form showed; where a
 * newer one says otherwise, the decision tells.
 */
const onSheet = (run: SheetRun, { id }: Question, given: GivenAnswer, answered: SheetAnswered): GivenAnswer => {
  const { sheet, version, mode } = run;
  const change = changedSince(sheet, id, version);
  const taken = takenAnswer(answered);
  const basis = { ...taken.basis, sheet: { ...taken.basis!.sheet!, version } };
  if (mode === 'all') return { ...taken, ...(change?.before === undefined ? {} : { value: change.before }), basis };
  if (saysAsSheet(given, answered)) return taken;
  return change && sameValue(change.before, given.value) ? { ...given, basis } : given;
};

/** The answer of an earlier deal, whole: it has its own note and sources, and takes no others. */
const confirmedIn = (form: Reader, layout: Layout, question: Question, values: FormValues): GivenAnswer | undefined => {
  const offer = confirmed(layout.offers, question, values);
  const typed = [noteName(question.id), sourcesName(question.id)].filter((name) => textOf(values, name)?.trim());
  for (const name of offer ? typed : [])
    form.fail(name, '“As before” has its own. Please clear this, or choose an answer of your own above.');
  return offer?.answer;
};

const readAll = (view: DealView, id: SectionId, values: FormValues, whole: boolean) => {
  const form = reader(values);
  const layout = layoutOf(view, id, values);
  const answers: Answers = {};
  const answered = layout?.sheets.length ? sheetAnswers(view) : new Map<QuestionId, SheetAnswered>();
  for (const question of layout?.questions ?? []) {
    const run = layout && sheetRunOf(layout, question);
    const found = run && answered.get(question.id);
    if (run?.mode === 'all' && found) {
      answers[question.id] = onSheet(run, question, takenAnswer(found), found);
      continue;
    }
    const again = layout && confirmedIn(form, layout, question, values);
    if (again) {
      answers[question.id] = again;
      continue;
    }
    const answer = layout && readQuestion(form, view, layout, question, values, whole);
    if (!answer) continue;
    const given = { ...answer, ...pressed(layout, question) };
    answers[question.id] = run?.mode === 'one' && found ? onSheet(run, question, given, found) : given;
  }
  return { form, answers: withBasis(form, view, layout?.questions ?? [], answers, values) };
};

/** Reads why answers get lighter; undefined where nothing was written. */
export const readWhy = (values: FormValues): string | undefined => cleanText(textOf(values, 'why') ?? '') || undefined;

/** Reads every question that applies, answered and valid; else what to do, by input. */
export const readSectionForm = (view: DealView, id: SectionId, values: FormValues): Read<Answers> => {
  const { form, answers } = readAll(view, id, values, true);
  const lighter = view.policy.lighter && lighterChange(view, id, answers);
  const denied = lighter && deniedHere(view, lighter);
  const why = denied ? whyDenied(denied) : 'Please say why these answers change.';
  if (isSaidAgain(view, id, answers)) form.reason('why', 'Please say what is different now.', { max: LONGEST_WHY });
  else if (lighter) form.reason('why', why, { max: LONGEST_WHY });
  return form.done(answers);
};

/**
 * Reads the answers so far. An input with an error (a bad source, an over-long text) is reported and left out of
 * `answers`, so save only if `errors` is empty, or tell the person what was not kept.
 */
export const readSectionDraft = (
  view: DealView,
  id: SectionId,
  values: FormValues,
): { answers: Answers; errors: Record<string, string> } => {
  const { form, answers } = readAll(view, id, values, false);
  const broken = Object.keys(form.errors);
  const kept = Object.entries(answers).filter(([question]) => !broken.includes(answerName(question)));
  return { answers: Object.fromEntries(kept), errors: form.errors };
};
