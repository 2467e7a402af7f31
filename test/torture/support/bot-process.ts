/** The bot as deployed: a separate process that can be killed, at a Slack that keeps its calls. */

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { PLAYGROUND } from '../../../src/startup/playground.ts';
import { openMongoStore } from '../../../store/mongo/mongo.ts';
import { BOT, startWebApi, TOKEN, type WebApi } from '../../src/slack/web-api.ts';
import { createDeals, type Deals } from '../../support/bad-day-deals.ts';
import { createWire, openRecord, recordIn, TEAM, type DealRecord, type Wire } from '../../support/bad-day.ts';
import { BRIEF } from '../../support/brief-node.ts';
import { CLEARANCE } from '../../support/chat-hand.ts';
import { CI_MARK } from '../../support/ci-mark.ts';
import { PEOPLE } from '../../support/playing.ts';

export interface BotProcess {
  pid: number;
  url: string;
  /** Sends to this process. */
  wire: Wire;
  /** The log so far. */
  lines(): Record<string, unknown>[];
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

export interface Company {
  api: WebApi;
  dataDir: string;
  /** Sends to the process that was started last. */
  wire: Wire;
  record: DealRecord;
  /** Through `wire`. */
  deals: Deals;
  url(): string;
  /** Resolves once it listens. `entry`: another program than the bot's own. */
  start(env?: Record<string, string>, entry?: string): Promise<BotProcess>;
  end(): Promise<void>;
}

// Compiled, this file is in dist/ itself.
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/dist\/$/, '');
const MAIN = join(ROOT, 'dist/src/main.js');
export const FAILPOINT_BOT = join(ROOT, 'test/torture/support/failpoint-bot.mjs');
const LISTENS = /running on (http:\S+)/;
/** A bot that ends says so at once; only one that hangs is waited for, and a busy machine starts one in half a minute. */
const START_MS = 150_000;

const DATA_KEY = Buffer.alloc(32, 7);

export interface CompanyOptions {
  /** Database of its bots; without it, they share one SQLite file. */
  mongodbUri?: string;
  /** The time of its bots, in milliseconds since 1970. */
  now?: () => number;
}

export const startCompany = async ({ mongodbUri, now = Date.now }: CompanyOptions = {}): Promise<Company> => {
  const api = await startWebApi();
  api.team = TEAM;
  const users = Object.values(PEOPLE);
  api.users = Object.fromEntries(users.map((id) => [id, { id, team_id: TEAM }]));
  api.channels = {
    [CLEARANCE]: { members: [...users, BOT.user] },
    ...Object.fromEntries(users.map((id) => [`D${id.slice(1)}`, { members: [id, BOT.user] }])),
  };
  const dataDir = mkdtempSync(join(tmpdir(), 'clearthread-torture-'));
  const running = new Set<ChildProcess>();
  let url = '';
  const seconds = (): number => Math.floor(now() / 1000);
  const wire = createWire(() => url, seconds);
  let seen =
    mongodbUri === undefined
      ? undefined
      : recordIn(await openMongoStore({ uri: mongodbUri, dataKey: DATA_KEY, answerMs: 20_000 }));
  // The first bot that starts makes the key file.
  const opened = (): DealRecord => (seen ??= openRecord(dataDir));
  const record: DealRecord = {
    get store() {
      return opened().store;
    },
    events: (deal) => opened().events(deal),
    types: (deal) => opened().types(deal),
    state: (deal) => opened().state(deal),
    root: (deal) => opened().root(deal),
    quiet: () => opened().quiet(),
    close: async () => seen?.close(),
  };

  const start: Company['start'] = async (env = {}, entry = MAIN) => {
    // The bot itself is measured under load.
    const child = spawn(process.execPath, [...(entry === MAIN ? [] : BRIEF), entry], {
      env: {
        ...CI_MARK,
        PATH: process.env['PATH'] ?? '',
        SLACK_BOT_TOKEN: TOKEN,
        SLACK_SIGNING_SECRET: PLAYGROUND.signingSecret,
        SLACK_API_URL: api.url,
        CLEARTHREAD_ORGANISATION: sampleOrganisationFile,
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: dataDir,
        ...(mongodbUri !== undefined && {
          MONGODB_URI: mongodbUri,
          CLEARTHREAD_DATA_KEY: DATA_KEY.toString('base64'),
        }),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    const ended = new Promise<number | NodeJS.Signals>((resolve) => {
      child.once('close', (code, signal) => {
        running.delete(child);
        resolve(code ?? signal ?? -1);
      });
    });
    const own = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the bot did not start: ${err}`)), START_MS);
      child.stderr.on('data', (part: Buffer) => {
        err += part.toString();
        const found = LISTENS.exec(err)?.[1];
        if (found !== undefined) resolve(found);
      });
      void ended.then((how) => reject(new Error(`the bot ended with ${how}: ${err}`)));
      void ended.finally(() => clearTimeout(timer));
    });
    url = own;
    return {
      pid: child.pid ?? 0,
      url: own,
      wire: createWire(() => own, seconds),
      lines: () =>
        out
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Record<string, unknown>),
      kill: (signal) => void child.kill(signal),
      ended,
    };
  };

  return {
    api,
    dataDir,
    wire,
    record,
    deals: createDeals(wire, record),
    url: () => url,
    start,
    end: async () => {
      for (const child of running) child.kill('SIGKILL');
      await record.close();
      await api.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
