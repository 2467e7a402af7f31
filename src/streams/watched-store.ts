/** A store whose commits are counted and logged, with the correlation id of the act behind them. */

import type { Appended, EventStore } from '../../store/event-store.ts';
import type { Logger } from '../log.ts';

export type AppendResult = Appended['kind'] | 'fault';

export interface StoreWatch {
  appended: (result: AppendResult, ms: number) => void;
  logger: Logger;
}

export const watchedStore = <Store extends Pick<EventStore, 'append'>>(
  store: Store,
  { appended, logger }: StoreWatch,
): Store => ({
  ...store,
  append: async (commit, projection) => {
    const started = performance.now();
    const { stream } = commit;
    try {
      const result = await store.append(commit, projection);
      const version = result.kind === 'repeated' ? result.commit.version : result.version;
      appended(result.kind, performance.now() - started);
      logger.info(`commit.${result.kind}`, { stream, version });
      return result;
    } catch (error) {
      appended('fault', performance.now() - started);
      logger.error('commit.fault', { stream, error });
      throw error;
    }
  },
});
