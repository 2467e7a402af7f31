/** Holds of a later day, for compliance alone: never on a card that a channel sees. */

import type { PlannedOn } from '../../flows/deal/context/planned-holds.ts';
import type { Hold } from '../../flows/hold.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Span } from '../card.ts';
import { count, dayWords, listWords, quoted, quotedSentence, LONGEST_SAID } from '../words.ts';
import { heldWords } from './hold-words.ts';

type Line = { kind: 'text'; text: Span[] } | { kind: 'note'; text: string };

const MOST = 3;

const heldHere = (hold: Hold, deal: DealId): string => heldWords(hold, hold.on.of === 'deal' && hold.on.deal === deal);

/** Why it stands on the page of that deal, where nothing else there says it. */
const whyHere = ({ plan: { hold }, like, named }: PlannedOn, deal: DealId): string => {
  const isOnAnother = hold.on.of === 'deal' && hold.on.deal !== deal;
  if (like.length > 0) return likeWords(like, isOnAnother ? 'a party of it' : 'that');
  return isOnAnother && !named ? ' It has a party in common with this one.' : '';
};

const likeWords = (like: readonly string[], whom: string): string =>
  ` ${listWords([...like.slice(0, MOST).map((party) => quoted(party, 100)), ...(like.length > MOST ? [count(like.length - MOST, 'more name')] : [])])} ${like.length === 1 ? 'is' : 'are'} called much like ${whom}.`;

const planLine = (one: PlannedOn, deal: DealId): Line => {
  const { hold, withdrawn } = one.plan;
  return {
    kind: 'text',
    text: [
      { strong: withdrawn ? 'A planned hold was withdrawn. ' : 'A hold is planned. ' },
      { person: hold.by },
      ` of compliance ${withdrawn ? 'planned' : 'plans'} to put ${heldHere(hold, deal)} on hold from ${dayWords(hold.from)}: ${quotedSentence(hold.reason, LONGEST_SAID)}${withdrawn ? ' ' : ''}`,
      ...(withdrawn
        ? [
            { person: withdrawn.by },
            ` withdrew that on ${dayWords(withdrawn.at)}: ${quotedSentence(withdrawn.reason, LONGEST_SAID)}`,
          ]
        : []),
      whyHere(one, deal),
    ],
  };
};

const ALONE = 'Compliance alone sees this: the thread shows your reasons and questions, so write nothing of it there.';
const WAITING =
  ' It stops nothing before its day. To stop the deal now, withdraw it in the list of holds and place it from today.';

const moreWords = (all: readonly PlannedOn[], what: string, where = ''): string =>
  all.length > MOST ? `And ${count(all.length - MOST, `more ${what} hold`)}${where}. ` : '';

/** Who plans one, on whom, from when and why; and who withdrew one, with both reasons. Empty without any. @param deal - on whose page they stand */
export const plannedBlocks = (all: readonly PlannedOn[], deal: DealId): Line[] => {
  const [planned, withdrawn] = [all.filter(({ plan }) => !plan.withdrawn), all.filter(({ plan }) => plan.withdrawn)];
  if (all.length === 0) return [];
  return [
    ...planned.slice(0, MOST).map((one) => planLine(one, deal)),
    ...withdrawn.slice(0, MOST).map((one) => planLine(one, deal)),
    {
      kind: 'note',
      text: `${moreWords(planned, 'planned', ': the list of holds says why')}${moreWords(withdrawn, 'withdrawn')}${ALONE}${planned.length > 0 ? WAITING : ''}`,
    },
  ];
};
