/** Preconditions of a start: the parts that fail for a reason the operator can correct. */

import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Organisation } from '../../flows/organisation.ts';
import { listsInUse, WATCHMAN } from '../../flows/registers/screening.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { ListenAddress } from '../config/addresses.ts';
import type { Config } from '../config/config.ts';
import { loadOrganisation, sampleOrganisationFile } from '../config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFits, type LoadedPolicy } from '../config/policy-file.ts';
import { playgroundRefusal } from '../playground/guard.ts';
import { ListProblem } from '../screening/read-list.ts';
import { takeWatchman } from '../screening/watchman-lists.ts';
import { createWatchman, type Watchman } from '../screening/watchman.ts';
import { mongodbOf, openStoreAt, type StoreLocation } from '../streams/open-store.ts';
import type { Registers } from '../streams/registers.ts';
import { listenOn } from '../web/listen.ts';

/** The reason why the bot does not start, in one sentence for the operator. */
export class StartProblem extends Error {}

/** Paths; undefined: the default policy, and the sample organisation. */
export type FileSettings = Pick<Config, 'policyFile' | 'organisationFile'>;

/** Reads the policy and organisation files. Throws StartProblem or FileProblem. */
export const readFiles = (config: FileSettings): { policyFile: LoadedPolicy; organisation: Organisation } => {
  const policyFile = loadPolicy(config.policyFile ?? defaultPolicyFile);
  const organisation = loadOrganisation(config.organisationFile ?? sampleOrganisationFile);
  const misfits = policyFits(policyFile.document, organisation);
  if (misfits.length > 0) {
    throw new StartProblem(['The policy does not fit the organisation file:', ...misfits].join('\n'));
  }
  return { policyFile, organisation };
};

/** Listens for the chats, and resolves with the port. Throws StartProblem if it is taken. */
export const listen = (server: Server, { host, port }: ListenAddress): Promise<number> =>
  listenOn(server, { host, port }, (code, why) => {
    const words =
      code === 'EADDRINUSE'
        ? `Port ${port} is in use. Set PORT to a free one, for example PORT=3001.`
        : `The bot can't listen on port ${port} of ${host} (${code}): set HOST and PORT to others.`;
    return new StartProblem(words, why);
  });

/** Listens for whoever watches the bot, and resolves with the port. Throws StartProblem. */
export const listenForOps = (server: Server, { host, port }: ListenAddress): Promise<number> =>
  listenOn(server, { host, port }, (code, why) => {
    const words =
      code === 'EADDRINUSE'
        ? `Port ${port} of CLEARTHREAD_OPS_ADDRESS is in use. Set a free one.`
        : `The bot can't listen on CLEARTHREAD_OPS_ADDRESS (${code}): set an address of this machine, for example 127.0.0.1:9464.`;
    return new StartProblem(words, why);
  });

/** Longest wait for a busy store: it blocks the process for each request, and Slack waits three seconds for each. */
const BUSY_MS = 300;

/** Clocks of machines that NTP sets differ by less. */
const CLOCK_OFF_MS = 5000;

/** Warns of a clock that is off: the times of what people do go by it. */
export const clockWarnings = (store: Pick<EventStore, 'clockAheadMs'>): string[] => {
  const aheadMs = store.clockAheadMs();
  if (Math.abs(aheadMs) <= CLOCK_OFF_MS) return [];
  const [seconds, where] = [Math.round(Math.abs(aheadMs) / 1000), aheadMs > 0 ? 'behind' : 'ahead of'];
  return [
    `This machine's clock is ${seconds} s ${where} the database's: have NTP set both. The record's times and reminders go by this one.`,
  ];
};

/** The playground is for this machine only; `checkDeployment` says so if an address is set. */
export const storeLocation = ({ dataDir, mode }: Config, env: NodeJS.ProcessEnv): StoreLocation => ({
  dataDir,
  mongodb: mode === 'real' ? mongodbOf(env) : undefined,
});

/** Opens the store. Throws StartProblem or StoreFault. */
export const openStore = async (config: Config, env: NodeJS.ProcessEnv): Promise<EventStore> => {
  const { dataDir } = config;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const problem = `The data folder ${dataDir} can't be made (${code}): set DATA_DIR to a folder that the bot may write.`;
    throw new StartProblem(problem, { cause });
  }
  return openStoreAt(storeLocation(config, env), env, { busyTimeoutMs: BUSY_MS });
};

const belongsToPlayground = (mongodb: boolean): string =>
  mongodb
    ? 'This database was copied from a playground. Name a new one in MONGODB_URI for the real deployment.'
    : 'This data folder belongs to the playground. Set DATA_DIR to a new folder for the real deployment.';

/** Keeps a folder for play or for real use: sample people must not get into a company's record. Throws StartProblem. */
export const checkDeployment = async (config: Config, store: EventStore, env: NodeJS.ProcessEnv): Promise<void> => {
  const made = await store.meta('deployment');
  const problem =
    config.mode === 'playground'
      ? playgroundRefusal(env, made)
      : made === 'playground'
        ? belongsToPlayground(mongodbOf(env) !== undefined)
        : undefined;
  if (problem) throw new StartProblem(problem);
  await store.putMeta('deployment', config.mode);
};

/**
 * Returns the server, if one is set. Until its lists are in use for the first time nothing would wait for them: so the first start
 * asks it, and throws StartProblem where it can't. Afterwards deals wait while it does not answer.
 */
export const openWatchman = async (
  { watchman: set }: Pick<Config, 'watchman'>,
  register: Registers['screening'],
): Promise<Watchman | undefined> => {
  if (!set) return undefined;
  const watchman = createWatchman(set);
  if (listsInUse((await register.now()).state).some(({ name }) => name === WATCHMAN)) return watchman;
  try {
    await takeWatchman(watchman, register);
  } catch (error) {
    if (!(error instanceof ListProblem)) throw error;
    throw new StartProblem(`${error.message} Start it first, or leave CLEARTHREAD_WATCHMAN out.`, { cause: error });
  }
  return watchman;
};
