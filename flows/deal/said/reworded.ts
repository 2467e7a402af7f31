/** What was said in words, under an answer or as one, and reads otherwise now: it stays visible. House rule. */

import { bare, spaced } from '../../bare.ts';
import type { Instant, PersonId, Source } from '../../ids.ts';
import { lostOfActor, lostOfOthers } from '../../named-sources.ts';
import { differsIn } from '../../names-spelled.ts';
import { SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import { NONE, type FactValue, type QuestionId, type SectionId } from '../../policy/policy.ts';
import type { DraftAnswer, GivenAnswer } from '../answer-shapes.ts';
import type { DealEvent } from '../events.ts';
import { wasOfAnother } from '../formerly.ts';
import { isOwnSlip } from '../rights/set-aside.ts';
import type { Reworded } from '../said-shapes.ts';
import type { OpenedDeal, Opened } from '../state.ts';
import type { DealView } from '../view.ts';
import { sourcesOf, whoseNote, whoseSource, whoseValue } from './first-said.ts';
import { lastAnswers } from './last-answers.ts';

/**
 * Returns what `before` says and `now` does not, but for case, spaces and punctuation. Whoever adds to their own words has
 * not taken them back; to those of others a single word, such as “no”, can do so.
 */
const lost = (before: string | undefined, now: string | undefined, isOwn: boolean): string | undefined => {
  if (before === undefined || bare(before) === '') return undefined;
  // Signs turn what another wrote, too: a question is no statement.
  const [was, is] = [before, now ?? ''].map(isOwn ? bare : spaced) as [string, string];
  return was === is || (isOwn && is.includes(was)) ? undefined : before;
};

type Given = Pick<GivenAnswer, 'value' | 'note'> & Partial<Pick<GivenAnswer, 'sources' | 'basis'>>;
type Words = Readonly<Record<QuestionId, Given>>;

/**
 * Returns the words of what a colleague picked and somebody else did not, or of all of it where others are put beside it: from then on the
 * whole is theirs. What makes an answer lighter is kept as that.
 */
const lostPicks = (
  { policy }: Pick<DealView, 'policy'>,
  question: QuestionId,
  before: FactValue,
  now: FactValue | undefined,
): string | undefined => {
  const asked = policy.question(question);
  if (asked?.kind !== 'choices' || !Array.isArray(before)) return undefined;
  // Answered otherwise above, it is not asked any more.
  const is = [now ?? []].flat();
  const gone = before.filter((pick) => !is.includes(pick));
  const isMore = before.some((pick) => pick !== NONE) && is.some((pick) => !before.includes(pick));
  if (gone.length === 0 && !isMore) return undefined;
  if (now !== undefined && policy.lightens(question, before, now)) return undefined;
  return (isMore ? before : gone)
    .map((pick) => asked.options.find(({ value }) => value === pick)?.label ?? pick)
    .join(', ');
};

const sourceText = ({ name, year, url }: Source): string =>
  [name, year, url].filter((part) => part !== undefined).join(', ');

const replacedBy = (
  { deal, policy }: DealView,
  given: Readonly<Record<QuestionId, DraftAnswer>>,
  answers: Words,
  actor: PersonId,
): Reworded => {
  // What one answer does not stand on any more another of the section may.
  const still = Object.values(answers).flatMap((answer) => sourcesOf(answer));
  return Object.entries(given).flatMap(([question, answer]) => {
    const { value, note } = answer;
    const asked = policy.question(question);
    // What was said of another, whoever gives it again says of this one.
    const now = asked && wasOfAnother(deal, asked, answer) ? undefined : own(answers, question);
    const isText = asked?.kind === 'text';
    const text = isText && typeof value === 'string' && value !== 'unknown' ? value : undefined;
    const [said, noted] = [whoseValue(deal, answer), whoseNote(deal, answer)];
    const picks = said.by === actor ? undefined : lostPicks({ policy }, question, value, now?.value);
    const lostText = picks ?? lost(text, typeof now?.value === 'string' ? now.value : undefined, said.by === actor);
    const lostNote = lost(note, now?.note, noted.by === actor);
    const namer = (source: Source) => whoseSource(deal, answer, source);
    const named = sourcesOf(answer);
    return [
      ...(lostText === undefined ? [] : [{ question, value: lostText, ...said }]),
      ...(lostNote === undefined ? [] : [{ question, note: lostNote, ...noted }]),
      ...[...lostOfOthers(named, sourcesOf(now ?? {}), namer, actor), ...lostOfActor(named, still, namer, actor)].map(
        ({ by, at, sources }) => ({ question, sources: sources.map(sourceText), by, at }),
      ),
    ];
  });
};

/** Shorter words turn a sentence: "not", "now". */
const LEAST_SLIP = 6;
const LETTERS = /\p{L}+/gu;

/** Tells whether two words of letters are one, misspelled: begun alike, and with one letter added, missing or another. */
const isSameWord = (one: string, other: string): boolean =>
  one === other ||
  (Math.min(one.length, other.length) >= LEAST_SLIP && one.charAt(0) === other.charAt(0) && differsIn(one, other) <= 1);

/** Tells whether the same words, numbers and signs stand there, some long words of them misspelled. */
const isSlipOfPen = (before: string | undefined, now: FactValue | undefined): boolean => {
  if (before === undefined || typeof now !== 'string') return false;
  const [was, is] = [before, now].map((text) => spaced(text)) as [string, string];
  const [mine, theirs] = [was.match(LETTERS) ?? [], is.match(LETTERS) ?? []];
  return (
    was.replace(LETTERS, ' ') === is.replace(LETTERS, ' ') && mine.every((word, n) => isSameWord(word, theirs[n] ?? ''))
  );
};

/** Returns the words saved for later that these replace, also one's own: the team read them. Whoever goes on writing takes nothing away. */
export const savedOver = (view: DealView, section: SectionId, answers: Words, actor: PersonId): Reworded => {
  const saved = Object.entries(own(view.deal.drafts, section) ?? {}).filter(([, { by }]) => by !== undefined);
  return replacedBy(view, Object.fromEntries(saved), answers, actor).filter(
    ({ question, by, value, note }) =>
      by !== actor || !isSlipOfPen(value ?? note, value ? own(answers, question)?.value : own(answers, question)?.note),
  );
};

/** Returns the words of the answers given last that these replace. */
export const answeredOver = (view: DealView, section: SectionId, answers: Words, actor: PersonId): Reworded =>
  replacedBy(view, lastAnswers(view.deal, section) ?? {}, answers, actor);

/** Returns all words that these answers replace: a draft in between hides no answer before it. */
export const rewordedIn = (view: DealView, section: SectionId, answers: Words, actor: PersonId): Reworded => {
  const answered = answeredOver(view, section, answers, actor);
  const known = new Set(answered.map((one) => JSON.stringify(one)));
  return [...answered, ...savedOver(view, section, answers, actor).filter((one) => !known.has(JSON.stringify(one)))];
};

export const reworded = (
  { reworded: all = [] }: OpenedDeal,
  { reworded: before = [], by: changedBy, at: until }: { reworded?: Reworded | undefined; by: PersonId; at: Instant },
): Pick<Opened, 'reworded'> =>
  before.length === 0 ? {} : { reworded: [...all, ...before.map((words) => ({ ...words, until, changedBy }))] };

/** The same of words that a sheet takes the place of: by whoever corrected the deal, or saved the sheet. */
export const rewordedBySheet = (
  deal: OpenedDeal,
  { by, sheet, ...event }: Extract<DealEvent, { type: 'SheetMoved' }>,
): Pick<Opened, 'reworded'> => reworded(deal, { ...event, by: by === SYSTEM ? sheet.by : by });

/** What others wrote or named under an answer, or as one, and somebody else took away or replaced. */
export const goneWords = ({ deal }: DealView): NonNullable<OpenedDeal['reworded']> => {
  const answers = Object.values(deal.answers).flatMap((given) => Object.values(given));
  const stands = (note: string | undefined, author: PersonId): boolean =>
    note !== undefined && answers.some((answer) => answer.note === note && whoseNote(deal, answer).by === author);
  // Whoever saves a sheet changes the words of many deals, and speaks for none.
  const isOwn = (by: PersonId, changedBy: PersonId): boolean =>
    isOwnSlip(deal, by, deal.team.includes(changedBy) ? [changedBy] : []);
  return (deal.reworded ?? []).filter(
    ({ note, by, changedBy }) => by !== changedBy && !stands(note, by) && !isOwn(by, changedBy),
  );
};
