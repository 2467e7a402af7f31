/** A person's page: what waits for them, in both chats. */

import type { Card } from '../../blocks/card.ts';
import { HOME } from '../../blocks/cards/actions-desk.ts';
import { HELP, homeCard, MESSAGE_ROOM, PAGE_ROOM, type HomeRoom } from '../../blocks/cards/home.ts';
import { partCounts, type PartCounts } from '../../blocks/cards/lists.ts';
import { cardForm } from '../../blocks/forms/lists.ts';
import { ALL_CHATS } from '../../flows/chats.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import type { Ask } from '../../flows/lists/asks.ts';
import type { Listed } from '../../flows/lists/mine.ts';
import { clearanceChannelsIn, isAuditor, isOfCompliance, mayDecide } from '../../flows/organisation.ts';
import type { Reply } from '../edge/interaction.ts';
import { asksNow } from './asks.ts';
import { standInsOf } from './away.ts';
import { boardFor } from './board.ts';
import { help } from './commands.ts';
import { tell, type Desk, type OnDeskClick, type Words } from './desk.ts';
import { allDeals, counted, myDeals, myQueue, rowsOf, soon, summariesFor, type Asker } from './lists.ts';
import { toType } from './opening.ts';

const [FIRST_CHAT] = ALL_CHATS;

interface Some<T> {
  shown: readonly T[];
  more: number;
}

const askedNow = async (
  desk: Desk,
  all: Awaited<ReturnType<typeof allDeals>>,
  person: PersonId,
  most: number,
): Promise<Some<Ask>> => {
  const asks = await asksNow(desk, all, person);
  return { shown: asks.slice(0, most), more: Math.max(0, asks.length - most) };
};

const homeOf = async (desk: Desk, asker: Asker, room: HomeRoom, page = false): Promise<Card> => {
  const { person, place } = asker;
  const all = await allDeals(desk);
  const known = summariesFor(desk, all, person);
  const [queue, listed, asks, standIns] = await Promise.all([
    myQueue(desk, known, person),
    myDeals(desk, known, person),
    askedNow(desk, all, person, room.asks),
    standInsOf(desk, person),
  ]);
  const decided = queue.ids.slice(0, room.queue);
  const inQueue = new Set(decided);
  const others = listed.filter(({ id }) => !inQueue.has(id));
  const waiting = others.filter(({ part }) => part === 'for you').slice(0, room.rows - decided.length);
  const isQuiet = page || decided.length + waiting.length + asks.shown.length === 0;
  const open = others
    .filter(({ part }) => part === 'open')
    .slice(0, isQuiet ? room.rows - decided.length - waiting.length : 0);
  const acted = [...waiting, ...open.slice(0, room.open)];
  const parts = new Map(acted.map(({ id, part }) => [id, part]));
  const [queueRows, dealRows] = await Promise.all([
    rowsOf(desk, asker, decided),
    rowsOf(desk, asker, [...parts.keys()], { part: (id: DealId) => parts.get(id) }),
  ]);
  const partsOf = (some: readonly Listed[]): PartCounts => partCounts(some.map(({ part }) => part));
  const organisation = desk.organisation();
  const audits = isAuditor(organisation, person);
  const board = isOfCompliance(organisation, person) ? await boardFor(desk, person, '') : undefined;
  return homeCard(
    {
      queue: { shown: queueRows, more: queue.ids.length - decided.length + queue.more },
      deals: { shown: dealRows, all: partsOf(listed), more: partsOf(others.filter(({ id }) => !parts.has(id))) },
      asks,
      canOpen: !audits && clearanceChannelsIn(organisation, place?.platform ?? FIRST_CHAT).length > 0,
      decides: mayDecide(organisation, person),
      ...(audits ? { audits } : {}),
      standIns,
      ...(board && !('text' in board) ? { board } : {}),
      ...(page ? { page } : {}),
    },
    person,
    {
      mine: toType(desk, place, 'mine'),
      queue: toType(desk, place, 'queue'),
    },
  );
};

const COUNTING = 'I am still counting the deals. Please come back to this page in a moment.';

/** Answers `/deal home`, and a page that somebody opens. */
export const onHomeWords = async (desk: Desk, act: Pick<Words, 'person' | 'place' | 'page'>): Promise<Reply> => {
  const answer = async (room: HomeRoom, page: boolean): Promise<Reply> => ({
    kind: 'tell',
    card: await homeOf(desk, act, room, page),
    page: true,
  });
  if (!act.page) return soon(desk, act, 'home', answer(MESSAGE_ROOM, false));
  const reply = await counted(desk, answer(PAGE_ROOM, true));
  return reply === 'late' ? tell(COUNTING) : reply;
};

/** Shows the page in a window. */
export const onHome: OnDeskClick = (desk, { person, place }) => {
  const answer = async (): Promise<Reply> => ({
    kind: 'form',
    form: cardForm('Home', { button: HOME, query: '' }, await homeOf(desk, { person, place }, MESSAGE_ROOM)),
  });
  return soon(desk, { place }, 'home', answer());
};

export const onHelp: OnDeskClick = (desk, { person, place }) => ({
  kind: 'form',
  form: cardForm('Help', { button: HELP, query: '' }, help(desk, { person, place })),
});
