/** What a product sheet or a country brief says already, in the form of a section: to take it as it is, or to answer apart. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import { heardByName } from '../../flows/deal/sheets/heard.ts';
import { sheetAnswers, sheetsOfTeam } from '../../flows/deal/taking/sheets.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { own } from '../../flows/own.ts';
import type { Question, QuestionId } from '../../flows/policy/policy.ts';
import { tooLong } from '../../flows/policy/sentence.ts';
import { sheetKindOf } from '../../flows/policy/sheet-questions.ts';
import type { SheetsCommand } from '../../flows/registers/sheet-shapes.ts';
import { changedSince, isSheetOf, sheetName as nameOfSheet } from '../../flows/sheet.ts';
import type { FormBlock, FormValues, Input } from '../card.ts';
import { changeText, sheetAnswerText, sheetTitle, versionSpans } from '../cards/sheet-words.ts';
import { people } from '../cards/spans.ts';
import { count, dayWords, listWords, quoted } from '../words.ts';
import { choiceInput, MAX_SAID, paragraphInput, textOf } from './inputs.ts';
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
            items: questions.flatMap(({ id, citation }) => {
              const found = answered.get(id);
              return found
                ? [[...[sheetAnswerText(view.policy, id, found.answer)].flat(), { quiet: ` (${citation})` }]]
                : [];
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

/** What a person says is wrong with a sheet, and the input that they said it in. */
export interface Disputed {
  name: string;
  command: Extract<SheetsCommand, { type: 'DisputeSheet' }>;
}

/**
 * Reads what is said to be wrong: a dispute is about the answers that were given apart from the sheet's, so one that leaves all
 * of them as they are has none.
 */
export const readDisputes = (
  { sheets }: { sheets: readonly SheetRun[] },
  answers: Readonly<Record<QuestionId, GivenAnswer>>,
  values: FormValues,
): { disputes: Disputed[]; errors: Record<string, string> } => {
  const disputes: Disputed[] = [];
  const errors: Record<string, string> = {};
  for (const { kind, sheet, questions, mode } of sheets) {
    const name = disputeName(kind);
    const reason = textOf(values, name)?.trim() ?? '';
    if (mode !== 'one' || reason === '') continue;
    if (reason.length > MAX_SAID) {
      errors[name] = tooLong(reason.length, MAX_SAID);
      continue;
    }
    const apart = questions.flatMap(({ id }) => {
      const answer = own(answers, id);
      return answer && !answer.basis?.sheet ? [id] : [];
    });
    if (apart.length > 0)
      disputes.push({ name, command: { type: 'DisputeSheet', sheet: sheet.id, questions: apart, reason } });
    else
      errors[name] = 'Please change the answer that is wrong below, too: “I don’t know” is a good one. Or clear this.';
  }
  return { disputes, errors };
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

/** Whose sheet speaks here though it is another product's: where it says worse, answers are asked why. */
const alikeSheets = (view: DealView, questions: readonly Question[]): FormBlock[] => {
  const names = heardByName(view).map(({ name }) => quoted(name, 80));
  return names.length > 0 && questions.some((question) => sheetKindOf(question) === 'product')
    ? [
        {
          kind: 'note',
          text: `This product is called much the same as ${listWords(names)}. Where the product sheet of that says worse, this form asks why.`,
        },
      ]
    : [];
};

/** Sheets that say nothing here, as people of the deal wrote them: they would vouch for themselves. */
const teamSheets = (view: DealView, questions: readonly Question[]): FormBlock[] => {
  const ours = sheetsOfTeam(view);
  const found = new Map(
    questions.flatMap(({ id }) => {
      const one = ours.get(id);
      return one ? [[one.sheet.id, one] as const] : [];
    }),
  );
  return [...found.values()].map(({ sheet, people: by }) => ({
    kind: 'note',
    text: [
      `${sheetTitle(sheet.on)} has answers by `,
      ...people(by),
      ', who works on this deal: please answer for this deal.',
    ],
  }));
};

/** Who was asked for a sheet that is not there yet, and since when; and whose sheet speaks here as well. */
export const askedSheets = (view: DealView, questions: readonly Question[]): FormBlock[] => [
  ...alikeSheets(view, questions),
  ...teamSheets(view, questions),
  ...(view.organisation.sheetsAsked ?? [])
    .filter(
      ({ on }) => isSheetOf(view.deal.details, on) && questions.some((question) => sheetKindOf(question) === on.of),
    )
    .map(({ on, to, at }): FormBlock => ({
      kind: 'note',
      text: [
        `${sheetTitle(on)} is not there yet. `,
        ...people(to),
        ' has been asked for it since ',
        `${dayWords(at)}. Until then, please answer for this deal.`,
      ],
    })),
];
