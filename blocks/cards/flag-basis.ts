/** Red flags with what they rest on, for whoever judges them: answers, notes, sources, who gave them and when. */

import type { Answer } from '../../flows/deal/answer-shapes.ts';
import { sourcesOf, whoseNote, whoseSource } from '../../flows/deal/said/first-said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { sameValue } from '../../flows/policy/answers.ts';
import type { RaisedFlag } from '../../flows/policy/policy.ts';
import type { Block, Span, Text } from '../card.ts';
import {
  answerWords,
  count,
  dayWords,
  LONGEST_SAID,
  quoted,
  quotedSentence,
  sentence,
  shorten,
  weightWord,
} from '../words.ts';
import { supposedBy } from './said-words.ts';
import { listedTitle, people } from './spans.ts';
import { basisSpans, restsOnAny } from './stands-on.ts';

/** Of one flag. */
const MOST_REASONS = 3;
/** Of one list: with notes and sources it stays under a block's 3,000 characters. */
const FLAGS_A_LIST = 3;

export const answerOf = ({ deal }: DealView, question: string): Answer | undefined =>
  Object.values(deal.answers).flatMap((answers) => answers[question] ?? [])[0];

type Counted = Pick<Answer, 'by' | 'at'> & Partial<Answer>;

/**
 * Returns who gave the answer that counts: while a lighter one waits for compliance, the one of before. What it stands on is in it
 * where that is known. Undefined: nobody is known.
 */
export const countedAnswer = (view: DealView, id: string): Counted | undefined => {
  const { heavier, lighterSaid, deal } = view;
  const now = answerOf(view, id);
  const value = heavier?.facts.answers[id];
  if (!heavier || sameValue(now?.value, value)) return now;
  const kept = lighterSaid?.answers.find(({ question, answer }) => question === id && sameValue(answer.value, value));
  const past = deal.was?.findLast(({ question, before }) => question === id && sameValue(before, value));
  return kept?.answer ?? (past && { by: past.by, at: past.at });
};

/** One reason of a flag, and who gave it: that is said once where it is the same of all flags. */
interface Reason {
  spans: Span[];
  given: Span[];
}

const basis = ({ deal }: DealView, { value, sources = [], ...more }: Counted): Span[] => {
  const answer = value === undefined ? undefined : { ...more, value, sources };
  if (!answer || !restsOnAny(answer)) return [];
  const giver = (answer.first ?? answer).by;
  const others = new Set(sourcesOf(answer).map((source) => whoseSource(deal, answer, source).by));
  others.delete(giver);
  return [' On: ', ...basisSpans(answer), ...(others.size > 0 ? [' (named by ', ...people([...others]), ')'] : [])];
};

const givenBy = ({ by, at, first }: Pick<Answer, 'by' | 'at' | 'first'>): Span[] =>
  first
    ? [{ person: first.by }, ` on ${dayWords(first.at)}, and again by `, { person: by }, ` on ${dayWords(at)}`]
    : [{ person: by }, ` on ${dayWords(at)}`];

