/** What good answers stand on, in words: each basis with how many answers it carries, and how many one press gave. */

import { calendarOf, dayIn, hasRunOut } from '../../flows/calendar.ts';
import type { Answer, TakenAnswer } from '../../flows/deal/answer-shapes.ts';
import { needsBasis } from '../../flows/deal/basis/basis.ts';
import { lawsOf } from '../../flows/deal/basis/laws.ts';
import { notedOnSheets, rewordedOnSheets, worseOnSheets, type SaidWorse } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { person } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { sameValue } from '../../flows/policy/answers.ts';
import type { Question } from '../../flows/policy/policy.ts';
import { LONGEST_SENTENCE } from '../../flows/policy/sentence.ts';
import { awayAt } from '../../flows/registers/absences.ts';
import type { TakenSheet } from '../../flows/sheet.ts';
import type { Block, Span, Text } from '../card.ts';
import { answerWords, count, dayWords, LONGEST_SAID, quoted, quotedSentence, quotedWhole, shorten } from '../words.ts';
import { disputedItems, otherDisputes } from './disputed-words.ts';
import { inFullFirst } from './folded.ts';
import { IN_SHORT, inShort } from './in-short.ts';
import { lawsSpans } from './laws-words.ts';
import { pastItems } from './past-words.ts';
import {
  heardName,
  notedOnce,
  notedText,
  rewordedShort,
  rewordedText,
  SHEETS_HAVE,
  takenSpans,
} from './sheet-words.ts';
import { sourceSpans } from './spans.ts';
import type { Readable } from './worry-words.ts';

/** Keeps the list under a block's 3,000 characters. */
const MOST_BASES = 6;
const MOST_SOURCES = 3;
/** Others’ words to one answer of a sheet. */
const MOST_SAID = 5;
const NONE: Readable = new Set();

interface Given {
  question: Question;
  answer: Answer;
}

/** Every answer with its question, in the policy's order. */
export const given = ({ deal, policy }: DealView): Given[] => {
  const answers: Readonly<Record<string, Answer>> = Object.assign({}, ...Object.values(deal.answers));
  return policy.sections.flatMap(({ questions }) =>
    questions.flatMap((question) => {
      const answer = answers[question.id];
      return answer ? [{ question, answer }] : [];
    }),
  );
};

/** An answer's own sources and those of its basis are one thing to look up. */
export const basisOf = ({ sources, basis }: Answer) => ({
  sources: [...sources, ...(basis?.sources ?? [])],
  told: basis?.told,
  sheet: basis?.sheet,
  earlier: basis?.earlier,
});

/**
 * `As answered in D-7K3QXM on 3 November 2026 by @rep. `; to whoever may not read that deal, without its number and without names.
 */
const earlierSpans = ({ deal, by, at }: TakenAnswer, readable: Readable): Span[] =>
  readable.has(deal)
    ? [`As answered in ${deal} on ${dayWords(at)} by `, { person: by }, '. ']
    : [`As answered in an earlier deal on ${dayWords(at)}. `];

/** Of an earlier deal's answers the day is shown. */
const basisKey = (answer: Answer): string => {
  const { earlier, ...basis } = basisOf(answer);
  return JSON.stringify([basis, earlier && { ...earlier, at: dayWords(earlier.at) }]);
};

/** Answers that stand on the same, together. */
export const byBasis = (answers: readonly Answer[]): Answer[][] => {
  const by = new Map<string, Answer[]>();
  for (const answer of answers) {
    const key = basisKey(answer);
    by.set(key, [...(by.get(key) ?? []), answer]);
  }
  return [...by.values()];
};

/** Tells whether an answer names any basis: a source, a person, a product sheet or a country brief. */
export const standsOnSomething = (answer: Answer): boolean => {
  const { sources, told, sheet } = basisOf(answer);
  return sources.length > 0 || told !== undefined || sheet !== undefined;
};

const pressedIn = (answers: readonly Answer[]): number =>
  answers.filter(({ checklist }) => checklist !== undefined).length;

