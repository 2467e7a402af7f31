/** The environment, read once at the start. A mistake is returned as one sentence that says what to set. */

import { resolve } from 'node:path';
import { z } from 'zod';
import { ALL_CHATS, type Chat } from '../../flows/chats.ts';
import { parsedUrl } from '../../flows/url.ts';
import { StoreFault } from '../../store/event-store.ts';
import { findCheckpointKey, loadDataKey } from '../../store/keys.ts';
import { databaseOf } from '../../store/mongo/address.ts';
import type { CheckpointsTo } from '../checkpoints/publish.ts';
import { listenAddress, pagesOrigin, type ListenAddress } from './addresses.ts';
import { optional, text } from './setting.ts';
import { slackOf, slackProblem, slackSettings, type SlackConfig } from './slack.ts';
import { teamsOf, teamsProblem, teamsSettings, type TeamsConfig } from './teams.ts';
import { watchmanOf, watchmanSettings, type WatchmanConfig } from './watchman.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

interface Common {
  host: string;
  port: number;
  /** Where `/readyz` and `/metrics` are served in place of the public port; undefined: on that. */
  ops: ListenAddress | undefined;
  /** Absolute path of the folder that holds the embedded store and generated keys. */
  dataDir: string;
  /** Absolute path of the policy file; undefined: the default policy. */
  policyFile: string | undefined;
  /** Where signed checkpoints are written to; undefined: they stay in the database. */
  checkpoints: CheckpointsTo | undefined;
  /** The Watchman server that parties are looked up on; undefined: the lists that were imported alone. */
  watchman: WatchmanConfig | undefined;
  /** Origin of Clearthread's own pages, such as `https://clearthread.example.com`; undefined: it has none. */
  publicUrl: string | undefined;
  /** The slash command, with its slash. */
  command: string;
  logLevel: (typeof LOG_LEVELS)[number];
}

/** Settings of the chats. A real deployment has at least one. */
export interface ChatConfigs {
  slack: SlackConfig | undefined;
  teams: TeamsConfig | undefined;
}

export type Config =
  /** No chat credentials: the sample organisation unless a file is given, loopback only. */
  | (Common & {
      mode: 'playground';
      host: '127.0.0.1';
      organisationFile: string | undefined;
      /** Sample deals stand ready at the first start. They need the sample organisation and the default policy. */
      samples: boolean;
    })
  | (Common & {
      mode: 'real';
      /** Absolute path. */
      organisationFile: string;
    } & ChatConfigs);

export interface ConfigProblem {
  /** One sentence for the person who starts the bot. Never repeats a value that may be a secret. */
  problem: string;
}

const OPS_WORDS = 'Set CLEARTHREAD_OPS_ADDRESS to an address and a port, for example 127.0.0.1:9464 or [::1]:9464.';

const CHECKPOINTS_WORDS =
  'Set CLEARTHREAD_CHECKPOINTS to a folder, such as /mnt/checkpoints, or to an address that begins with https://.';

const checkpointsTo = text
  .refine(
    (value) => !/^[a-z][a-z\d+.-]+:\/\//i.test(value) || (/^https:/i.test(value) && parsedUrl(value) !== undefined),
    {
      error: CHECKPOINTS_WORDS,
    },
  )
  .transform((value): CheckpointsTo =>
    /^https:/i.test(value) ? { to: 'address', address: value } : { to: 'folder', folder: resolve(value) },
  );

const PUBLIC_WORDS =
  'Set CLEARTHREAD_PUBLIC_URL to the address at which people reach Clearthread, such as https://clearthread.example.com, without a path. It must be a name, not an IP address, and https (http only at localhost).';

const SAMPLES_WORDS = 'Set CLEARTHREAD_SAMPLES to off for an empty playground, or leave it out.';

const PORT_WORDS = 'Set PORT to a whole number from 0 to 65535, for example 3000.';

const port = text
  .regex(/^\d{1,5}$/, PORT_WORDS)
  .transform(Number)
  .refine((number) => number <= 65_535, PORT_WORDS);

