/** What stands on the review of a deal, and on the form of one that waits to be out of scope, after somebody said something in a deal for others through the same company. */

import { severalDeals, type Parties, type SeveralDeals } from './between-deals.ts';
import { namingPlay } from './naming-play.ts';
import { reviewOf } from './register-words.ts';
import { approves, givesAll, movesOn, PARTIES, playOf, TOKEN, type From } from './said-matrix-play.ts';
import { isBy, openedBy, type Row } from './said-matrix.ts';

/** Whom else the words' deal is for, and of what, is all another. */
const LATER: Parties = {
  endUser: 'Gulnar Rose Garden',
  kind: 'private',
  customer: 'Bekzat Supply',
  between: [],
  product: 'recorder',
  destination: 'SE',
};
const OUT: Parties = { ...LATER, endUser: 'Erlan House', kind: 'government', customer: 'Daulet Supply' };

/** How words are of the company: `the agent` is a part; `nobody` says neither its name nor its part. */
export const SAYS = { 'the agent': 'The agent sells the logs on', nobody: 'Someone sells the logs on' } as const;
export type Says = keyof typeof SAYS;

/** `shown`: with who said it. */
export type Cell = 'shown' | 'no name' | 'not shown';
export interface Found {
  review: Cell;
  scope: Cell;
}

interface Start {
  deals: SeveralDeals;
  says: string;
  decided: string;
  out: string;
}
export type Starts = Readonly<Record<From, Start>>;

/** Who is the same in a later deal as in the one in which it is said. */
export const SAME = {
  'who is in between': { between: PARTIES.between },
  'who is in between, called alike': { between: ['Kairat Logistic LLP'] },
  'who is in between there and buys here': { customer: PARTIES.between[0]! },
  'who buys': { customer: PARTIES.customer },
  'who buys there and is in between here': { between: [PARTIES.customer] },
  'the end-user there, who is in between here': { between: [PARTIES.endUser] },
  'the end-user here, who buys there': { endUser: PARTIES.customer },
} satisfies Record<string, Partial<Parties>>;
export type Same = keyof typeof SAME;

/** Whom the later deal only names in words: in an answer of whoever sells it, and as a colleague gives it back. */
export const NAMED = {
  'the end-user there': PARTIES.endUser,
  'who is in between there': PARTIES.between[0]!,
  'who buys there': PARTIES.customer,
} satisfies Record<string, string>;

export const throughStarts = (same: Same): Promise<Starts> => startsWith(SAME[same]);
export const namedStarts = (named: keyof typeof NAMED): Promise<Starts> => startsWith({}, NAMED[named]);

const startsWith = async (same: Partial<Parties>, named?: string): Promise<Starts> => {
  const deals = severalDeals({ euExporter: true, confirmScope: 'always' });
  const says = await deals.open(PARTIES);
  const [decided, out] = [await deals.open({ ...LATER, ...same }), await deals.open({ ...OUT, ...same })];
  if (named !== undefined) {
    const text = `It is run for ${named} in the end.`;
    const [one, other] = [playOf(deals, decided, 'ordinary'), playOf(deals, out, 'ordinary')];
    await givesAll(one, ['stakeholders']);
    await one.gives('rep-1', 'stakeholders', { S1: { value: text } });
    await other.does('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'They know it better.' });
    await other.does('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: text });
  }
  await movesOn(playOf(deals, decided, 'ordinary'));
  await playOf(deals, out, 'ordinary').gives('rep-1', 'scope', { 'G1-capability': { value: 'no' } });
  const start = (all: SeveralDeals): Start => ({ deals: all, says, decided, out });
  const deciding = deals.fork();
  await movesOn(playOf(deciding, says, 'ordinary'));
  const approved = deciding.fork();
  await approves(playOf(approved, says, 'ordinary'), 'compliance-1');
  return { opened: start(deals), deciding: start(deciding), approved: start(approved) };
};

export const throughCompany = async (row: Row, starts: Starts, says: Says): Promise<Found> => {
  const { deals: before, ...ids } = starts[row.from ?? 'deciding'];
  const deals = before.fork();
  const said = row.or ?? new RegExp(TOKEN);
  const cell = (page: string): Cell => (isBy(page, said, row.by) ? 'shown' : said.test(page) ? 'no name' : 'not shown');
  try {
    await row.says(namingPlay(playOf(deals, ids.says, 'ordinary'), SAYS[says]));
    await deals.later(1 / 1440);
    const review = await reviewOf(playOf(deals, ids.decided, 'ordinary'), row.by);
    const scope = await openedBy(playOf(deals, ids.out, 'ordinary'), row.by, 'deal.confirm-scope');
    return { review: cell(review.map(({ page }) => page).join('\n')), scope: cell(scope?.page ?? '') };
  } finally {
    await deals.end();
  }
};
