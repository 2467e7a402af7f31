/** Evolves what the answers stand on: counsel's note, and the word of people who deny it. */

import type { DealEvent } from '../events.ts';
import type { Opened } from '../state.ts';
import { withoutWord } from './basis.ts';

export const evolveBasis = (
  { answers, objections = [] }: Opened,
  event: Extract<DealEvent, { type: 'CounselAsked' | 'LawsTaken' | 'BasisObjected' }>,
): Partial<Pick<Opened, 'answers' | 'objections' | 'counselAsked' | 'laws'>> => {
  switch (event.type) {
    case 'CounselAsked':
      return { counselAsked: { by: event.by, at: event.at } };
    case 'LawsTaken':
      return { laws: event.note };
    case 'BasisObjected': {
      const { by, at, reason, questions } = event;
      return { answers: withoutWord(answers, by), objections: [...objections, { by, at, reason, questions }] };
    }
    default: {
      const never: never = event;
      return never;
    }
  }
};
