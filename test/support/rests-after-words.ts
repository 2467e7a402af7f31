/** What becomes of the next deal that would be out of scope by what compliance confirmed, or at once, after somebody said something in a deal for others. */

import { severalDeals, type Parties, type SeveralDeals } from './between-deals.ts';
import { stopping } from './late-words-heard.ts';
import { filled } from './late-words.ts';
import { namingPlay } from './naming-play.ts';
import { asks, saves } from './register-words-play.ts';
import {
  approves,
  givesAll,
  handsOver,
  inMiddle,
  movesOn,
  PARTIES,
  playOf,
  TOKEN,
  type From,
  type Play,
} from './said-matrix-play.ts';
import { OFFICERS, type Row } from './said-matrix.ts';
import { SHEET_SOURCE } from './sheets.ts';

const OTHERS = { endUser: 'Gulnar Rose Garden', customer: 'Bekzat Supply', between: ['Alma House'] };
/** With parties of its own. */
const partiesWith = (name: string, more: Partial<Parties>): Parties => ({
  ...PARTIES,
  endUser: `${name} House`,
  customer: `${name} Supply`,
  between: [],
  ...more,
});

const NOTHING_IN_COMMON = { ...PARTIES, ...OTHERS, product: 'network', destination: 'FI' };
/**
 * Of these the words are, with other parties: `sale`; or they name them, in a deal of nothing in common: `naming`; or it is sold through the
 * same company, which they do not name: `through`.
 */
const SAYS = {
  sale: { ...PARTIES, ...OTHERS },
  naming: NOTHING_IN_COMMON,
  through: { ...NOTHING_IN_COMMON, between: ['Kairat Logistics'] },
} satisfies Record<string, Parties>;
export type Says = keyof typeof SAYS;

/** What the words name there. */
const NAMES: Readonly<Partial<Record<Says, string>>> = {
  naming: 'Sample weather sensor for Norway, Nazar Loom House, Kairat Logistics',
  through: 'The agent sells the logs on',
};

/** A later deal, and where the words are. `confirmed`: compliance confirmed one like it; else it is out of scope at once. */
interface Next {
  says: Says;
  parties: Parties;
  confirmed: boolean;
}

const GOVERNMENT = { kind: 'government' as const };
const ELSEWHERE = { product: 'recorder', destination: 'SE' };
const END_USER = { endUser: 'Nazar Loom House' };
const COMPANY = { between: ['Kairat Logistics'] };

const NEXT = {
  'same sale': { says: 'sale', parties: partiesWith('Aigerim', GOVERNMENT), confirmed: true },
  product: { says: 'sale', parties: partiesWith('Botagoz', { ...GOVERNMENT, destination: 'SE' }), confirmed: true },
  country: { says: 'sale', parties: partiesWith('Cholpan', { ...GOVERNMENT, product: 'recorder' }), confirmed: true },
  'names both': { says: 'naming', parties: partiesWith('Damir', GOVERNMENT), confirmed: true },
  'names its end-user': {
    says: 'naming',
    parties: partiesWith('Erlan', { ...ELSEWHERE, ...END_USER }),
    confirmed: true,
  },
  'names a company': { says: 'naming', parties: partiesWith('Farida', { ...ELSEWHERE, ...COMPANY }), confirmed: true },
  'names both, at once': { says: 'naming', parties: partiesWith('Gaukhar', {}), confirmed: false },
  'names a company, at once': {
    says: 'naming',
    parties: partiesWith('Hamit', { ...COMPANY, destination: 'DK' }),
    confirmed: false,
  },
  'same company': { says: 'through', parties: partiesWith('Ilyas', { ...ELSEWHERE, ...COMPANY }), confirmed: true },
  'same company, at once': {
    says: 'through',
    parties: partiesWith('Jarkyn', { ...COMPANY, destination: 'DK' }),
    confirmed: false,
  },
  'company called alike, at once': {
    says: 'through',
    parties: partiesWith('Kamila', { between: ['Kairat Logistic LLP'], destination: 'DK' }),
    confirmed: false,
  },
} satisfies Record<string, Next>;
export type Column = keyof typeof NEXT;
export const COLUMNS = Object.keys(NEXT) as Column[];

/** `unread`: compliance is asked, and does not read the words. */
export type Rests = 'asked' | 'unread' | 'stands' | 'n/a';

const NO = { value: 'no' as const };
const saysOut = async (play: Play): Promise<void> => {
  const { kind } = (await play.view()).deal.details.endUser;
  await play.gives('rep-1', 'scope', { 'G1-capability': NO, ...(kind === 'private' ? { G2: NO } : {}) });
};
/** Whatever is said there names them beside it. */
const named = (play: Play, says: Says): Play => {
  const names = NAMES[says];
  return names === undefined ? play : namingPlay(play, names);
};

