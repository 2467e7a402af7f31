/** Product sheets and country briefs in words, the same on every card and form. */

import type { Heard } from '../../flows/deal/sheets/heard.ts';
import type { NotedOnSheet } from '../../flows/deal/sheets/said.ts';
import type { PersonId } from '../../flows/ids.ts';
import { authorOf, byAuthor } from '../../flows/named-sources.ts';
import { own } from '../../flows/own.ts';
import type { CompiledPolicy, QuestionId } from '../../flows/policy/policy.ts';
import type {
  SettledDispute,
  Sheet,
  SheetAnswer,
  SheetDispute,
  SheetOf,
  SheetRefusal,
  SheetReworded,
  TakenSheet,
} from '../../flows/sheet.ts';
import type { Span, Text } from '../card.ts';
import {
  answerWords,
  count,
  countryWords,
  dayWords,
  LONGEST_SAID,
  productWords,
  quoted,
  quotedSentence,
  sentence,
  shorten,
} from '../words.ts';
import type { Short } from './in-short.ts';
import { people, sourceSpans } from './spans.ts';

/** `country brief`, `product sheet` */
export const sheetKind = (of: SheetOf['of']): string => (of === 'country' ? 'country brief' : 'product sheet');

/** `Norway`, `Sample Camera`, `Sample Drone (not in the catalogue)` */
export const sheetOfWords = (on: SheetOf): string =>
  on.of === 'country' ? countryWords(on.country) : productWords({ id: on.product, name: on.name });

/** `Country brief on Norway`, `Product sheet of Sample Camera` */
export const sheetTitle = (on: SheetOf): string =>
  on.of === 'country' ? `Country brief on ${sheetOfWords(on)}` : `Product sheet of ${sheetOfWords(on)}`;

export const kindOfId = (id: Sheet['id']): SheetOf['of'] => (id.startsWith('country:') ? 'country' : 'product');

/** `product sheet`, `product sheet of Sample Camera, which this deal was of before,` */
export const heardName = ({ sheet, left }: Heard): string =>
  left
    ? `${sheetKind(sheet.on.of)} ${sheet.on.of === 'country' ? 'on' : 'of'} ${sheetOfWords(sheet.on)}, which this deal was of before,`
    : sheetKind(sheet.on.of);

/** ` On the product sheet of Sample Camera, which this deal was of before.` Empty where it is of it. */
const leftSpans = ({ sheet, left }: Partial<Heard>): Span[] =>
  sheet && left ? [` On the ${heardName({ sheet, left }).slice(0, -1)}.`] : [];

/** `the country brief of 3 November 2026, version 2, by @counsel` */
export const takenSpans = ({ id, version, by, at, also = [] }: TakenSheet): Span[] => [
  `the ${sheetKind(kindOfId(id))} of ${dayWords(at)}, version ${version}, by `,
  { person: by },
  ...(also.length === 0 ? [] : [' (with ', ...people(also), ')']),
];

/** `version 2 of 3 November 2026, by @counsel, valid until …`. `over`: its last day has passed. */
export const versionSpans = ({ version, at, by, until }: Sheet, over: boolean): Span[] => [
  `version ${version} of ${dayWords(at)}, by `,
  { person: by },
  `, valid until ${dayWords(until)}`,
  ...(over ? [{ strong: ', which is over' }] : []),
];

/** How much of an answer stands in a list of many, and where somebody judges it. */
const IN_A_LIST = { note: LONGEST_SAID, sources: 3 };
export const AS_A_WHOLE = { note: LONGEST_SAID, sources: 12 };
/** Under one answer that is no good one. */
const MOST_NOTED = 6;

/** Whose words others saved again. */
const ofAnother = (who: { by: PersonId } | undefined): Span[] => (who ? [' (', { person: who.by }, ')'] : []);

/** `Is it …? **No.** Note: … Sources: …` */
export const sheetAnswerText = (
  policy: CompiledPolicy | undefined,
  id: QuestionId,
  answer: SheetAnswer,
  { note: mostOfNote, sources: mostSources } = IN_A_LIST,
): Text => {
  const question = policy?.question(id);
  return [
    `${shorten(question?.text ?? id, 200)} `,
    { strong: sentence(shorten(answerWords(question, answer.value), 300)) },
    ...(answer.note === undefined ? [] : [` ${quotedSentence(answer.note, mostOfNote)}`, ...ofAnother(answer.noted)]),
    ...byAuthor(answer.sources, (source) => authorOf(answer, source, answer)).flatMap(({ by, sources }) => [
      ' ',
      ...sourceSpans(sources, mostSources),
      ...(by === answer.by ? [] : ofAnother({ by })),
    ]),
    ...(answer.confirmed ? [' Confirmed by ', { person: answer.confirmed.by }, '.'] : []),
  ];
};

