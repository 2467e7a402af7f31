/** The only wiring: from the environment to a running bot. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { databaseFile, loadDataKey } from '../store/keys.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { StoreFault, type EventStore } from '../store/event-store.ts';
import { readConfig, type Config } from './config.ts';
import type { Organisation } from '../flows/organisation.ts';
import { createDeals } from './handle.ts';
import { createLogger, type Logger } from './log.ts';
import { loadOrganisation, sampleOrganisationFile } from './organisation-file.ts';
import { startOutbox, type Outbox } from './outbox.ts';
import { playgroundRefusal } from './playground/guard.ts';
import { createPolicies } from './policies.ts';
import { defaultPolicyFile, loadPolicy, policyFits, policyFromJson } from './policy-file.ts';
import { createRender } from './render.ts';
import { createRoute } from './route.ts';
import { COMMANDS, createSlack, type SlackMode } from './slack/slack.ts';
import { mountHealth } from './web/health.ts';
import { FileProblem } from './yaml-file.ts';

export interface Bot {
  /** `http://127.0.0.1:3000`. */
  url: string;
  stop(): Promise<void>;
}

/** What keeps the bot from starting, in one sentence for the person who starts it. */
export class StartProblem extends Error {}

/** A made-up workspace needs made-up secrets; they never leave this machine's loopback. */
export const PLAYGROUND = {
  botToken: `xoxb-playground-${randomBytes(24).toString('hex')}`,
  signingSecret: randomBytes(32).toString('hex'),
};

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken ? new StartProblem(`Port ${port} is in use. Set PORT to a free one, for example PORT=3001.`) : error,
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

/** The process waits with it, for each request in turn, and Slack waits three seconds for each. */
const BUSY_MS = 300;

const openStore = ({ dataDir }: Config, env: NodeJS.ProcessEnv): EventStore => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const problem = `The data folder ${dataDir} can't be made (${code}): set DATA_DIR to a folder that the bot may write.`;
    throw new StartProblem(problem, { cause });
  }
  const dataKey = loadDataKey(env['CLEARTHREAD_DATA_KEY'], dataDir);
  return openSqliteStore({ file: databaseFile(dataDir), dataKey, busyTimeoutMs: BUSY_MS });
};

/** A folder is for play or for real, for ever: sample people must not stand in a company's record. */
const checkDeployment = async (config: Config, store: EventStore, env: NodeJS.ProcessEnv): Promise<void> => {
  const made = await store.meta('deployment');
  const wanted = config.mode === 'playground' ? 'playground' : 'real';
  const problem =
    wanted === 'playground'
      ? playgroundRefusal(env, made)
      : made === 'playground'
        ? 'This data folder belongs to the playground. Set DATA_DIR to a new folder for the real deployment.'
        : undefined;
  if (problem) throw new StartProblem(problem);
  await store.putMeta('deployment', wanted);
};

const slackMode = (config: Config): SlackMode => {
  switch (config.mode) {
    case 'playground':
      return { mode: 'http', ...PLAYGROUND };
    case 'slack-http':
      return { mode: 'http', botToken: config.botToken, signingSecret: config.signingSecret };
    case 'slack-socket':
      return { mode: 'socket', botToken: config.botToken, appToken: config.appToken };
    default: {
      const never: never = config;
      return never;
    }
  }
};

/** What was opened so far, and how it is closed. */
type Opened = (() => Promise<unknown>)[];

/** Throws StartProblem, FileProblem or StoreFault with a sentence for whoever starts it, and leaves nothing open. */
export const startBot = async (config: Config, env: NodeJS.ProcessEnv, logger: Logger): Promise<Bot> => {
  const opened: Opened = [];
  try {
    return await start(config, env, logger, opened);
  } catch (error) {
    for (const close of opened.toReversed()) await close();
    throw error;
  }
};

const start = async (config: Config, env: NodeJS.ProcessEnv, logger: Logger, opened: Opened): Promise<Bot> => {
  const policyFile = loadPolicy(config.policyFile ?? defaultPolicyFile);
  const organisationRead = loadOrganisation(config.organisationFile ?? sampleOrganisationFile);
  const organisation = (): Organisation => organisationRead;
  const misfits = policyFits(policyFile.document, organisationRead);
  if (misfits.length > 0) {
    throw new StartProblem(['The policy does not fit the organisation file:', ...misfits].join('\n'));
  }
  const store = openStore(config, env);
  opened.push(() => store.close());
  await checkDeployment(config, store, env);
  const policies = await createPolicies(store, policyFile, policyFromJson);
  const clock = (): Date => new Date();

  const app = express();
  app.disable('x-powered-by');
  const server = createServer(app);
  const port = await listen(server, config.port, config.host);
  opened.push(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`;

  const playground =
    config.mode === 'playground'
      ? // Loaded only here: a real deployment has no use for it.
        await (
          await import('./playground/mount.ts')
        ).mountPlayground(app, {
          organisation: organisationRead,
          dataDir: config.dataDir,
          ...PLAYGROUND,
          eventsUrl: () => `${url}/slack/events`,
          baseUrl: () => url,
          command: config.command,
          logger,
        })
      : undefined;

  if (playground) opened.push(() => playground.close());

  // The outbox needs the deals to render, and the deals wake the outbox.
  const wired: { outbox?: Outbox } = {};
  const deals = createDeals({ store, policies, organisation, clock, wake: () => wired.outbox?.wake() });
  const slack = createSlack(slackMode(config), {
    apiUrl: config.mode === 'playground' ? playground?.apiUrl() : config.apiUrl,
    commands: [...new Set([config.command, ...COMMANDS])],
    organisation,
    store,
    route: createRoute({ deals, store, organisation, command: config.command }),
    logger,
    clock,
    ...(playground ? { paceMs: 0 } : {}),
  });
  if (slack.listener) app.post('/slack/events', slack.listener);
  mountHealth(app, {
    on: [playground ? 'playground' : 'slack'],
    store: () => store.ping(),
    chat: () => slack.problem(),
    failedNotices: async () => (await store.outboxProblems()).filter((p) => p.state === 'failed').length,
  });
  await slack.start();
  wired.outbox = startOutbox({ store, deliver: slack.deliver(createRender(deals)), clock, logger });
  logger.info('bot.started', { mode: config.mode, port, policy: policies.current?.hash });

  return {
    url,
    stop: async () => {
      await slack.stop();
      // In the playground what is being sent goes to this very server.
      await wired.outbox?.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
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

/** A fault nobody caught: say so, and let whoever watches the process start it anew. Nothing acknowledged is lost. */
const startedHere = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (startedHere) await main();
