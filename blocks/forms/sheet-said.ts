/** What people said of the answers of a product sheet or a country brief, for whoever saves it, judges it, or leaves it as it is. */

import { inTurn } from '../../flows/in-turn.ts';
import { own } from '../../flows/own.ts';
import { sameValue } from '../../flows/policy/answers.ts';
import type { CompiledPolicy, QuestionId } from '../../flows/policy/policy.ts';
import type { SettledDispute, Sheet, SheetDispute, SheetReworded, SheetSaid } from '../../flows/sheet.ts';
import { smallSum } from '../../flows/sum.ts';
import type { FormBlock, Text } from '../card.ts';
import { inFullFirst } from '../cards/folded.ts';
import { shortAfter } from '../cards/in-short.ts';
import {
  disputeText,
  refusedText,
  rewordedShort,
  rewordedText,
  settledSpans,
  SHEETS_HAVE,
} from '../cards/sheet-words.ts';
import { answerWords, dayWords, LONGEST_SAID, quoted, quotedSentence } from '../words.ts';

const MOST_DISPUTED = 12;
const MOST_SAID = 6;

/** `Said before: “Yes”, by @compliance, 3 May 2027, version 1: “…”` */
const saidText = (policy: CompiledPolicy | undefined, { question, value, note, by, at, version }: SheetSaid): Text => [
  { strong: 'Said before: ' },
  `${quoted(answerWords(policy?.question(question), value), 150)}, by `,
  { person: by },
  `, ${dayWords(at)}, version ${version}${note === undefined ? '.' : `: ${quotedSentence(note, LONGEST_SAID)}`}`,
];

/** The first of them in full, the rest in short. */
export const saidLines = (policy: CompiledPolicy | undefined, all: readonly SheetSaid[]): Text[] =>
  shortAfter(all, {
    most: MOST_SAID,
    full: (one) => saidText(policy, one),
    short: ({ question, value, note, by }) => ({ text: note ?? answerWords(policy?.question(question), value), by }),
    where: SHEETS_HAVE,
  });

export const rewordedLines = (policy: CompiledPolicy | undefined, all: readonly SheetReworded[]): Text[] =>
  shortAfter<SheetReworded>(all, {
    most: MOST_SAID,
    full: (one) => rewordedText(policy, one),
    short: rewordedShort,
    where: SHEETS_HAVE,
  });

const part = (heading: string, items: readonly Text[]): FormBlock[] =>
  items.length === 0
    ? []
    : [
        { kind: 'text', text: [{ strong: heading }] },
        { kind: 'list', items: [...items] },
      ];

type Asked = (question: QuestionId) => boolean;

/** What is disputed of some answers, open or over, and why colleagues did not confirm others to the same questions. `but`: a dispute that stands further up. */
export const saidOfAnswers = (
  policy: CompiledPolicy | undefined,
  { disputes, settled = [], refused = [] }: Sheet,
  asked: Asked,
  but?: SheetDispute,
): FormBlock[] => {
  const isAsked = ({ questions }: { questions: readonly QuestionId[] }): boolean => questions.some(asked);
  const against: (SheetDispute | SettledDispute)[] = [...disputes, ...settled.toReversed()].filter(
    (one) => one !== but && isAsked(one),
  );
  const back = inTurn(refused.filter(isAsked).toReversed());
  return [
    ...part(
      'Not confirmed before',
      inFullFirst(
        back.map((one) => refusedText(policy, one)),
        MOST_SAID,
        'more',
      ),
    ),
    ...part(
      'Disputed',
      inFullFirst(
        inTurn(against).map((one): Text => [...disputeText(one), ...('settled' in one ? settledSpans(one) : [])]),
        MOST_DISPUTED,
        'more',
        '',
      ),
    ),
  ];
};

/** All of that, heavier answers of before, and notes that others replaced: for whoever saves it again. */
export const saidOfSheet = (policy: CompiledPolicy, sheet: Sheet): FormBlock[] => {
  const { said, reworded = [], answers, waits } = sheet;
  // What stands, or waits, is in the inputs.
  const isThere = ({ question, value, note }: SheetSaid): boolean => {
    const now = own(waits?.answers ?? {}, question) ?? own(answers, question);
    return now !== undefined && sameValue(now.value, value) && (note === undefined || now.note === note);
  };
  return [
    ...saidOfAnswers(policy, sheet, () => true),
    ...part('Said before', saidLines(policy, inTurn(said.filter((one) => !isThere(one)).toReversed()))),
    ...part('Notes of before', rewordedLines(policy, inTurn(reworded.toReversed()))),
  ];
};

/** Names what the form shows beside the answers: who said otherwise, and what is disputed. */
export const judgedShown = ({ version, said, reworded = [], disputes, settled = [] }: Sheet): string =>
  // Of what is capped, the last: its number may stay the same.
  smallSum(
    JSON.stringify([version, said.length, reworded.at(-1)?.until, disputes.map(({ id }) => id), settled.at(-1)?.id]),
  );

/** The same for whoever saves it again: its version is looked at by itself. */
export const saidShown = ({ disputes, settled = [], refused = [] }: Sheet): string =>
  smallSum(JSON.stringify([disputes.map(({ id }) => id), settled.at(-1)?.id, refused.at(-1)?.at]));
