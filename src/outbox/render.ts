/** Renders an outbox row as a message: live cards show the deal as it is, fact notices as of their commit. */

import { z } from 'zod';
import type { Card } from '../../blocks/card.ts';
import { answersCard } from '../../blocks/cards/answers.ts';
import { conditionsCard } from '../../blocks/cards/conditions.ts';
import { factCard } from '../../blocks/cards/facts.ts';
import { reviewCard } from '../../blocks/cards/review.ts';
import { rootCard } from '../../blocks/cards/root.ts';
import { askedBeforeCard, sectionCard } from '../../blocks/cards/section.ts';
import { lentTo } from '../../blocks/cards/stand-ins.ts';
import { replacedCard } from '../../blocks/cards/status.ts';
import { ALL_CHATS, chatOf } from '../../flows/chats.ts';
import type { Home } from '../../flows/deal/deal.ts';
import { sectionProgress, standingOf } from '../../flows/deal/rights/whose-turn.ts';
import { confirmable } from '../../flows/deal/taking/asked-again.ts';
import type { LiveCard } from '../../flows/deal/telling/notices.ts';
import { cardRoundOf } from '../../flows/deal/telling/routed-alike.ts';
import { liveKey } from '../../flows/deal/telling/telling.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { clearanceChannelsIn, type Organisation } from '../../flows/organisation.ts';
import type { Json, OutboxRow } from '../../store/event-store.ts';
import { NewerRecord } from '../newer.ts';
import type { Deals } from '../streams/deals.ts';
import { plainKey, placedKey, type ThreadPlace } from '../streams/places.ts';
import type { Registers } from '../streams/registers.ts';
import type { Message, Render } from './delivery.ts';

const live = z.discriminatedUnion('card', [
  z.object({ card: z.literal('root') }),
  z.object({ card: z.literal('section'), section: z.string(), asked: z.number().optional() }),
  z.object({ card: z.literal('answers') }),
  z.object({ card: z.literal('review'), round: z.number(), step: z.number() }),
  z.object({ card: z.literal('conditions') }),
  z.object({ card: z.literal('private') }),
]);

const chat = z.enum(ALL_CHATS);
/** A row that names no place is for the deal's own. */
const placed = z.object({
  mirror: chat.optional(),
  home: z.object({ platform: chat, channel: z.string().min(1) }).optional(),
});

const placeOf = (notice: Json, own: Home): ThreadPlace => {
  const { mirror, home } = placed.parse(notice);
  return mirror === undefined || home === undefined ? { home: own } : { home, mirror };
};

const liveCard = (view: DealView, card: LiveCard): Card | undefined => {
  switch (card.card) {
    case 'root':
      return rootCard(view);
    case 'section':
      if (!view.policy.sections.some((s) => s.id === card.section)) return undefined;
      return card.asked === view.deal.reassessed
        ? sectionCard(view, card.section)
        : askedBeforeCard(view, card.section);
    case 'answers':
      return view.deal.reassessed === undefined ? answersCard(view) : askedBeforeCard(view);
    case 'review':
      return card.round === cardRoundOf(view.deal) ? reviewCard(view, card.step) : replacedCard(view);
    case 'conditions':
      return conditionsCard(view);
    case 'private':
      return undefined;
    default: {
      const never: never = card;
      return never;
    }
  }
};

/** Returns the people with something to fill in on this card: they see it there (`look`). */
const viewersOf = (view: DealView, card: LiveCard): readonly PersonId[] => {
  const { deal } = view;
  switch (card.card) {
    case 'root':
    case 'conditions':
    case 'private':
    // Every answer redraws it, and would take away what somebody types in its place.
    case 'answers':
      return [];
    case 'section': {
      if (deal.status !== 'answering' && deal.status !== 'deciding') return [];
      if (card.asked !== deal.reassessed || confirmable(view, card.section)) return [];
      const open = sectionProgress(view).some(({ section, done }) => section.id === card.section && !done);
      return open ? [deal.handOvers[card.section]?.to ?? deal.owner] : [];
    }
    case 'review': {
      if (deal.status !== 'deciding') return [];
      const open = card.round === cardRoundOf(deal) && card.step === deal.step;
      const { people } = standingOf(view, deal);
      return open ? [...people, ...lentTo(view, people)] : [];
    }
    default: {
      const never: never = card;
      return never;
    }
  }
};

