/** Layout of a section's form, given the values so far: the questions that apply and the state of the shortcuts. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import { offersFor, type Offers } from '../../flows/deal/reuse/offers.ts';
import { sameAnswer, standingAnswers } from '../../flows/deal/sections/merging.ts';
import { type SheetAnswered } from '../../flows/deal/sheets/said.ts';
import { sheetAnswers, takenAnswer } from '../../flows/deal/taking/sheets.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { own } from '../../flows/own.ts';
import {
  NONE,
  type Checklist,
  type FactValue,
  type Facts,
  type Question,
  type QuestionId,
  type Section,
  type SectionId,
} from '../../flows/policy/policy.ts';
import type { Choice, FormValues } from '../card.ts';
import { savedBasis } from './basis.ts';
import { MAX_BUTTONS, textOf, ticksOf } from './inputs.ts';
import { formatSources } from './lines.ts';
import { answerName, noteName, sheetName, sourcesName } from './names.ts';
import { cleanText } from './reading.ts';
import { againValue, confirmed, saysAgain } from './section-earlier.ts';
import { sheetModes, sheetRunOf, sheetRunsOf, type SheetRun } from './sheet-runs.ts';

export const DONT_KNOW: Choice = { value: 'unknown', label: "I don't know" };
const NOT_APPLICABLE: Choice = { value: 'not-applicable', label: "Doesn't apply here" };

/** A shortcut that covers at least two of the questions that apply. */
export interface Run {
  checklist: Checklist;
  questions: readonly Question[];
  /** Undefined until the person chose. */
  mode: 'all' | 'one' | undefined;
  /** What the option that answers all of them is called: `rest` where some of the list are confirmed by themselves. */
  all: 'all' | 'rest';
}

export interface Layout {
  section: Section;
  /** Questions that apply, in the policy's order. */
  questions: readonly Question[];
  runs: readonly Run[];
  /** At most one of each kind. */
  sheets: readonly SheetRun[];
  /** Answers so far to the questions that apply. */
  answers: Readonly<Record<QuestionId, FactValue>>;
  /** What earlier deals answered: each is confirmed by itself. */
  offers: Offers;
}

/** A checkboxes question with too many options gets its "I don't know" in an input of its own. */
export const tickGroups = (question: Question): { name: string; options: readonly Choice[] }[] => {
  const options = question.options.length < MAX_BUTTONS ? [...question.options, DONT_KNOW] : question.options;
  return Array.from({ length: Math.ceil(options.length / MAX_BUTTONS) }, (_, i) => ({
    name: i === 0 ? answerName(question.id) : `${answerName(question.id)}:${i + 1}`,
    options: options.slice(i * MAX_BUTTONS, (i + 1) * MAX_BUTTONS),
  }));
};

/** Options of a question that is answered by choosing one. */
export const singleOptions = (question: Question): readonly Choice[] =>
  question.kind === 'yes-no'
    ? [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
        DONT_KNOW,
        ...(question.allowNotApplicable ? [NOT_APPLICABLE] : []),
      ]
    : [...question.options, DONT_KNOW];

/** Options that can be ticked instead of writing an answer. */
export const insteadOfText = (question: Question): readonly Choice[] =>
  question.allowNotApplicable ? [DONT_KNOW, NOT_APPLICABLE] : [DONT_KNOW];

const insteadTicks = (question: Question, values: FormValues): string[] =>
  ticksOf(values, `u:${question.id}`).filter((v) => insteadOfText(question).some((o) => o.value === v));

/** Ticked options that exist, over all of a question's checkboxes. */
export const tickedOptions = (question: Question, values: FormValues): string[] => [
  ...tickGroups(question).flatMap(({ name, options }) =>
    ticksOf(values, name).filter((v) => options.some((o) => o.value === v)),
  ),
  ...ticksOf(values, `u:${question.id}`).filter((v) => v === DONT_KNOW.value),
];

/** The value of an answer so far; undefined if there is none, or two that exclude each other. */
export const typedValue = (question: Question, values: FormValues): FactValue | undefined => {
  switch (question.kind) {
    case 'yes-no':
    case 'choice': {
      const chosen = textOf(values, answerName(question.id));
      return singleOptions(question).find((o) => o.value === chosen)?.value;
    }
    case 'choices': {
      const ticked = [...new Set(tickedOptions(question, values))];
      if (ticked.length === 0) return undefined;
      if (ticked.length > 1 && ticked.includes(NONE)) return undefined;
      if (!ticked.includes(DONT_KNOW.value)) return ticked;
      return ticked.length === 1 ? DONT_KNOW.value : undefined;
    }
    case 'text': {
      const text = cleanText(textOf(values, answerName(question.id)) ?? '');
      const ticked = insteadTicks(question, values);
      if (text !== '') return ticked.length === 0 ? text : undefined;
      return ticked.length === 1 ? ticked[0] : undefined;
    }
    default: {
      const never: never = question.kind;
      return never;
    }
  }
};

