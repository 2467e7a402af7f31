/** The parts of a start that can fail for a reason that whoever starts the bot can put right. */
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventStore } from '../store/event-store.ts';
import { databaseFile, loadDataKey } from '../store/keys.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Config } from './config.ts';
import { playgroundRefusal } from './playground/guard.ts';

/** What keeps the bot from starting, in one sentence for the person who starts it. */
export class StartProblem extends Error {}

/** Resolves with the port. Throws StartProblem where it is taken. */
export const listen = (server: Server, port: number, host: string): Promise<number> =>
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

/** Throws StartProblem or StoreFault. */
export const openStore = ({ dataDir }: Config, env: NodeJS.ProcessEnv): EventStore => {
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

/** A folder is for play or for real, for ever: sample people must not stand in a company's record. Throws StartProblem. */
export const checkDeployment = async (config: Config, store: EventStore, env: NodeJS.ProcessEnv): Promise<void> => {
  const made = await store.meta('deployment');
  const problem =
    config.mode === 'playground'
      ? playgroundRefusal(env, made)
      : made === 'playground'
        ? 'This data folder belongs to the playground. Set DATA_DIR to a new folder for the real deployment.'
        : undefined;
  if (problem) throw new StartProblem(problem);
  await store.putMeta('deployment', config.mode);
};
