/** What data on a country suggests, in the form of its brief: to confirm at the question. It becomes the person's answer, on that source. */

import { datasetWords, type SuggestedBy } from '../../flows/dataset.ts';
import type { Source } from '../../flows/ids.ts';
import {
  isOn,
  standingOf,
  suggestionSource,
  type DatasetsInUse,
  type Suggestion,
} from '../../flows/indicators/suggest.ts';
import { own } from '../../flows/own.ts';
import { sameValue } from '../../flows/policy/answers.ts';
import type { CompiledPolicy, FactValue, Question, QuestionId } from '../../flows/policy/policy.ts';
import type { SheetAnswers, SheetOf } from '../../flows/sheet.ts';
import type { FormBlock, FormValues } from '../card.ts';
import { movedOf, movedText, suggestedFor, suggestionText } from '../cards/suggested-words.ts';
import { answerWords, shorten } from '../words.ts';
import { textOf, ticksInput, ticksOf } from './inputs.ts';
import { formatSources } from './lines.ts';
import { answerName, noteName, sourcesName, suggestedName } from './names.ts';
import type { Reader } from './reading.ts';
import { typedValue } from './section-layout.ts';

interface Suggesting {
  policy: CompiledPolicy;
  on: SheetOf;
  datasets?: DatasetsInUse | undefined;
  /** What the form starts from: answers, and over them those that wait for compliance. */
  standing: SheetAnswers;
}

const tickOf = ({ indicator, year }: Suggestion): string => `${indicator}@${year}`;

/** Suggestions that a press takes. What is lighter than the answer that stands is none of them. */
const offered = ({ policy, on, datasets, standing }: Suggesting, { id }: Question): Suggestion[] =>
  suggestedFor(policy, on, datasets).filter(
    (one) =>
      one.question === id && !['stands', 'lighter'].includes(standingOf(policy, one, own(standing, one.question))),
  );

const MOST_LABEL = 75;
const SHORT = 60;

/** Under a question: what data suggests of it, what moved under its answer, and the choice to confirm it. */
export const suggestedBlocks = (options: Suggesting, question: Question, values: FormValues): FormBlock[] => {
  const { policy, on, datasets = {}, standing } = options;
  const answer = own(standing, question.id);
  const notes = [
    ...suggestedFor(policy, on, datasets)
      .filter((one) => one.question === question.id)
      .map((one) => suggestionText(policy, one, answer)),
    ...movedOf(policy, on, datasets, answer).map(movedText),
  ];
  const choices = offered(options, question);
  const name = suggestedName(question.id);
  return [
    // One block of the hundred that a form in Slack may have.
    ...(notes.length > 1
      ? [{ kind: 'list' as const, items: notes }]
      : notes.map((text): FormBlock => ({ kind: 'note', text }))),
    ...(choices.length === 0
      ? []
      : [
          ticksInput(
            name,
            question.text.length <= SHORT ? `Confirm for: ${question.text}` : 'Confirm for the question above',
            choices.map((one) => ({
              value: tickOf(one),
              label: shorten(
                `“${answerWords(question, one.answer)}”, on ${datasetWords(one)}: ${one.title}`,
                MOST_LABEL,
              ),
            })),
            ticksOf(values, name),
            {
              optional: true,
              hint: 'It becomes your answer, with this as its source. Or answer above, on what you know.',
            },
          ),
        ]),
  ];
};

const NEWER = 'This data is another by now. Please look at it, and choose again.';
const OTHERWISE = 'You chose another answer above. Please change one of the two.';
const TWO = 'These suggest different answers. Please choose one.';

const linesWith = (text: string | undefined, sources: readonly Source[]): string => {
  const lines = (text ?? '').split(/\r?\n/u).filter((line) => line.trim() !== '');
  const more = sources.map((source) => formatSources([source])).filter((line) => !lines.includes(line));
  return [...lines, ...more].join('\n');
};

type Taken = { values: FormValues } | { error: string };

/** What the confirmed suggestions make of the question's inputs; `saved`: as the form was opened. */
const takenFor = (
  options: Suggesting,
  question: Question,
  values: FormValues,
  saved: FormValues,
): Taken | undefined => {
  const ticks = ticksOf(values, suggestedName(question.id));
  if (ticks.length === 0) return undefined;
  const choices = offered(options, question);
  const taken = ticks.flatMap((tick) => choices.find((one) => tickOf(one) === tick) ?? []);
  const [first] = taken;
  if (!first || taken.length < ticks.length) return { error: NEWER };
  if (taken.some(({ answer }) => answer !== first.answer)) return { error: TWO };
  const [chosen, was]: (FactValue | undefined)[] = [typedValue(question, values), typedValue(question, saved)];
  const [note, sources] = [noteName(question.id), sourcesName(question.id)];
  // What was there when the form was opened nobody chose against the suggestion.
  const replaces = chosen !== undefined && !sameValue(chosen, first.answer);
  if (replaces && !sameValue(chosen, was)) return { error: OTHERWISE };
  const isSaved = (name: string): boolean => textOf(values, name) === textOf(saved, name);
  const { [note]: noted, [sources]: named, ...rest } = values;
  const kept = replaces && isSaved(sources) ? undefined : named;
  return {
    values: {
      ...rest,
      ...(noted === undefined || (replaces && isSaved(note)) ? {} : { [note]: noted }),
      [answerName(question.id)]: first.answer,
      [sources]: linesWith(typeof kept === 'string' ? kept : undefined, taken.map(suggestionSource)),
    },
  };
};

/** The values with what was confirmed in its place, and errors by input. */
export const withSuggested = (
  options: Suggesting,
  questions: readonly Question[],
  values: FormValues,
  saved: FormValues,
): { values: FormValues; errors: Record<string, string> } => {
  const errors: Record<string, string> = {};
  let now = values;
  for (const question of questions) {
    const taken = takenFor(options, question, now, saved);
    if (!taken) continue;
    if ('error' in taken) errors[suggestedName(question.id)] = taken.error;
    else now = taken.values;
  }
  return { values: now, errors };
};

export const failSuggested = (form: Reader, errors: Readonly<Record<string, string>>): void => {
  for (const [name, message] of Object.entries(errors)) form.fail(name, message);
};

const isAmong = (sources: readonly Source[], { name, year, url }: Source): boolean =>
  sources.some((one) => one.name === name && one.year === year && one.url === url);

/** Returns the values of data that an answer stands on: they suggest it, and its sources name them. */
export const standsOnValues = (
  { policy, on, datasets = {}, standing }: Suggesting,
  id: QuestionId,
  { value, sources }: { value: FactValue; sources: readonly Source[] },
): SuggestedBy[] => {
  const now = suggestedFor(policy, on, datasets).filter(
    (one) => one.question === id && sameValue(value, one.answer) && isAmong(sources, suggestionSource(one)),
  );
  const before = own(standing, id);
  const earlier = (before && sameValue(before.value, value) ? (before.suggested ?? []) : []).filter((was) => {
    const { title, of } = policy.indicators.find((one) => one.id === was.indicator) ?? {};
    const source = title === undefined ? undefined : suggestionSource({ ...was, question: id, answer: '', title, of });
    return source !== undefined && isAmong(sources, source) && !now.some((one) => isOn(one, { suggested: [was] }));
  });
  return [
    ...earlier,
    ...now.map(({ dataset, year, madeUp, indicator, value: number }) => ({
      dataset,
      year,
      ...(madeUp ? { madeUp } : {}),
      indicator,
      value: number,
    })),
  ];
};
