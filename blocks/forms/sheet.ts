/** The forms in which product sheets and country briefs are begun and filled in. */

import { countryName } from '../../flows/countries.ts';
import type { DatasetsInUse } from '../../flows/indicators/suggest.ts';
import type { CompiledPolicy, FactValue, Question, QuestionId } from '../../flows/policy/policy.ts';
import { LONGEST_WHY, sentenceProblem } from '../../flows/policy/sentence.ts';
import { sheetQuestions, type SheetKind } from '../../flows/policy/sheet-questions.ts';
import { lighterGiven } from '../../flows/registers/sheet-saving.ts';
import type { SheetGiven } from '../../flows/registers/sheet-shapes.ts';
import type { SheetOf, Sheet, SheetAnswers } from '../../flows/sheet.ts';
import type { Form, FormBlock, FormValues, Text } from '../card.ts';
import { folded } from '../cards/folded.ts';
import { changeText, sheetTitle, versionSpans } from '../cards/sheet-words.ts';
import { count, LONGEST_SAID, quoted } from '../words.ts';
import { failUntaken } from './basis.ts';
import { countryInput } from './countries.ts';
import { isInput, lineInput, makeForm, paragraphInput, textOf, withErrors, MAX_TEXT } from './inputs.ts';
import { readSources } from './lines.ts';
import { answerName, basisName, NOTE_LENGTH, noteName, sourcesName } from './names.ts';
import { newerBlocks } from './newer.ts';
import { questionBlocks } from './question.ts';
import { cleanLine, type Read, type Reader, reader } from './reading.ts';
import { answerValues, DONT_KNOW, typedValue } from './section-layout.ts';
import { missingAnswer } from './section-read.ts';
import { saidOfSheet, saidShown } from './sheet-said.ts';
import { failSuggested, standsOnValues, suggestedBlocks, withSuggested } from './suggested.ts';

/** What stands, and over it what waits for compliance: whoever saves again goes on from there. */
const standing = (sheet: Sheet | undefined): SheetAnswers => ({ ...sheet?.answers, ...sheet?.waits?.answers });

const savedValues = (policy: CompiledPolicy, sheet: Sheet | undefined): FormValues =>
  Object.assign(
    {},
    ...Object.entries(standing(sheet)).map(([id, answer]) => {
      const question = policy.question(id);
      return question ? answerValues(question, answer) : {};
    }),
  );

interface Laid {
  questions: readonly Question[];
  answers: Record<QuestionId, FactValue>;
}

const laidOut = (policy: CompiledPolicy, kind: SheetKind, values: FormValues): Laid => {
  const typed: Record<QuestionId, { value: FactValue }> = {};
  for (const { questions } of policy.sections)
    for (const question of questions) {
      const value = typedValue(question, values);
      if (value !== undefined) typed[question.id] = { value };
    }
  const questions = sheetQuestions(policy, kind, typed);
  const answers = questions.flatMap(({ id }) => (typed[id] ? [[id, typed[id].value] as const] : []));
  return { questions, answers: Object.fromEntries(answers) };
};

export interface SheetFormOptions {
  policy: CompiledPolicy;
  on: SheetOf;
  sheet: Sheet | undefined;
  /** Months for which it is valid. */
  months: number;
  /** Data on countries that is in use. */
  datasets?: DatasetsInUse | undefined;
  /** The version that the form was opened on; absent: the present one. */
  opened?: number | undefined;
  /** What the form showed that was said of it (`saidShown`); absent: it is opened, or of before. */
  seen?: string | undefined;
}

const MOST_CHANGED = 21;

/** Notes that stand there, and not in the form. */
const notedItems = (policy: CompiledPolicy, sheet: Sheet, typed: FormValues): Text[] =>
  Object.entries(standing(sheet)).flatMap(([id, { note, by }]): Text[] =>
    note === undefined || textOf(typed, noteName(id)) === note
      ? []
      : [
          [
            { strong: 'A note of ' },
            { person: by },
            `: ${quoted(note, LONGEST_SAID)} To ${quoted(policy.question(id)?.text ?? id, 150)}`,
          ],
        ],
  );

const changedBlocks = ({ policy, sheet, opened }: SheetFormOptions, typed: FormValues): FormBlock[] => {
  if (!sheet || opened === undefined || opened >= sheet.version) return [];
  const changed = [...new Set(sheet.changes.filter(({ version }) => version > opened).map(({ question }) => question))];
  return [
    {
      kind: 'text',
      text: [
        { strong: 'Not saved yet: somebody else saved it too. ' },
        { person: sheet.by },
        ` saved version ${sheet.version}. What you typed is kept: look at both, and save again.`,
      ],
    },
    {
      kind: 'list',
      items: folded(
        [...changed.map((id) => changeText(policy, sheet, id, opened)), ...notedItems(policy, sheet, typed)],
        MOST_CHANGED,
        'more change',
        ': the sheet shows what it says now',
      ),
    },
  ];
};

const suggesting = ({ policy, on, sheet, datasets }: SheetFormOptions) => ({
  policy,
  on,
  datasets,
  standing: standing(sheet),
});

/** The values with what was confirmed of suggestions in its place. */
const confirmed = (options: SheetFormOptions, values: FormValues): ReturnType<typeof withSuggested> =>
  withSuggested(
    suggesting(options),
    options.policy.sections.flatMap((section) => section.questions),
    values,
    savedValues(options.policy, options.sheet),
  );

