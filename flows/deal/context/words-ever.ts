/** What was ever written of a deal: shown to whoever decides on another deal with one of its parties. It counts for nothing. */

import { bare, spaced } from '../../bare.ts';
import type { DealId, Instant, PersonId } from '../../ids.ts';
import { perObject } from '../../per-object.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { FactValue, QuestionId } from '../../policy/policy.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { DealDetails, ExportLicence, Renewal } from '../deal.ts';
import { othersFirst } from '../rights/others-first.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { sourcesOf, whoseNote, whoseSource, whoseValue } from '../said/first-said.ts';
import { pastDetails, type PastDetail } from '../said/past-details.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';
import type { Sections } from './ever-said.ts';
import { gravePart, RECENT_MS } from './topics.ts';

export type SetWith = { licence: ExportLicence } | { dates: readonly Pick<Renewal, 'of' | 'on'>[] };

/** What a deal was of before a correction, and after it. */
export interface Moves {
  was: DealDetails;
  now: DealDetails;
}

export interface WordsEver {
  /**
   * `denied`: somebody said that they never said it. `sent back`: why compliance refused a change, or the scope. Those after
   * that are read from the events (`words-said.ts`), and a flag, a question and a report of other parties (`held-against.ts`).
   */
  of:
    | 'answer'
    | 'note'
    | 'source'
    | 'role'
    | 'vote'
    | 'denied'
    | 'sent back'
    | 'reasons'
    | 'condition'
    | 'withdrawn'
    | 'reopened'
    | 'recused'
    | 'evidence'
    | 'returned'
    | 'handed over'
    | 'corrected'
    | 'settled'
    | 'taken back'
    | 'admitted'
    | 'dismissed'
    | 'set'
    | 'authority'
    | 'flag'
    | 'question'
    | 'report';
  question?: QuestionId | undefined;
  text: string;
  /** The flag that was admitted or dismissed with it. */
  flag?: string | undefined;
  /** Of whom it was asked, of a condition. */
  owner?: PersonId | undefined;
  /** What was said of the export licence or the renewal dates with it. */
  set?: SetWith | undefined;
  by: PersonId;
  at: Instant;
  /** True where other words took their place. */
  gone: boolean;
  /** True under an answer that speaks against the deal. */
  grave: boolean;
  /** A source whose author took another. */
  chosen?: true | undefined;
  /** The product, its end-user, the country or who is in between became another with it. */
  moves?: Moves | undefined;
  /** Of a flag that compliance dismissed there. */
  dismissed?: true | undefined;
  /** Of evidence: what an approver asked. */
  asked?: string | undefined;
}

/** Words of another deal that this one does not say. */
export interface WordsElsewhere extends WordsEver {
  deal: DealId;
}

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
    ...against(view),
  ];
});

/** What everybody asks for by its name says nothing of a deal. */
const RANK = {
  vote: 0,
  denied: 0,
  'sent back': 0,
  'taken back': 0,
  recused: 0,
  withdrawn: 0,
  returned: 0,
  condition: 1,
  answer: 1,
  note: 1,
  role: 1,
  evidence: 1,
  'handed over': 1,
  corrected: 1,
  reopened: 1,
  settled: 1,
  admitted: 1,
  dismissed: 1,
  set: 1,
  authority: 1,
  flag: 0,
  question: 0,
  report: 0,
  source: 2,
  reasons: 2,
} satisfies Record<WordsEver['of'], number>;

/** Of what votes asked for, and why, there is much; what somebody sent back, or stepped back over, is said once. */
const OF_VOTES: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>(['reasons', 'condition']);

const rankOf = ({ of, gone, grave, chosen }: WordsEver): number =>
  chosen ? 1 : OF_VOTES.has(of) ? (grave ? 1 : RANK[of]) : gone || grave ? 0 : RANK[of];

/** Puts what somebody else says there in the same words after all others. */
const eachOnceFirst = (all: readonly WordsElsewhere[]): WordsElsewhere[] => {
  const seen = new Set<string>();
  const first = all.filter(({ text }) => {
    const words = spaced(text);
    return !seen.has(words) && seen.add(words);
  });
  return [...first, ...all.filter((one) => !first.includes(one))];
};

/** Signs turn words: a question is no statement. Of their own, whoever sells the deal says the same without them. */
const keyOf = (
  { of, question = '', by, text }: Pick<WordsEver, 'of' | 'question' | 'by' | 'text'>,
  deal: DealView['deal'],
): string => {
  const words = of !== 'role' && isOwnWord(deal, by) ? bare(text) : spaced(text);
  return of === 'role' ? `role ${words}` : of === 'source' ? `${by} ${question} ${words}` : `${by} ${words}`;
};

/**
 * Returns what others deals said and this one does not, but for case and spaces; of each person once. Words of people who
 * do not sell this deal come first, then what was replaced or stands under a grave answer, then the latest. What is over
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
  const news = others
    .filter(({ deal }) => deal.id !== view.deal.id)
    .flatMap((other) => {
      const stands = isOpen(other.deal) || approvalOf(other.deal) !== undefined;
      return [...wordsEver(other), ...(said.get(other.deal.id) ?? [])].flatMap((words) => {
        const one = { deal: other.deal.id, ...words };
        return (stands || words.at > since) && isMeant(one) ? [one] : [];
      });
    })
    .toSorted(
      (a, b) =>
        Number(comesFirst(b.deal)) - Number(comesFirst(a.deal)) ||
        Number(a.dismissed ?? false) - Number(b.dismissed ?? false) ||
        rankOf(a) - rankOf(b) ||
        (a.at < b.at ? 1 : Number(a.at > b.at) * -1),
    )
    .filter((one) => {
      const whose = `${one.by} ${spaced(one.text)}`;
      if (bare(one.text) === '' || known.has(whose) || mine.has(keyOf(one, view.deal))) return false;
      known.add(whose);
      return true;
    });
  return eachOnceFirst(othersFirst(view.deal, news));
};
