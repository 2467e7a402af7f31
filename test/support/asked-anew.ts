/** What officers read of what somebody said in one deal, once its sale is asked anew as another. */

import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import { severalDeals, type Parties, type SeveralDeals } from './between-deals.ts';
import {
  approves,
  looksAtLaws,
  movesOn,
  nextReview,
  partiesOf,
  playOf,
  TOKEN,
  votes,
  type From,
  type Kind,
  type Play,
} from './said-matrix-play.ts';
import { openedBy, OFFICERS, type Row } from './said-matrix.ts';

/** By whom, when and under which name it is asked anew. */
export const ANEW = {
  'by a colleague, under a like name': { by: 'legal-1', more: { endUser: 'Nazar Loom' } },
  'before that': { by: 'rep-1', early: 'deciding' },
  'after that': { by: 'rep-1' },
  'once it is withdrawn': { by: 'rep-1', withdrawn: true },
  'while that is withdrawn': { by: 'rep-1', early: 'withdrawn' },
  'while that is declined': { by: 'rep-1', early: 'declined' },
  'while that is out of scope': { by: 'rep-1', early: 'out of scope' },
  'while that is approved': { by: 'rep-1', early: 'approved' },
} as const satisfies Record<string, How>;
export type Anew = keyof typeof ANEW;

interface How {
  by: string;
  more?: Partial<Parties>;
  /** It is there before anything is said, and is so then. It goes on after that. */
  early?: 'deciding' | 'withdrawn' | 'declined' | 'out of scope' | 'approved';
  withdrawn?: true;
}

/** `senior`: page 1 of whoever decides after compliance. */
export const PAGES = ['page 1', 'senior', 'gaps', 'scope'] as const;
/** `n/a`: the form does not open, or nobody can say it. */
export type Read = 'read' | 'not read' | 'n/a';
export type Cells = Record<(typeof PAGES)[number], Read>;

const NOWHERE: Cells = { 'page 1': 'n/a', senior: 'n/a', gaps: 'n/a', scope: 'n/a' };

interface Sale {
  fork(): Sale;
  says: Play;
  opens(parties: Parties, by: string): Promise<Play>;
  end(): Promise<void>;
}
export type Sales = Readonly<Record<Kind, Readonly<Record<From, Sale>>>>;

const saleOf = (deals: SeveralDeals, says: string, kind: Kind): Sale => ({
  fork: () => saleOf(deals.fork(), says, kind),
  says: playOf(deals, says, kind),
  opens: async (parties, by) => playOf(deals, await deals.open(parties, by), kind),
  end: () => deals.end(),
});

const salesOf = async (kind: Kind): Promise<Sales[Kind]> => {
  const deals = severalDeals({ euExporter: true });
  if (kind === 'collects') await looksAtLaws(deals, 'All that the questions ask for.');
  const opened = saleOf(deals, await deals.open(partiesOf(kind)), kind);
  const deciding = opened.fork();
  await movesOn(deciding.says);
  const approved = deciding.fork();
  await approves(approved.says, 'compliance-1');
  return { opened, deciding, approved };
};

export const sales = async (): Promise<Sales> => ({
  ordinary: await salesOf('ordinary'),
  collects: await salesOf('collects'),
});

const OUT = { 'G1-capability': { value: 'no' as const }, G2: { value: 'no' as const } };

const reviewOf = async (play: Play, author: string): Promise<string | undefined> => {
  for (const officer of OFFICERS) {
    const form = officer === author ? undefined : await play.form(officer, 'deal.review');
    if (form) return form.page;
  }
  return undefined;
};

const BECOMES: Readonly<Record<NonNullable<How['early']>, (play: Play) => Promise<void>>> = {
  deciding: async () => {},
  withdrawn: (play) => play.does('rep-1', { type: 'Withdraw', reason: 'They wait for money.' }),
  declined: async (play) =>
    void (await votes(play, 'compliance-1', { outcome: 'decline', rationale: 'They would misuse it there.' })),
  'out of scope': async (play) => {
    await play.gives('rep-1', 'scope', OUT);
    const { factsHash } = scopeSaidOf((await play.view()).deal) ?? {};
    if (factsHash !== undefined) await play.does('compliance-2', { type: 'ConfirmScope', factsHash });
  },
  approved: (play) => approves(play, 'compliance-1'),
};

/** Who said it is not claimed: of other deals' flags and holds no name is told. */
export const askedAnew = async (row: Row, anew: Anew, from: Sales): Promise<Cells> => {
  const kind = row.of ?? 'ordinary';
  const sale = from[kind][row.from ?? 'opened'].fork();
  const said = row.or ?? new RegExp(TOKEN);
  const read = (page: string | undefined): Read => (page === undefined ? 'n/a' : said.test(page) ? 'read' : 'not read');
  const { by, more, early, withdrawn }: How = ANEW[anew];
  // By its kind of end-user it is in scope.
  if (early === 'out of scope' && kind === 'collects') return NOWHERE;
  const opens = async (): Promise<Play> => {
    const play = await sale.opens({ ...partiesOf(kind), ...more }, by);
    await movesOn(play);
    return play;
  };
  try {
    const before = early ? await opens() : undefined;
    if (before && early) await BECOMES[early](before);
    await row.says(sale.says);
    const { owner } = (await sale.says.view()).deal;
    if (withdrawn && !(await sale.says.tries(owner, { type: 'Withdraw', reason: 'Another plan.' }))) return NOWHERE;
    const play = before ?? (await opens());
    if (before) await movesOn(before);
    const page = await reviewOf(play, row.by);
    const senior = await nextReview(play, row.by, (next) => reviewOf(next, row.by));
    const gaps = await openedBy(play, row.by, 'deal.accept-gaps');
    // Nobody asks of what is in scope by its kind whether it is.
    if (kind === 'ordinary') await play.gives(by, 'scope', OUT);
    const scope = kind === 'ordinary' ? await openedBy(play, row.by, 'deal.confirm-scope') : undefined;
    return { 'page 1': read(page), senior: read(senior), gaps: read(gaps?.page), scope: read(scope?.page) };
  } finally {
    await sale.end();
  }
};
