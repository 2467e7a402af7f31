/** What a product sheet or a country brief says already, in the form of a section: to take it as it is, or to answer apart. */

import { sheetAnswers } from '../../flows/deal/taking/sheets.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Question } from '../../flows/policy/policy.ts';
import { sheetKindOf } from '../../flows/policy/sheet-questions.ts';
import { changedSince, isSheetOf, sheetName as nameOfSheet } from '../../flows/sheet.ts';
import type { FormBlock, FormValues, Input } from '../card.ts';
import { changeText, sheetAnswerText, sheetTitle, versionSpans } from '../cards/sheet-words.ts';
import { people } from '../cards/spans.ts';
import { count, dayWords } from '../words.ts';
import { choiceInput, paragraphInput, textOf } from './inputs.ts';
import { disputeName, sheetName } from './names.ts';
import type { SheetRun } from './sheet-runs.ts';

const choice = ({ kind, sheet, questions, version, mode }: SheetRun): Input =>
  choiceInput(
    sheetName(kind),
    `Take what the ${nameOfSheet(sheet)} says?`,
    [
      { value: `all@${sheet.version}`, label: `Take ${count(questions.length, 'answer')} as they are` },
      { value: `one@${sheet.version}`, label: 'One by one', description: 'To answer apart, or to say what is wrong' },
    ],
    mode === undefined ? undefined : `${mode}@${version}`,
    { reactive: true },
  );

/** What changed since the version that the form showed. */
const moved = (view: DealView, { sheet, version, questions }: SheetRun): FormBlock[] => {
  const changed = questions.filter(({ id }) => changedSince(sheet, id, version));
  return changed.length === 0
    ? []
    : [
        {
          kind: 'text',
          text: [
            { strong: `Not saved yet: the ${nameOfSheet(sheet)} says otherwise by now. ` },
            'What you typed is kept. Choose again.',
          ],
        },
        { kind: 'list', items: changed.map(({ id }) => changeText(view.policy, sheet, id, version)) },
      ];
};

/** Who says it and when; what it says, where it is taken as it is; and the choice. */
export const sheetRunBlocks = (view: DealView, run: SheetRun, values: FormValues): FormBlock[] => {
  const { sheet, questions, mode, kind } = run;
  const answered = sheetAnswers(view);
  return [
    ...moved(view, run),
    { kind: 'text', text: [{ strong: `${sheetTitle(sheet.on)}: ` }, ...versionSpans(sheet, false), '.'] },
    ...(mode === 'one'
      ? []
      : [
          {
            kind: 'list' as const,
            items: questions.flatMap(({ id }) => {
              const found = answered.get(id);
              return found ? [sheetAnswerText(view.policy, id, found.answer)] : [];
            }),
          },
        ]),
    choice(run),
    ...(mode === 'one'
      ? [
          paragraphInput(disputeName(kind), `Is the ${nameOfSheet(sheet)} wrong?`, textOf(values, disputeName(kind)), {
            hint: 'Say why, and the person who looks after it is asked. The answers that you change below are yours alone.',
            optional: true,
          }),
        ]
      : []),
  ];
};

/** Under a question that is answered one by one: what the sheet says of it. */
export const sheetSays = (view: DealView, question: Question): FormBlock[] => {
  const found = sheetAnswers(view).get(question.id);
  return found
    ? [
        {
          kind: 'note',
          text: [
            `The ${nameOfSheet(found.sheet)}: `,
            ...[sheetAnswerText(view.policy, question.id, found.answer)].flat(),
          ],
        },
      ]
    : [];
};

/** Who was asked for a sheet that is not there yet, and since when. */
export const askedSheets = (view: DealView, questions: readonly Question[]): FormBlock[] =>
  (view.organisation.sheetsAsked ?? [])
    .filter(
      ({ on }) => isSheetOf(view.deal.details, on) && questions.some((question) => sheetKindOf(question) === on.of),
    )
    .map(({ on, to, at }) => ({
      kind: 'note',
      text: [
        `${sheetTitle(on)} is not there yet. `,
        ...people(to),
        ' has been asked for it since ',
        `${dayWords(at)}. Until then, please answer for this deal.`,
      ],
    }));
