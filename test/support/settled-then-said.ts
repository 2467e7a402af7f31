/** What becomes of what compliance accepted or confirmed of a deal, once somebody says something: in that deal, or in another. */

import { severalDeals } from './between-deals.ts';
import { stopping } from './late-words-heard.ts';
import { filled } from './late-words.ts';
import {
  approves,
  looksAtLaws,
  movesOn,
  PARTIES,
  partiesOf,
  playOf,
  votes,
  type From,
  type Kind,
  type Play,
  type Starts,
} from './said-matrix-play.ts';
import type { Row } from './said-matrix.ts';

/** What is settled, and of what deal. */
export const SETTLED = { gaps: 'ordinary', exception: 'collects' } as const satisfies Record<string, Kind>;
export type Settled = keyof typeof SETTLED;

/** `n/a`: it cannot be settled then, or nobody can say it after that. */
export type Fate = 'asked again' | 'stands' | 'n/a';

const settledOf = async (play: Play, what: Settled): Promise<string[]> => {
  const { deal } = await play.view();
  return Object.keys((what === 'gaps' ? deal.gaps : deal.exceptions) ?? {});
};

/** The chief presses it, who says nothing else: returns what they settled. */
const settles = async (play: Play, what: Settled, author: string): Promise<string[]> => {
  await movesOn(play);
  const opened = await play.form(author === 'chief-1' ? 'compliance-2' : 'chief-1', 'deal.accept-gaps');
  if (opened?.submit === undefined) return [];
  await opened.send(filled(opened));
  // What is said in the same moment is not said after it.
  await play.later(1 / 1440);
  return settledOf(play, what);
};

/** `of`: whose gaps and exceptions; `says`: where it is said. */
const fateOf = async (row: Row, what: Settled, of: Play, says: Play): Promise<Fate> => {
  let settled: string[] = [];
  const stops = stopping(says, async () => {
    settled = await settles(of, what, row.by);
    if (settled.length === 0) throw new Error('nothing is settled');
  });
  try {
    await row.says(stops);
  } catch {
    return 'n/a';
  }
  if (settled.length === 0) return 'n/a';
  // What ended the deal meanwhile is read once it is open again.
  await movesOn(of);
  // What is said beside the deal reaches it with its next act.
  if ((await settledOf(of, what)).length > 0 && (await of.view()).deal.status === 'deciding')
    await votes(of, row.by, {}).catch(() => {});
  const left = await settledOf(of, what);
  return settled.some((id) => left.includes(id)) ? 'stands' : 'asked again';
};

export const saidHere = async (row: Row, what: Settled, starts: Starts): Promise<Fate> => {
  const kind = SETTLED[what];
  if (row.of !== undefined && row.of !== kind) return 'n/a';
  const play = starts[kind][row.from ?? 'deciding'].fork();
  try {
    return await fateOf(row, what, play, play);
  } finally {
    await play.end();
  }
};

/** Two deals with the same parties: one that is being decided, and another, as far as it is. */
export interface Two {
  fork(): Two;
  of: Play;
  says: Play;
  end(): Promise<void>;
}

const twoOf = (deals: ReturnType<typeof severalDeals>, of: string, says: string, kind: Kind): Two => ({
  fork: () => twoOf(deals.fork(), of, says, kind),
  of: playOf(deals, of, kind),
  says: playOf(deals, says, kind),
  end: () => deals.end(),
});

export type Twos = Readonly<Record<Kind, Readonly<Record<From, Two>>>>;

const twosOf = async (kind: Kind): Promise<Twos[Kind]> => {
  const deals = severalDeals({ euExporter: true });
  if (kind === 'collects') await looksAtLaws(deals, 'All that the questions ask for.');
  const [of, says] = [await deals.open(partiesOf(kind)), await deals.open(partiesOf(kind))];
  const opened = twoOf(deals, of, says, kind);
  await movesOn(opened.of);
  const deciding = opened.fork();
  await movesOn(deciding.says);
  const approved = deciding.fork();
  await approves(approved.says, 'compliance-1');
  return { opened, deciding, approved };
};

export const twos = async (): Promise<Twos> => ({
  ordinary: await twosOf('ordinary'),
  collects: await twosOf('collects'),
});

export const saidElsewhere = async (row: Row, what: Settled, from: Twos): Promise<Fate> => {
  const kind = SETTLED[what];
  if (row.of !== undefined && row.of !== kind) return 'n/a';
  const two = from[kind][row.from ?? 'deciding'].fork();
  try {
    return await fateOf(row, what, two.of, two.says);
  } finally {
    await two.end();
  }
};

/** A deal that waits for compliance to confirm that it is out of scope, and another with the same parties, as far as it is. */
export const scopes = async (): Promise<Readonly<Record<From, Scopes>>> => {
  const deals = severalDeals({ euExporter: true, confirmScope: 'always' });
  const [says, of] = [await deals.open(PARTIES), await deals.open(PARTIES)];
  const opened = scopesOf(deals, of, says);
  const deciding = opened.fork();
  await movesOn(deciding.says);
  const approved = deciding.fork();
  await approves(approved.says, 'compliance-1');
  return { opened, deciding, approved };
};

export interface Scopes {
  of: Play;
  says: Play;
  /** The same sale, opened anew. */
  anew(): Promise<Play>;
  fork(): Scopes;
  end(): Promise<void>;
}

const scopesOf = (deals: ReturnType<typeof severalDeals>, of: string, says: string): Scopes => ({
  of: playOf(deals, of, 'ordinary'),
  says: playOf(deals, says, 'ordinary'),
  anew: async () => playOf(deals, await deals.open(PARTIES), 'ordinary'),
  fork: () => scopesOf(deals.fork(), of, says),
  end: () => deals.end(),
});

const OUT = { 'G1-capability': { value: 'no' as const }, G2: { value: 'no' as const } };

/** The same of a confirmation of scope: while it stands, the same sale opened anew rests on it. */
export const saidOverScope = async (row: Row | undefined, from: Readonly<Record<From, Scopes>>): Promise<Fate> => {
  if (row?.of === 'collects') return 'n/a';
  const { of, says, anew, end } = from[row?.from ?? 'deciding'].fork();
  let isConfirmed = false;
  const confirms = async (): Promise<void> => {
    await of.gives('rep-1', 'scope', OUT);
    const opened = await of.form(row?.by === 'chief-1' ? 'compliance-2' : 'chief-1', 'deal.confirm-scope');
    isConfirmed = opened?.submit !== undefined && (await opened.send(filled(opened))).kind === 'done';
    await of.later(1 / 1440);
    if (!isConfirmed) throw new Error('no scope is confirmed');
  };
  try {
    if (row) await row.says(stopping(says, confirms));
    else await confirms();
    const next = await anew();
    await next.gives('rep-1', 'scope', OUT);
    return (await next.view()).deal.status === 'out of scope' ? 'stands' : 'asked again';
  } catch {
    return 'n/a';
  } finally {
    await end();
  }
};
