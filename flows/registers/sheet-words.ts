/** What people wrote on a sheet: whose it is where others save it again, and what they took away. */

import type { Instant, PersonId } from '../ids.ts';
import { own } from '../own.ts';
import type { Sheet, SheetAnswer, SheetReworded } from '../sheet.ts';
import type { SheetGiven, SheetsEvent } from './sheet-shapes.ts';

type Of<T extends SheetsEvent['type']> = Extract<SheetsEvent, { type: T }>;

/** Whose note and sources these are, where somebody else saves them again. */
export const whoseWords = (
  was: SheetAnswer | undefined,
  { note, sources }: SheetGiven,
  by: PersonId,
): Pick<SheetAnswer, 'noted' | 'sourced'> => {
  if (!was) return {};
  const author = { by: was.by, at: was.at };
  const { noted = author, sourced = author } = was;
  const isSameList = sources.length > 0 && JSON.stringify(sources) === JSON.stringify(was.sources);
  return {
    ...(note !== undefined && note === was.note && noted.by !== by ? { noted } : {}),
    ...(isSameList && sourced.by !== by ? { sourced } : {}),
  };
};

/** The latest that are kept, of one sheet. */
const MOST_REWORDED = 200;

/** Keeps others' notes, and their sources, that these answers do not have any more. */
export const rewordedIn = (
  before: Pick<Sheet, 'answers' | 'reworded'> | undefined,
  { answers, keepsSources }: Pick<Of<'SheetSaved' | 'SheetConfirmed'>, 'answers' | 'keepsSources'>,
  changedBy: PersonId,
  until: Instant,
): Pick<Sheet, 'reworded'> => {
  const gone = Object.entries(before?.answers ?? {}).flatMap(([question, answer]): SheetReworded[] => {
    const { value, note = '', sources, by, at, noted = { by, at }, sourced = { by, at } } = answer;
    const now = own(answers, question);
    const left = new Set(now?.sources.map(({ name }) => name));
    const names = sources.flatMap(({ name }) => (left.has(name) ? [] : [name]));
    const end = { changedBy, until };
    return [
      ...(note.trim() === '' || noted.by === changedBy || now?.note === note
        ? []
        : [{ question, value, note, ...noted, ...end }]),
      ...(keepsSources && names.length > 0 && sourced.by !== changedBy
        ? [{ question, value, note: '', sources: names, ...sourced, ...end }]
        : []),
    ];
  });
  const all = [...(before?.reworded ?? []), ...gone];
  return all.length === 0 ? {} : { reworded: all.slice(-MOST_REWORDED) };
};
