/**
 * Calls for a vote, person by person: the first few of a day are messages of their own, further ones one list, the oldest
 * first. An edit notifies nobody, so the list is posted anew, at most once an hour. What was asked is kept with the
 * person's address, by deal; it is written in the person's own lane only, and read by whoever edits the list.
 */

import { z } from 'zod';
import type { Card } from '../../blocks/card.ts';
import { shownInVoteList, voteListBelowCard, voteListCard } from '../../blocks/cards/vote-list.ts';
import { chatWith } from '../../flows/chats.ts';
import { isAsked } from '../../flows/deal/telling/asks.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import { sha256 } from '../../store/chain.ts';
import { StoreFault, type EventStore, type Json } from '../../store/event-store.ts';
import type { Deals } from '../streams/deals.ts';
import type { Leased, Message } from './delivery.ts';
import type { ReachOptions } from './reach.ts';

export interface VoteListsOptions extends Pick<ReachOptions, 'outlets'> {
  deals: Pick<Deals, 'view'>;
  store: Pick<EventStore, 'ref' | 'conversation' | 'saveConversation'>;
  clock: () => Date;
}

/** Messages of their own within a day, before there is a list. */
export const MOST_CALLS = 3;
const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
/** Calls in the list, and as many with messages of their own. */
const MOST_KEPT = 100;
/** Calls that may be over are looked at again from that many on. */
const MANY = 20;
const MOST_EDITS = 4;

const callSchema = z.object({
  deal: z.string(),
  at: z.string(),
  /** The list asks it, and no message of its own. */
  listed: z.boolean(),
  /** It was listed after a message of its own, which is to say so. */
  own: z.literal(true).optional(),
});
const keptSchema = z.object({
  calls: z.array(callSchema),
  /** `notice`: the one that posted it. Without it, from before it was kept, the list is edited no more. */
  list: z
    .object({ channel: z.string(), message: z.string(), at: z.string(), notice: z.string().optional() })
    .optional(),
});
/** What the list showed last: a digest of its card, and the deals that have a button in it. */
const shownSchema = z.object({ shows: z.string(), deals: z.array(z.string()) });
type Call = z.infer<typeof callSchema>;
type Kept = z.infer<typeof keptSchema>;
type List = NonNullable<Kept['list']>;
type Shown = z.infer<typeof shownSchema>;

const keyOf = (person: PersonId): string => `calls:person:${person}`;
const shownKey = (person: PersonId): string => `calls-shown:person:${person}`;

/** `new`: the list is posted; `old`: the one that is there is edited. */
export type CallPlace = 'own' | 'new' | 'old';

export interface VoteLists {
  /** Tells how the person is called for a vote on that deal. */
  placeFor(deal: DealId, person: PersonId): Promise<CallPlace>;
  /** Adds the deal to the list, and sends or edits it. One that takes no edits any more is sent anew. True: it was sent. */
  add(
    row: Leased,
    message: Message,
    person: PersonId,
    place: CallPlace,
    send: (list: Message) => Promise<void>,
  ): Promise<boolean>;
  /** Keeps that a message of its own asks for it: the list does not any more. */
  asked(deal: DealId, person: PersonId, isCall: boolean): Promise<void>;
  /** True where the list asks for a vote on that deal, and shows its button. */
  has(person: PersonId, deal: DealId): Promise<boolean>;
  /** Deals that came into the list or lost their place in it: their own messages are to say so; `saidSo`: they do. */
  listedAnew(person: PersonId): Promise<DealId[]>;
  saidSo(person: PersonId): Promise<void>;
  /** Brings the list up to date, if the person has one. False: it takes no edits any more. */
  bringUpToDate(row: Leased, person: PersonId): Promise<boolean>;
}

