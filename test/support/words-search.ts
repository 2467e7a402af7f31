/** A generated play, and which words of somebody else than the rep are not read then, or in another's name. */

import { PRODUCTS, severalDeals, type OpenedForm, type SeveralDeals } from './between-deals.ts';
import { BEFORE, COMPANY, deskOf, saves } from './register-words-play.ts';
import { AFTER_SALE } from './said-matrix-after.ts';
import { BY_OFFICERS } from './said-matrix-officers.ts';
import { approves, movesOn, nextReview, PARTIES, playOf, settles, votes, type Play } from './said-matrix-play.ts';
import { BY_TEAM } from './said-matrix-team.ts';
import { BY_VOTERS } from './said-matrix-votes.ts';
import { openedBy } from './said-matrix.ts';
import { SAYS, type Act } from './words-search-acts.ts';
import { AFTER, saysOutOfScope } from './words-search-after.ts';
import { ownForms } from './words-search-forms.ts';
import { HIDES } from './words-search-hides.ts';
import { missedOn, NEXT_REVIEW, type Missed } from './words-search-reading.ts';
import { recorded, type Written } from './words-search-said.ts';

/** What else is said, as the matrix has it. */
export const ROWS = { ...BY_TEAM, ...BY_OFFICERS, ...BY_VOTERS, ...AFTER_SALE };

const OFFICERS = ['compliance-2', 'compliance-1', 'chief-1', 'senior-1', 'senior-2', 'counsel-1'];

/** The deal that is looked at comes first. */
export interface Start {
  deals: SeveralDeals;
  ids: readonly string[];
}
export type From = 'opened' | 'deciding' | 'approved' | 'several' | 'on sheets';
export type Starts = Readonly<Record<From, Start>>;

export const startsOf = async (): Promise<Starts> => {
  const deals = severalDeals({ euExporter: true });
  const id = await deals.open(PARTIES);
  const opened = { deals, ids: [id] };
  const deciding = { deals: deals.fork(), ids: [id] };
  await movesOn(playOf(deciding.deals, id, 'ordinary'));
  const approved = { deals: deciding.deals.fork(), ids: [id] };
  await approves(playOf(approved.deals, id, 'ordinary'), 'compliance-1');
  const more = deals.fork();
  const theirs = await more.open({ ...PARTIES, customer: 'Bekzat Supply', between: ['Kairat Logistics'] }, 'product-1');
  const dummy = await more.open({ ...PARTIES, customer: 'Gulnar Rose Garden', between: ['Alma House'] });
  const onSheets = await startOnSheets();
  return { opened, deciding, approved, several: { deals: more, ids: [id, theirs, dummy] }, 'on sheets': onSheets };
};

/** An approved deal that stands on a product sheet and a country brief. */
const startOnSheets = async (): Promise<Start> => {
  const products = PRODUCTS.map((product) => ({ ...product, manager: 'product-1' }));
  const deals = severalDeals({}, undefined, { ...COMPANY, products });
  const id = await deals.open(BEFORE);
  const desk = deskOf(deals, id);
  await saves(desk, 'compliance-3', 'product');
  await saves(desk, 'counsel-2', 'country');
  await movesOn(desk.before);
  await approves(desk.before, 'compliance-1');
  return { deals, ids: [id] };
};

export interface Spec {
  from: From;
  acts: readonly Act[];
  end: 'now' | 'review' | 'lighter' | 'scope' | 'stopped' | 'approved' | 'declined';
}

export interface Played {
  missed: Missed[];
  forms: number;
  written: readonly Written[];
  /** What was done and refused. */
  refused: string[];
}

const pagesOf = async (play: Play): Promise<string | undefined> => {
  for (const officer of OFFICERS) {
    const all: (OpenedForm | undefined)[] = [await play.form(officer, 'deal.review')];
    if (!all[0]) continue;
    const { deal } = await play.view();
    const step = deal.status === 'deciding' ? deal.step : 0;
    const count = Number(/Page 1 of (\d+)/.exec(all[0].page)?.[1] ?? 1);
    for (let page = 2; page <= count; page += 1)
      all.push(await play.form(officer, 'deal.review-back', `${step}/${page}`, all.at(-1)));
    return all.map((one) => one?.page ?? '').join('\n');
  }
  return undefined;
};

