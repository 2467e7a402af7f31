/** Evolves what the answers stand on: counsel's note, and the word of people who deny it or who sell the deal. */

import type { PersonId } from '../../ids.ts';
import type { DealEvent } from '../events.ts';
import type { LighterKept } from '../said-shapes.ts';
import type { Opened } from '../state.ts';
import { withoutSheets, withoutTold, withoutWord } from './basis.ts';

/** Those that come back if compliance refuses a change lose the word too. */
const unsaid = (
  { answers, lighterSaid, lighterKept, lighterConfirmed }: Opened,
  person: PersonId,
): Pick<Opened, 'answers'> & Partial<Pick<Opened, 'lighterSaid' | 'lighterKept' | 'lighterConfirmed'>> => {
  const wordless = <T extends Pick<LighterKept, 'answers'>>(said: T): T => ({
    ...said,
    answers: said.answers.map((one) => ({ ...one, answer: withoutTold(one.answer, person) })),
  });
  return {
    answers: withoutWord(answers, person),
    ...(lighterSaid ? { lighterSaid: wordless(lighterSaid) } : {}),
    ...(lighterKept ? { lighterKept: wordless(lighterKept) } : {}),
    ...(lighterConfirmed ? { lighterConfirmed: wordless(lighterConfirmed) } : {}),
  };
};

/** Returns a deal's answers without the word of whoever denied it after the deal was over. */
export const withoutDenied = (deal: Opened): Partial<Opened> =>
  deal.ownFlags.reduce<Partial<Opened>>(
    (now, { by, denies }) => (denies ? { ...now, ...unsaid({ ...deal, ...now }, by) } : now),
    {},
  );

export const evolveBasis = (
  deal: Opened,
  event: Extract<DealEvent, { type: 'CounselAsked' | 'LawsTaken' | 'BasisObjected' | 'BasisEnded' | 'SheetMoved' }>,
): Partial<
  Pick<
    Opened,
    'answers' | 'objections' | 'counselAsked' | 'laws' | 'lighterSaid' | 'lighterKept' | 'lighterConfirmed' | 'gaps'
  >
> => {
  switch (event.type) {
    case 'CounselAsked':
      return { counselAsked: { by: event.by, at: event.at } };
    case 'LawsTaken':
      return { laws: event.note };
    case 'BasisObjected': {
      const { by, at, reason, questions } = event;
      return {
        ...unsaid(deal, by),
        objections: [...(deal.objections ?? []), { by, at, reason, questions }],
      };
    }
    case 'SheetMoved': {
      const sections = Object.entries(event.answers);
      const moved = sections.map(([section, answers]) => [section, { ...deal.answers[section], ...answers }] as const);
      const changed = new Set(sections.flatMap(([, answers]) => Object.keys(answers)));
      const gaps = Object.entries(deal.gaps ?? {}).filter(([id]) => !changed.has(id));
      return {
        answers: { ...deal.answers, ...Object.fromEntries(moved) },
        ...(deal.gaps ? { gaps: gaps.length === 0 ? undefined : Object.fromEntries(gaps) } : {}),
      };
    }
    case 'BasisEnded': {
      const { note, gaps: over = [], outgrown = [], unread = [], words = [], sheets = [] } = event;
      const gaps = [...over, ...outgrown, ...unread];
      const kept = Object.entries(deal.gaps ?? {}).filter(([id]) => !gaps.includes(id));
      return {
        ...(note === undefined ? {} : { laws: undefined }),
        ...(gaps.length === 0 ? {} : { gaps: kept.length === 0 ? undefined : Object.fromEntries(kept) }),
        ...(sheets.length === 0 ? {} : { answers: withoutSheets(deal.answers, sheets) }),
        ...words.reduce<Partial<Opened>>((now, { of }) => ({ ...now, ...unsaid({ ...deal, ...now }, of) }), {}),
      };
    }
    default: {
      const never: never = event;
      return never;
    }
  }
};
