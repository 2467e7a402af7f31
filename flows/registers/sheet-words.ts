/** What people wrote on a sheet: whose it is where others save it again, and what they took away. */

import type { Instant, PersonId } from '../ids.ts';
import { authorOf, lostOfOthers, namedBy, sameSource } from '../named-sources.ts';
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

/** The latest that are kept, of one sheet. */
const MOST_REWORDED = 200;

type Answers = Readonly<Record<string, SheetAnswer>>;

/** Others' notes under these answers, and the sources that they named, that stand in none of those. */
const goneIn = (
  before: Answers,
  now: readonly Answers[],
  { keepsSources, changedBy, until }: { keepsSources: boolean; changedBy: PersonId; until: Instant },
): SheetReworded[] =>
  Object.entries(before).flatMap(([question, answer]): SheetReworded[] => {
    const { value, note = '', sources, noted = authorIn(answer) } = answer;
    const still = now.flatMap((answers) => own(answers, question) ?? []);
    const lost = keepsSources
      ? lostOfOthers(
          sources,
          still.flatMap((one) => one.sources),
          (source) => authorOf(answer, source, authorIn(answer)),
          changedBy,
        )
      : [];
    const end = { changedBy, until };
    return [
      ...(note.trim() === '' || noted.by === changedBy || still.some((one) => one.note === note)
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

/** Keeps others' notes, and their sources, that these answers do not have any more: of those that counted, and of those that waited. */
export const rewordedIn = (
  before: Pick<Sheet, 'answers' | 'waits' | 'reworded'> | undefined,
  event: Pick<Of<'SheetSaved' | 'SheetConfirmed'>, 'answers' | 'keepsSources'> &
    Partial<Pick<Of<'SheetSaved'>, 'waits'>>,
  changedBy: PersonId,
  until: Instant,
): Pick<Sheet, 'reworded'> => {
  const { answers, waits } = event;
  const how = { keepsSources: event.keepsSources === true, changedBy, until };
  const gone = [
    ...goneIn(before?.answers ?? {}, [answers], how),
    ...(event.keepsSources ? goneIn(before?.waits?.answers ?? {}, [answers, waits?.answers ?? {}], how) : []),
  ];
  const all = [...(before?.reworded ?? []), ...gone];
  return all.length === 0 ? {} : { reworded: all.slice(-MOST_REWORDED) };
};
