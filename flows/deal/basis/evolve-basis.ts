/** Evolves what the answers stand on: counsel's note, and the word of people who deny it. */

import type { DealEvent } from '../events.ts';
import type { LighterKept } from '../said-shapes.ts';
import type { Opened } from '../state.ts';
import { withoutTold, withoutWord } from './basis.ts';

export const evolveBasis = (
  { answers, lighterSaid, lighterKept, objections = [] }: Opened,
  event: Extract<DealEvent, { type: 'CounselAsked' | 'LawsTaken' | 'BasisObjected' }>,
): Partial<Pick<Opened, 'answers' | 'objections' | 'counselAsked' | 'laws' | 'lighterSaid' | 'lighterKept'>> => {
  switch (event.type) {
    case 'CounselAsked':
      return { counselAsked: { by: event.by, at: event.at } };
    case 'LawsTaken':
      return { laws: event.note };
    case 'BasisObjected': {
      const { by, at, reason, questions } = event;
      // Those that come back if compliance refuses a change lose the word too.
      const wordless = <T extends LighterKept>(said: T): T => ({
        ...said,
        answers: said.answers.map((one) => ({ ...one, answer: withoutTold(one.answer, by) })),
      });
      return {
        answers: withoutWord(answers, by),
        objections: [...objections, { by, at, reason, questions }],
        ...(lighterSaid ? { lighterSaid: wordless(lighterSaid) } : {}),
        ...(lighterKept ? { lighterKept: wordless(lighterKept) } : {}),
      };
    }
    default: {
      const never: never = event;
      return never;
    }
  }
};
