/** All of Slack: Bolt over HTTP or Socket Mode for input, the Web API for output; used nowhere outside this folder. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, SocketModeReceiver, type Receiver } from '@slack/bolt';
import type { People } from '../../blocks/slack/slack.ts';
import { person } from '../../flows/organisation.ts';
import type { EventStore, Rate } from '../../store/event-store.ts';
import { createBell } from '../bell.ts';
import { DEADLINE_MS, type ChatOptions } from '../edge/chat-options.ts';
import { inTime } from '../edge/deadline.ts';
import type { FileRead } from '../edge/file-read.ts';
import { createHomes } from '../edge/homes.ts';
import { newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import type { Outlet } from '../outbox/delivery.ts';
import { createPace } from '../outbox/pace.ts';
import { createAnswers } from './answers.ts';
import { createClient, sdkLogger } from './clients.ts';
import { createSlackEdge } from './edge.ts';
import { deliveryFault, slackCode } from './faults.ts';
import { createFileReader } from './files.ts';
import { slackOutlet } from './outbound.ts';
import { createDirectory } from './people.ts';
import { createReceiver, type Arrival, type Respond } from './receiver.ts';
import { homeView } from './views.ts';

export type SlackMode =
  | { mode: 'http'; botToken: string; signingSecret: string }
  | { mode: 'socket'; botToken: string; appToken: string };

export interface SlackOptions extends ChatOptions {
  /** Base of the Web API; undefined: Slack's own. */
  apiUrl?: string | undefined;
  /** Slash commands that are ours, with their slash. */
  commands?: readonly string[] | undefined;
  store: Pick<EventStore, 'firstTime' | 'ref' | 'saveRef' | 'turn' | 'holdTurns'>;
}

export interface Slack {
  /** HTTP mode: for `POST /slack/events`, before anything reads the body. */
  listener?: ((req: IncomingMessage, res: ServerResponse) => void) | undefined;
  /** Asks Slack who the bot is, and in Socket Mode connects. Throws one sentence that says what to set. */
  start(): Promise<void>;
  /** Takes no more requests, and waits a few seconds for those in progress. */
  stop(): Promise<void>;
  /** Resolves when everything received so far is answered. For tests. */
  idle(): Promise<void>;
  outlet: Outlet;
  /** Reads a file that somebody handed in with a form. */
  readFile(link: string): Promise<FileRead>;
  /** Returns one sentence while Slack cannot reach the bot; undefined when all is well. */
  problem(): string | undefined;
}

export const COMMANDS = ['/deal', '/clear-deal'] as const;
/** Slack takes about one message a second per channel: https://docs.slack.dev/apis/web-api/rate-limits */
export const SLACK_RATES: readonly Rate[] = [{ everyMs: 1000, burst: 1 }];
export const TALK_TIMEOUT_MS = 5000;
const QUICK_TIMEOUT_MS = 2000;
/** A network that is not up yet at boot is no reason to give up. */
const START_TRIES = 4;
const START_PAUSE_MS = 250;

interface Identity {
  team: string;
  botId: string | undefined;
  botUserId: string | undefined;
}

const onceOnly = (ack: (body?: object) => unknown): Respond => {
  let done = false;
  return async (body) => {
    if (done) return;
    done = true;
    await ack(body);
  };
};

