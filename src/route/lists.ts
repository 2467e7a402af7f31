/** Lists of deals for whoever asks, in private: their own, and what waits for them. Each row is checked by the deal itself. */

import type { Card } from '../../blocks/card.ts';
import type { ListedRow } from '../../blocks/cards/deal-row.ts';
import {
  A_PAGE,
  besidesWords,
  MINE,
  mineCard,
  pagesIn,
  partCounts,
  partsWords,
  QUEUE,
  queueCard,
  queueWords,
  type Besides,
  type ListPage,
} from '../../blocks/cards/lists.ts';
import { cardForm, listForm } from '../../blocks/forms/lists.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import { mayConcern, mayDecideIn, type MayBe } from '../../flows/lists/columns.ts';
import { mayQueue, mine, type Listed, type Part } from '../../flows/lists/mine.ts';
import type { DealSummary } from '../../flows/lists/summary.ts';
import { isDeciding, turnsOf, type Today, type Turn } from '../../flows/lists/waits.ts';
import { isAuditor } from '../../flows/organisation.ts';
import type { FlagId } from '../../flows/policy/policy.ts';
import { yieldToOthers } from '../bell.ts';
import { inTime } from '../edge/deadline.ts';
import type { Place, Reply } from '../edge/interaction.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import { asksNow } from './asks.ts';
import { readable, tell, type Desk, type OnDeskClick, type Words } from './desk.ts';
import { toType } from './opening.ts';

/** The chat wants its answer within 3 s. */
export const DEADLINE_MS = 2000;
const LOADS_A_TURN = 10;
/** Deals that are looked at one by one for one list. */
const MOST_LOOKED_AT = 300;

export interface Asker {
  person: PersonId;
  place: Place | undefined;
}

/** Counts in time, else `late`. It goes on meanwhile. */
export const counted = <T>(desk: Desk, work: Promise<T>): Promise<T | 'late'> =>
  inTime(work, desk.listDeadlineMs ?? DEADLINE_MS);

/** For a form that was sent before the deals were counted. */
export const COUNTING = 'I am still counting the deals. Please send it again in a moment.';

/** Answers in time, or says that it is not ready. Reading goes on meanwhile, so the next answer is quick. */
export const soon = async (
  desk: Desk,
  { place }: Pick<Asker, 'place'>,
  words: string,
  work: Promise<Reply>,
): Promise<Reply> => {
  const reply = await counted(desk, work);
  return reply === 'late'
    ? tell(`I am still counting the deals. Please ask again in a moment: ${toType(desk, place, words)}`)
    : reply;
};

export const allDeals = async (desk: Desk): Promise<{ deals: readonly IndexedDeal[]; today: Today }> => {
  const [deals, organisation] = await Promise.all([desk.index(), desk.registers.organisation()]);
  return { deals, today: { organisation, now: desk.clock().toISOString() } };
};

interface Summaries {
  deals: readonly DealSummary[];
  today: Today;
  /** Whether they may concern the person at all, and whether something may wait there for their decision: by place. */
  mayConcern: MayBe;
  mayDecide: MayBe;
}

/** Returns all summaries, and which of them to pass over for one person. */
export const summariesFor = (
  desk: Pick<Desk, 'index'>,
  { deals, today }: Awaited<ReturnType<typeof allDeals>>,
  person: PersonId,
): Summaries => {
  const columns = desk.index.columns(deals);
  return {
    deals: deals.map(({ summary }) => summary),
    today,
    mayConcern: mayConcern(columns, today, person),
    mayDecide: mayDecideIn(columns, today, person),
  };
};

/** Reads the deals that the person may read now. One that cannot be read must not hide the others. */
export const read = async (desk: Desk, ids: readonly DealId[], person: PersonId): Promise<DealView[]> => {
  const views: DealView[] = [];
  for (let from = 0; from < ids.length; from += LOADS_A_TURN) {
    const some = ids.slice(from, from + LOADS_A_TURN);
    const found = await Promise.all(some.map((id) => readable(desk, id, person).catch(() => undefined)));
    views.push(...found.filter((view) => view !== undefined));
    if (from + LOADS_A_TURN < ids.length) await yieldToOthers();
  }
  return views;
};

