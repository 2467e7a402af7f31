/** What was ever written of a deal: shown to whoever decides on another deal with one of its parties. It counts for nothing. */

import { bare, spaced } from '../../bare.ts';
import type { DealId } from '../../ids.ts';
import { perObject } from '../../per-object.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { FactValue, QuestionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import { othersFirst } from '../rights/others-first.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { sourcesOf, whoseNote, whoseSource, whoseValue } from '../said/first-said.ts';
import { pastDetails, type PastDetail } from '../said/past-details.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';
import type { Sections } from './ever-said.ts';
import { tellingNames } from './telling-names.ts';
import { gravePart, RECENT_MS } from './topics.ts';
import { eachKindInTurn, eachOnceFirst, heaviestFirst } from './words-order.ts';
import type { WordsElsewhere, WordsEver } from './words-shapes.ts';

/** Returns the words of answers, and under them. */
export const wordsIn = (view: DealView, sections: Sections | undefined, gone: boolean): WordsEver[] =>
  Object.values(sections ?? {}).flatMap((given) =>
    Object.entries(given).flatMap(([question, answer]): WordsEver[] => {
      const { value, note } = answer;
      const grave = gravePart(view.policy, question, value).length > 0;
      // Member by member: every deal says it of each answer with each change.
      const said = (of: WordsEver['of'], text: string, { by, at }: Pick<WordsEver, 'by' | 'at'>): WordsEver => ({
        of,
        question,
        text,
        by,
        at,
        gone,
        grave: of !== 'answer' && grave,
      });
      return [
        ...(isText(view, question, value) ? [said('answer', String(value), whoseValue(view.deal, answer))] : []),
        ...(note === undefined ? [] : [said('note', note, whoseNote(view.deal, answer))]),
        ...sourcesOf(answer).map((source) => said('source', source.name, whoseSource(view.deal, answer, source))),
      ];
    }),
  );

const isText = ({ policy }: DealView, question: QuestionId, value: FactValue): boolean =>
  policy.question(question)?.kind === 'text' && typeof value === 'string' && !isOpenValue(value);

/** Votes that spoke against it, also those that count no more. */
const against = ({ deal }: DealView): WordsEver[] =>
  [
    ...(deal.status === 'deciding' ? deal.votes : []),
    ...(deal.status === 'decided' ? deal.decision.votes : []),
    ...(deal.standing?.decision.votes ?? []),
    ...(deal.carried ?? []),
  ].flatMap(({ outcome, rationale, by, at }) =>
    outcome === 'decline' ? [{ of: 'vote', text: rationale, by, at, gone: false, grave: true } as const] : [],
  );

type Company = DealView['deal']['details']['intermediaries'][number];

/**
 * Who said first that this company is in between in this part, and when: whoever looks after the deal since did not, nor did who named
 * others beside it.
 */
export const whoNamed = ({ deal }: DealView, { name, role }: Company): Pick<WordsEver, 'by' | 'at'> => {
  const { betweenBy = [], putIn = [], renamed = [], requester, openedAt } = deal;
  const put = [...betweenBy, ...putIn].find((one) => one.name === name && one.role === role);
  if (put) return { by: put.by, at: put.at };
  const parts = pastDetails(deal, 'roles');
  const inPart = parts.find(({ value }) => value === `${name}, ${role}`);
  // A name alone says nothing of who said the part that it has now, where that was another.
  const isAltered = parts.some(({ value }) => value.startsWith(`${name}, `));
  const first =
    inPart ?? (isAltered ? undefined : pastDetails(deal, 'intermediaries').find(({ value }) => value === name));
  if (first) return { by: first.by, at: openedAt };
  const last = renamed.findLast(({ of }) => of === 'roles' || of === 'intermediaries');
  return last ? { by: last.changedBy, at: last.until } : { by: requester, at: openedAt };
};

const isStill = (companies: readonly Company[], name: string, role: string): boolean =>
  companies.some((one) => one.name === name && one.role === role);

/** Who was in between, each with the part that they had. */
const pastParts = ({ deal }: DealView): PastDetail[] => {
  const stands = new Set(deal.details.intermediaries.map(({ name, role }) => `${name}, ${role}`));
  const parts = pastDetails(deal, 'roles').filter(({ value }) => !stands.has(value));
  const names = pastDetails(deal, 'intermediaries');
  return [
    ...parts,
    ...names.filter((one) => !parts.some(({ value, by }) => by === one.by && value.startsWith(`${one.value}, `))),
  ];
};