const Environment = z.object({
  ...slackSettings,
  ...teamsSettings,
  ...watchmanSettings,
  PORT: optional(port),
  HOST: optional(text.regex(/^[\w.:-]+$/, 'Set HOST to the address to listen on, for example 0.0.0.0.')),
  CLEARTHREAD_OPS_ADDRESS: optional(listenAddress(OPS_WORDS)),
  DATA_DIR: optional(text),
  MONGODB_URI: optional(
    text.refine(
      (value) => databaseOf(value) !== undefined,
      'Set MONGODB_URI to an address that names a database, such as mongodb://db1,db2,db3/clearthread?replicaSet=rs0.',
    ),
  ),
  CLEARTHREAD_POLICY: optional(text),
  CLEARTHREAD_CHECKPOINTS: optional(checkpointsTo),
  CLEARTHREAD_ORGANISATION: optional(text),
  CLEARTHREAD_PUBLIC_URL: optional(pagesOrigin(PUBLIC_WORDS)),
  CLEARTHREAD_COMMAND: optional(
    text.regex(
      /^\/[a-z0-9_-]{1,31}$/,
      'Set CLEARTHREAD_COMMAND to a slash command such as /deal: a slash, then small letters, digits, - or _.',
    ),
  ),
  CLEARTHREAD_SAMPLES: optional(z.enum(['on', 'off'], SAMPLES_WORDS)),
  LOG_LEVEL: optional(z.enum(LOG_LEVELS, `Set LOG_LEVEL to one of ${LOG_LEVELS.join(', ')}.`)),
  NODE_ENV: optional(text),
});

type Environment = z.infer<typeof Environment>;

/** How each chat's settings are read and checked. */
const CHAT_SETTINGS = {
  slack: { read: slackOf, problem: slackProblem },
  teams: { read: teamsOf, problem: teamsProblem },
} satisfies { [chat in Chat]: ChatSettings<ChatConfigs[chat]> };

interface ChatSettings<Read> {
  read: (set: Environment) => Read;
  problem: (set: Environment) => string | undefined;
}

const path = (value: string | undefined): string | undefined => (value === undefined ? undefined : resolve(value));

/** Returns the data folder alone, for commands that read the record next to a running or stopped bot. */
export const dataDirOf = (env: Readonly<Record<string, string | undefined>>): string =>
  resolve(env['DATA_DIR']?.trim() || './data');

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config | ConfigProblem {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) return { problem: parsed.error.issues[0]?.message ?? 'The environment could not be read.' };
  const set = parsed.data;
  const common: Common = {
    host: set.HOST ?? '0.0.0.0',
    port: set.PORT ?? 3000,
    ops: set.CLEARTHREAD_OPS_ADDRESS,
    dataDir: dataDirOf(env),
    policyFile: path(set.CLEARTHREAD_POLICY),
    checkpoints: set.CLEARTHREAD_CHECKPOINTS,
    watchman: watchmanOf(set),
    publicUrl: set.CLEARTHREAD_PUBLIC_URL,
    command: set.CLEARTHREAD_COMMAND ?? '/deal',
    logLevel: set.LOG_LEVEL ?? 'info',
  };
  const problem =
    ALL_CHATS.map((chat) => CHAT_SETTINGS[chat].problem(set)).find(Boolean) ?? keysProblem(env, common.dataDir);
  if (problem) return { problem };
  const chats: ChatConfigs = { slack: CHAT_SETTINGS.slack.read(set), teams: CHAT_SETTINGS.teams.read(set) };
  const organisationFile = path(set.CLEARTHREAD_ORGANISATION);
  if (ALL_CHATS.every((chat) => chats[chat] === undefined)) {
    if (set.NODE_ENV === 'production') return { problem: NO_PLAYGROUND };
    const samples =
      set.CLEARTHREAD_SAMPLES !== 'off' && organisationFile === undefined && common.policyFile === undefined;
    return { ...common, mode: 'playground', host: '127.0.0.1', organisationFile, samples };
  }
  if (organisationFile === undefined) {
    return {
      problem:
        'Set CLEARTHREAD_ORGANISATION to your organisation file, so that the bot knows who may answer and who decides.',
    };
  }
  return { ...common, mode: 'real', organisationFile, ...chats };
}

const NO_PLAYGROUND =
  'Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET), or TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET and TEAMS_TENANT_ID: the playground lets anybody be anybody, so it does not start with NODE_ENV=production.';

/** Checks the keys. They stay in the environment until `store/keys.ts` loads them; this only tells whether it could. */
function keysProblem(env: Readonly<Record<string, string | undefined>>, dataDir: string): string | undefined {
  const [dataKey, checkpointKey] = [env['CLEARTHREAD_DATA_KEY'], env['CLEARTHREAD_CHECKPOINT_KEY']];
  try {
    if (dataKey?.trim()) loadDataKey(dataKey, dataDir);
    if (checkpointKey?.trim()) findCheckpointKey(checkpointKey, dataDir);
    return undefined;
  } catch (error) {
    if (error instanceof StoreFault) return error.message;
    throw error;
  }
}
