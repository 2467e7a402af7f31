/** Holds of a later day, for compliance alone: never on a card that a channel sees. */

import type { PlannedOn } from '../../flows/deal/context/planned-holds.ts';
import type { Span } from '../card.ts';
import { count, dayWords, listWords, quoted } from '../words.ts';
import { heldWords } from './hold-words.ts';

type Line = { kind: 'text'; text: Span[] } | { kind: 'note'; text: string };

const MOST = 3;

const likeWords = (like: readonly string[]): string =>
  like.length === 0
    ? ''
    : ` ${listWords(like.slice(0, MOST).map((party) => quoted(party, 100)))} ${like.length === 1 ? 'is' : 'are'} called much like that.`;

/** Who plans one, on whom and from when; not why. Empty without any. */
export const plannedBlocks = (planned: readonly PlannedOn[]): Line[] => {
  if (planned.length === 0) return [];
  const more = planned.length - MOST;
  return [
    ...planned.slice(0, MOST).map(({ hold, like }): Line => ({
      kind: 'text',
      text: [
        { strong: 'A hold is planned. ' },
        { person: hold.by },
        ` of compliance plans to put ${heldWords(hold, true)} on hold from ${dayWords(hold.from)}.${likeWords(like)}`,
      ],
    })),
    {
      kind: 'note',
      text: `${more > 0 ? `And ${count(more, 'more planned hold')}. ` : ''}Compliance alone sees this: the thread shows your reasons and questions, so write nothing of it there. It stops nothing before its day. The list of holds says why; to stop the deal now, withdraw it there and place it from today.`,
    },
  ];
};
