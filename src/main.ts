/** The only wiring: from the environment to a running bot. */

import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Organisation } from '../flows/organisation.ts';
import { StoreFault, type EventStore } from '../store/event-store.ts';
import { chatModes, chatsOn, createChats, type ChatModes } from './chats.ts';
import { readConfig, type Config } from './config/config.ts';
import { loadOrganisation, sampleOrganisationFile } from './config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFits, policyFromJson } from './config/policy-file.ts';
import { FileProblem } from './config/yaml-file.ts';
import { createDigests, withDigests } from './digests/digests.ts';
import { inTime } from './edge/deadline.ts';
import { createRefusals } from './edge/refusals.ts';
import { createLogger, type Logger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createDeliver } from './outbox/deliver.ts';
import { startOutbox, type Outbox } from './outbox/outbox.ts';
import { createLiveCard, createRender } from './outbox/render.ts';
import { createThreadUrl, type ThreadUrl } from './outbox/thread-url.ts';
import type { Playground } from './playground/mount.ts';
import { createRouter } from './route/route.ts';
import { checkDeployment, listen, openStore, StartProblem } from './start.ts';
import { createDealIndex } from './streams/deal-index.ts';
import { createDeals } from './streams/deals.ts';
import { homesOf } from './streams/homes.ts';
import { createPolicies } from './streams/policies.ts';
import { createPrecedents } from './streams/precedents.ts';
import { createRegisters } from './streams/registers.ts';
import { watchedStore } from './streams/watched-store.ts';
import { startCatchingUp } from './ticker/catch-up.ts';
import { createFanOut } from './ticker/fan-out.ts';
import { startTicker, type Ticker } from './ticker/ticker.ts';
import { closingOf } from './web/closing.ts';
import { mountHealth } from './web/health.ts';
import { mountMetrics } from './web/metrics.ts';

export interface Bot {
  /** `http://127.0.0.1:3000`. */
  url: string;
  stop(): Promise<void>;
}

/** A made-up workspace needs made-up secrets; they never leave this machine's loopback. */
export const PLAYGROUND = {
  botToken: `xoxb-playground-${randomBytes(24).toString('hex')}`,
  signingSecret: randomBytes(32).toString('hex'),
};

interface OpenPlayground {
  chats: ChatModes;
  /** Time can be travelled here, and nowhere else. */
  clock: Playground['clock'];
  close: () => Promise<void>;
}

/** Both clouds, made up, on this machine; undefined for a real deployment, which has no use for their code. */
const openPlayground = async (
  app: express.Express,
  config: Config,
  organisation: Organisation,
  url: string,
  logger: Logger,
): Promise<OpenPlayground | undefined> => {
  if (config.mode !== 'playground') return undefined;
  const { mountPlayground } = await import('./playground/mount.ts');
  const { apiUrl, teams, clock, close } = await mountPlayground(app, {
    organisation,
    dataDir: config.dataDir,
    ...PLAYGROUND,
    eventsUrl: () => `${url}/slack/events`,
    teamsUrl: () => `${url}/api/messages`,
    baseUrl: () => url,
    command: config.command,
    logger,
  });
  return { chats: { slack: { mode: 'http', ...PLAYGROUND, apiUrl: apiUrl() }, teams }, clock, close };
};

/** Before chats take nothing in any more: less than what an outbox waits for, longer than an answer takes on a good day. */
const LAST_ANSWERS_MS = 1500;

/** What was opened so far, and how it is closed. */
type Opened = (() => Promise<unknown>)[];

/**
 * Throws StartProblem, FileProblem or StoreFault with a sentence for whoever starts it, and leaves nothing open. For
 * tests: `around` the store goes whatever is to break it, and `standIns` take the place of the chats.
 */
export const startBot = async (
  config: Config,
  env: NodeJS.ProcessEnv,
  logger: Logger,
  around: (store: EventStore) => EventStore = (store) => store,
  standIns: (modes: ChatModes) => ChatModes = (modes) => modes,
): Promise<Bot> => {
  const opened: Opened = [];
  try {
    return await start(config, env, logger, opened, around, standIns);
  } catch (error) {
    for (const close of opened.toReversed()) await close();
    throw error;
  }
};

