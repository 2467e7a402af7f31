/** What data on a country suggests, in words: beside a question of its brief, on its card, and to whoever judges lighter answers. */

import { datasetWords, valueWords } from '../../flows/dataset.ts';
import {
  movedUnder,
  standingOf,
  suggestedWords,
  suggestionSource,
  suggestionsOf,
  type DatasetsInUse,
  type MovedValue,
  type Suggestion,
} from '../../flows/indicators/suggest.ts';
import { own } from '../../flows/own.ts';
import type { CompiledPolicy, QuestionId } from '../../flows/policy/policy.ts';
import type { SheetAnswer, SheetAnswers, SheetOf } from '../../flows/sheet.ts';
import type { Span, Text } from '../card.ts';
import { answerWords, sentence, shorten } from '../words.ts';

/** What the datasets in use suggest for a sheet: nothing for one of a product. */
export const suggestedFor = (policy: CompiledPolicy, on: SheetOf, datasets: DatasetsInUse = {}): Suggestion[] =>
  on.of === 'country' ? suggestionsOf(policy, datasets, on.country) : [];

/** `V-Dem 2025, freedom of expression 0.12 of 1`, with a link where there is something behind it. */
const suggestionSpan = (suggestion: Suggestion): Span => {
  const { url } = suggestionSource(suggestion);
  const text = suggestedWords(suggestion);
  return url === undefined || suggestion.madeUp ? text : { link: { url, text } };
};

/** `V-Dem 2025, freedom of expression 0.12 of 1: suggests “Yes”.`, and how that stands to the answer that is there. */
export const suggestionText = (
  policy: CompiledPolicy,
  suggestion: Suggestion,
  answer: SheetAnswer | undefined,
): Text => {
  const question = policy.question(suggestion.question);
  const now = answer === undefined ? '' : shorten(answerWords(question, answer.value), 100);
  const stands = {
    unanswered: '',
    stands: ' The answer stands on it.',
    same: ' The answer is the same.',
    heavier: ` That is heavier than what stands: “${now}”.`,
    lighter: ` That is lighter than what stands: “${now}” counts on.`,
    other: ` What stands is “${now}”.`,
  }[standingOf(policy, suggestion, answer)];
  return [
    suggestionSpan(suggestion),
    `: suggests “${answerWords(question, suggestion.answer)}”.${stands}`,
    ...(suggestion.madeUp ? [{ quiet: ' Nothing in that file is real.' }] : []),
  ];
};

/** `It stands on V-Dem 2025, freedom of expression 0.12 of 1. V-Dem 2026 has 0.55 of 1, which suggests it no more.` */
export const movedText = ({ was, now, year, title, of }: MovedValue): string => {
  const before = `It stands on ${datasetWords(was)}, ${title} ${valueWords(was.value, of)}.`;
  const name = datasetWords({ dataset: was.dataset, year });
  if (!now) return `${before} ${name} has no such value.`;
  return `${before} ${name} has ${valueWords(now.value, of)}${now.suggests ? '.' : ', which suggests it no more.'}`;
};

export const movedOf = (
  policy: CompiledPolicy,
  on: SheetOf,
  datasets: DatasetsInUse,
  answer: SheetAnswer | undefined,
): MovedValue[] => (on.of === 'country' && answer ? movedUnder(policy, datasets, on.country, answer) : []);

/** A line for each suggestion, and for each value that moved under an answer. */
export const suggestedItems = (
  policy: CompiledPolicy,
  on: SheetOf,
  answers: SheetAnswers,
  datasets: DatasetsInUse = {},
): Text[] => {
  const titled = (id: QuestionId, text: Text): Text => [
    `${sentence(shorten(policy.question(id)?.text ?? id, 150))} `,
    ...[text].flat(),
  ];
  return [
    ...suggestedFor(policy, on, datasets).map((one) =>
      titled(one.question, suggestionText(policy, one, own(answers, one.question))),
    ),
    ...Object.entries(answers).flatMap(([id, answer]) =>
      movedOf(policy, on, datasets, answer).map((moved) => titled(id, movedText(moved))),
    ),
  ];
};