/** As typed, or as an earlier deal has it. */
const valueIn = (offers: Offers, question: Question, values: FormValues): FactValue | undefined =>
  confirmed(offers, question, values)?.answer.value ?? typedValue(question, values);

const runMode = (checklist: Checklist, questions: readonly Question[], values: FormValues): Run['mode'] => {
  const mode = textOf(values, `all:${checklist.id}`);
  if (mode === 'all' || mode === 'one') return mode;
  if (mode === 'rest') return 'all';
  return questions.some((q) => typedValue(q, values) !== undefined) ? 'one' : undefined;
};

/**
 * `again`: questions that an earlier deal answered. They are confirmed by themselves, unless a form that was opened before they
 * were offered answered its whole list.
 */
const runsOf = (
  section: Section,
  questions: readonly Question[],
  values: FormValues,
  again: ReadonlySet<QuestionId>,
): Run[] =>
  section.checklists
    .map((checklist): Run => {
      const asked = questions.filter((q) => checklist.questions.includes(q.id));
      const whole = textOf(values, `all:${checklist.id}`) === 'all';
      const covered = asked.filter((q) => !saysAgain(q, values) && (whole || !again.has(q.id)));
      const mode = runMode(checklist, covered, values);
      return { checklist, questions: covered, mode, all: covered.length < asked.length ? 'rest' : 'all' };
    })
    .filter((run) => run.questions.length > 1);

export const runOf = (layout: Layout, question: Question): Run | undefined =>
  layout.runs.find((run) => run.questions.some((q) => q.id === question.id));

/** The input that shows an error of another one: a question behind a shortcut has none of its own. */
export const shownInput = (view: DealView, id: SectionId, values: FormValues, name: string): string => {
  const layout = layoutOf(view, id, values);
  const question = layout?.questions.find((q) => name === answerName(q.id) || name === noteName(q.id));
  const sheet = layout && question && sheetRunOf(layout, question);
  if (sheet?.mode === 'all') return sheetName(sheet.kind);
  const run = layout && question && runOf(layout, question);
  return run && run.mode !== 'one' ? `all:${run.checklist.id}` : name;
};

/** Facts of the other sections. */
const otherFacts = (view: DealView, section: Section): Facts => {
  const own = new Set(section.questions.map((q) => q.id));
  return {
    ...view.facts,
    answers: Object.fromEntries(Object.entries(view.facts.answers).filter(([id]) => !own.has(id))),
  };
};

/** Undefined if the policy has no such section. */
export const layoutOf = (view: DealView, id: SectionId, values: FormValues): Layout | undefined => {
  const section = view.policy.sections.find((s) => s.id === id);
  if (!section) return undefined;
  const facts = otherFacts(view, section);
  const answered = view.organisation.sheets?.length ? sheetAnswers(view) : new Map<QuestionId, SheetAnswered>();
  const offers = offersFor(view);
  let answers: Record<QuestionId, FactValue> = {};
  // Starts from no answers: an answer whose own question stopped applying must not keep its follow-ups alive.
  for (let round = 0; ; round += 1) {
    const questions = view.policy.questionsFor(id, { ...facts, answers: { ...facts.answers, ...answers } });
    const sheets = sheetRunsOf(answered, questions, values);
    const taken = new Set(sheets.flatMap((run) => (run.mode === 'all' ? run.questions : [])));
    const runs = runsOf(
      section,
      questions.filter((question) => !sheets.some((run) => run.mode !== undefined && run.questions.includes(question))),
      values,
      new Set(offers.keys()),
    );
    const next = Object.fromEntries(
      questions.flatMap((question): [QuestionId, FactValue][] => {
        const run = runs.find((r) => r.questions.includes(question));
        const value = taken.has(question)
          ? answered.get(question.id)?.answer.value
          : run?.mode === 'all'
            ? run.checklist.answer
            : valueIn(offers, question, values);
        return value === undefined ? [] : [[question.id, value]];
      }),
    );
    const settled = JSON.stringify(next) === JSON.stringify(answers);
    answers = next;
    if (settled || round > section.questions.length) return { section, questions, runs, sheets, answers, offers };
  }
};

/** One answer as the form's values. */
export const answerValues = (
  question: Question,
  { value, note, sources }: GivenAnswer,
): Record<string, string | string[]> => {
  const out: Record<string, string | string[]> = {};
  const instead = question.kind === 'text' && insteadOfText(question).some((o) => o.value === value);
  if (instead && typeof value === 'string') out[`u:${question.id}`] = [value];
  else if (question.kind === 'choices') {
    const ticked = typeof value === 'string' ? [value] : value;
    for (const { name, options } of tickGroups(question)) {
      const here = ticked.filter((v) => options.some((o) => o.value === v));
      if (here.length > 0) out[name] = here;
    }
    if (value === DONT_KNOW.value && question.options.length >= MAX_BUTTONS) out[`u:${question.id}`] = [value];
  } else if (typeof value === 'string') out[answerName(question.id)] = value;
  if (note !== undefined && note !== '') out[noteName(question.id)] = note;
  if (sources.length > 0) out[sourcesName(question.id)] = formatSources(sources);
  return out;
};