/** Returns all words of a deal, present and replaced. */
export const wordsEver = perObject((view: DealView): readonly WordsEver[] => {
  const { answers, drafts, lastSaid, standing, reworded = [], objections = [], details, putIn = [] } = view.deal;
  const { lighterSaid, lighterKept } = view.deal;
  const waiting = [...(lighterSaid?.answers ?? []), ...(lighterKept?.answers ?? [])];
  return [
    ...wordsIn(view, answers, false),
    ...wordsIn(view, drafts, false),
    ...wordsIn(view, lastSaid, true),
    ...wordsIn(view, standing?.basis.answers, true),
    ...waiting.flatMap(({ question, answer }) => wordsIn(view, { '': { [question]: answer } }, true)),
    ...reworded.flatMap(({ question, value, note, sources = [], by, at, changedBy }): WordsEver[] => {
      const said = { question, by, at, gone: true, grave: false };
      return [
        ...(value === undefined ? [] : [{ ...said, of: 'answer' as const, text: value }]),
        ...(note === undefined ? [] : [{ ...said, of: 'note' as const, text: note }]),
        ...sources.map((text): WordsEver => ({
          ...said,
          of: 'source',
          text,
          ...(by === changedBy ? { chosen: true } : {}),
        })),
      ];
    }),
    // Of whom was there before a change that waits, the pages say the name alone.
    ...[...details.intermediaries, ...(lighterSaid?.was.intermediaries ?? [])].map((company): WordsEver => ({
      of: 'role',
      text: `${company.name}, ${company.role}`,
      ...whoNamed(view, company),
      gone: !isStill(details.intermediaries, company.name, company.role),
      grave: false,
    })),
    // Whom a colleague named stays theirs, also where somebody turned it by its signs since.
    ...putIn.flatMap(({ name, role, by, at }): WordsEver[] =>
      role === undefined || role === 'end-user' || role === 'customer'
        ? []
        : [
            {
              of: 'role',
              text: `${name}, ${role}`,
              by,
              at,
              gone: !isStill(details.intermediaries, name, role),
              grave: false,
            },
          ],
    ),
    ...pastParts(view).map(({ value: text, by, at }): WordsEver => ({
      of: 'role',
      text,
      by,
      at,
      gone: true,
      grave: false,
    })),
    ...objections.map(({ by, at, reason: text }): WordsEver => ({
      of: 'denied',
      text,
      by,
      at,
      gone: false,
      grave: true,
    })),
    ...tellingNames(view),
    ...against(view),
  ];
});

/** Signs turn words: a question is no statement. Of their own, whoever sells the deal says the same without them. */
const keyOf = (
  { of, question = '', by, text }: Pick<WordsEver, 'of' | 'question' | 'by' | 'text'>,
  deal: DealView['deal'],
): string => {
  const words = of !== 'role' && of !== 'called' && isOwnWord(deal, by) ? bare(text) : spaced(text);
  return of === 'role' || of === 'called'
    ? `${of} ${words}`
    : of === 'source'
      ? `${by} ${question} ${words}`
      : `${by} ${words}`;
};

/**
 * Returns what others deals said and this one does not, but for case and spaces; of each person once. Words of people who
 * do not sell this deal come first, then what was replaced or stands under a grave answer, then the latest of each kind. What is over
 * is shown for a year. `said`: what was written of them beside their answers; `comesFirst`: of deals whose words come before others of the
 * same person; `isMeant`: others are as if nobody had said them.
 */
export const wordsElsewhere = (
  view: DealView,
  others: readonly DealView[],
  said: ReadonlyMap<DealId, readonly WordsEver[]> = new Map(),
  {
    comesFirst = () => true,
    isMeant = () => true,
  }: { comesFirst?: (deal: DealId) => boolean; isMeant?: (words: WordsElsewhere) => boolean } = {},
): WordsElsewhere[] => {
  // What stands here, word for word: longer words may deny what they repeat, and replaced ones stand nowhere.
  // Under the name of somebody else they are not those of who said them there, nor is a source: a page prints few of many, and those in part.
  // Who is in between stands on every page, sign for sign. What is only saved for later stands on none.
  const given: DealView = { ...view, deal: { ...view.deal, drafts: {} } };
  const mine = new Set(wordsEver(given).flatMap((one) => (one.gone ? [] : [keyOf(one, view.deal)])));
  const known = new Set<string>();
  const since = new Date(Date.parse(view.now) - RECENT_MS).toISOString();
  const theirs = others
    .filter(({ deal }) => deal.id !== view.deal.id)
    .flatMap((other) => {
      const stands = isOpen(other.deal) || approvalOf(other.deal) !== undefined;
      return [...wordsEver(other), ...(said.get(other.deal.id) ?? [])].flatMap((words) => {
        const one = { deal: other.deal.id, ...words };
        return (stands || words.at > since) && isMeant(one) ? [one] : [];
      });
    });
  const news = heaviestFirst(theirs, comesFirst).filter((one) => {
    const whose = `${one.by} ${spaced(one.text)}`;
    if (bare(one.text) === '' || known.has(whose) || mine.has(keyOf(one, view.deal))) return false;
    known.add(whose);
    return true;
  });
  return eachOnceFirst(othersFirst(view.deal, eachKindInTurn(news, comesFirst)));
};
