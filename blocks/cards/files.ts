/** What compliance hears of the organisation and policy files while the bot runs. */

import { CHATS } from '../../flows/chats.ts';
import type { DealId } from '../../flows/ids.ts';
import { person as personIn, type Organisation } from '../../flows/organisation.ts';
import type { FileOf, FilesFact, MovedAccount, ProductChange, Reach, SeatChange } from '../../flows/registers/files.ts';
import type { Block, Card, Text } from '../card.ts';
import { count, groupName, listWords } from '../words.ts';

const NAME: Record<FileOf, string> = { organisation: 'The organisation file', policy: 'The policy' };
const MOST_CHANGES = 20;
const MOST_DEALS = 50;

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

const accountWords = (of: MovedAccount['account']): string =>
  of === 'email' ? 'e-mail address' : `${CHATS[of].name} account`;

const movedWords = ({ account, from, to }: MovedAccount, organisation: Organisation): Text => {
  const who = (id: string) => (personIn(organisation, id) ? { person: id } : id);
  return ['The ', accountWords(account), ' of ', who(from), ' belongs to ', who(to), ' now.'];
};

const productWords = ({ product, name, is, was }: ProductChange): Text => {
  switch (is) {
    case 'added':
      return `The product “${name}” (${product}) is new in the catalogue.`;
    case 'removed':
      return `The product “${name}” (${product}) is not in the catalogue any more.`;
    case 'renamed':
      return `The product “${was ?? product}” (${product}) is called “${name}” now.`;
    case 'changed':
      return `The catalogue describes the product “${name}” (${product}) otherwise.`;
    default: {
      const never: never = is;
      return never;
    }
  }
};

const takenBlocks = (
  { of, seats, moved = [], products = [] }: Extract<FilesFact, { fact: 'file taken' }>,
  organisation: Organisation,
): Block[] => {
  if (of === 'policy')
    return [{ kind: 'text', text: 'New deals follow it. Those that are open keep the policy under which they began.' }];
  // An account that is somebody else's now comes first: it says who acts as whom.
  const items = [
    ...moved.map((one) => movedWords(one, organisation)),
    ...(seats ?? []).map((seat) => seatWords(seat, organisation)),
    ...products.map(productWords),
  ];
  const more = items.length - MOST_CHANGES;
  const unknown: Block[] =
    seats === undefined ? [{ kind: 'text', text: 'It says something else than before the bot was started.' }] : [];
  if (items.length === 0)
    return seats === undefined ? unknown : [{ kind: 'text', text: 'Nobody’s place changed by it.' }];
  return [
    ...unknown,
    { kind: 'list', items: items.slice(0, MOST_CHANGES) },
    ...(more > 0 ? [{ kind: 'text', text: `And ${count(more, 'more change')}.` } satisfies Block] : []),
    { kind: 'note', text: 'It counts from now on. Votes that were cast stay as they are.' },
  ];
};

const reachBlocks = ({ full, short }: Reach): Block[] => {
  const part = (deals: readonly DealId[], text: string): Block[] => {
    const more = deals.length - MOST_DEALS;
    const named = [...deals.slice(0, MOST_DEALS), ...(more > 0 ? [`${more} more, which are on the board`] : [])];
    return deals.length === 0 ? [] : [{ kind: 'text', text: `${text} ${listWords(named)}.` }];
  };
  return [
    ...part(
      full,
      `${count(full.length, 'open step')} ${full.length === 1 ? 'has' : 'have'} all votes, as who else was asked is not in the file any more. In a business day each goes on by itself, unless the file is set right before, a vote is taken back, or you place a hold:`,
    ),
    ...part(
      short,
      `${count(short.length, 'deal')} can’t be decided: too few people are left for ${short.length === 1 ? 'its' : 'their'} route:`,
    ),
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
    case 'deals reached':
      return {
        blocks: [
          { kind: 'title', text: 'Deals wait because of the organisation file', tone: 'attention' },
          ...reachBlocks(fact),
          { kind: 'note', text: 'Each deal’s thread says who is not asked any more.' },
        ],
      };
    default: {
      const never: never = fact;
      return never;
    }
  }
};
