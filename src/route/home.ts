/** A person's page: what waits for them, in both chats. */

import type { Card } from '../../blocks/card.ts';
import { HOME } from '../../blocks/cards/actions-desk.ts';
import { HELP, homeCard, MESSAGE_ROOM, PAGE_ROOM, type HomeRoom, type OwnCondition } from '../../blocks/cards/home.ts';
import { cardForm } from '../../blocks/forms/lists.ts';
import { ALL_CHATS } from '../../flows/chats.ts';
import { conditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import type { Ask } from '../../flows/lists/asks.ts';
import { ownConditions, type Listed } from '../../flows/lists/mine.ts';
import type { DealSummary } from '../../flows/lists/summary.ts';
import type { Today, Turn } from '../../flows/lists/waits.ts';
import { clearanceChannelsIn, isAuditor, isOfCompliance, mayDecide } from '../../flows/organisation.ts';
import type { Reply } from '../edge/interaction.ts';
import { asksNow } from './asks.ts';
import { standInsOf } from './away.ts';
import { boardFor } from './board.ts';
import { help } from './commands.ts';
import { tell, type Desk, type OnDeskClick, type Words } from './desk.ts';
import { allDeals, counted, myDeals, myQueue, read, rowsOf, soon, type Asker } from './lists.ts';
import { toType } from './opening.ts';

const [FIRST_CHAT] = ALL_CHATS;

interface Some<T> {
  shown: readonly T[];
  more: number;
}

/** Conditions have a part of their own, so a deal where nothing else waits is none to act on. */
const withoutConditions = (deal: DealSummary): DealSummary =>
  deal.waits.some(({ of }) => of === 'condition')
    ? { ...deal, waits: deal.waits.filter(({ of }) => of !== 'condition') }
    : deal;
const isShown = ({ wait }: Turn): boolean => wait.of !== 'condition';

const conditionsOf = async (
  desk: Desk,
  { deals, today }: { deals: readonly DealSummary[]; today: Today },
  person: PersonId,
  most: number,
): Promise<Some<OwnCondition> & { deals: readonly DealId[] }> => {
  const all = ownConditions(deals, today, person);
  const first = all.slice(0, most);
  const ids = [...new Set(first.map(({ id }) => id))];
  const views = new Map((await read(desk, ids, person)).map((view) => [view.deal.id, view]));
  const shown = first.flatMap(({ id, condition }): OwnCondition[] => {
    const view = views.get(id);
    const standing = view && conditionStanding(view).find((one) => one.condition.id === condition);
    return view && standing ? [{ view, standing }] : [];
  });
  return { shown, more: all.length - first.length, deals: [...new Set(all.map(({ id }) => id))] };
};

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
  const known = { ...all, deals: all.deals.map(({ summary }) => summary) };
  const [queue, listed, conditions, asks, standIns] = await Promise.all([
    myQueue(desk, known, person),
    myDeals(desk, { ...known, deals: known.deals.map(withoutConditions) }, person),
    conditionsOf(desk, known, person, room.conditions),
    askedNow(desk, all, person, room.asks),
    standInsOf(desk, person),
  ]);
  const decided = queue.ids.slice(0, room.queue);
  const inQueue = new Set(decided);
  const others = listed.filter(({ id }) => !inQueue.has(id));
  const acted = others.filter(({ part }) => part === 'for you' || part === 'open').slice(0, room.deals);
  const waits = ({ part }: Listed): boolean => part === 'for you';
  const toDo = new Set(listed.filter(waits).map(({ id }) => id));
  const parts = new Map(acted.map(({ id, part }) => [id, part]));
  const [queueRows, dealRows] = await Promise.all([
    rowsOf(desk, asker, decided, { turns: isShown }),
    rowsOf(desk, asker, [...parts.keys()], { turns: isShown, part: (id: DealId) => parts.get(id) }),
  ]);
  const organisation = desk.organisation();
  const audits = isAuditor(organisation, person);
  const board = isOfCompliance(organisation, person) ? await boardFor(desk, person, '') : undefined;
  return homeCard(
    {
      queue: { shown: queueRows, more: queue.ids.length - decided.length + queue.more },
      deals: {
        shown: dealRows,
        more: others.length - acted.length,
        waitMore: others.filter(waits).length - acted.filter(waits).length,
      },
      conditions: { ...conditions, dealsAlone: conditions.deals.filter((id) => !toDo.has(id)).length },
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