const noteUnder = (section: string, question: string): Row => ({
  by: 'product-1',
  says: async (play) => {
    await givesAll(play, [section]);
    await handsOver(play, section);
    await play.gives('product-1', section, { [question]: { note: inMiddle(900) } });
  },
});

/** Beside a good answer, by who keeps the sheet. */
const sourceOn = (of: 'product' | 'country', by: string): Row => ({
  by,
  says: ({ register }) =>
    saves({ register: (person, act) => register(act, person) }, by, of, {}, {}, undefined, {
      ...SHEET_SOURCE,
      name: `A letter of their guards ${TOKEN}`,
    }),
});

/** Beside those of all tables of words. */
export const NOTES: Readonly<Record<string, Row>> = {
  'asked outside': {
    by: 'compliance-1',
    says: ({ register }) =>
      asks({ register: (person, act) => register(act, person) }, 'compliance-1', 'What the guards do', inMiddle(400)),
  },
  'source on the product sheet': sourceOn('product', 'compliance-1'),
  'source on the country brief': sourceOn('country', 'counsel-1'),
  'note on the product': noteUnder('product', 'P2'),
  'note on the country': noteUnder('laws', 'L-RF2'),
};

interface Start {
  deals: SeveralDeals;
  says: string;
  /** A deal like each of the later ones. */
  alike: Readonly<Partial<Record<Column, string>>>;
}
export type RestStarts = Readonly<Record<Says, Readonly<Record<From, Start>>>>;

const columnsOf = (says: Says): Column[] => COLUMNS.filter((column) => NEXT[column].says === says);

const startsOf = async (says: Says): Promise<RestStarts[Says]> => {
  const deals = severalDeals({ euExporter: true, confirmScope: 'able' });
  const id = await deals.open(SAYS[says]);
  const alike: Partial<Record<Column, string>> = {};
  for (const column of columnsOf(says))
    if (NEXT[column].confirmed) alike[column] = await deals.open(NEXT[column].parties);
  const start = (all: SeveralDeals): Start => ({ deals: all, says: id, alike });
  const deciding = deals.fork();
  await movesOn(playOf(deciding, id, 'ordinary'));
  const approved = deciding.fork();
  await approves(playOf(approved, id, 'ordinary'), 'compliance-1');
  return { opened: start(deals), deciding: start(deciding), approved: start(approved) };
};

export const restStarts = async (): Promise<RestStarts> => ({
  sale: await startsOf('sale'),
  naming: await startsOf('naming'),
  through: await startsOf('through'),
});
export const endRestStarts = async (starts: RestStarts): Promise<void> => {
  for (const all of Object.values(starts)) for (const { deals } of Object.values(all)) await deals.end();
};

type Found = Partial<Record<Column, Rests>>;

const playedIn = async (row: Row | undefined, says: Says, starts: RestStarts): Promise<Found> => {
  const columns = columnsOf(says);
  const start = starts[says][row?.from ?? 'deciding'];
  const deals = start.deals.fork();
  const officers = OFFICERS.slice(0, 3).filter((person) => person !== row?.by);
  const form = async (play: Play) => {
    for (const officer of officers) {
      const opened = await play.form(officer, 'deal.confirm-scope');
      if (opened?.submit !== undefined) return opened;
    }
    return undefined;
  };
  const confirms = async (): Promise<void> => {
    for (const [column, id] of Object.entries(start.alike)) {
      const play = playOf(deals, id, 'ordinary');
      await saysOut(play);
      const opened = await form(play);
      if (!opened || (await opened.send(filled(opened))).kind !== 'done') throw new Error(`${column}: not confirmed`);
    }
    // What is said in the same moment is not said after it.
    await deals.later(1 / 1440);
  };
  const play = playOf(deals, start.says, 'ordinary');
  const found: Found = {};
  try {
    try {
      if (row) await row.says(stopping(named(play, says), confirms));
      else await confirms();
    } catch (error) {
      if (!row) throw error;
      return Object.fromEntries(columns.map((column) => [column, 'n/a']));
    }
    await deals.later(1 / 1440);
    for (const column of columns) {
      const next = playOf(deals, await deals.open(NEXT[column].parties), 'ordinary');
      await saysOut(next);
      const isRead = async (): Promise<boolean> => (row?.or ?? new RegExp(TOKEN)).test((await form(next))?.page ?? '');
      found[column] =
        (await next.view()).deal.status === 'out of scope' ? 'stands' : (await isRead()) ? 'asked' : 'unread';
    }
    return found;
  } finally {
    await deals.end();
  }
};

/** Nothing is said where there is no row. */
export const restsAfter = async (row: Row | undefined, starts: RestStarts): Promise<Found> => ({
  ...(await playedIn(row, 'sale', starts)),
  ...(await playedIn(row, 'naming', starts)),
  ...(await playedIn(row, 'through', starts)),
});
