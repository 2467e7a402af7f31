/**
 * Private messages about a deal, after they are sent: one that asked something becomes what came of it, and none keeps a
 * button that refuses. What a message shows is kept beside its address. Whoever edits looks at the deal again afterwards,
 * so that the last of several bots to edit a message leaves it as the deal is.
 */

import { z } from 'zod';
import { actionsOf, onlyActions, type Action, type Card } from '../../blocks/card.ts';
import { factCard } from '../../blocks/cards/facts.ts';
import { settledCard, type Below } from '../../blocks/cards/settled.ts';
import { chatWith } from '../../flows/chats.ts';
import { isPressable } from '../../flows/deal/refusing/pressable.ts';
import { askedIn, askOf, isAsked, namesOfAsk, type Asked } from '../../flows/deal/telling/asks.ts';
import type { Fact } from '../../flows/deal/telling/notices.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { EventStore, MessageRef, OutboxRow } from '../../store/event-store.ts';
import type { Deals, PrivateNotice } from '../streams/deals.ts';
import { NotYet, NOWHERE, type Leased, type Message } from './delivery.ts';
import type { ReachOptions } from './reach.ts';
import { createThreadUrl } from './thread-url.ts';
import { createVoteLists } from './vote-lists.ts';

export interface PrivatelyOptions extends Pick<ReachOptions, 'outlets' | 'organisation' | 'logger'> {
  deals: Pick<Deals, 'view' | 'viewAt' | 'privately'>;
  store: Pick<EventStore, 'ref' | 'saveRef' | 'conversation' | 'saveConversation'>;
  clock: () => Date;
}

export interface Privately {
  /** Sends a call for a vote as a list of all that wait, where the person got several calls already. True: it did. */
  inList(
    row: Leased,
    message: Message,
    notice: PrivateNotice,
    send: (list: Message) => Promise<void>,
  ): Promise<boolean>;
  /** Returns the message as the deal is now; undefined where it asks for nothing any more, and was not sent. */
  shown(row: Leased, message: Message, notice: PrivateNotice): Promise<Message | undefined>;
  /** Keeps what was sent, and brings the person's messages up to date. */
  sent(row: Leased, message: Message, notice: PrivateNotice): Promise<void>;
  /** Brings all private messages about the deal up to date. Throws if one of them is to be tried again. */
  settle(row: Leased): Promise<void>;
}

const settling = z.object({ card: z.literal('private') });
export const isSettling = ({ kind, notice }: Pick<OutboxRow, 'kind' | 'notice'>): boolean =>
  kind === 'live' && settling.safeParse(notice).success;

type Button = readonly [name: string, value: string];
/**
 * `settled`: it says what came of it. `list`: it is the list of what waits for the person, brought up to date by itself. Else
 * its buttons, and the places of those that it shows.
 */
type Shown = { settled: true } | { list: true } | { buttons: Button[]; shown: number[] };

const shownSchema = z.union([
  z.object({ settled: z.literal(true) }),
  z.object({ list: z.literal(true) }),
  z.object({ buttons: z.array(z.tuple([z.string(), z.string()])), shown: z.array(z.number()) }),
]);
const SHOWN = 'shown';
const keyOf = (id: string): string => `${SHOWN}:${id}`;

/** A message changes again where the deal moved on meanwhile, but not all the time. */
const MOST_EDITS = 4;

/** What newer messages ask: all that this one asks, or these conditions of several. */
interface Newer {
  below: Below;
  conditions: readonly string[];
}
const NOTHING_NEWER: Newer = { below: false, conditions: [] };

const isOf = (value: string, condition: string): boolean =>
  value.endsWith(`/${condition}`) || value.includes(`/condition:${condition}:`);
const isShown = (view: DealView, button: Pick<Action, 'name' | 'value'>, person: PersonId, newer: Newer): boolean =>
  isPressable(view, button, person) && !newer.conditions.some((id) => isOf(button.value, id));

const shownOf = (view: DealView, buttons: readonly Button[], person: PersonId, newer: Newer): Shown => ({
  buttons: [...buttons],
  shown: buttons.flatMap(([name, value], n) => (isShown(view, { name, value }, person, newer) ? [n] : [])),
});
const buttonsOf = (card: Card): Button[] =>
  actionsOf(card).flatMap(({ name, value, url }): Button[] => (url === undefined ? [[name, value]] : []));
