/** Holds of a later day, for compliance alone: never on a card that a channel sees. */

import type { PlannedOn } from '../../flows/deal/context/planned-holds.ts';
import type { Span } from '../card.ts';
import { count, dayWords, listWords, quoted, quotedSentence, LONGEST_SAID } from '../words.ts';
import { heldWords } from './hold-words.ts';

type Line = { kind: 'text'; text: Span[] } | { kind: 'note'; text: string };

const MOST = 3;

const likeWords = (like: readonly string[]): string =>
  like.length === 0
    ? ''
    : ` ${listWords([...like.slice(0, MOST).map((party) => quoted(party, 100)), ...(like.length > MOST ? [count(like.length - MOST, 'more name')] : [])])} ${like.length === 1 ? 'is' : 'are'} called much like that.`;

const planLine = ({ plan, like }: PlannedOn): Line => {
  const { hold } = plan;
  return {
    kind: 'text',
    text: [
      { strong: 'A hold is planned. ' },
      { person: hold.by },
      ` of compliance plans to put ${heldWords(hold, true)} on hold from ${dayWords(hold.from)}.${likeWords(like)}`,
    ],
  };
};

/** Nothing says elsewhere why it was planned. */
const withdrawnLine = ({ plan: { hold, withdrawn }, like }: PlannedOn): Line[] =>
  withdrawn === undefined
    ? []
    : [
        {
          kind: 'text',
          text: [
            { strong: 'A planned hold was withdrawn. ' },
            { person: hold.by },
            ` of compliance planned to put ${heldWords(hold, true)} on hold from ${dayWords(hold.from)}: ${quotedSentence(hold.reason, LONGEST_SAID)} `,
            { person: withdrawn.by },
            ` withdrew that on ${dayWords(withdrawn.at)}: ${quotedSentence(withdrawn.reason, LONGEST_SAID)}${likeWords(like)}`,
          ],
        },
      ];

const ALONE = 'Compliance alone sees this: the thread shows your reasons and questions, so write nothing of it there.';
const WAITING =
  ' It stops nothing before its day. The list of holds says why; to stop the deal now, withdraw it there and place it from today.';

const moreWords = (all: readonly PlannedOn[], what: string): string =>
  all.length > MOST ? `And ${count(all.length - MOST, `more ${what} hold`)}. ` : '';

/** Who plans one, on whom and from when, not why; and who withdrew one, with both reasons. Empty without any. */
export const plannedBlocks = (all: readonly PlannedOn[]): Line[] => {
  const [planned, withdrawn] = [all.filter(({ plan }) => !plan.withdrawn), all.filter(({ plan }) => plan.withdrawn)];
  if (all.length === 0) return [];
  return [
    ...planned.slice(0, MOST).map(planLine),
    ...withdrawn.slice(-MOST).flatMap(withdrawnLine),
    {
      kind: 'note',
      text: `${moreWords(planned, 'planned')}${moreWords(withdrawn, 'withdrawn')}${ALONE}${planned.length > 0 ? WAITING : ''}`,
    },
  ];
};
