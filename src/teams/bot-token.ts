/** Gets the bot's token for the Bot Connector, or says in words why there is none. */

import { z } from 'zod';
import { inTime } from '../edge/deadline.ts';
import type { Logger } from '../log.ts';

export interface BotToken {
  /** Gets the token. Throws the original error, or `no answer` after the deadline. */
  get(): Promise<string>;
  /** Returns one sentence that says what to set or check, after a try that failed. */
  problem(): string | undefined;
  /** Tries at once, so that `problem` is known before anybody waits for a message. */
  start(): void;
  stop(): void;
}

export interface BotTokenOptions {
  ask: () => Promise<string>;
  timeoutMs: number;
  logger: Logger;
}

const AGAIN_MS = 30_000;

/** MSAL's errors: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const failure = z.object({ errorCode: z.string() });

const SECRET = 'invalid_client';
const NOT_KNOWN = new Set(['invalid_request', 'invalid_grant', 'unauthorized_client']);

const codeOf = (thrown: unknown): string => {
  const { data } = failure.safeParse(thrown);
  return data?.errorCode ?? 'no_answer';
};

const sentence = (code: string): string => {
  if (code === SECRET) {
    return 'Microsoft does not accept TEAMS_CLIENT_SECRET: make a new client secret for the bot in its app registration, and set its value.';
  }
  return NOT_KNOWN.has(code)
    ? `Microsoft does not know the bot (${code}): check TEAMS_CLIENT_ID and TEAMS_TENANT_ID.`
    : `Microsoft's sign-in does not answer (${code}): check the network.`;
};

export const createBotToken = ({ ask, timeoutMs, logger }: BotTokenOptions): BotToken => {
  let problem: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const askInTime = async (): Promise<string> => {
    const found = await inTime(
      ask().then((value) => ({ value })),
      timeoutMs,
    );
    if (found === 'late') throw new Error('no answer');
    return found.value;
  };

  /** Retries until it works again: somebody may only watch `problem`, and ask for nothing. */
  const tryLater = (): void => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      get().catch(() => {});
    }, AGAIN_MS).unref();
  };

  const get = async (): Promise<string> => {
    try {
      const token = await askInTime();
      problem = undefined;
      return token;
    } catch (error) {
      const code = codeOf(error);
      problem = sentence(code);
      logger.warn('teams.no-token', { code });
      tryLater();
      throw error;
    }
  };

  return {
    get,
    problem: () => problem,
    start: () => void get().catch(() => {}),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