const pressable =
  (view: DealView, person: PersonId, newer: Newer = NOTHING_NEWER) =>
  (action: Action): boolean =>
    action.url !== undefined || isShown(view, action, person, newer);

const asksHere = (view: DealView, ask: Asked, person: PersonId, { conditions }: Newer): boolean =>
  askedIn(ask).some((one) => !('condition' in one && conditions.includes(one.condition)) && isAsked(view, one, person));

const isList = (shown: Shown | undefined): boolean => shown !== undefined && 'list' in shown;

/** The first message that asks for a vote in a step. */
const isCall = ({ fact }: Fact): boolean => fact === 'review wanted';

const same = (a: Shown | undefined, b: Shown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An earlier try may have left it in the chat, as the deal was then. */
const mayBeThere = ({ attempts, uncertain }: Leased): boolean => attempts > 0 || uncertain !== undefined;

export const createPrivately = (options: PrivatelyOptions): Privately => {
  const { deals, store, outlets, organisation, logger } = options;
  const lists = createVoteLists(options);
  const threadUrl = createThreadUrl(outlets, organisation);

  const asked = ({ organisation: today }: DealView, { fact, target }: PrivateNotice): Asked | undefined =>
    askOf(fact, target.person, today);

  const keep = (deal: string, id: string, shown: Shown): Promise<void> =>
    store.saveRef(deal, keyOf(id), { channel: SHOWN, message: JSON.stringify(shown) });
  const kept = async (deal: string, id: string): Promise<Shown | undefined> => {
    const ref = await store.ref(deal, keyOf(id));
    if (!ref) return undefined;
    try {
      return shownSchema.parse(JSON.parse(ref.message));
    } catch {
      return undefined;
    }
  };

  /** Returns what the message should show; undefined: as it is. */
  const wanted = (view: DealView, notice: PrivateNotice, is: Shown | undefined, newer: Newer): Shown | undefined => {
    const ask = asked(view, notice);
    const { person } = notice.target;
    if (is && 'list' in is) return undefined;
    if (ask && (newer.below || !asksHere(view, ask, person, newer))) return { settled: true };
    // From before it was kept what a message shows.
    if (!is) return undefined;
    return 'settled' in is ? { buttons: [], shown: [] } : shownOf(view, is.buttons, person, newer);
  };

  const draw = async (
    view: DealView,
    notice: PrivateNotice,
    to: Shown,
    { ref, newer }: { ref: MessageRef; newer: Newer },
  ): Promise<{ card: Card; shows: Shown } | undefined> => {
    const { id: deal, home } = view.deal;
    const { person } = notice.target;
    const url = await threadUrl(deal, home, chatWith(ref.channel));
    const ask = asked(view, notice);
    if ('settled' in to)
      return ask && { card: settledCard(view, ask, person, { threadUrl: url, below: newer.below }), shows: to };
    const then = await deals.viewAt(deal, notice.version);
    if (!then) return undefined;
    const card = factCard(then.view, notice.fact, { threadUrl: url }, notice.target);
    const shows = shownOf(view, buttonsOf(card), person, newer);
    return { card: onlyActions(card, pressable(view, person, newer)), shows };
  };

  /** Edits one message until it is as the deal is. */
  const bringUpToDate = async (row: Leased, notice: PrivateNotice, ref: MessageRef, newer: Newer): Promise<void> => {
    const { id, target } = notice;
    const outlet = outlets.find(({ chat }) => chat === chatWith(ref.channel));
    if (!outlet) return;
    let is = await kept(row.stream, id);
    for (let edits = 0; edits < MOST_EDITS; edits += 1) {
      const view = await deals.view(row.stream);
      const to = view && wanted(view, notice, is, newer);
      if (!view || !to || same(is, to)) return;
      const drawn = await draw(view, notice, to, { ref, newer });
      if (!drawn) return;
      const edited = await outlet.edit({ ...row, id, kind: 'fact' }, ref, drawn.card, target.person);
      if (!edited) logger.info('deliver.not-edited', { platform: outlet.chat, stream: row.stream, notice: id });
      await keep(row.stream, id, drawn.shows);
      if (!edited) return;
      // What was written here: another bot may have kept its own meanwhile.
      is = drawn.shows;
    }
  };

  const isSent = (ref: MessageRef | undefined): ref is MessageRef =>
    ref !== undefined && chatWith(ref.channel) !== undefined;

  const settleAll = async (row: Leased, of: (notice: PrivateNotice) => boolean): Promise<void> => {
    const view = await deals.view(row.stream);
    if (!view) return;
    const notices = (await deals.privately(row.stream)).filter(of).toReversed();
    const newer = new Set<string>();
    const faults: unknown[] = [];
    for (const notice of notices) {
      const ref = await store.ref(row.stream, notice.id);
      if (!isSent(ref)) continue;
      if (isList(await kept(row.stream, notice.id))) continue;
      const ask = asked(view, notice);
      const names = ask ? namesOfAsk(ask).map((name) => `${notice.target.person} ${name}`) : [];
      const inList = ask?.kind === 'votes' && (await lists.has(notice.target.person, row.stream));
      const below = inList ? 'in the list' : names.length > 0 && names.every((name) => newer.has(name));
      const several = ask?.kind === 'together' ? askedIn(ask) : [];
      const conditions = several.flatMap((one, i) =>
        'condition' in one && newer.has(names[i] ?? '') ? [one.condition] : [],
      );
      for (const name of names) newer.add(name);
      try {
        await bringUpToDate(row, notice, ref, { below, conditions });
      } catch (error) {
        // Trouble with one of them delays no other.
        faults.push(error);
        if (error instanceof NotYet && error.code === 'stopping') break;
      }
    }
    const voters = new Set(notices.flatMap(({ fact, target }) => (isCall(fact) ? [target.person] : [])));
    for (const person of voters) {
      try {
        await lists.bringUpToDate(row, person);
      } catch (error) {
        faults.push(error);
      }
    }
    const [first] = faults.toSorted((a, b) => Number(a instanceof NotYet) - Number(b instanceof NotYet));
    if (first !== undefined) throw first;
  };

  return {
    inList: async (row, message, notice, send) => {
      const { person } = notice.target;
      const place = isCall(notice.fact) ? await lists.placeFor(row.stream, person) : 'own';
      if (place === 'own') return false;
      const sent = await lists.add(row, message, person, place, async (list) => {
        await keep(row.stream, row.id, { list: true });
        await send(list);
      });
      if (!sent) await store.saveRef(row.stream, row.id, NOWHERE.listed);
      const own = ({ target }: PrivateNotice): boolean => target.person === person;
      await settleAll(row, own);
      for (const deal of await lists.listedAnew(person)) await settleAll({ ...row, stream: deal }, own);
      await lists.saidSo(person);
      return true;
    },
    shown: async (row, message, notice) => {
      const view = await deals.view(row.stream);
      if (!view) return message;
      const { person } = notice.target;
      const ask = asked(view, notice);
      const isOver = ask !== undefined && !isAsked(view, ask, person);
      if (isOver && !mayBeThere(row)) return undefined;
      return {
        ...message,
        card: (links) =>
          isOver
            ? settledCard(view, ask, person, { ...links, below: false })
            : onlyActions(message.card(links), pressable(view, person)),
      };
    },
    sent: async (row, message, notice) => {
      const { person } = notice.target;
      const view = await deals.view(row.stream);
      if (!view) return;
      const then = await deals.viewAt(row.stream, row.version);
      const drawn: Card = then ? factCard(then.view, notice.fact, {}, notice.target) : { blocks: [] };
      const buttons = buttonsOf(drawn);
      // What an earlier try left behind may show all of them, and is brought up to date below.
      const visible = buttonsOf(mayBeThere(row) ? drawn : message.card({})).map(([name, value]) => `${name} ${value}`);
      const shown = buttons.flatMap(([name, value], n) => (visible.includes(`${name} ${value}`) ? [n] : []));
      await keep(row.stream, row.id, { buttons, shown });
      if (asked(view, notice)?.kind === 'votes') await lists.asked(row.stream, person, isCall(notice.fact));
      await settleAll(row, ({ target }) => target.person === person);
    },
    settle: async (row) => {
      await settleAll(row, () => true);
      if (await deals.view(row.stream)) await store.saveRef(row.stream, 'private', NOWHERE.nothingToSay);
    },
  };
};
