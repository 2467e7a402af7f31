/** A desk's private messages, as people have them: posted and edited by the real outbox's delivery, with trouble on the way. */

import { actionsOf, type Action, type Card } from '../../blocks/card.ts';
import { fallbackText } from '../../blocks/fallback.ts';
import { askedIn, askOf, namesOfAsk } from '../../flows/deal/telling/asks.ts';
import type { PersonId } from '../../flows/ids.ts';
import { silentLogger } from '../../src/log.ts';
import { createDeliver, type Delivering } from '../../src/outbox/deliver.ts';
import { DeliveryFault, type Leased, type Outlet } from '../../src/outbox/delivery.ts';
import { createRender } from '../../src/outbox/render.ts';
import type { OutboxRow } from '../../store/event-store.ts';
import { plain } from '../blocks/cards/plain.ts';
import type { AtDesk } from './desk.ts';

export interface Mail {
  deal: string;
  /** Its notice. */
  id: string;
  to: PersonId;
  card: Card;
  text: string;
  /** What it said before each edit. */
  before: string[];
}

/** `lost`: it was done, and nobody heard. */
export type Trouble = 'none' | 'refused' | 'lost';

export interface Mailbox {
  /** Everything ready is delivered once, by two bots at the same time; what fails comes again. */
  deliver(most?: number): Promise<number>;
  /** Until nothing is owed. */
  deliverAll(): Promise<void>;
  of(person: PersonId): Mail[];
  all(): Mail[];
  /** Buttons, without links. */
  buttons(mail: Mail): Action[];
  /** Names of what still shows a button to do it, by person: `rep-1 section:product`. */
  asked(): Promise<string[]>;
  trouble: () => Trouble;
  /** True: the chat takes no edits of messages any more. */
  shut: boolean;
  /** Notices that edits named, with the notice of the message that was edited. */
  edits: { named: string; of: string }[];
}

const FAR = '2099-01-01T00:00:00.000Z';

/** A button that is there whatever the message asks. */
const ALWAYS = new Set(['deal.why', 'deal.more', 'deal.raise-flag', 'desk.away', 'desk.queue']);

export const mailboxOf = ({ store, deals, desk }: AtDesk): Mailbox => {
  const mails = new Map<string, Mail>();
  let posted = 0;
  const box: Mailbox = { trouble: () => 'none', shut: false, edits: [] as Mailbox['edits'] } as Mailbox;
  const wire = async (does: () => Promise<void>): Promise<void> => {
    const trouble = box.trouble();
    if (trouble === 'refused') throw new DeliveryFault('http_503', 0);
    await does();
    if (trouble === 'lost') throw new DeliveryFault('no_answer', 0);
  };
  const textOf = (card: Card): string => plain(card);
  const change = (mail: Mail, card: Card): void => {
    mail.before.push(mail.text);
    Object.assign(mail, { card, text: textOf(card) });
  };
  const outlet: Outlet = {
    chat: 'slack',
    threadUrl: async (stream) => `https://sample.slack.com/archives/${stream}`,
    send: async (row, { key, where }, card) => {
      const { stream } = row;
      if (where.to !== 'person') return store.saveRef(stream, key, { channel: 'C0CLEAR', message: `${(posted += 1)}` });
      const ref = await store.ref(stream, key);
      const there = ref && mails.get(ref.message);
      row.beforeWrite?.();
      if (there) return wire(async () => change(there, card));
      // As Slack's outlet looks for what an earlier try left behind.
      const lost = [...mails].find(([, mail]) => mail.id === row.id && mail.deal === stream);
      const message = lost?.[0] ?? `1.${(posted += 1)}`;
      if (!lost) {
        await wire(async () => {
          const mail = { deal: stream, id: row.id, to: where.person, card, text: textOf(card), before: [] };
          mails.set(message, mail);
        });
      }
      await store.saveRef(stream, key, { channel: `D0${where.person.toUpperCase().replaceAll('-', '')}`, message });
    },
    edit: async (row: Leased, ref, card) => {
      const mail = mails.get(ref.message);
      if (!mail || box.shut) return false;
      box.edits.push({ named: row.id, of: mail.id });
      if (fallbackText(card, (id) => id) === '') throw new Error('an edit without words');
      await wire(async () => change(mail, card));
      return true;
    },
  };
  const bot = (): Delivering => {
    const { registers, organisation } = desk;
    const render = createRender({ deals, registers, organisation });
    const people = organisation().people.map((one) => ({ ...one, slack: one.slack ?? `U0${one.id.toUpperCase()}` }));
    const everybody = () => ({ ...organisation(), people });
    const { clock } = desk;
    return createDeliver({
      outlets: [outlet],
      render,
      deals,
      organisation: everybody,
      store,
      clock,
      logger: silentLogger,
    });
  };
  const bots = [bot(), bot()];
  const sendOne = async (row: OutboxRow, n: number): Promise<void> => {
    try {
      await bots[n % bots.length]?.deliver(row);
    } catch (error) {
      if (!(error instanceof DeliveryFault)) throw error;
      // As in the outbox, where a bot that dies leaves the row to the next.
      return store.retry(row, '2000-01-01T00:00:00.000Z', error.code, row.attempts);
    }
    await store.settle(row, row.version, row.attempts);
  };
  return Object.assign(box, {
    deliver: async (most = 50) => {
      const rows = await store.claim(FAR, 1000, most);
      await Promise.all(rows.map(sendOne));
      return rows.length;
    },
    deliverAll: async () => {
      while ((await box.deliver()) > 0);
    },
    all: () => [...mails.values()],
    of: (person: PersonId) => [...mails.values()].filter(({ to }) => to === person),
    buttons: ({ card }: Mail) => actionsOf(card).filter(({ url }) => url === undefined),
    asked: async () => {
      const names: string[] = [];
      for (const mail of mails.values()) {
        const own = (await deals.privately(mail.deal)).find(({ id }) => id === mail.id);
        const ask = own && askOf(own.fact, mail.to, desk.organisation());
        if (
          /wait(?:s)? for your decision/.test(mail.text) &&
          box.buttons(mail).every(({ name }) => name === 'deal.review' || name === 'desk.queue')
        ) {
          for (const { name, value } of box.buttons(mail)) {
            if (name === 'desk.queue') continue;
            const [deal = '', step = ''] = value.split('/');
            names.push(`${deal} ${mail.to} votes:${step}`);
          }
          continue;
        }
        const does = box.buttons(mail).some(({ name }) => !ALWAYS.has(name));
        if (!ask || !does) continue;
        askedIn(ask).forEach((one, i) => {
          const id = 'condition' in one ? one.condition : undefined;
          const isShown = id === undefined || box.buttons(mail).some(({ value }) => value.includes(id));
          if (isShown) names.push(`${mail.deal} ${mail.to} ${namesOfAsk(ask)[i]}`);
        });
      }
      return names;
    },
  } satisfies Partial<Mailbox>);
};