const readGiven = (form: Reader, options: SheetFormOptions, values: FormValues): Record<QuestionId, SheetGiven> => {
  const { policy, on } = options;
  const { questions, answers } = laidOut(policy, on.of, values);
  const common = readSources(form, basisName);
  const given: Record<QuestionId, SheetGiven> = {};
  for (const question of questions) {
    const value = answers[question.id];
    const note = form.optional(noteName(question.id), NOTE_LENGTH);
    const sources = readSources(form, sourcesName(question.id));
    if (value === undefined) {
      const { name, message } = missingAnswer(question, values);
      if (note !== undefined || sources.length > 0 || name.startsWith('u:')) form.fail(name, message);
      continue;
    }
    if (value === 'not-applicable' && note === undefined)
      form.fail(noteName(question.id), 'Please say why this doesn’t apply.');
    if (question.sentence !== undefined && typeof value === 'string' && value !== DONT_KNOW.value) {
      const problem = sentenceProblem(value, question.sentence);
      if (problem !== undefined) form.fail(answerName(question.id), problem);
    }
    const stands = { value, sources: sources.length > 0 ? sources : common };
    const suggested = standsOnValues(suggesting(options), question.id, stands);
    given[question.id] = {
      ...stands,
      ...(note === undefined ? {} : { note }),
      ...(suggested.length > 0 ? { suggested } : {}),
    };
  }
  failUntaken(
    form,
    common,
    Object.values(given).flatMap(({ sources }) => sources),
  );
  return given;
};

/** `values`: those typed so far; without them the form starts from what is saved. */
export const sheetForm = (
  options: SheetFormOptions,
  values?: FormValues,
  errors: Readonly<Record<string, string>> = {},
): Form => {
  const { policy, on, sheet, months } = options;
  const typed = values ?? savedValues(policy, sheet);
  const { values: counted } = confirmed(options, typed);
  const { questions, answers } = laidOut(policy, on.of, counted);
  const lighter = lighterGiven(policy, on.of, sheet, readGiven(reader(counted), options, counted));
  const blocks = questions.flatMap((question) => [
    ...questionBlocks(question, { answers }, typed, errors, () => [], on.of === 'country' ? on.country : undefined).map(
      (block) => (isInput(block) ? { ...block, optional: true } : block),
    ),
    ...withErrors(suggestedBlocks(suggesting(options), question, typed), errors),
  ]);
  const said = sheet ? saidShown(sheet) : '0';
  return makeForm({
    name: 'desk.sheet',
    title: on.of === 'country' ? 'Country brief' : 'Product sheet',
    submit: 'Save',
    context: {
      of: on.of,
      id: on.of === 'country' ? on.country : on.product,
      from: sheet?.version ?? 0,
      seen: said,
      ...(on.of === 'product' ? { name: on.name } : {}),
    },
    blocks: [
      ...changedBlocks(options, typed),
      ...newerBlocks(said, options.seen),
      { kind: 'text', text: [{ strong: sheetTitle(on) }] },
      {
        kind: 'note',
        text: sheet
          ? ['The last one: ', ...versionSpans(sheet, false), '. Save it again to keep it valid.']
          : `You answer once, for every deal, with your name. It is valid for ${count(months, 'month')}.`,
      },
      ...(sheet ? saidOfSheet(policy, sheet) : []),
      ...blocks,
      paragraphInput(basisName, 'What do your other answers stand on?', textOf(typed, basisName), {
        most: MAX_TEXT,
        hint: 'For all answers without sources of their own. One a line: Name, year, https://link.',
        optional: true,
      }),
      { kind: 'note', text: 'What you leave open is asked of every deal team. “I don’t know” is a good answer.' },
      ...withErrors(
        lighter.length === 0
          ? []
          : [
              paragraphInput('why', 'Why are these lighter than before?', textOf(typed, 'why'), {
                hint: `${count(lighter.length, 'answer')}: ${quoted(policy.question(lighter[0]!)?.text ?? '', 90)} Compliance confirms it before it counts. At most ${LONGEST_WHY} characters.`,
              }),
            ],
        errors,
      ),
    ],
  });
};

/** Reads the answers that were given; a question without one is left out. */
export const readSheetForm = (
  options: SheetFormOptions,
  values: FormValues,
): Read<{ answers: Record<QuestionId, SheetGiven>; why?: string | undefined }> => {
  const { values: counted, errors } = confirmed(options, values);
  const form = reader(counted);
  failSuggested(form, errors);
  const answers = readGiven(form, options, counted);
  const why =
    lighterGiven(options.policy, options.on.of, options.sheet, answers).length > 0
      ? form.reason('why', 'Please say why these answers are lighter.', { max: LONGEST_WHY })
      : undefined;
  return form.done({ answers, ...(why === undefined ? {} : { why }) });
};

/** Asks of which country, or of which product outside the catalogue. */
export const beginSheetForm = (kind: SheetKind, values: FormValues = {}): Form =>
  makeForm({
    name: 'desk.begin-sheet',
    title: kind === 'country' ? 'Country brief' : 'Product sheet',
    submit: 'Next',
    context: { of: kind },
    blocks: [
      kind === 'country'
        ? countryInput(textOf(values, 'country'))
        : lineInput('name', 'Name of the product', textOf(values, 'name'), {
            hint: 'As deals name it. A product of the catalogue has a button of its own in the list.',
          }),
    ],
  });

export const readBeginSheetForm = (kind: SheetKind, values: FormValues): Read<string> => {
  const form = reader(values);
  if (kind === 'product')
    return form.done(cleanLine(form.required('name', 'Please write the name of the product.', { max: 200 })));
  const country = form.required('country', 'Please choose a country.');
  if (country !== '' && countryName(country) === undefined)
    form.fail('country', 'Please choose a country from the list.');
  return form.done(country);
};
