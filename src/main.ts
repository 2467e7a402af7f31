/** The only wiring: from the environment to a running bot. */
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { databaseFile, loadDataKey } from '../store/keys.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { StoreFault, type EventStore, type Json } from '../store/event-store.ts';
import { readConfig, type Config } from './config.ts';
import { createDeals } from './handle.ts';
import { createLogger, type Logger } from './log.ts';
import { loadOrganisation, sampleOrganisationFile } from './organisation-file.ts';
import { startOutbox } from './outbox.ts';
import { mountPlayground, playgroundRefusal } from './playground/mount.ts';
import { createPolicies } from './policies.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from './policy-file.ts';
import { createRender } from './render.ts';
import { createRoute } from './route.ts';
import { createSlack } from './slack/slack.ts';
import { mountHealth } from './web/health.ts';

export interface Bot {
  /** `http://127.0.0.1:3000`. */
  url: string;
  stop(): Promise<void>;
}

/** What keeps the bot from starting, in one sentence for the person who starts it. */
export class StartProblem extends Error {}

/** A made-up workspace needs made-up secrets; they never leave this machine's loopback. */
const PLAYGROUND = { botToken: 'xoxb-playground-sample', signingSecret: 'playground-signing-secret' };

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new StartProblem(`Port ${port} is in use. Set PORT to a free one, for example PORT=3001.`) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

const openStore = (config: Config): EventStore => {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  return openSqliteStore({ file: databaseFile(config.dataDir), dataKey: loadDataKey(config.dataKey, config.dataDir) });
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

export const startBot = async (config: Config, env: NodeJS.ProcessEnv, logger: Logger): Promise<Bot> => {
  const policyFile = loadPolicy(config.policyFile ?? defaultPolicyFile);
  const organisation = loadOrganisation(config.organisationFile ?? sampleOrganisationFile);
  const store = openStore(config);
  await checkDeployment(config, store, env);
  const clock = (): Date => new Date();
  const policies = await createPolicies(store, policyFile, policyFromJson);
  const app = express();
  app.disable('x-powered-by');
  const server = createServer(app);
  let url = '';

  const deals = createDeals({ store, policies, organisation: () => organisation, clock, wake: () => outbox.wake() });
  const route = createRoute({ deals, store, organisation: () => organisation, clock, command: config.command });
  const playground =
    config.mode === 'playground'
      ? await mountPlayground(app, {
          organisation,
          dataDir: config.dataDir,
          ...PLAYGROUND,
          eventsUrl: () => `${url}/slack/events`,
          baseUrl: () => url,
          command: config.command,
          logger,
        })
      : undefined;
};
