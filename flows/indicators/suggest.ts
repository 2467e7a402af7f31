/** What the values of datasets suggest of a country: answers for a person to confirm, with source, year and value. House rule. */

import { datasetWords, sourceOf, valueWords, type DatasetId, type DatasetOf, type SuggestedBy } from '../dataset.ts';
import { own } from '../own.ts';
import { sameValue } from '../policy/answers.ts';
import type { CompiledPolicy, FactValue, QuestionId } from '../policy/policy.ts';
import type { Indicator } from '../policy/schema-indicators.ts';
import { isLighterThan } from '../policy/sheet-questions.ts';
import type { SheetAnswer } from '../sheet.ts';

/** ISO 3166-1 alpha-2, and by variable what the dataset has of it. */
export type CountryValues = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A dataset in use, as far as suggestions need it. */
export interface DatasetValues extends DatasetOf {
  values: CountryValues;
}

export type DatasetsInUse = Readonly<Partial<Record<DatasetId, DatasetValues>>>;

export interface Suggestion extends SuggestedBy {
  question: QuestionId;
  answer: string;
  title: string;
  of?: number | undefined;
}

/** Tells whether a value suggests the indicator's answer. */
export const suggests = ({ below, atLeast }: Indicator, value: number): boolean =>
  below === undefined ? atLeast !== undefined && value >= atLeast : value < below;

/** The value that a dataset has for an indicator; undefined where it says nothing of the country. */
export const valueOf = (
  { dataset, variable }: Pick<Indicator, 'dataset' | 'variable'>,
  datasets: DatasetsInUse,
  country: string,
): number | undefined => own(own(datasets[dataset]?.values ?? {}, country) ?? {}, variable);

/** Returns what the datasets in use suggest of a country, in the policy's order. */
export const suggestionsOf = (
  { indicators }: Pick<CompiledPolicy, 'indicators'>,
  datasets: DatasetsInUse,
  country: string,
): Suggestion[] =>
  indicators.flatMap((indicator) => {
    const value = valueOf(indicator, datasets, country);
    const from = datasets[indicator.dataset];
    if (value === undefined || !from || !suggests(indicator, value)) return [];
    const { id, question, answer, title, of, dataset } = indicator;
    return [
      {
        indicator: id,
        question,
        answer,
        title,
        dataset,
        year: from.year,
        value,
        ...(of === undefined ? {} : { of }),
        ...(from.madeUp ? { madeUp: true as const } : {}),
      },
    ];
  });

/** `V-Dem 2025, freedom of expression 0.12 of 1` */
export const suggestedWords = (suggestion: Suggestion): string =>
  `${datasetWords(suggestion)}, ${suggestion.title} ${valueWords(suggestion.value, suggestion.of)}`;

export const suggestionSource = (suggestion: Suggestion): ReturnType<typeof sourceOf> =>
  sourceOf(suggestion, suggestion.title, suggestion.value, suggestion.of);

/**
 * How a suggestion stands to an answer of a person: `lighter` ones are shown and cannot be taken in one press.
 * `stands`: the answer was given on this value.
 */
export type Standing = 'unanswered' | 'stands' | 'same' | 'heavier' | 'lighter' | 'other';

export const isOn = (suggestion: SuggestedBy, { suggested = [] }: Pick<SheetAnswer, 'suggested'>): boolean =>
  suggested.some(
    ({ indicator, year, value, madeUp }) =>
      indicator === suggestion.indicator &&
      year === suggestion.year &&
      value === suggestion.value &&
      madeUp === suggestion.madeUp,
  );

export const standingOf = (
  policy: CompiledPolicy,
  suggestion: Suggestion,
  answer: SheetAnswer | undefined,
): Standing => {
  if (!answer) return 'unanswered';
  const { question, answer: now } = suggestion;
  const was: FactValue = answer.value;
  if (sameValue(was, now)) return isOn(suggestion, answer) ? 'stands' : 'same';
  if (isLighterThan(policy, question, was, now)) return 'lighter';
  return isLighterThan(policy, question, now, was) ? 'heavier' : 'other';
};

/** A value that an answer stands on, and what the dataset in use has in its place. */
export interface MovedValue {
  was: SuggestedBy;
  /** Of the dataset in use. */
  year: number;
  /** Undefined where it has none any more, or the policy has no such indicator. */
  now: { value: number; suggests: boolean } | undefined;
  title: string;
  of?: number | undefined;
}

/** Returns the values on which an answer stands, and that are others in the dataset in use. */
export const movedUnder = (
  { indicators }: Pick<CompiledPolicy, 'indicators'>,
  datasets: DatasetsInUse,
  country: string,
  { suggested = [] }: Pick<SheetAnswer, 'suggested'>,
): MovedValue[] =>
  suggested.flatMap((was): MovedValue[] => {
    const from = datasets[was.dataset];
    if (!from) return [];
    const indicator = indicators.find(({ id }) => id === was.indicator);
    const value = indicator && valueOf(indicator, datasets, country);
    if (value === was.value && from.madeUp === was.madeUp) return [];
    const { title = was.indicator, of } = indicator ?? {};
    const now = indicator && value !== undefined ? { value, suggests: suggests(indicator, value) } : undefined;
    return [{ was, year: from.year, now, title, ...(of === undefined ? {} : { of }) }];
  });