export const createSlack = (mode: SlackMode, options: SlackOptions): Slack => {
  const { apiUrl, organisation, store, route, logger, clock } = options;
  const api = { token: mode.botToken, apiUrl, logger };
  const client = createClient({ ...api, timeoutMs: TALK_TIMEOUT_MS });
  const quick = createClient({ ...api, timeoutMs: QUICK_TIMEOUT_MS });
  let identity: Identity | undefined;
  let connected = mode.mode === 'http';
  let stopping = false;

  const people: People = Object.assign((id: string) => person(organisation(), id), {
    elsewhere: () => organisation().people.some(({ slack }) => slack === undefined),
  });
  const team = () => identity?.team;
  // Asked while a trigger lives.
  const directory = createDirectory(quick, organisation, clock, team);
  const homes = createHomes({
    chat: 'slack',
    route,
    publish: async (id, card, place) => {
      const user = people(id)?.slack;
      if (user !== undefined) await quick.views.publish({ user_id: user, view: homeView(card, people, place) });
    },
    happened: (options.happened ?? createBell)(),
    clock,
    logger,
  });
  const edge = createSlackEdge({
    route: homes.route,
    directory,
    answers: createAnswers({ client, quick, people, logger }),
    store,
    commands: options.commands ?? COMMANDS,
    team,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    graceMs: options.graceMs,
    keepRefusal: options.refused,
    asked: options.asked,
    clock,
    logger,
  });

  const problem = (): string | undefined => {
    if (stopping) return 'The bot is stopping.';
    if (!identity) return 'Slack has not said yet who the bot is.';
    return connected ? undefined : 'The connection to Slack (Socket Mode) is down.';
  };

  const http =
    mode.mode === 'http'
      ? createReceiver({
          signingSecret: mode.signingSecret,
          store,
          clock,
          logger,
          // What came before the server closed is still answered while it stops.
          notReady: () => (stopping ? undefined : problem()),
          asked: options.asked,
        })
      : undefined;
  const socket = mode.mode === 'socket' ? socketReceiver(mode.appToken, apiUrl, logger) : undefined;
  socket?.client.on('connected', () => {
    connected = true;
  });
  for (const state of ['reconnecting', 'disconnecting', 'disconnected', 'close']) {
    socket?.client.on(state, () => {
      connected = false;
    });
  }
  const receiver: Receiver | undefined = http ?? socket;
  if (!receiver) throw new Error('neither HTTP nor Socket Mode');

  const app = new App({
    receiver,
    authorize: async () => ({
      botToken: mode.botToken,
      ...(identity?.botId === undefined ? {} : { botId: identity.botId }),
      ...(identity?.botUserId === undefined ? {} : { botUserId: identity.botUserId }),
    }),
    convoStore: false,
    logger: sdkLogger(logger),
    clientOptions: {
      ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
      retryConfig: { retries: 0 },
      timeout: TALK_TIMEOUT_MS,
    },
  });

  // One listener for all: `payloads.ts` decides what it is.
  app.use(async (args) => {
    const { trace = newTrace(), ...arrival } = arrivalIn(args.context);
    const ack = 'ack' in args && typeof args.ack === 'function' ? (args.ack as (body?: object) => unknown) : () => {};
    const respond = arrival.respond ?? onceOnly(ack);
    await edge.handle({ ...arrival, body: args.body, respond, trace });
  });

  const identify = async (triesLeft = START_TRIES): Promise<Identity> => {
    try {
      const found = await client.auth.test();
      if (found.team_id === undefined) throw new Error('no team');
      return { team: found.team_id, botId: found.bot_id, botUserId: found.user_id };
    } catch (error) {
      const code = slackCode(error);
      if (triesLeft > 1 && code === 'no_answer') {
        await new Promise((resolve) => setTimeout(resolve, START_PAUSE_MS));
        return identify(triesLeft - 1);
      }
      const sentence =
        code === 'no_answer' || code.startsWith('http_')
          ? `Slack does not answer (${code}): check the network and SLACK_API_URL.`
          : `Slack does not accept SLACK_BOT_TOKEN (${code}): copy the Bot User OAuth Token of the installed app.`;
      throw new Error(sentence, { cause: error });
    }
  };

  return {
    listener: http?.listener,
    problem,
    start: async () => {
      identity = await identify();
      if (!socket) return;
      await app.start().catch((error: unknown) => {
        throw new Error(
          `Slack opens no socket (${slackCode(error)}): check SLACK_APP_TOKEN and that Socket Mode is on in the app's settings.`,
          { cause: error },
        );
      });
    },
    idle: () => edge.idle(),
    stop: async () => {
      stopping = true;
      if (socket) await app.stop();
      await inTime(Promise.all([edge.idle(), homes.stop()]), TALK_TIMEOUT_MS);
    },
    readFile: createFileReader({ client: quick, token: mode.botToken, apiUrl, logger, clock }),
    outlet: slackOutlet({
      client,
      isShared: directory.isShared,
      store,
      people,
      botId: () => identity?.botId,
      pace: createPace({ chat: 'slack', store, rates: options.rates ?? SLACK_RATES, faultOf: deliveryFault, clock }),
      logger,
    }),
  };
};

const arrivalIn = (context: Readonly<Record<string, unknown>>): Partial<Arrival> => {
  const { trace, respond, arrived, first } = context;
  return {
    ...(typeof trace === 'string' ? { trace } : {}),
    ...(typeof respond === 'function' ? { respond: respond as Respond } : {}),
    ...(typeof arrived === 'number' ? { arrived } : {}),
    ...(first instanceof Promise ? { first: first as Arrival['first'] } : {}),
  };
};

const socketReceiver = (appToken: string, apiUrl: string | undefined, logger: Logger): SocketModeReceiver =>
  new SocketModeReceiver({
    appToken,
    logger: sdkLogger(logger),
    installerOptions: { clientOptions: apiUrl === undefined ? {} : { slackApiUrl: apiUrl } },
    // A payload that Bolt cannot read must not be repeated without end.
    processEventErrorHandler: async ({ error }) => {
      logger.warn('slack.not-understood', { error });
      return true;
    },
  });
