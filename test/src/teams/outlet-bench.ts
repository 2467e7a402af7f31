/** An outlet to Teams for tests: the real store and the real SDK, over HTTP to a strict connector. */

import type { Card } from '../../../blocks/card.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { DeliveryFault, type Message, type Outlet } from '../../../src/outbox/delivery.ts';
import { createConnector } from '../../../src/teams/connector.ts';
import { createConversations } from '../../../src/teams/conversations.ts';
import type { TeamsMode } from '../../../src/teams/mode.ts';
import { teamsOutlet } from '../../../src/teams/outbound.ts';
import type { EventStore, OutboxRow } from '../../../store/event-store.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { sqliteFolder } from '../../support/sqlite.ts';
import { memoryLogger } from '../slack/bot.ts';
import { CONNECTOR_TOKEN, loopbackMode, startBotConnector, type Account, type BotConnector } from './bot-connector.ts';

export const CHANNEL = '19:clear@thread.tacv2';
export const GROUP = '19:group@thread.v2';
export const COUNSEL: Account = { id: '00000000-0000-4000-8000-000000000008', user: '29:counsel', installed: true };
/** Long enough for a busy machine; short where the connector hangs. */
const TIMEOUT_MS = 3000;
export const HANG_MS = 150;

interface Start {
  mode?: Partial<TeamsMode>;
  timeoutMs?: number;
  token?: () => Promise<string>;
}

export interface OutletBench {
  api: BotConnector;
  store: EventStore;
  outlet: Outlet;
  /** Conversations, in the order in which they requested their turn. */
  paced: string[];
  organisation: Organisation;
  /** Changes the database with other means than the store's. */
  change(sql: string): void;
  /** Opens the store again, as a restart does. */
  start(options?: Start): void;
  send(message: Message, card?: Card, rootKey?: string): Promise<void>;
  close(): Promise<void>;
}

const row: OutboxRow = {
  id: 'n-1',
  kind: 'fact',
  lane: 'thread:D-1',
  stream: 'D-1',
  version: 1,
  notice: {},
  attempts: 0,
};
export const text = (words: string): Card => ({ blocks: [{ kind: 'text', text: words }] });
export const root: Message = {
  stream: 'D-1',
  key: 'root',
  home: { platform: 'teams', channel: CHANNEL },
  where: { to: 'channel' },
  owner: 'rep-1',
  viewers: [],
  card: () => text('unused'),
};
export const fact: Message = { ...root, key: 'n-1', where: { to: 'thread' } };
export const direct: Message = { ...root, key: 'n-2', where: { to: 'person', person: 'counsel-1' } };

export const faultOf = async (sent: Promise<void>): Promise<DeliveryFault> => {
  const fault: unknown = await sent.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof DeliveryFault)) throw new Error('no DeliveryFault', { cause: fault });
  return fault;
};

export const startOutletBench = async (): Promise<OutletBench> => {
  const api = await startBotConnector();
  api.places.set(CHANNEL, 'channel').set(GROUP, 'groupChat');
  api.accounts.push({ ...COUNSEL });
  const folder = sqliteFolder();
  const log = memoryLogger();
  const paced: string[] = [];

  const opened = ({ mode = {}, timeoutMs = TIMEOUT_MS, token = async () => CONNECTOR_TOKEN }: Start) => {
    const store = folder.open();
    const outlet = teamsOutlet({
      connector: createConnector({ token, timeoutMs, logger: log }),
      conversations: createConversations(store),
      store,
      mode: { ...loopbackMode(api.url), ...mode },
      organisation: () => bench.organisation,
      pace: (conversation, _row, write) => {
        paced.push(conversation);
        return write();
      },
      logger: log,
    });
    return { store, outlet };
  };

  const given = anOrganisation({ clearanceChannels: [{ id: CHANNEL }] });
  const bench: OutletBench = {
    ...opened({}),
    api,
    paced,
    organisation: {
      ...given,
      people: given.people.map((p) => (p.id === 'counsel-1' ? { ...p, teams: COUNSEL.id } : p)),
    },
    change: (sql) => void folder.raw().exec(sql),
    start: (options = {}) => void Object.assign(bench, opened(options)),
    send: (message, card = text('Sample words'), rootKey = 'root') => bench.outlet.send(row, message, card, rootKey),
    close: async () => {
      await api.close();
      await folder.remove();
    },
  };
  return bench;
};