/** `was: No` beside the answers that others took since that version. */
export const changeText = (
  policy: CompiledPolicy | undefined,
  { answers, changes }: Pick<Sheet, 'answers' | 'changes'>,
  question: QuestionId,
  version: number,
): Text => {
  const asked = policy?.question(question);
  const before = changes.find((one) => one.question === question && one.version > version)?.before;
  const now = own(answers, question)?.value;
  const words = (value: typeof now): string => (value === undefined ? 'not answered' : answerWords(asked, value));
  return [
    `${shorten(asked?.text ?? question, 200)} Before: ${shorten(words(before), 150)}. Now: `,
    { strong: sentence(shorten(words(now), 150)) },
  ];
};

/** `A note of @compliance was replaced on 3 March 2027 by @pm: “…” To “…”, answered “Don't know” then.` */
export const rewordedText = (
  policy: CompiledPolicy | undefined,
  { question, value, note, sources, by, changedBy, until, ...on }: SheetReworded & Partial<Heard>,
): Text => [
  { strong: sources ? 'A source of ' : note === value ? 'An answer of ' : 'A note of ' },
  { person: by },
  ` was replaced on ${dayWords(until)} by `,
  { person: changedBy },
  `: ${quoted(sources ? sources.join('; ') : note, LONGEST_SAID)} To “${shorten(policy?.question(question)?.text ?? question, 150)}”`,
  ...(note === value ? ['.'] : [`, answered “${shorten(answerWords(policy?.question(question), value), 150)}” then.`]),
  ...leftSpans(on),
];

/** The same in short. */
export const rewordedShort = ({ note, sources, by }: Pick<SheetReworded, 'note' | 'sources' | 'by'>): Short => ({
  text: sources ? sources.join('; ') : note,
  by,
});

/** Where notes are that no list has room for. */
export const SHEETS_HAVE = 'the sheets have all';

/** `more`: to so many other questions the same is named. */
interface NotedOnce extends NotedOnSheet {
  more: number;
}

/** What is named alone, without a note, under several answers alike is said once. */
export const notedOnce = (all: readonly NotedOnSheet[]): NotedOnce[] => {
  const known = new Map<string, NotedOnce>();
  return all.flatMap((one) => {
    const { sheet, note, sources, value, by, at, answeredBy } = one;
    const key = JSON.stringify([sheet.id, sources, value, by, dayWords(at), answeredBy]);
    const same = note === undefined ? known.get(key) : undefined;
    if (same) {
      same.more += 1;
      return [];
    }
    const first = { ...one, more: 0 };
    if (note === undefined) known.set(key, first);
    return [first];
  });
};

/** `@compliance noted on the product sheet, 3 March 2027: “…” To “…” and 2 more, answered “No”.` */
export const notedText = (
  policy: CompiledPolicy | undefined,
  { question, value, note, sources, by, at, answeredBy, more, ...on }: NotedOnce,
): Text => {
  const asked = policy?.question(question);
  return [
    { person: by },
    ` noted on the ${heardName(on)}${on.left ? '' : ','} ${dayWords(at)}: `,
    ...(note === undefined ? [] : [`${quoted(note, LONGEST_SAID)} `]),
    ...(sources.length === 0 ? [] : [...sourceSpans(sources, MOST_NOTED), ' ']),
    `To “${shorten(asked?.text ?? question, 150)}”${more > 0 ? ` and ${more} more` : ''}, answered “${shorten(answerWords(asked, value), 150)}”`,
    ...(answeredBy === undefined ? [] : [' by ', { person: answeredBy }]),
  ];
};

/** `Not confirmed on 3 March 2027 by @compliance, who read it from @pm: “…” To “…”` */
export const refusedText = (
  policy: CompiledPolicy | undefined,
  { questions, reason, from, by, at, ...on }: SheetRefusal & Partial<Heard>,
): Text => {
  const [first = '', ...others] = questions;
  return [
    { strong: 'A lighter answer was not confirmed' },
    ` on ${dayWords(at)} by `,
    { person: by },
    ', who read it from ',
    { person: from },
    `: ${quoted(reason, LONGEST_SAID)} To “${shorten(policy?.question(first)?.text ?? first, 150)}”`,
    ...(others.length === 0 ? [] : [` and ${count(others.length, 'more', 'more')}`]),
    ...(on.left ? ['.', ...leftSpans(on)] : []),
  ];
};

export const disputeText = ({ by, at, reason, version }: SheetDispute): Span[] => [
  { person: by },
  `, ${dayWords(at)}, of version ${version}: ${quotedSentence(reason, LONGEST_SAID)}`,
];

/** ` Left as it is by @compliance on 29 November 2026`, ` Answered otherwise since by …`; `words`: with why. */
export const settledSpans = ({ settled: { by, at, reason } }: SettledDispute, words = true): Span[] => [
  reason === undefined ? ' Answered otherwise since by ' : ' Left as it is by ',
  { person: by },
  ` on ${dayWords(at)}`,
  words && reason !== undefined ? `: ${quotedSentence(reason, LONGEST_SAID)}` : '.',
];
