/** Evolves what the answers stand on: counsel's note, and the word of people who deny it. */

import type { DealEvent } from '../events.ts';
import type { Opened } from '../state.ts';
import { withoutTold, withoutWord } from './basis.ts';

export const evolveBasis = (
  { answers, lighterSaid }: Opened,
  event: Extract<DealEvent, { type: 'CounselAsked' | 'LawsTaken' | 'BasisObjected' }>,
): Partial<Pick<Opened, 'answers' | 'counselAsked' | 'laws' | 'lighterSaid'>> => {
  switch (event.type) {
    case 'CounselAsked':
      return { counselAsked: { by: event.by, at: event.at } };
    case 'LawsTaken':
      return { laws: event.note };
    case 'BasisObjected':
      return {
        answers: withoutWord(answers, event.by),
        // Those that come back if compliance refuses a change.
        ...(lighterSaid
          ? {
              lighterSaid: {
                ...lighterSaid,
                answers: lighterSaid.answers.map((one) => ({ ...one, answer: withoutTold(one.answer, event.by) })),
              },
            }
          : {}),
      };
    default: {
      const never: never = event;
      return never;
    }
  }
};
