/** What people wrote on a sheet: whose it is where others save it again, and what they took away. */

import type { Instant, PersonId } from '../ids.ts';
import { authorOf, lostOfOthers, namedBy, sameSource } from '../named-sources.ts';
import { own } from '../own.ts';
import type { Sheet, SheetAnswer, SheetReworded } from '../sheet.ts';
import type { SheetGiven, SheetsEvent } from './sheet-shapes.ts';

type Of<T extends SheetsEvent['type']> = Extract<SheetsEvent, { type: T }>;

const authorIn = ({ by, at }: SheetAnswer): { by: PersonId; at: Instant } => ({ by, at });

/** Whose note and sources these are, where somebody else saves them again. */
export const whoseWords = (
  was: SheetAnswer | undefined,
  { note, sources }: SheetGiven,
  by: PersonId,
): Pick<SheetAnswer, 'noted' | 'sourced' | 'named'> => {
  if (!was) return {};
  const { noted = authorIn(was) } = was;
  return {
    ...(note !== undefined && note === was.note && noted.by !== by ? { noted } : {}),
    ...namedBy(
      sources,
      (source) =>
        was.sources.some((other) => sameSource(source, other)) ? authorOf(was, source, authorIn(was)) : undefined,
      by,
    ),
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
    const { value, note = '', sources, noted = authorIn(answer) } = answer;
    const now = own(answers, question);
    const lost = keepsSources
      ? lostOfOthers(sources, now?.sources ?? [], (source) => authorOf(answer, source, authorIn(answer)), changedBy)
      : [];
    const end = { changedBy, until };
    return [
      ...(note.trim() === '' || noted.by === changedBy || now?.note === note
        ? []
        : [{ question, value, note, ...noted, ...end }]),
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
  const all = [...(before?.reworded ?? []), ...gone];
  return all.length === 0 ? {} : { reworded: all.slice(-MOST_REWORDED) };
};