/** Tells whether there is more to say of what an answer rests on than that it is nothing. */
export const restsOnAny = (answer: Answer): boolean => standsOnSomething(answer) || answer.basis?.earlier !== undefined;

/** What says whether people are here, and whether days have passed. */
type Today = Pick<DealView, 'organisation' | 'now'>;

const overSpans = (sheet: TakenSheet, today: Today | undefined): Span[] =>
  today && hasRunOut(sheet, today) ? [{ strong: `, valid until ${dayWords(sheet.until)}, which is over` }] : [];

/** Why somebody who is named can't object; empty where they can. */
const whereabouts = (id: PersonId, today: Today | undefined): string => {
  if (!today) return '';
  if (!person(today.organisation, id)) return ', and is not in the organisation file any more: nobody can ask them';
  const away = awayAt(today.organisation, id, today.now);
  return away ? `, and is away until ${dayWords(away.until)}: they can’t have objected` : '';
};

/** `@rep says that @pm said so. Sample report, 2026 (reports.example.org).` `readable`: other deals that whoever reads this may read, too. */
export const basisSpans = (answer: Answer | undefined, readable: Readable = NONE, today?: Today): Span[] => {
  const earlier = answer?.basis?.earlier ? earlierSpans(answer.basis.earlier, readable) : [];
  if (!answer || !standsOnSomething(answer)) return [...earlier, earlier.length > 0 ? 'Nothing else.' : 'nothing.'];
  const { sources, told, sheet } = basisOf(answer);
  return [
    ...earlier,
    ...(sheet === undefined ? [] : [...takenSpans(sheet), ...overSpans(sheet, today), '. ']),
    ...(told === undefined
      ? []
      : ([
          { person: answer.by },
          ' says that ',
          { person: told },
          ` said so${whereabouts(told, today)}. `,
        ] satisfies Span[])),
    ...sourceSpans(sources, MOST_SOURCES),
  ];
};

/** `12 answers in one press, on: …`, `12 answers, 11 in one press, on: …`; `6 answers, as answered in D-7K3QXM …` */
export const basisLine = (answers: readonly Answer[], readable?: Readable, today?: Today): Text => {
  const pressed = pressedIn(answers);
  const how = pressed < 2 ? '' : pressed === answers.length ? ' in one press,' : `, ${pressed} in one press,`;
  const said = count(answers.length, 'answer');
  const [first = '', ...others] = basisSpans(answers[0], readable, today);
  return answers[0]?.basis?.earlier !== undefined && typeof first === 'string'
    ? [`${said}${how || ','} ${first.charAt(0).toLowerCase()}${first.slice(1)}`, ...others]
    : [`${said}${how} on: `, first, ...others];
};

/** What stands on nothing first, then what carries most. */
const weightiest = (groups: readonly Answer[][]): Answer[][] => {
  const bare = ([answer]: readonly Answer[]): number => (answer && !standsOnSomething(answer) ? 1 : 0);
  return groups.toSorted((a, b) => bare(b) - bare(a) || b.length - a.length);
};

const counselLine = (view: DealView, all: readonly Given[]): Text[] => {
  const { deal, policy, organisation, now, assessment } = view;
  const asked = all.filter(
    ({ question: { id, basis }, answer }) =>
      basis === 'counsel' && policy.isBenign(id, answer.value) && answer.basis?.sheet?.counsel !== true,
  );
  const note = lawsOf(deal);
  // Without a note they are open questions, and are listed as that.
  const open = new Set(assessment.openQuestions.map(({ id }) => id));
  if (asked.length === 0 || (!note && asked.every(({ question }) => open.has(question.id)))) return [];
  // By the calendar that says when a note ends: a review may have waited since.
  const today = dayIn(now, calendarOf(organisation));
  return [
    [`${count(asked.length, 'answer')} on counsel’s note: `, ...(note ? lawsSpans(note, today) : ['there is none.'])],
  ];
};

const MOST_WORSE = 6;

