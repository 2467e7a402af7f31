/** What compliance hears of the organisation and policy files while the bot runs. */

import { person as personIn, type Organisation } from '../../flows/organisation.ts';
import type { FileOf, FilesFact, SeatChange } from '../../flows/registers/files.ts';
import type { Block, Card, Text } from '../card.ts';
import { count, groupName } from '../words.ts';

const NAME: Record<FileOf, string> = { organisation: 'The organisation file', policy: 'The policy' };
const MOST_SEATS = 20;

const seatWords = ({ person, group, is }: SeatChange, organisation: Organisation): Text => {
  const who = personIn(organisation, person) ? { person } : person;
  const to = group === undefined ? undefined : groupName(organisation, group);
  switch (is) {
    case 'gained':
      return [who, to === undefined ? ' is new.' : ` is in ${to} now.`];
    case 'lost':
      return [who, to === undefined ? ' is not in the file any more.' : ` is not in ${to} any more.`];
    default: {
      const never: never = is;
      return never;
    }
  }
};

const takenBlocks = (
  { of, seats }: Extract<FilesFact, { fact: 'file taken' }>,
  organisation: Organisation,
): Block[] => {
  if (of === 'policy')
    return [{ kind: 'text', text: 'New deals follow it. Those that are open keep the policy under which they began.' }];
  if (seats === undefined) return [{ kind: 'text', text: 'It says something else than before the bot was started.' }];
  if (seats.length === 0) return [{ kind: 'text', text: 'Nobody’s place changed by it.' }];
  const more = seats.length - MOST_SEATS;
  return [
    { kind: 'list', items: seats.slice(0, MOST_SEATS).map((seat) => seatWords(seat, organisation)) },
    ...(more > 0 ? [{ kind: 'text', text: `And ${count(more, 'more change')}.` } satisfies Block] : []),
    { kind: 'note', text: 'It counts from now on. Votes that were cast stay as they are.' },
  ];
};

export const filesCard = (fact: FilesFact, organisation: Organisation): Card => {
  switch (fact.fact) {
    case 'file taken':
      return {
        blocks: [
          { kind: 'title', text: `${NAME[fact.of]} changed` },
          ...(fact.corrected ? [{ kind: 'text', text: 'What was wrong with it is set right.' } satisfies Block] : []),
          ...takenBlocks(fact, organisation),
        ],
      };
    case 'file refused':
      return {
        blocks: [
          {
            kind: 'title',
            text: fact.of === 'policy' ? 'The new policy was not taken' : 'The changed organisation file was not taken',
            tone: 'attention',
          },
          { kind: 'text', text: 'It has problems, so the last good one goes on counting:' },
          { kind: 'list', items: [...fact.problems] },
          { kind: 'note', text: 'Ask the people who run Clearthread to correct it. The file is read again by itself.' },
        ],
      };
    default: {
      const never: never = fact;
      return never;
    }
  }
};
