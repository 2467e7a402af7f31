/** An outbox row becomes a message: live cards show the deal as it is, fact notices as of their commit. */
import { factCard } from '../blocks/cards/facts.ts';
import { reviewCard } from '../blocks/cards/review.ts';
import { rootCard } from '../blocks/cards/root.ts';
import { sectionCard } from '../blocks/cards/section.ts';
import { replacedCard } from '../blocks/cards/status.ts';
import type { Card } from '../blocks/card.ts';
import type { LiveCard } from '../flows/notices.ts';
import { liveKey } from '../flows/deal/tell.ts';
import type { DealView } from '../flows/deal/view.ts';
import { z } from 'zod';
import type { Render } from './delivery.ts';
import type { Deals } from './handle.ts';

const live = z.discriminatedUnion('card', [
  z.object({ card: z.literal('root') }),
  z.object({ card: z.literal('section'), section: z.string() }),
  z.object({ card: z.literal('review'), round: z.number(), step: z.number() }),
]);

const liveCard = (view: DealView, card: LiveCard): Card | undefined => {
  switch (card.card) {
    case 'root':
      return rootCard(view);
    case 'section':
      return sectionCard(view, card.section);
    case 'review':
      return card.round === view.deal.round ? reviewCard(view, card.step) : replacedCard(view);
    default: {
      const never: never = card;
      return never;
    }
  }
};

export const createRender =
  (deals: Pick<Deals, 'view' | 'viewAt'>): Render =>
  async (row, links) => {
    if (row.kind === 'live') {
      const card = live.parse(row.notice);
      const view = await deals.view(row.stream);
      const shown = view && liveCard(view, card);
      if (!view || !shown) return undefined;
      const where = card.card === 'root' ? { to: 'channel' as const } : { to: 'thread' as const };
      return { stream: row.stream, key: liveKey(card), home: view.deal.home, where, card: shown };
    }
    const then = await deals.viewAt(row.stream, row.version);
    const notice = then?.notices.find((n) => n.id === row.id);
    if (!then || notice?.kind !== 'fact') return undefined;
    const { view } = then;
    const where =
      notice.target.to === 'thread'
        ? { to: 'thread' as const }
        : { to: 'person' as const, person: notice.target.person };
    return {
      stream: row.stream,
      key: row.id,
      home: view.deal.home,
      where,
      card: factCard(view, notice.fact, links, notice.target),
    };
  };
