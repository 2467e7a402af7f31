/** What compliance hears of the organisation and policy files while the bot runs. */

import { CHATS } from '../../flows/chats.ts';
import type { DealId, Instant } from '../../flows/ids.ts';
import { person as personIn, type Organisation } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { isWeaker } from '../../flows/policy/weaker.ts';
import type { FilesFact, ProductChange, Reach, SeatChange } from '../../flows/registers/files.ts';
import type { MovedAccount, RoleName } from '../../flows/registers/organisation-changes.ts';
import type { FileOf } from '../../flows/registers/said.ts';
import type { Block, Card, Text } from '../card.ts';
import { count, groupName, listWords, LONGEST_QUOTED, quoted } from '../words.ts';
import { row } from './actions.ts';
import { changeWords, gravestRoles, moreWords, roleWords } from './file-changes.ts';
import { policyChangeBlocks } from './policy-changes.ts';

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
      return `The product ${quoted(name, LONGEST_QUOTED)} (${product}) is new in the catalogue.`;
    case 'removed':
      return `The product ${quoted(name, LONGEST_QUOTED)} (${product}) is not in the catalogue any more.`;
    case 'renamed':
      return `The product ${quoted(was ?? product, LONGEST_QUOTED)} (${product}) is called ${quoted(name, LONGEST_QUOTED)} now.`;
    case 'changed':
      return `The catalogue describes the product ${quoted(name, LONGEST_QUOTED)} (${product}) otherwise.`;
    default: {
      const never: never = is;
      return never;
    }
  }
};

type Taken = Extract<FilesFact, { fact: 'file taken' }>;

/** What was recorded before every difference was. */
const recordedBefore = ({ seats, moved = [], products = [] }: Taken, organisation: Organisation): Text[] => [
  ...moved.map((one) => movedWords(one, organisation)),
  ...(seats ?? []).map((seat) => seatWords(seat, organisation)),
  ...products.map(productWords),
];

const listOf = (items: readonly Text[]): Block[] => (items.length === 0 ? [] : [{ kind: 'list', items }]);
const textOf = (text: string | undefined): Block[] => (text === undefined ? [] : [{ kind: 'text', text }]);

/** `now`: when the file was taken. `name`: of the commit that says so, such as `register:files/12`. */
interface TakenAt {
  now: Instant;
  name: string;
}

/** Only the gravest are on the card: the others are a press away. */
const moreBlocks = (more: number | undefined, { name }: TakenAt): Block[] =>
  more === undefined
    ? []
    : [
        ...textOf(moreWords(more)),
        ...row({ name: 'desk.files-all', value: `${name}/1`, label: 'Read all', opens: 'form' }),
      ];

const COUNTS: Block = { kind: 'note', text: 'It counts from now on. Votes that were cast stay as they are.' };
const FOLLOW = 'New deals follow it. Those that are open keep the policy under which they began.';
const UNKNOWN = 'It says something else than before the bot was started.';

const changedBlocks = ({ changes = [], names = {}, moved = [], roles = [], more }: Taken, at: TakenAt): Block[] => {
  const named = (id: string): string => own(names, `people ${id}`) ?? id;
  const isMoved = (role: RoleName): boolean => changes.some(({ path }) => path === `roles ${role}`);
  const items = [
    ...roles
      .filter(({ role }) => isMoved(role) || gravestRoles(roles).length > 0)
      .map((role) => roleWords(role, names)),
    ...moved.map(
      ({ account, from, to }) => `The ${accountWords(account)} of ${named(from)} belongs to ${named(to)} now.`,
    ),
    ...changes.map((change) => changeWords(change, names, at.now)),
  ];
  if (items.length === 0) return textOf('Nothing that counts changed by it.');
  return [...listOf(items), ...moreBlocks(more, at), COUNTS];
};

const takenBlocks = (fact: Taken, organisation: Organisation, at: TakenAt): Block[] => {
  if (fact.of === 'policy') {
    const { changes = [], more } = fact;
    return [...policyChangeBlocks(changes), ...moreBlocks(more, at), ...textOf(FOLLOW)];
  }
  if (fact.changes) return changedBlocks(fact, at);
  const items = recordedBefore(fact, organisation);
  const unknown = textOf(fact.seats === undefined ? UNKNOWN : undefined);
  if (items.length === 0) return unknown.length > 0 ? unknown : textOf('Nobody’s place changed by it.');
  const left = items.length - MOST_CHANGES;
  return [
    ...unknown,
    ...listOf(items.slice(0, MOST_CHANGES)),
    ...textOf(moreWords(left > 0 ? left : undefined)),
    COUNTS,
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

const takenTitle = ({ of, roles = [], changes = [] }: Taken): Block => {
  const grave = gravestRoles(roles);
  if (grave.length > 0) return { kind: 'title', text: `Other people are ${listWords(grave)} now`, tone: 'attention' };
  if (of === 'policy' && changes.some(isWeaker))
    return { kind: 'title', text: 'The policy changed, and asks for less', tone: 'attention' };
  return { kind: 'title', text: `${NAME[of]} changed` };
};

export const filesCard = (fact: FilesFact, organisation: Organisation, at: TakenAt): Card => {
  const { now } = at;
  switch (fact.fact) {
    case 'file taken':
      return {
        blocks: [
          takenTitle(fact),
          ...(fact.corrected ? [{ kind: 'text', text: 'What was wrong with it is set right.' } satisfies Block] : []),
          ...takenBlocks(fact, organisation, at),
        ],
      };
    case 'place changed':
      return {
        blocks: [
          { kind: 'title', text: 'Your place changed in the organisation file', tone: 'attention' },
          ...listOf(fact.changes.map((change) => changeWords(change, fact.names, now))),
          ...textOf(moreWords(fact.more)),
          { kind: 'note', text: `It counts from now on. If you did not expect it, tell ${listWords(fact.ask)}.` },
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
