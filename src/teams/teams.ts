/** All of Teams: the Teams SDK for input, the Bot Connector for output; neither is used outside this folder. */

import type { Express } from 'express';
import type { Card } from '../../blocks/card.ts';
import type { TeamsContext } from '../../blocks/teams/teams.ts';
import type { PersonId } from '../../flows/ids.ts';
import { person } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import { createBell } from '../bell.ts';
import { DEADLINE_MS, type ChatOptions } from '../edge/chat-options.ts';
import { inTime } from '../edge/deadline.ts';
import { createHomes } from '../edge/homes.ts';
import type { Outlet } from '../outbox/delivery.ts';
import { createPace } from '../outbox/pace.ts';
import { createAddresses } from './addresses.ts';
import { createAnswers } from './answers.ts';
import { createBotToken } from './bot-token.ts';
import { createConnector } from './connector.ts';
import { createConversations } from './conversations.ts';
import { createTeamsEdge } from './edge.ts';
import { deliveryFault } from './faults.ts';
import type { TeamsMode } from './mode.ts';
import { TEAMS_RATES, teamsOutlet } from './outbound.ts';
import { createDirectory } from './people.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { createSaying, type SaidAt } from './saying.ts';
import { mayBeCalled } from './verify.ts';

export interface TeamsOptions extends ChatOptions {
  store: Pick<
    EventStore,
    'firstTime' | 'ref' | 'saveRef' | 'findRef' | 'saveConversation' | 'conversation' | 'turn' | 'holdTurns'
  >;
  /** Renders the live card behind a message as everybody sees it, by its (plain) key; undefined where there is none. */
  liveCard: (deal: string, key: string) => Promise<Card | undefined>;
}

export interface Teams {
  /** Registers `POST /api/messages`, and checks what needs no Microsoft. Throws one sentence that says what to set. */
  start(app: Express): Promise<void>;
  /** Takes no more requests, and waits a few seconds for those in progress. */
  stop(): Promise<void>;
  /** Resolves when everything received so far is answered. For tests. */
  idle(): Promise<void>;
  outlet: Outlet;
  /** Returns one sentence while Teams cannot reach the bot or the bot cannot send; undefined when all is well. */
  problem(): string | undefined;
}

export const CALL_TIMEOUT_MS = 5000;

/** Checks the settings without asking Microsoft; undefined: nothing is wrong. */
const settingsProblem = (mode: TeamsMode): string | undefined => {
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

  const receiver: Receiver = createReceiver({
    mode,
    take: (envelope, body, trace) => edge.handle(envelope, body, trace),
    closed: () => !started || stopping,
    timeoutMs: CALL_TIMEOUT_MS,
    asked: options.asked,
    clock,
    logger,
  });
  const token = createBotToken({ ask: mode.token ?? (() => receiver.token()), timeoutMs: CALL_TIMEOUT_MS, logger });
  const connector = createConnector({ token: () => token.get(), timeoutMs: CALL_TIMEOUT_MS, logger });
  const conversations = createConversations(store, (error) => logger.error('teams.conversation-changed', { error }));
  const directory = createDirectory({ connector, organisation, tenants: mode.tenants, clock });
  const context = (): TeamsContext => ({
    names: (id) => person(organisation(), id),
    people: organisation().people.map(({ id, name }) => ({ id, name })),
  });
  const reach = createAddresses({ connector, conversations, mode, organisation });
  const saying = createSaying({ connector, reach, context, logger });
  /** Where each person's page stands. */
  const pages = new Map<PersonId, SaidAt>();
  const homes = createHomes({
    chat: 'teams',
    route,
    publish: async (id, card) => {
      const at = pages.get(id);
      if (at) await saying.again(at, card);
    },
    happened: (options.happened ?? createBell)(),
    clock,
    logger,
  });
  const edge = createTeamsEdge({
    route,
    directory,
    conversations,
    answers: createAnswers({
      store,
      liveCard,
      context,
      saying,
      pageShown: (page, card, at) => {
        pages.set(page.person, at);
        homes.opened(page, card);
      },
      logger,
    }),
    store,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    graceMs: options.graceMs,
    keepRefusal: refused,
    asked: options.asked,
    clock,
    logger,
  });

  return {
    start: async (app) => {
      const problem = settingsProblem(mode);
      if (problem) throw new Error(problem);
      await receiver.mount(app);
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
      await inTime(Promise.all([edge.idle(), homes.stop()]), CALL_TIMEOUT_MS);
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