interface RowOptions {
  part?: (id: DealId) => Part | undefined;
  turns?: (turn: Turn) => boolean;
  /** Red flags that were searched. */
  flags?: ReadonlySet<FlagId>;
}

/** Returns the rows of these deals; none of one that the person may not read. */
export const rowsOf = async (
  desk: Desk,
  { person, place }: Asker,
  ids: readonly DealId[],
  of: RowOptions = {},
): Promise<ListedRow[]> => {
  const views = await read(desk, ids, person);
  return Promise.all(
    views.map(async (view): Promise<ListedRow> => ({
      view,
      turns: turnsOf(view, person).filter(of.turns ?? (() => true)),
      part: of.part?.(view.deal.id),
      flags: of.flags,
      threadUrl: await desk.threadUrl(view.deal.id, view.deal.home, place?.platform).catch(() => undefined),
    })),
  );
};

/** A page of deals, by their ids. */
interface PageIds {
  ids: readonly DealId[];
  page: number;
  /** Deals on all pages. */
  all: number;
}

export const drawPage = async (
  desk: Desk,
  asker: Asker,
  { ids, page, all }: PageIds,
  of: RowOptions = {},
): Promise<ListPage> => ({ rows: await rowsOf(desk, asker, ids, of), page, all });

/** Draws a page of these deals. A page beyond the last is the last. */
export const pageOf = (
  desk: Desk,
  asker: Asker,
  ids: readonly DealId[],
  asked: number,
  of: RowOptions = {},
): Promise<ListPage> => {
  const all = ids.length;
  const page = Math.min(Math.max(1, asked), pagesIn({ all }));
  return drawPage(desk, asker, { ids: ids.slice((page - 1) * A_PAGE, page * A_PAGE), page, all }, of);
};

/** Reads the page of a button's value, `2` or `2/words`. */
export const readPage = (value: string): { page: number; query: string } => {
  const [, page = '1', query = ''] = /^(\d{1,5})(?:\/([^]*))?$/u.exec(value) ?? [];
  return { page: Number(page), query };
};

export const isWork = ({ wait }: Turn): boolean => !isDeciding(wait);

/** Returns the person's deals: what was unsure is looked up. */
export const myDeals = async (
  desk: Desk,
  { deals, today, mayConcern: may }: Summaries,
  person: PersonId,
): Promise<Listed[]> => {
  const listed = mine(deals, today, person, may);
  const unsure = listed.flatMap((one) => (one.unsure ? [one.id] : []));
  const sure = new Set([
    ...(await read(desk, unsure.slice(0, MOST_LOOKED_AT), person)).flatMap((view) =>
      turnsOf(view, person).some(isWork) ? [view.deal.id] : [],
    ),
    // Of very many the rest stand in the list unseen: one too many is better than one that nobody finds.
    ...unsure.slice(MOST_LOOKED_AT),
  ]);
  return listed.filter(({ id, unsure: asks }) => !asks || sure.has(id));
};

const mineAt = async (desk: Desk, asker: Asker, asked: number) => {
  const all = await allDeals(desk);
  const summaries = summariesFor(desk, all, asker.person);
  const [listed, queue, asks] = await Promise.all([
    myDeals(desk, summaries, asker.person),
    myQueue(desk, summaries, asker.person),
    asksNow(desk, all, asker.person),
  ]);
  const parts = new Map(listed.map(({ id, part }) => [id, part]));
  const ids = listed.map(({ id }) => id);
  const list = await pageOf(desk, asker, ids, asked, { part: (id) => parts.get(id), turns: isWork });
  const besides: Besides = { asks, decisions: queue.ids.length };
  return { list, counts: partCounts(listed.map(({ part }) => part)), besides };
};

const inOne = (...sentences: readonly string[]): string => sentences.filter((one) => one !== '').join(' ');

export const told = (card: Card): Reply => ({ kind: 'tell', card });

