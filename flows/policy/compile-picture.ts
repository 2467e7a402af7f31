/** Turns the risk picture of a policy document into the rules that `picture.ts` goes by. */

import { coded, NO, UNKNOWN, YES } from './answers.ts';
import { compileCondition, type Indexes } from './conditions.ts';
import { named } from './lightens.ts';
import type { PictureQuestion, PictureRules } from './picture.ts';
import type { Picture } from './policy.ts';
import type { FactValue } from './policy.ts';
import type { PictureDocument } from './schema-picture.ts';
import type { QuestionDocument } from './schema.ts';

/** What a benign answer to the question must stand on. Several options at once, and free text, have none. */
export const basisOf = ({ kind, weighty, basis }: QuestionDocument): 'source' | 'counsel' | 'none' =>
  (kind === 'yes-no' || kind === 'choice') && weighty ? (basis ?? 'source') : 'none';

/** The answer that speaks for the deal; of several options: none of them, or the mildest. Free text has none. */
export const benignAnswer = ({ kind, worse, options }: QuestionDocument): FactValue | undefined => {
  switch (kind) {
    case 'yes-no':
      return worse === 'yes' ? 'no' : 'yes';
    case 'choice':
      return options[0]?.value;
    case 'choices':
      return [];
    case 'text':
      return undefined;
    default: {
      const never: never = kind;
      return never;
    }
  }
};

export const isBenign = (question: QuestionDocument, value: FactValue): boolean => {
  const benign = benignAnswer(question);
  return Array.isArray(benign) ? Array.isArray(value) && value.length === 0 : value === benign;
};

const pictureQuestion = (document: QuestionDocument, indexes: Indexes, bases: boolean): PictureQuestion => {
  const { kind, worse, openCounts, notApplicableWhen, mustBeKnown, publishersWhenHigh, followUp } = document;
  const code = coded(document);
  const options = document.options.map(({ value }) => code.bits.get(value) ?? 0);
  const every = options.reduce((all, bit) => all | bit, 0);
  const [worst, better] = worse === 'yes' ? [YES, NO] : [NO, YES];
  const benign = { 'yes-no': better, choice: options[0] ?? UNKNOWN, choices: UNKNOWN, text: UNKNOWN }[kind];
  const grave = { 'yes-no': worst, choice: options.at(-1) ?? UNKNOWN, choices: every, text: UNKNOWN }[kind];
  return {
    coded: code,
    counts: openCounts === 'better' ? benign : grave,
    needsBasis: bases && basisOf(document) !== 'none' ? benign : 0,
    notDone: kind === 'yes-no' && worse === 'no' ? NO : 0,
    goodNotApplicable: notApplicableWhen && compileCondition(notApplicableWhen, indexes).test,
    weighty: document.weighty,
    followUp: followUp === true,
    mustBeKnown: mustBeKnown === true,
    publishersWhenHigh: bases ? (publishersWhenHigh ?? 1) : 1,
    wantsSentence: document.sentence !== undefined,
  };
};

export const pictureRules = (
  picture: PictureDocument,
  documents: readonly QuestionDocument[],
  indexes: Indexes,
): PictureRules => {
  const compiled = <R extends { when: Parameters<typeof compileCondition>[0] }>({ when, ...rule }: R) => ({
    ...rule,
    test: compileCondition(when, indexes).test,
  });
  const band = ({ id, text, when }: PictureDocument['rows'][number]) => ({
    id,
    text,
    test: when && compileCondition(when, indexes).test,
  });
  return {
    questions: documents.map((q) => pictureQuestion(q, indexes, picture.bases === 'required')),
    rows: picture.rows.map(band),
    down: (picture.rowDown ?? []).map(compiled),
    columns: picture.columns.map(band),
    cells: picture.rows.map(({ id }) => picture.cells[id] ?? []),
    rules: picture.rules.map(compiled),
    exceptions: (picture.exceptions ?? []).map(compiled),
  };
};

export const pictureOf = ({ rows, columns, cells, exceptions = [] }: PictureDocument): Picture => ({
  rows: rows.map(({ id, title, text }) => ({ id, title, text })),
  columns: columns.map(({ id, title, text }) => ({ id, title, text })),
  cells: rows.map(({ id }) => cells[id] ?? []),
  exceptions: exceptions.map(({ id, when, text }) => ({
    id,
    text,
    questions: [...new Set(named([when]).map((one) => one.id))],
  })),
});
