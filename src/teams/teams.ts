/** Teams, whole: the Teams SDK in front, the Bot Connector behind, nothing of either beyond this folder. */
import type { Express } from 'express';
import type { CloudEnvironment } from '@microsoft/teams.api';
import type { Card } from '../../blocks/card.ts';
import type { TeamsContext } from '../../blocks/teams.ts';
import { person, type Organisation } from '../../flows/organisation.ts';
import type { EventStore, Rate } from '../../store/event-store.ts';
import type { Outlet } from '../delivery.ts';
import type { Route } from '../interaction.ts';
import type { Logger } from '../log.ts';
import { createPace } from '../pace.ts';
import { inTime } from '../patience.ts';
import type { Refused } from '../refused.ts';
import type { Asked } from '../watch.ts';
import { mayBeCalled } from './admit.ts';
import { createAnswers } from './answers.ts';
import { createBotToken } from './bot-token.ts';
import { createConnector } from './connector.ts';
import { createConversations } from './conversations.ts';
import { createDoor, type Door } from './door.ts';
import { createEdge } from './edge.ts';
import { deliveryFault } from './faults.ts';
import { createIdentify } from './identify.ts';
import { TEAMS_RATES, teamsOutlet } from './outbound.ts';
import { createDirectory } from './people.ts';
import { createReach } from './reach.ts';
import { createSaying } from './saying.ts';

export interface TeamsMode {
  /** Of the bot's Entra app; GUID. */
  clientId: string;
  clientSecret: string;
  /** The tenant that the bot is registered in; GUID. */
  tenantId: string;
  /** Tenants whose people may work here; the bot's own among them. */
  tenants: readonly string[];
  /** Hosts that a `serviceUrl` may name; https only, but for loopback in the playground. */
  serviceHosts: readonly string[];
  /** Where the bot writes before anybody wrote to it. */
  serviceUrl: string;
  cloud: CloudEnvironment;
  /** Instead of asking Microsoft: the playground's own. */
  token?: (() => Promise<string>) | undefined;
  /** http to 127.0.0.1 is good enough: the playground and tests. */
  loopback?: boolean | undefined;
  /** Link to a message; Teams' own where absent. */
  messageUrl?: ((channel: string, message: string) => string) | undefined;
}

export interface TeamsOptions {
  organisation: () => Organisation;
  store: Pick<
    EventStore,
    'firstTime' | 'ref' | 'saveRef' | 'findRef' | 'saveConversation' | 'conversation' | 'turn' | 'holdTurns'
  >;
  route: Route;
  /** The live card behind a message as everybody sees it, by its (plain) key; undefined where there is none. */
  liveCard: (deal: string, key: string) => Promise<Card | undefined>;
  /** Keeps who was refused and why. */
  refused: Refused;
  /** Counts how requests were answered. */
  asked?: Asked | undefined;
  logger: Logger;
  clock: () => Date;
  /** How long the route may take before the person is told that the outcome is not known. */
  patienceMs?: number | undefined;
  /** How long another process that began to answer may take, before it is taken for dead. */
  graceMs?: number | undefined;
  /** How fast messages may follow each other in one conversation; none where nobody counts. */
  rates?: readonly Rate[] | undefined;
}

export interface Teams {
  /** Registers `POST /api/messages`, and checks what can be checked without Microsoft. Throws one sentence that says what to set. */
  start(app: Express): Promise<void>;
  /** Takes nothing in any more, and waits a few seconds for what is being answered. */
  stop(): Promise<void>;
  /** Resolves when everything that came in so far is answered. For tests. */
  idle(): Promise<void>;
  outlet: Outlet;
  /** One sentence while Teams cannot reach the bot or the bot cannot send; undefined when all is well. */
  problem(): string | undefined;
}

const PATIENCE_MS = 2500;
export const CALL_TIMEOUT_MS = 5000;

/** What can be seen without asking Microsoft; undefined: nothing is wrong. */
const misset = (mode: TeamsMode): string | undefined => {
  if (!mode.token && mode.clientSecret === '') return 'Set TEAMS_CLIENT_SECRET to a client secret of the bot.';
  if (!mayBeCalled(mode.serviceUrl, mode)) {
    return 'The address that the bot writes to first is not among the hosts that it may call: check TEAMS_SERVICE_HOSTS.';
  }
  return undefined;
};

export const createTeams = (mode: TeamsMode, options: TeamsOptions): Teams => {
  const { organisation, store, route, liveCard, refused, logger, clock } = options;
  let started = false;
  let stopping = false;

  const door: Door = createDoor({
    mode,
    take: (envelope, body, trace) => edge.handle(envelope, body, trace),
    closed: () => !started || stopping,
    timeoutMs: CALL_TIMEOUT_MS,
    asked: options.asked,
    clock,
    logger,
  });
  const token = createBotToken({ ask: mode.token ?? (() => door.token()), timeoutMs: CALL_TIMEOUT_MS, logger });
  const connector = createConnector({ token: () => token.get(), timeoutMs: CALL_TIMEOUT_MS, logger });
  const conversations = createConversations(store);
  const directory = createDirectory({ connector, organisation, tenants: mode.tenants, clock });
  const context = (): TeamsContext => ({
    names: (id) => person(organisation(), id),
    people: organisation().people.map(({ id, name }) => ({ id, name })),
  });
  const reach = createReach({ connector, conversations, mode, organisation });
  const saying = createSaying({ connector, reach, context, logger });
  const edge = createEdge({
    route,
    identify: createIdentify({ directory, conversations, refused, logger }),
    directory,
    conversations,
    answers: createAnswers({ store, liveCard, context, saying }),
    store,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    graceMs: options.graceMs,
    asked: options.asked,
    clock,
    logger,
  });

  return {
    start: async (app) => {
      const problem = misset(mode);
      if (problem) throw new Error(problem);
      await door.mount(app);
      started = true;
      token.start();
    },
    idle: () => edge.idle(),
    problem: () => {
      if (stopping) return 'The bot is stopping.';
      return started ? token.problem() : 'Teams is not started yet.';
    },
    stop: async () => {
      stopping = true;
      token.stop();
      await inTime(edge.idle(), CALL_TIMEOUT_MS);
    },
    outlet: teamsOutlet({
      connector,
      conversations,
      store,
      mode,
      organisation,
      pace: createPace({ chat: 'teams', store, rates: options.rates ?? TEAMS_RATES, faultOf: deliveryFault, clock }),
      logger,
    }),
  };
};