/** Renders a register's message. A person is reached near the deals concerned, else near some channel of the bot's. */
const registerMessage = async (
  row: OutboxRow,
  { deals, registers, organisation }: RenderOptions,
): Promise<Message | undefined> => {
  const said = await registers.said(row, deals.view);
  const [first] = organisation().clearanceChannels;
  if (!said || !first) return undefined;
  const { target } = said.notice;
  const near = target.to === 'person' && target.chat && clearanceChannelsIn(organisation(), target.chat)[0];
  const channel = target.to === 'channel' ? target.channel : (said.home?.channel ?? (near || first).id);
  return {
    stream: row.stream,
    key: row.id,
    home: { platform: chatOf(channel), channel },
    standalone: true,
    where: target.to === 'channel' ? { to: 'channel' } : { to: 'person', person: target.person, at: target.at },
    viewers: [],
    card: () => said.card,
  };
};

export interface RenderOptions {
  deals: Pick<Deals, 'view' | 'viewAt'>;
  registers: Pick<Registers, 'said'>;
  organisation: () => Organisation;
}

export const createRender =
  ({ deals, registers, organisation }: RenderOptions): Render =>
  async (row) => {
    if (row.stream.startsWith('register:')) return registerMessage(row, { deals, registers, organisation });
    if (row.kind === 'live') {
      const { data: asked } = live.safeParse(row.notice);
      if (!asked) throw new NewerRecord(row.stream, row.version);
      const view = await deals.view(row.stream);
      const shown = view && liveCard(view, asked);
      if (!view || !shown) return undefined;
      const { home, mirror } = placeOf(row.notice, view.deal.home);
      return {
        stream: row.stream,
        key: placedKey(liveKey(asked), mirror),
        home,
        own: mirror && view.deal.home,
        owner: view.deal.owner,
        where: { to: asked.card === 'root' ? 'channel' : 'thread' },
        viewers: viewersOf(view, asked),
        card: () => shown,
      };
    }
    const then = await deals.viewAt(row.stream, row.version);
    const notice = then?.notices.find((n) => n.id === plainKey(row.id));
    if (!then || notice?.kind !== 'fact') return undefined;
    const { view } = then;
    const { target, fact } = notice;
    const { home, mirror } = placeOf(row.notice, view.deal.home);
    return {
      stream: row.stream,
      key: row.id,
      home,
      own: mirror && view.deal.home,
      owner: view.deal.owner,
      where: target.to === 'thread' ? { to: 'thread' } : { to: 'person', person: target.person },
      viewers: [],
      card: (links) => factCard(view, fact, links, target),
      ...(target.to === 'person' ? { privately: { id: row.id, version: row.version, fact, target } } : {}),
    };
  };

/** Parses a live key: the reverse of `liveKey`. */
const fromKey = (key: string): LiveCard | undefined => {
  if (key === 'root' || key === 'answers' || key === 'conditions') return { card: key };
  const [, section, asked] = /^section:([^:]+)(?::(\d+))?$/.exec(key) ?? [];
  if (section !== undefined)
    return { card: 'section', section, ...(asked === undefined ? {} : { asked: Number(asked) }) };
  const [, round, step] = /^review:(\d+):(\d+)$/.exec(key) ?? [];
  return round === undefined || step === undefined
    ? undefined
    : { card: 'review', round: Number(round), step: Number(step) };
};

/** Renders the live card as everybody sees it, by its plain key (`section:product`); undefined where there is none. */
export const createLiveCard =
  (deals: Pick<Deals, 'view'>) =>
  async (deal: string, key: string): Promise<Card | undefined> => {
    const asked = fromKey(key);
    const view = asked && (await deals.view(deal));
    return asked && view && liveCard(view, asked);
  };