/** An answer of the deal as the form's values: one that confirms an earlier deal's is shown so, as long as it may be. */
export const shownValues = (offers: Offers, question: Question, answer: GivenAnswer): FormValues => {
  if (!answer.basis?.earlier) return answerValues(question, onItsSources(answer));
  const offer = offers.get(question.id);
  return offer && sameAnswer(offer.answer, answer) ? { [answerName(question.id)]: againValue(offer) } : {};
};

const isPlain = ({ answer }: Checklist, question: Question, given: GivenAnswer | undefined): boolean =>
  given?.value === answer && given.note === undefined && (question.evidence || given.sources.length === 0);

/**
 * The state of each shortcut that these answers and values amount to: "all" only where it says what every question of
 * it says. `wanted`: as the person has them; one that was opened stays open.
 */
export const shortcutValues = (
  view: DealView,
  id: SectionId,
  answers: Readonly<Record<QuestionId, GivenAnswer>>,
  values: FormValues,
  wanted: FormValues = {},
): FormValues => {
  const checklists = view.policy.sections.find((s) => s.id === id)?.checklists ?? [];
  const open = Object.fromEntries(checklists.map((checklist) => [`all:${checklist.id}`, 'one']));
  const runs = layoutOf(view, id, { ...values, ...open })?.runs ?? [];
  return Object.fromEntries(
    checklists.flatMap((checklist): [string, string][] => {
      const name = `all:${checklist.id}`;
      const asWanted = textOf(wanted, name);
      const run = runs.find((r) => r.checklist === checklist);
      const given = (run?.questions.map((q) => q.id) ?? checklist.questions).some((q) => own(answers, q) !== undefined);
      if (asWanted === 'one' || !given) return asWanted === undefined ? [] : [[name, asWanted]];
      const plain = run?.questions.every((q) => isPlain(checklist, q, own(answers, q.id)));
      return [[name, plain ? (run?.all ?? 'all') : 'one']];
    }),
  );
};

/** What a sheet says of questions that are answered one by one and have nothing typed yet: they start from it. */
export const withSheetValues = (view: DealView, id: SectionId, values: FormValues): FormValues => {
  const runs = layoutOf(view, id, values)?.sheets.filter(({ mode }) => mode === 'one') ?? [];
  if (runs.length === 0) return values;
  const answered = sheetAnswers(view);
  const untouched = runs
    .flatMap(({ questions }) => questions)
    .filter(
      (question) => typedValue(question, values) === undefined && textOf(values, noteName(question.id)) === undefined,
    );
  const theirs = untouched.map((question) => {
    const found = answered.get(question.id);
    return found ? answerValues(question, onItsSources(takenAnswer(found))) : {};
  });
  return Object.assign({}, ...theirs, values);
};

/** As its inputs show it: the sources of the sheet are its own. */
const onItsSources = ({ basis, sources, ...answer }: GivenAnswer): GivenAnswer => ({
  ...answer,
  sources: basis?.sheet ? [...sources, ...(basis.sources ?? [])] : sources,
});

/** Saved answers, overridden by what was saved for later, as the form's values. @param by - as of `savedBasis` */
export const savedValues = (view: DealView, id: SectionId, by?: PersonId): FormValues => {
  const section = view.policy.sections.find((s) => s.id === id);
  const saved = standingAnswers(view.deal, id);
  const offers = offersFor(view);
  const values: FormValues = Object.assign(
    { ...savedBasis(view, id, by) },
    ...(section?.questions ?? []).map((question) => {
      const answer = own(saved, question.id);
      return answer ? shownValues(offers, question, answer) : {};
    }),
  );
  const layout = layoutOf(view, id, values);
  const modes = layout ? sheetModes(layout, saved) : {};
  return withSheetValues(view, id, {
    ...values,
    ...modes,
    ...shortcutValues(view, id, saved, { ...values, ...modes }),
  });
};

/** Effort of a section: questions that apply, fewest clicks in its form (Save is one), minutes at three a minute. */
export const howMany = (view: DealView, id: SectionId): { questions: number; clicks: number; minutes: number } => {
  const layout = layoutOf(view, id, {});
  if (!layout) return { questions: 0, clicks: 0, minutes: 0 };
  const single = layout.questions.filter((q) => q.kind !== 'text' && !runOf(layout, q)).length;
  return {
    questions: layout.questions.length,
    clicks: layout.runs.length + single + 1,
    minutes: Math.max(1, Math.round(layout.questions.length / 3)),
  };
};