const queueTyped = (desk: Desk, place: Place | undefined): { mine: string; home: string } => ({
  mine: toType(desk, place, 'mine'),
  home: toType(desk, place, 'home'),
});

const mineWords = (desk: Desk, { person, place }: Asker): { open: string | undefined; find: string } => ({
  open: isAuditor(desk.organisation(), person) ? undefined : toType(desk, place, 'new deal'),
  find: toType(desk, place, 'find WORDS'),
});

/** Answers `/deal mine`. */
export const onMineWords = (desk: Desk, act: Pick<Words, 'person' | 'place'>): Promise<Reply> => {
  const answer = async (): Promise<Reply> => {
    const { list, counts, besides } = await mineAt(desk, act, 1);
    return told(mineCard(list, counts, act.person, mineWords(desk, act), besides));
  };
  return soon(desk, act, 'mine', answer());
};

export const onMine: OnDeskClick = (desk, { person, place, value }) => {
  const answer = async (): Promise<Reply> => {
    const { list, counts, besides } = await mineAt(desk, { person, place }, readPage(value).page);
    if (list.all === 0)
      return {
        kind: 'form',
        form: cardForm('Your deals', MINE, mineCard(list, counts, person, mineWords(desk, { person, place }), besides)),
      };
    return {
      kind: 'form',
      form: listForm('Your deals', list, MINE, person, inOne(partsWords(counts), besidesWords(besides))),
    };
  };
  return soon(desk, { place }, 'mine', answer());
};

const decides = ({ wait }: Turn): boolean => isDeciding(wait);

/** Returns what waits for the person's decision, the longest-waiting first. `more`: deals that nobody looked at. */
export const myQueue = async (
  desk: Desk,
  { deals, today, mayDecide: may }: Summaries,
  person: PersonId,
): Promise<{ ids: DealId[]; more: number }> => {
  const maybe = mayQueue(deals, today, person, may).map(({ id }) => id);
  const waiting = (await read(desk, maybe.slice(0, MOST_LOOKED_AT), person))
    .flatMap((view) => {
      const [first] = turnsOf(view, person).filter(decides);
      return first ? [{ id: view.deal.id, at: first.wait.since }] : [];
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return { ids: waiting.map(({ id }) => id), more: Math.max(0, maybe.length - MOST_LOOKED_AT) };
};

const queueAt = async (
  desk: Desk,
  asker: Asker,
  asked: number,
): Promise<{ list: ListPage; more: number; besides: Besides }> => {
  const all = await allDeals(desk);
  const summaries = summariesFor(desk, all, asker.person);
  const [{ ids, more }, listed, asks] = await Promise.all([
    myQueue(desk, summaries, asker.person),
    myDeals(desk, summaries, asker.person),
    asksNow(desk, all, asker.person),
  ]);
  const besides: Besides = { asks, work: partCounts(listed.map(({ part }) => part))['for you'] };
  return { list: await pageOf(desk, asker, ids, asked, { turns: decides }), more, besides };
};

/** Answers `/deal queue`. */
export const onQueueWords = (desk: Desk, act: Pick<Words, 'person' | 'place'>): Promise<Reply> => {
  const answer = async (): Promise<Reply> => {
    const { list, more, besides } = await queueAt(desk, act, 1);
    return told(queueCard(list, more, act.person, queueTyped(desk, act.place), besides));
  };
  return soon(desk, act, 'queue', answer());
};

export const onQueue: OnDeskClick = (desk, { person, place, value }) => {
  const answer = async (): Promise<Reply> => {
    const { list, more, besides } = await queueAt(desk, { person, place }, readPage(value).page);
    if (list.all === 0) {
      const empty = queueCard(list, more, person, queueTyped(desk, place), besides);
      return { kind: 'form', form: cardForm('Waits for your decision', QUEUE, empty) };
    }
    const lead = inOne(queueWords(list, more), besidesWords(besides));
    return { kind: 'form', form: listForm('Waits for your decision', list, QUEUE, person, lead) };
  };
  return soon(desk, { place }, 'queue', answer());
};
