/** The forms of whoever judges lighter answers of a product sheet or a country brief, and of who leaves it as it is against a dispute. */

import type { PersonId } from '../../flows/ids.ts';
import { inTurn } from '../../flows/in-turn.ts';
import type { DatasetsInUse } from '../../flows/indicators/suggest.ts';
import { own } from '../../flows/own.ts';
import type { CompiledPolicy, QuestionId } from '../../flows/policy/policy.ts';
import type { Sheet, SheetDispute } from '../../flows/sheet.ts';
import type { Form, FormBlock, FormValues, Text } from '../card.ts';
import { folded } from '../cards/folded.ts';
import { AS_A_WHOLE, sheetAnswerText, sheetTitle } from '../cards/sheet-words.ts';
import { suggestedItems } from '../cards/suggested-words.ts';
import { dayWords, quotedSentence, LONGEST_SAID } from '../words.ts';
import { choiceInput, makeForm, paragraphInput, textOf } from './inputs.ts';
import { newerBlocks } from './newer.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';
import { judgedShown, rewordedLines, saidLines, saidOfAnswers, saidShown } from './sheet-said.ts';

const MOST_SUGGESTED = 21;

const JUDGED = [
  { value: 'confirm', label: 'Confirm', description: 'They count from now on, with your name beside them' },
  { value: 'refuse', label: 'Do not confirm', description: 'The answers of before count on' },
] as const;

/** What data says against answers that are to count in place of heavier ones. */
const saidByData = (
  policy: CompiledPolicy | undefined,
  { on, waits }: Sheet,
  datasets?: DatasetsInUse,
): FormBlock[] => {
  const items = policy ? suggestedItems(policy, on, waits?.answers ?? {}, datasets) : [];
  return items.length === 0
    ? []
    : [
        { kind: 'text', text: [{ strong: 'What data suggests' }] },
        { kind: 'list', items: folded(items, MOST_SUGGESTED, 'more', ': the brief shows all') },
      ];
};

/** What was said heavier before of that answer, and what was replaced under it. */
const beforeItems = (policy: CompiledPolicy | undefined, { said, reworded = [] }: Sheet, id: QuestionId): Text[] => {
  const of = <T extends { question: QuestionId; by: PersonId }>(all: readonly T[]): T[] =>
    inTurn(all.filter(({ question }) => question === id).toReversed());
  return [...saidLines(policy, of(said)), ...rewordedLines(policy, of(reworded))];
};

/** `seen`: what the form showed before (`judgedShown`). */
export const judgeSheetForm = (
  policy: CompiledPolicy | undefined,
  sheet: Sheet | undefined,
  values: FormValues = {},
  datasets?: DatasetsInUse,
  seen?: string | undefined,
): Form => {
  const waits = sheet?.waits;
  if (!sheet || !waits) return savedForm('Nothing waits to be confirmed here any more.');
  const now = judgedShown(sheet);
  return makeForm({
    name: 'desk.judge-sheet',
    title: 'Lighter answers',
    submit: 'Save',
    context: { sheet: sheet.id, asOf: waits.at, seen: now },
    blocks: [
      ...newerBlocks(now, seen),
      { kind: 'text', text: [{ strong: sheetTitle(sheet.on) }] },
      {
        kind: 'text',
        text: ['From ', { person: waits.by }, `, ${dayWords(waits.at)}: ${quotedSentence(waits.why, LONGEST_SAID)}`],
      },
      {
        kind: 'list',
        items: Object.entries(waits.answers).flatMap(([id, answer]) => {
          const was = own(sheet.answers, id);
          return [
            sheetAnswerText(policy, id, answer, AS_A_WHOLE),
            ...(was ? [['It was: ', ...[sheetAnswerText(policy, id, was, AS_A_WHOLE)].flat()]] : []),
            ...beforeItems(policy, sheet, id),
          ];
        }),
      },
      ...saidOfAnswers(policy, sheet, (id) => own(waits.answers, id) !== undefined),
      ...saidByData(policy, sheet, datasets),
      choiceInput('judged', 'Your decision', JUDGED, textOf(values, 'judged')),
      paragraphInput('reason', 'Why not?', textOf(values, 'reason'), {
        hint: 'Needed only where you do not confirm.',
        optional: true,
      }),
    ],
  });
};

export const readJudgeSheetForm = (
  values: FormValues,
): Read<{ judged: 'confirm' } | { judged: 'refuse'; reason: string }> => {
  const form = reader(values);
  const judged = form.one('judged', ['confirm', 'refuse'], 'Please choose one.');
  if (judged === 'confirm') {
    if (textOf(values, 'reason')?.trim())
      form.fail('reason', 'Confirming takes no reason, so this would be lost. Choose not to confirm, or delete it.');
    return form.done({ judged });
  }
  return form.done({ judged, reason: form.reason('reason', 'Please say why. Who gave these answers reads it.') });
};

/** `seen`: what the form showed before (`saidShown`). */
export const settleDisputeForm = (
  policy: CompiledPolicy | undefined,
  sheet: Sheet | undefined,
  dispute: SheetDispute | undefined,
  values: FormValues = {},
  seen?: string | undefined,
): Form => {
  if (!sheet || !dispute) return savedForm('This was settled already.');
  const now = saidShown(sheet);
  const before = dispute.questions.flatMap((id) => beforeItems(policy, sheet, id));
  return makeForm({
    name: 'desk.settle-dispute',
    title: 'It stays',
    submit: 'Save',
    context: { sheet: sheet.id, dispute: dispute.id, seen: now },
    blocks: [
      ...newerBlocks(now, seen),
      { kind: 'text', text: [{ strong: sheetTitle(sheet.on) }] },
      { kind: 'text', text: [{ person: dispute.by }, `: ${quotedSentence(dispute.reason, LONGEST_SAID)}`] },
      ...(before.length === 0 ? [] : [{ kind: 'list', items: before } as const]),
      ...saidOfAnswers(policy, sheet, (id) => dispute.questions.includes(id), dispute),
      paragraphInput('reason', 'Why does it stay as it is?', textOf(values, 'reason'), { hint: 'Who asked reads it.' }),
    ],
  });
};

export const readSettleDisputeForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', 'Please say why it stays as it is.') });
};
