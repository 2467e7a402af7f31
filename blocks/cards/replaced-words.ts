/** Words that other words took the place of, for the people who judge the deal: each in full, or what of it stands nowhere any more. */

import { spaced } from '../../flows/bare.ts';
import type { PastWords } from '../../flows/deal/said-shapes.ts';
import { weightyFirst } from '../../flows/deal/said/says-more.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { inTurn, inTurns } from '../../flows/in-turn.ts';
import { own } from '../../flows/own.ts';
import type { QuestionId } from '../../flows/policy/policy.ts';
import type { Text } from '../card.ts';
import { count, dayWords, LONGEST_SAID, quoted, shorten } from '../words.ts';
import { inRuns } from './in-lists.ts';
import { inShort, type Short } from './in-short.ts';

/**
 * What one person wrote under one question, the oldest first, and who replaced it; of sources, under all `questions` together: one line of a
 * form stands under each answer of a section.
 */
interface Replaced extends Pick<PastWords, 'by'> {
  questions: QuestionId[];
  versions: PastWords[];
  own: boolean;
}

/** Others' words before those that somebody wrote over themselves: many versions of one's own hide nobody's. */
const replacedWords = ({ deal }: DealView): Replaced[] => {
  const groups = new Map<string, Replaced>();
  const add = (of: string, words: PastWords): void => {
    const { question, by, changedBy } = words;
    const key = JSON.stringify([of, by, by === changedBy]);
    const { questions = [], versions = [] } = groups.get(key) ?? {};
    groups.set(key, {
      by,
      own: by === changedBy,
      questions: questions.includes(question) ? questions : [...questions, question],
      versions: [...versions, words],
    });
  };
  for (const { sources, ...words } of deal.reworded ?? []) {
    if (words.value !== undefined || words.note !== undefined) add(words.question, words);
    if (sources) {
      const { value: _value, note: _note, ...under } = words;
      add('', { ...under, sources });
    }
  }
  return [...groups.values()].toSorted((one, other) => Number(one.own) - Number(other.own));
};

/** Keeps one item short enough to leave others room. */
const MOST_VERSIONS = 4;
/** Characters of a line: those of one person under one question fill several, so that none loses its middle. */
const A_LINE = 2200;

/** A shorter text is quoted whole. */
const LEAST_ELIDED = 300;
const SENTENCES = /[^.!?]+[.!?]*\s*/gu;

const standingText = ({ deal }: DealView, question: QuestionId): string[] =>
  Object.values(deal.answers).flatMap((given) => {
    const { value, note } = own(given, question) ?? {};
    return [value, note].filter((text) => typeof text === 'string');
  });

/** A long text without those of its sentences that stand there still, word for word: what was taken away is easy to miss among them. */
export const withoutStanding = (text: string, standing: readonly string[]): string => {
  if (text.length <= LEAST_ELIDED) return text;
  const sentencesIn = (of: string): string[] => of.match(SENTENCES) ?? [];
  const still = new Set(standing.flatMap(sentencesIn).map(spaced));
  const all = sentencesIn(text).map((sentence) => (still.has(spaced(sentence)) ? undefined : sentence.trim()));
  const left = all.filter((sentence, n) => sentence !== undefined || all[n - 1] !== undefined || n === 0);
  return left.every((sentence) => sentence === undefined) ? text : left.map((sentence) => sentence ?? '[…]').join(' ');
};

/** Lines, and what they have no room for. */
interface PastWordsShown {
  lines: Text[];
  between: Short[];
}

/** `A note of @a was replaced on 3 March 2027: “…” To “Who …?”` */
const pastWords = (view: DealView, { questions, by, versions, own: isOwn }: Replaced): PastWordsShown => {
  const [id = ''] = questions.slice(-1);
  const asked = shorten(view.policy.question(id)?.text ?? id, 150);
  const more = questions.length > 1 ? ` and ${count(questions.length - 1, 'more question')}` : '';
  const last = versions.at(-1);
  const all: [string, string[]][] = [
    ['An answer of ', versions.flatMap(({ value }) => value ?? [])],
    ['A note of ', versions.flatMap(({ note }) => note ?? [])],
    ['A source of ', versions.flatMap(({ sources }) => sources ?? [])],
  ];
  const standing = questions.flatMap((question) => standingText(view, question));
  const between: Short[] = [];
  const lines = all.flatMap(([what, said]): Text[] => {
    const distinct = [...new Set(said)];
    if (distinct.length === 0 || !last) return [];
    // The oldest and the newest: what was written in between is no place to hide either.
    const some = distinct.filter((_, n) => n < MOST_VERSIONS / 2 || n >= distinct.length - MOST_VERSIONS / 2);
    between.push(...distinct.filter((words) => !some.includes(words)).map((text) => ({ text, by })));
    return inRuns(
      some.map((words) => quoted(isOwn ? withoutStanding(words, standing) : words, LONGEST_SAID)),
      ({ length }) => length,
      A_LINE,
    ).map((shown) => [
      { strong: what },
      { person: by },
      // Who sends an answer back, or saves a sheet, puts no words of the deal's in their place.
      view.deal.team.includes(last.changedBy)
        ? ` was replaced on ${dayWords(last.until)} by `
        : ` is gone since ${dayWords(last.until)}, by `,
      { person: last.changedBy },
      `: ${shown.join(', ')}. To “${asked}”${more}`,
    ]);
  });
  return { lines, between };
};

/** What no line has room for, of each group in turn, what weighs first. */
export const betweenShown = (view: DealView, all: readonly PastWordsShown[]): Text[] =>
  inShort(weightyFirst(view, inTurns(all.map(({ between }) => between))));

/** Of others, each author in turn, and of those who wrote over themselves. */
export const replacedShown = (view: DealView): { others: PastWordsShown[]; own: PastWordsShown[] } => {
  const all = replacedWords(view);
  const shown = (some: readonly Replaced[]): PastWordsShown[] => some.map((one) => pastWords(view, one));
  return {
    others: shown(inTurn(all.filter((one) => !one.own))),
    own: shown(all.filter((one) => one.own)),
  };
};