const start = async (
  config: Config,
  env: NodeJS.ProcessEnv,
  logger: Logger,
  opened: Opened,
  around: (store: EventStore) => EventStore,
  standIns: (modes: ChatModes) => ChatModes,
): Promise<Bot> => {
  const policyFile = loadPolicy(config.policyFile ?? defaultPolicyFile);
  const organisationRead = loadOrganisation(config.organisationFile ?? sampleOrganisationFile);
  const organisation = (): Organisation => organisationRead;
  const misfits = policyFits(policyFile.document, organisationRead);
  if (misfits.length > 0) {
    throw new StartProblem(['The policy does not fit the organisation file:', ...misfits].join('\n'));
  }
  const store = around(await openStore(config, env));
  opened.push(() => store.close());
  await checkDeployment(config, store, env);
  const policies = await createPolicies(store, policyFile, policyFromJson);

  const app = express();
  app.disable('x-powered-by');
  const server = createServer(app);
  const closing = closingOf(server);
  const port = await listen(server, config.port, config.host);
  opened.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`;
  const playground = await openPlayground(app, config, organisationRead, url, logger);
  if (playground) opened.push(() => playground.close());
  const machineClock = (): Date => new Date();
  /** Of deals, reminders and what is sent. Signatures, tokens and caches go by the machine's. */
  const clock = (): Date => new Date(playground ? playground.clock.now() : Date.now());

  const modes = standIns(await chatModes(config, playground?.chats));
  const on = chatsOn(modes);
  // The outbox needs the deals to render, and the deals wake the outbox.
  const wired: { outbox?: Outbox; ticker?: Ticker; threadUrl?: ThreadUrl } = {};
  const wake = (): void => wired.outbox?.wake();
  const metrics = createMetrics({ store, clock });
  const watched = watchedStore(store, { appended: metrics.appended, logger });
  const registers = createRegisters({
    store: watched,
    policy: () => policies.current,
    organisation,
    clock,
    // What a register decides may have to be brought to many deals, which is the ticker's.
    wake: () => {
      wake();
      wired.ticker?.wake();
    },
  });
  const deals = createDeals({
    store: watched,
    policies,
    organisation: registers.organisation,
    homes: homesOf(organisation, on),
    clock,
    wake,
    // The deal's own commit stands: what was missed here is seen with its next one.
    sawTeam: (people) =>
      registers.recordTeam(people).catch((error: unknown) => logger.error('training.team-not-seen', { error })),
  });
  const digests = createDigests({
    store: watched,
    deals,
    policy: () => policies.current,
    organisation,
    registers,
    clock,
    logger,
    wake: () => {
      wired.ticker?.wake();
      wake();
    },
  });
  const precedents = createPrecedents({ store, deals, logger });
  const index = createDealIndex({ store, deals, logger });
  const spreading = createFanOut({ registers, deals, index, clock });
  const chats = await createChats(modes, {
    organisation,
    store,
    route: createRouter({
      deals,
      registers,
      index,
      digests,
      store,
      organisation,
      precedents,
      threadUrl: async (...asked) => wired.threadUrl?.(...asked),
      clock,
      command: config.command,
    }),
    liveCard: createLiveCard(deals),
    refused: createRefusals({ store, clock: machineClock, logger }),
    asked: metrics.asked,
    logger,
    clock: machineClock,
    command: config.command,
    rates: playground ? [] : undefined,
  });
  mountHealth(app, {
    on: playground ? ['playground'] : on,
    store: () => store.ping(),
    chats: () => chats.problems(),
    failedNotices: async () => (await store.outboxBacklog(clock().toISOString())).failed,
  });
  mountMetrics(app, metrics);
  opened.push(() => chats.stop());
  await chats.start(app);
  wired.threadUrl = createThreadUrl(chats.outlets, organisation);
  const delivering = createDeliver({
    outlets: chats.outlets,
    render: createRender({ deals, registers: withDigests(registers, digests), organisation }),
    organisation,
    store,
    logger,
  });
  wired.outbox = startOutbox({ store, ...delivering, delivered: metrics.delivered, clock, logger });
  wired.ticker = startTicker({
    store,
    deals,
    registers: withDigests({ ...registers, tick: spreading.tick }, digests),
    organisation: registers.organisation,
    clock,
    logger,
  });
  void spreading.begin().catch((error: unknown) => logger.error('countries.not-counted', { error }));
  const catchingUp = startCatchingUp({ store, logger, wake });
  playground?.clock.watch(() => {
    wired.ticker?.wake();
    wired.outbox?.wake();
  });
  const platform = on.join('+');
  logger.info('bot.started', { mode: config.mode, platform, port, policy: policies.current?.hash });

  return {
    url,
    stop: async () => {
      digests.stop();
      const answered = async (): Promise<void> => {
        // In the playground what is being sent goes to this very server.
        if (!playground) await inTime(closing.close(), LAST_ANSWERS_MS);
        await chats.stop();
      };
      await Promise.all([wired.ticker?.stop(), catchingUp.stop(), answered(), wired.outbox?.stop()]);
      const closed = closing.close();
      await playground?.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2000).unref();
      await closed;
      await store.close();
    },
  };
};

const sentenceOf = (error: unknown): string | undefined =>
  error instanceof StartProblem || error instanceof FileProblem || error instanceof StoreFault
    ? error.message
    : undefined;

/** What the person at the terminal reads; everything else is JSON lines on stdout. */
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  if ('problem' in config) {
    say(config.problem);
    process.exitCode = 1;
    return;
  }
  const logger = createLogger(config.mode === 'playground' && !process.env['LOG_LEVEL'] ? 'warn' : config.logLevel);
  try {
    const bot = await startBot(config, process.env, logger);
    say(config.mode === 'playground' ? `The playground is open: ${bot.url}` : `Clearthread is running on ${bot.url}`);
    let stopping = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (stopping) process.exit(1);
      stopping = true;
      logger.info('bot.stopping', { signal });
      setTimeout(() => process.exit(1), 10_000).unref();
      void bot.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error('bot.stop-failed', { error });
          process.exit(1);
        },
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    say(sentenceOf(error) ?? (error instanceof Error ? error.message : 'The bot could not start.'));
    logger.error('bot.not-started', { error });
    process.exit(1);
  }
};

/** Tests start bots of their own. */
const startedHere = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (startedHere) await main();
