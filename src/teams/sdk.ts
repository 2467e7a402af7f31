/** The Teams SDK's app, as far as needed: its token check for input, its token for the Bot Connector for output. */

import { App, type AppOptions, type IHttpServerAdapter, type IPlugin } from '@microsoft/teams.apps';
import type { Logger } from '../log.ts';
import type { TeamsMode } from './mode.ts';

type SdkLogger = NonNullable<AppOptions<IPlugin>['logger']>;

const codeIn = (parts: readonly unknown[]): string | undefined => {
  const thrown = parts.find((part) => part instanceof Error);
  if (!thrown) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return thrown.name === 'Error' ? undefined : thrown.name;
};

/** The SDK's message where it could not fetch Microsoft's keys, or does not find one in them. */
const NO_KEY = 'Failed to get signing key:';
const NOT_THERE = 'SigningKeyNotFoundError';

/** The SDK prints whole activities with people's text: only its errors pass, and of those only the code. */
const sdkLogger = (logger: Logger, noKeys: () => void): SdkLogger => {
  const quiet = (): void => {};
  const error = (...parts: unknown[]): void => {
    const code = codeIn(parts);
    if (parts[0] === NO_KEY && code !== NOT_THERE) noKeys();
    // Text alone may quote anybody, and a refused token is logged by the receiver.
    if (code !== undefined) logger.warn('teams.sdk', { code });
  };
  const log: SdkLogger = {
    debug: quiet,
    info: quiet,
    trace: quiet,
    warn: quiet,
    error,
    log: (level, ...parts: unknown[]) => (level === 'error' ? error(...parts) : undefined),
    child: () => log,
  };
  return log;
};

type Event = Parameters<App['onActivity']>[0];
type Answer = Awaited<ReturnType<App['onActivity']>>;

class Bot extends App {
  take: ((body: unknown) => Promise<Answer>) | undefined;

  /**
   * Takes every activity with a good token. The SDK's own pipeline is left out: it fills in missing members of an
   * activity, signs people in to other services when asked to, and makes four HTTP clients for each activity.
   */
  override async onActivity({ body }: Event): Promise<Answer> {
    return this.take ? this.take(body) : { status: 503 };
  }

  /** Returns the Bot Connector's token; asks Microsoft when the one it has is about to expire. Throws MSAL's errors. */
  async connectorToken(): Promise<string> {
    const token = await this.getBotToken();
    if (!token) throw new Error('no credentials');
    return token.toString();
  }
}

export const ENDPOINT = '/api/messages';

interface BotOptions {
  adapter: IHttpServerAdapter;
  take: (body: unknown) => Promise<Answer>;
  /** Called when the check of a token is about to fail because Microsoft's keys could not be fetched. */
  noKeys: () => void;
  timeoutMs: number;
  logger: Logger;
}

/** Every option is given: a missing one the SDK takes from the environment, up to switching its token check off. */
export const createBot = (mode: TeamsMode, { adapter, take, noKeys, timeoutMs, logger }: BotOptions): Bot => {
  const log = sdkLogger(logger, noKeys);
  const { token } = mode;
  const bot = new Bot({
    clientId: mode.clientId,
    // Empty, not absent.
    clientSecret: token ? '' : mode.clientSecret,
    ...(token ? { token: () => token() } : {}),
    tenantId: mode.tenantId,
    cloud: mode.cloud,
    serviceUrl: mode.serviceUrl,
    httpServerAdapter: adapter,
    messagingEndpoint: ENDPOINT,
    dangerouslyAllowUnauthenticatedRequests: false,
    oauth: { fetchUserToken: false },
    client: { timeout: timeoutMs, logger: log },
    logger: log,
  });
  bot.take = take;
  return bot;
};