const reasonOf = (view: DealView, id: string, alone: boolean): Reason => {
  const own = view.deal.ownFlags.find((f) => f.id === id);
  if (own) {
    const why = own.reason === undefined ? '' : ` ${quoted(own.reason, LONGEST_SAID)}`;
    if (own.hit)
      return {
        spans: [` Compliance says that it is them.${why}`],
        given: own.settledBy ? [{ person: own.settledBy }] : [],
      };
    if (own.ended)
      return {
        spans: [` Somebody on its team ended it.${why}`],
        given: own.settledBy ? [{ person: own.settledBy }] : [],
      };
    const admitted: Span[] =
      own.reason === undefined || own.settledBy === undefined
        ? [why]
        : [' Admitted by ', { person: own.settledBy }, `:${why}`];
    return own.by === SYSTEM
      ? { spans: [' Raised in another deal.', ...admitted], given: [] }
      : { spans: [' Raised by hand.', ...admitted], given: givenBy(own) };
  }
  const question = view.policy.question(id);
  const value = (view.heavier?.facts ?? view.facts).answers[id];
  if (!question) return { spans: [` ${id}.`], given: [] };
  if (value === undefined) return { spans: [` ${quoted(question.text, 150)} is not answered.`], given: [] };
  const answer = countedAnswer(view, id);
  const words = shorten(answerWords(question, value), 80);
  // The flag's title says what was asked, and that it was answered so.
  const said = alone && value === 'yes' ? '' : ` ${words} to ${quoted(question.text, 150)}.`;
  const note = answer?.note === undefined ? '' : ` Note: ${quotedSentence(answer.note, LONGEST_SAID)}`;
  const given = answer?.by === SYSTEM ? [supposedBy(view)] : answer ? givenBy(answer) : [];
  // Whoever gave the answer again may have written under it what the first did not.
  const isOthers = answer?.noted !== undefined || answer?.first !== undefined;
  const noted: Span[] =
    answer && isOthers && note !== '' ? [' (', { person: whoseNote(view.deal, answer).by }, ')'] : [];
  return { spans: [`${said}${note}`, ...noted, ...(answer ? basis(view, answer) : [])], given };
};

/** The part of the Guidance that all are cited from, which is said once then. Else empty. */
export const citedFrom = (flags: readonly RaisedFlag[]): string => {
  const [first = '', ...others] = flags.map(({ citation }) => citation.split(', ').slice(0, -1).join(', '));
  return others.length > 0 && others.every((one) => one === first) ? first : '';
};

/** `severe here`: of a flag that the context gives another weight than it has by itself. */
const weightHere = ({ weight, baseWeight }: RaisedFlag): string =>
  `${weightWord(weight).toLowerCase()}${weight === baseWeight ? '' : ' here'}`;

/** `This end-user is reported to … Made heavier: the product is custom.` */
export const flagWhy = ({ why, modifiers }: RaisedFlag): string =>
  [why, ...modifiers.map(({ effect, text }) => `Made ${effect}: ${sentence(shorten(text, 200))}`)].join(' ');

/** `Past misuse (severe here; red flag 1).` */
const flagText = (flag: RaisedFlag, from: string): Span[] => [
  { strong: listedTitle(flag, 150) },
  ` (${weightHere(flag)}; ${from === '' ? flag.citation : flag.citation.slice(from.length + 2)}).`,
];

/**
 * `Past misuse (severe here; red flag 1). Note: … On: …`, a line for each flag, and who answered: once if it is one
 * person on one day. `from`: what all are cited from, where a heading says so.
 */
export const flagsWithBasis = (
  view: DealView,
  flags: readonly RaisedFlag[],
  from = '',
): Exclude<Block, { kind: 'title' }>[] => {
  const reasons = flags.map(({ because }) => because.map((id) => reasonOf(view, id, because.length === 1)));
  const [first, ...others] = reasons.flat().map(({ given }) => given);
  const key = JSON.stringify(first);
  const alike = first !== undefined && first.length > 0 && others.every((given) => JSON.stringify(given) === key);
  const items = flags.map((flag, i): Text => {
    const all = reasons[i] ?? [];
    const more = all.length - MOST_REASONS;
    return [
      ...flagText(flag, from),
      ...all
        .slice(0, MOST_REASONS)
        .flatMap(({ spans, given }): Span[] => [
          ...spans,
          ...(alike || given.length === 0 ? [] : [' (', ...given, ')']),
        ]),
      ...(more > 0 ? [` And ${count(more, 'more answer')}: “Why?” has all.`] : []),
    ];
  });
  return [
    ...Array.from({ length: Math.ceil(items.length / FLAGS_A_LIST) }, (_, i) => ({
      kind: 'list' as const,
      // They are upheld or cleared as they are shown.
      yields: 'never' as const,
      items: items.slice(i * FLAGS_A_LIST, (i + 1) * FLAGS_A_LIST),
    })),
    ...(alike && first ? [{ kind: 'note' as const, text: ['Said by ', ...first, '.'] }] : []),
  ];
};