/** What is written under it, by whom; in a sheet from before that was kept, where it still stands. */
const notesOf = ({ sheet, question, value, note, by, also }: SaidWorse): Span[] => {
  const now = own(sheet.answers, question);
  const first = note ?? (now && sameValue(now.value, value) && now.by === by ? now.note : undefined);
  return [
    ...(first === undefined ? [] : [` ${quotedSentence(first, LONGEST_SAID)}`]),
    ...also.flatMap((one, n): Span[] => [
      ' So does ',
      { person: one.by },
      one.note === undefined ? '.' : `: ${quotedSentence(one.note, n < MOST_SAID ? LONGEST_SAID : IN_SHORT)}`,
    ]),
  ];
};

/** What any version of the deal's sheets ever said that is worse than its answers: whoever made it lighter since. */
const saidWorse = (view: DealView): Text[] => {
  return inFullFirst(
    worseOnSheets(view).map((worst): Text => {
      const { question, value, by, at, version } = worst;
      return [
        { strong: `The ${heardName(worst)} said otherwise: ` },
        `${quoted(answerWords(view.policy.question(question), value), 150)} to ${quoted(view.policy.question(question)?.text ?? question, 150)}, `,
        { person: by },
        `, ${dayWords(at)}, version ${version}.`,
        ...notesOf(worst),
      ];
    }),
    MOST_WORSE,
    'more answer',
    ' that the sheets ever said otherwise: all of them are in the dossier.',
  );
};

/** So many lines of what stands on the sheets, and of what somebody replaced there; the rest in short. */
const sheetWords = (view: DealView, most: number): Text[] => {
  const [noted, reworded] = [notedOnce(notedOnSheets(view)), rewordedOnSheets(view)];
  const rest = [
    ...noted.slice(most).map(({ note, sources, by }) => ({
      text: [...(note === undefined ? [] : [note]), ...sources.map(({ name }) => name)].join('; '),
      by,
    })),
    ...reworded.slice(most).map(rewordedShort),
  ];
  return [
    ...noted.slice(0, most).map((one) => notedText(view.policy, one)),
    ...reworded.slice(0, most).map((one) => rewordedText(view.policy, one)),
    ...inShort(rest, SHEETS_HAVE),
  ];
};

/** What the sheets say worse than the deal, and what others wrote on them. */
export const sheetNotes = (view: DealView, most = Infinity): Text[] => [...saidWorse(view), ...sheetWords(view, most)];

/**
 * For the first page of a review: a line for each basis, counsel's note, and in full what the deal team says of the use.
 * `reader`: who reads what is said against the sheets, if they may. Empty under a policy that asks for none of it.
 */
export const standsOnBlocks = (
  view: DealView,
  readable?: Readable,
  reader?: PersonId,
): Exclude<Block, { kind: 'title' }>[] => {
  const all = given(view);
  const groups = weightiest(
    byBasis(all.flatMap(({ question, answer }) => (needsBasis(view.policy, question, answer) ? [answer] : []))),
  );
  const more = groups.length - MOST_BASES;
  // A list of their own: what many wrote of a sheet takes no room from what the answers stand on.
  const said: Text[] = [
    ...saidWorse(view),
    ...disputedItems(view, reader),
    ...otherDisputes(view, reader),
    ...inFullFirst(pastItems(view), MOST_SAID, 'more of before', ': “Why?” shows more'),
    ...sheetWords(view, MOST_SAID - 1),
  ];
  const items: Text[] = [
    ...groups.slice(0, MOST_BASES).map((group) => basisLine(group, readable, view)),
    ...(more > 0 ? [`and ${more} more: each section’s card in the thread shows what its answers stand on`] : []),
    ...counselLine(view, all),
    ...all
      .filter(({ question }) => question.sentence !== undefined)
      .map(({ question, answer }): Text => [
        { strong: `${shorten(question.text, 150)} ` },
        quotedWhole(answerWords(question, answer.value), LONGEST_SENTENCE),
      ]),
  ];
  const lists = [said, items].filter(({ length }) => length > 0);
  return lists.length === 0
    ? []
    : [
        { kind: 'heading', text: 'What the answers stand on' },
        ...lists.map((list) => ({ kind: 'list' as const, items: list })),
      ];
};
