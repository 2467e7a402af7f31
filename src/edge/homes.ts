/** Home follows what happens: pages that were opened lately are drawn again. One that nobody looks at costs nothing. */

import type { Card } from '../../blocks/card.ts';
import type { Chat } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import { createBell, type Bell } from '../bell.ts';
import { newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import type { Interaction, Place, Reply, Router } from './interaction.ts';

export interface HomesOptions {
  chat: Chat;
  route: Router;
  /** Shows the page to its person; does nothing where they have no account there. May throw. */
  publish: (person: PersonId, card: Card, place: Place | undefined) => Promise<void>;
  /** Rung when something happened on a deal. */
  happened: Bell;
  /** By the machine's clock. */
  clock: () => Date;
  logger: Logger;
  /** What happens together is drawn once. */
  settleMs?: number | undefined;
}

export interface Homes {
  /** The route, which notices the pages that it draws. */
  route: Router;
  /** Follows a page that was shown otherwise, in place of an earlier one of its person. */
  opened(page: Page, card: Card): void;
  /** Stops following, and waits for the page that is drawn. */
  stop(): Promise<void>;
}

/** No chat says when somebody looks elsewhere, so a page is followed for so long after it was opened. */
const LOOKED_MS = 10 * 60_000;
/** Of more pages at once the latest are followed. */
const MOST = 50;
const SETTLE_MS = 1500;
/** After a pass other work has this many times as long: a page takes a look at every deal of its person. */
const REST = 9;
const IDLE_MS = 60 * 60_000;

/** The words that a page answers. */
export type Page = Extract<Interaction, { kind: 'words' }>;

export const createHomes = ({
  chat,
  route,
  publish,
  happened,
  clock,
  logger,
  settleMs = SETTLE_MS,
}: HomesOptions): Homes => {
  /** `shown`: what stands there; undefined where an older page may have come after a newer one. */
  const open = new Map<PersonId, { at: number; page: Page; card: Card; isPage: boolean; shown: string | undefined }>();
  const rest = createBell();
  let ended = false;

  const followed = async (page: Page): Promise<Card | undefined> => {
    const reply = await route({ ...page, cause: `home:${newTrace()}`, trace: newTrace() });
    const known = open.get(page.person);
    if (reply.kind !== 'tell' || known?.page !== page) return undefined;
    // Words that the page is not there yet: what stands there is worth more. It is tried again.
    if (!reply.page) {
      happened.ring();
      return undefined;
    }
    if (JSON.stringify(reply.card) === known.shown) return reply.card;
    await publish(page.person, reply.card, page.place);
    return reply.card;
  };

  /** Shows the person's page once more: nobody knows which of two came last. */
  const unsure = (person: PersonId): void => {
    const known = open.get(person);
    if (known) open.set(person, { ...known, shown: undefined });
    happened.ring();
  };

  const drawAgain = async (): Promise<void> => {
    for (const [person, { at, page }] of open) {
      if (ended) return;
      if (!isFresh({ at })) {
        open.delete(person);
        continue;
      }
      const card = await followed(page).catch((error: unknown) => {
        logger.warn(`${chat}.home-not-followed`, { error });
        return undefined;
      });
      const known = open.get(person);
      if (card === undefined || !known) continue;
      if (known.page === page) open.set(person, { ...known, card, isPage: true, shown: JSON.stringify(card) });
      else unsure(person);
    }
  };

  const loop = async (): Promise<void> => {
    while (!ended) {
      await happened.heard(IDLE_MS);
      if (ended || open.size === 0) continue;
      await rest.heard(settleMs);
      const began = performance.now();
      await drawAgain();
      if (!ended) await rest.heard(REST * (performance.now() - began));
    }
  };
  const running = loop();

  const opened = (page: Page, card: Card, isPage = true): void => {
    const { person } = page;
    open.delete(person);
    open.set(person, { at: clock().getTime(), page, card, isPage, shown: JSON.stringify(card) });
    const [oldest] = open.keys();
    if (open.size > MOST && oldest !== undefined) open.delete(oldest);
  };
  const isFresh = ({ at }: { at: number }): boolean => clock().getTime() - at <= LOOKED_MS;

  const noticing = async (interaction: Interaction): Promise<Reply> => {
    if (interaction.kind !== 'words' || !interaction.page) return route(interaction);
    const before = open.get(interaction.person);
    const reply = await route(interaction);
    if (reply.kind !== 'tell') return reply;
    const known = open.get(interaction.person);
    if (known && known.page !== before?.page) {
      // Opened once more since, and answered sooner: that page counts.
      unsure(interaction.person);
      return reply;
    }
    const kept = !reply.page && known?.isPage && isFresh(known) ? known.card : undefined;
    opened(interaction, kept ?? reply.card, reply.page || kept !== undefined);
    if (!reply.page) happened.ring();
    return kept ? { kind: 'tell', card: kept, page: true } : reply;
  };
  const { lookAhead, forAnybody } = route;
  return {
    route: Object.assign(noticing, { ...(lookAhead && { lookAhead }), ...(forAnybody && { forAnybody }) }),
    opened,
    stop: async () => {
      ended = true;
      rest.ring();
      happened.ring();
      await running;
    },
  };
};