/** Brings the deal to where that form opens, as its owner and officers do. */
const ENDS: Readonly<Record<Spec['end'], (play: Play) => Promise<string | undefined>>> = {
  now: async () => undefined,
  review: async () => undefined,
  lighter: async (play) => {
    const { owner } = (await play.view()).deal;
    await play.gives(owner, 'end-user', { 'H-RF1': { value: 'no' } });
    return 'deal.confirm-lighter';
  },
  scope: async (play) => {
    await saysOutOfScope(play);
    return 'deal.confirm-scope';
  },
  stopped: async (play) => {
    const { owner } = (await play.view()).deal;
    await play.gives(owner, 'end-user', { K1: { value: 'yes' } });
    return 'deal.reopen';
  },
  approved: async (play) => {
    await approves(play, 'compliance-1');
    return 'deal.reopen';
  },
  declined: async (play) => {
    await settles(play, 'compliance-1');
    await votes(play, 'compliance-1', { outcome: 'decline', rationale: 'They would misuse it there.' });
    return 'deal.reopen';
  },
};

/** Forms of a deal as it is, whatever that is. */
const AS_IT_IS = ['deal.reopen', 'deal.confirm-scope', 'deal.confirm-lighter', 'deal.accept-gaps', 'deal.review'];

/** Of a deal that nobody judged, or that is under way, that form shows nothing. */
const isJudged = async (play: Play): Promise<boolean> => {
  const { status, standing } = (await play.view()).deal;
  return status === 'decided' || status === 'stopped' || standing !== undefined;
};

export const stepOf = async (play: Play, act: Act, nth: number, written: readonly Written[]): Promise<void> => {
  const turn = { play, act, nth, written };
  const does = SAYS[act.what] ?? HIDES[act.what] ?? AFTER[act.what];
  if (does) return does(turn);
  const row = ROWS[act.what as keyof typeof ROWS];
  if (!row) throw new Error(`nobody can ${act.what}`);
  return row.says(play);
};

export const played = async ({ from, acts, end }: Spec, starts: Starts): Promise<Played> => {
  const fork = starts[from].deals.fork();
  const { deals, written, step } = recorded(fork);
  const plays = starts[from].ids.map((id) => playOf(deals, id, 'ordinary'));
  const play = plays[0]!;
  const refused: string[] = [];
  const missed: Missed[] = [];
  let forms = 0;
  const tries = async (what: string, does: () => Promise<unknown>): Promise<boolean> => {
    try {
      await does();
      return true;
    } catch (error) {
      refused.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
  const looks = async (form: string, about?: string): Promise<void> => {
    if (form === 'deal.reopen' && !(await isJudged(play))) return;
    const page = form === 'deal.review' ? await pagesOf(play) : (await openedBy(play, 'nobody', form, about))?.page;
    if (page === undefined) return;
    forms += 1;
    missed.push(...(await missedOn(form, page, play, written)));
  };
  try {
    for (const [nth, act] of acts.entries()) {
      step(nth);
      await tries(`${act.what} (${nth})`, () => stepOf(plays[act.deal % plays.length]!, act, nth, written));
    }
    step(99);
    if (end === 'now') {
      await looks('deal.lift-suspension');
      for (const form of AS_IT_IS) await looks(form);
      for (const { name, page, isThere } of await ownForms(play, deals)) {
        forms += 1;
        missed.push(...(await missedOn(name, page, play, written, written.filter(isThere))));
      }
      return { missed, forms, written, refused };
    }
    await tries('move on', () => movesOn(play));
    await looks('deal.accept-gaps');
    await looks('deal.review');
    if (missed.length === 0) {
      const page = await nextReview(play, 'nobody', pagesOf).catch(() => undefined);
      if (page !== undefined) {
        forms += 1;
        missed.push(...(await missedOn(NEXT_REVIEW, page, play, written)));
      }
    }
    let form: string | undefined;
    if (missed.length === 0 && (await tries(end, async () => (form = await ENDS[end](play)))) && form)
      await looks(form);
    return { missed, forms, written, refused };
  } finally {
    await fork.end();
  }
};