export const createVoteLists = ({ deals, store, outlets, clock }: VoteListsOptions): VoteLists => {
  /** What was changed outside Clearthread is made anew. */
  const read = (key: string): Promise<unknown> =>
    store.conversation(key).catch((error: unknown) => {
      if (error instanceof StoreFault && error.code === 'changed-row') return undefined;
      throw error;
    });
  const keptFor = async (person: PersonId): Promise<Kept> =>
    keptSchema.safeParse(await read(keyOf(person))).data ?? { calls: [] };
  const keep = (person: PersonId, kept: Kept): Promise<void> =>
    store.saveConversation(keyOf(person), kept as unknown as Json);

  const viewAsking = async (deal: DealId, person: PersonId): Promise<DealView | undefined> => {
    const view = await deals.view(deal);
    if (view?.deal.status !== 'deciding') return undefined;
    return isAsked(view, { kind: 'votes', step: view.deal.step }, person) ? view : undefined;
  };
  const waiting = async (calls: readonly Call[], person: PersonId): Promise<{ call: Call; view: DealView }[]> => {
    const found = await Promise.all(calls.map(async (call) => ({ call, view: await viewAsking(call.deal, person) })));
    return found.flatMap(({ call, view }) => (view ? [{ call, view }] : []));
  };
  const areMany = async (calls: readonly Call[], person: PersonId): Promise<boolean> => {
    let count = 0;
    for (const { deal } of calls) {
      if (await viewAsking(deal, person)) count += 1;
      if (count >= MOST_CALLS) return true;
    }
    return false;
  };
  const listedViews = async ({ calls }: Kept, person: PersonId): Promise<DealView[]> =>
    waiting(calls, person).then((all) => all.flatMap(({ call, view }) => (call.listed ? [view] : [])));

  const shownFor = async (person: PersonId): Promise<Shown | undefined> =>
    shownSchema.safeParse(await read(shownKey(person))).data;

  /** False where the person's chat takes no edit of it: they do not see that card. */
  const edit = async (row: Leased, list: List, card: Card, person: PersonId): Promise<boolean> => {
    const { channel, message, notice } = list;
    const outlet = outlets.find(({ chat }) => chat === chatWith(channel));
    if (!outlet || notice === undefined) return false;
    return outlet.edit({ ...row, id: notice, kind: 'fact' }, { channel, message }, card, person);
  };

  const bringUpToDate: VoteLists['bringUpToDate'] = async (row, person) => {
    /** By this call: another bot may have kept its own meanwhile. */
    let written: { list: List; shows: string } | undefined;
    for (let edits = 0; edits < MOST_EDITS; edits += 1) {
      const kept = await keptFor(person);
      const { list } = kept;
      if (!list || (written === undefined && !kept.calls.some(({ deal }) => deal === row.stream))) return true;
      const views = await listedViews(kept, person);
      const card = voteListCard(views);
      const shows = sha256(JSON.stringify([list.channel, list.message, card]));
      if (shows === (written ?? (await shownFor(person)))?.shows) return true;
      // Whoever edits looks again afterwards: a newer list may have taken its place.
      if (written && written.list.message !== list.message) await edit(row, written.list, voteListBelowCard(), person);
      if (!(await edit(row, list, card, person))) return false;
      const shown: Shown = { shows, deals: shownInVoteList(views).map(({ deal }) => deal.id) };
      await store.saveConversation(shownKey(person), shown as unknown as Json);
      written = { list, shows };
    }
    return true;
  };

  return {
    bringUpToDate,
    listedAnew: async (person) => (await keptFor(person)).calls.flatMap(({ deal, own }) => (own ? [deal] : [])),
    saidSo: async (person) => {
      const kept = await keptFor(person);
      await keep(person, { ...kept, calls: kept.calls.map(({ own: _said, ...call }) => call) });
    },
    has: async (person, deal) => {
      const { calls } = await keptFor(person);
      if (!calls.some((call) => call.deal === deal && call.listed)) return false;
      return (await shownFor(person))?.deals.includes(deal) ?? false;
    },
    placeFor: async (deal, person) => {
      const { calls, list } = await keptFor(person);
      const now = clock().getTime();
      const today = calls.filter((call) => call.deal !== deal && now - Date.parse(call.at) < DAY_MS);
      if (calls.filter(({ listed }) => listed).length >= MOST_KEPT || !(await areMany(today, person))) return 'own';
      return list?.notice !== undefined && now - Date.parse(list.at) < HOUR_MS ? 'old' : 'new';
    },
    asked: async (deal, person, isCall) => {
      const kept = await keptFor(person);
      const known = kept.calls.find((call) => call.deal === deal);
      if (!isCall && !known?.listed) return;
      const rest = kept.calls.filter((call) => call.deal !== deal);
      const others = rest.length < MANY ? rest : (await waiting(rest, person)).map(({ call }) => call);
      const own: Call = { deal, at: known?.at ?? clock().toISOString(), listed: false };
      // What only the list asks is never left out.
      const listed = others.filter((call) => call.listed);
      const asking = [...others.filter((call) => !call.listed), own].slice(-MOST_KEPT);
      await keep(person, { ...kept, calls: [...listed, ...asking] });
    },
    add: async (row, message, person, place, send) => {
      const before = await keptFor(person);
      const rest = before.calls.filter((call) => call.deal !== row.stream);
      const others = (await waiting(rest, person)).map(({ call }) => call);
      const all: Call[] = [...others, { deal: row.stream, at: clock().toISOString(), listed: true }];
      const listed = all.map((call): Call => ({
        ...call,
        listed: true,
        ...(call.listed ? {} : { own: true as const }),
      }));
      const views = await listedViews({ calls: listed }, person);
      const drawn = new Set(shownInVoteList(views).map(({ deal }) => deal.id));
      const left = new Set((await shownFor(person))?.deals.filter((deal) => !drawn.has(deal)));
      const calls = listed.map((call): Call => (left.has(call.deal) ? { ...call, own: true } : call));
      const isThere = place === 'old';
      if (isThere) {
        await keep(person, { ...before, calls });
        if (await bringUpToDate(row, person)) return false;
      }
      const { privately: _, ...plain } = message;
      await send({ ...plain, card: () => voteListCard(views) });
      const ref = await store.ref(row.stream, message.key);
      const list = ref && { ...ref, at: clock().toISOString(), notice: row.id };
      await keep(person, { calls, ...(list ? { list } : {}) });
      const old = isThere ? undefined : before.list;
      if (old && old.message !== ref?.message) await edit(row, old, voteListBelowCard(), person);
      await bringUpToDate(row, person);
      return true;
    },
  };
};
