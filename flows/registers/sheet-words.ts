/** What people wrote on a sheet: whose it is where others save it again, and what they took away. */

import { spaced } from '../bare.ts';
import type { Instant, PersonId, Source } from '../ids.ts';
import { authorOf, lostOfActor, lostOfOthers, namedBy, sameSource } from '../named-sources.ts';
import { own } from '../own.ts';
import { sameValue } from '../policy/answers.ts';
import type { Sheet, SheetAnswer, SheetReworded } from '../sheet.ts';
import type { SheetGiven, SheetsEvent } from './sheet-shapes.ts';

type Of<T extends SheetsEvent['type']> = Extract<SheetsEvent, { type: T }>;

const authorIn = ({ by, at }: SheetAnswer): { by: PersonId; at: Instant } => ({ by, at });

/** Whose note and sources these are, where somebody else saves them again. `before`: the answer that counts, and the one that waits. */
export const whoseWords = (
  before: readonly SheetAnswer[],
  { note, sources }: SheetGiven,
  by: PersonId,
): Pick<SheetAnswer, 'noted' | 'sourced' | 'named'> => {
  const noting = note === undefined ? undefined : before.find((was) => was.note === note);
  const noted = noting && (noting.noted ?? authorIn(noting));
  return {
    ...(noted && noted.by !== by ? { noted } : {}),
    ...namedBy(
      sources,
      (source) => {
        const was = before.find((one) => one.sources.some((other) => sameSource(source, other)));
        return was && authorOf(was, source, authorIn(was));
      },
      by,
    ),
  };
};

/** A note of somebody else that is left under another answer than theirs goes with the old one: they did not say it of this one. */
export const keptNote = (
  before: readonly SheetAnswer[],
  { value, note }: Pick<SheetGiven, 'value' | 'note'>,
  by: PersonId,
): string | undefined => {
  if (value === 'not-applicable') return note;
  const noting = before.filter((was) => was.note === note);
  const isTheirs = (was: SheetAnswer): boolean => (was.noted?.by ?? was.by) !== by && !sameValue(was.value, value);
  return noting.length > 0 && noting.every(isTheirs) ? undefined : note;
};

/** The latest that are kept, of one sheet: of others, and of who wrote over their own. One source may stand under all answers. */
const MOST_REWORDED = 200;
const MOST_OWN = 60;
const isOwn = ({ by, changedBy }: SheetReworded): boolean => by === changedBy;

type Answers = Readonly<Record<string, SheetAnswer>>;

/** A sentence, and no option. */
const isText = (value: SheetAnswer['value']): value is string => typeof value === 'string' && /\s/u.test(value.trim());

/** Tells whether words stand in some of those: whoever adds to them takes nothing away. */
const standIn = (words: string, texts: readonly (string | undefined)[]): boolean =>
  texts.some((text) => spaced(text ?? '').includes(spaced(words)));

interface Going {
  keepsSources: boolean;
  /** Whoever keeps a sheet wrote it for everybody: what they wrote over is kept, too. */
  keepsOwn: boolean;
  changedBy: PersonId;
  until: Instant;
}

/** Notes and sentences under these answers, and their sources, that stand in none of those. */
const goneIn = (
  before: Answers,
  now: readonly Answers[],
  { keepsSources, keepsOwn, changedBy, until }: Going,
): SheetReworded[] =>
  Object.entries(before).flatMap(([question, answer]): SheetReworded[] => {
    const { value, note = '', sources, noted = authorIn(answer) } = answer;
    const still = now.flatMap((answers) => own(answers, question) ?? []);
    const left = still.flatMap((one) => one.sources);
    const namer = (source: Source) => authorOf(answer, source, authorIn(answer));
    const lost = [
      ...(keepsSources ? lostOfOthers(sources, left, namer, changedBy) : []),
      ...(keepsOwn ? lostOfActor(sources, left, namer, changedBy) : []),
    ];
    const end = { changedBy, until };
    const notes = still.map((one) => one.note);
    const isKept = notes.includes(note) || (noted.by === changedBy && (!keepsOwn || standIn(note, notes)));
    const texts = still.map((one) => [one.value].flat().join(' '));
    return [
      ...(note.trim() === '' || isKept ? [] : [{ question, value, note, ...noted, ...end }]),
      ...(keepsOwn && isText(value) && !standIn(value, texts)
        ? [{ question, value, note: value, ...authorIn(answer), ...end }]
        : []),
      ...lost.map(({ sources: some, ...who }) => ({
        question,
        value,
        note: '',
        sources: some.map(({ name }) => name),
        ...who,
        ...end,
      })),
    ];
  });

/** Keeps notes, sentences and sources that these answers do not have any more: of those that counted, and of those that waited. */
export const rewordedIn = (
  before: Pick<Sheet, 'answers' | 'waits' | 'reworded'> | undefined,
  event: Pick<Of<'SheetSaved' | 'SheetConfirmed'>, 'answers' | 'keepsSources' | 'keepsOwn'> &
    Partial<Pick<Of<'SheetSaved'>, 'waits'>>,
  changedBy: PersonId,
  until: Instant,
): Pick<Sheet, 'reworded'> => {
  const { answers, waits } = event;
  const how = { keepsSources: event.keepsSources === true, keepsOwn: event.keepsOwn === true, changedBy, until };
  const gone = [
    ...goneIn(before?.answers ?? {}, [answers], how),
    ...(event.keepsSources ? goneIn(before?.waits?.answers ?? {}, [answers, waits?.answers ?? {}], how) : []),
  ];
  const all = [...(before?.reworded ?? []), ...gone];
  // What somebody writes over themselves pushes off nothing of others.
  const own = all.filter((one) => isOwn(one));
  const kept = new Set([
    ...own.filter(({ sources }) => !sources).slice(-MOST_OWN),
    ...own.filter(({ sources }) => sources).slice(-MOST_OWN),
    ...all.filter((one) => !isOwn(one)).slice(-MOST_REWORDED),
  ]);
  return all.length === 0 ? {} : { reworded: all.filter((one) => kept.has(one)) };
};
