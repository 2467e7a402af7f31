/** Looks once a day at every row that stands in the clear beside the record: was it changed by something else? */

import type { EventStore } from '../../store/event-store.ts';
import { createBell, yieldToOthers } from '../bell.ts';
import type { Logger } from '../log.ts';

export interface RowCheckOptions {
  store: Pick<EventStore, 'checkRows'>;
  logger: Logger;
  /** Makes the row of a stream's state anew from its state: a due time that was edited must not stay. */
  mend?: ((stream: string) => Promise<void>) | undefined;
  everyMs?: number | undefined;
}

export interface RowCheck {
  /** Number of changed rows that the last whole look found. */
  changed(): number;
  /** Stops looking, and waits for the page under way. */
  stop(): Promise<void>;
}

const EVERY_MS = 24 * 3_600_000;
/** After a look that the store broke off. */
const AGAIN_MS = 10 * 60_000;
const PAGE = 200;

/** Looks at the start and every day, a page at a time between other work. Each bot does: the look is cheap. */
export const startRowCheck = ({
  store,
  logger,
  mend = async () => {},
  everyMs = EVERY_MS,
}: RowCheckOptions): RowCheck => {
  const bell = createBell();
  let ended = false;
  let found = 0;

  /** Resolves with the time until the next look. */
  const look = async (): Promise<number> => {
    try {
      let [checked, changed] = [0, 0];
      let after: string | undefined;
      do {
        const page = await store.checkRows(after, PAGE);
        for (const { table, key } of page.changed) {
          if (table !== 'snapshots') continue;
          logger.error('rows.state-changed', { stream: key });
          await mend(key).catch((error: unknown) => logger.error('rows.not-mended', { stream: key, error }));
        }
        checked += page.checked;
        changed += page.changed.length;
        after = page.next;
        await yieldToOthers();
        if (ended) return everyMs;
      } while (after !== undefined);
      found = changed;
      // Which they are is shown by `audit verify`: a row's key may name a person.
      if (changed > 0) logger.error('rows.changed', { count: changed });
      logger.info('rows.checked', { count: checked });
      return everyMs;
    } catch (error) {
      logger.error('rows.not-checked', { error });
      return Math.min(AGAIN_MS, everyMs);
    }
  };
  const loop = async (): Promise<void> => {
    while (!ended) {
      const ms = await look();
      if (!ended) await bell.heard(ms);
    }
  };
  const running = loop();

  return {
    changed: () => found,
    stop: async () => {
      ended = true;
      bell.ring();
      await running;
    },
  };
};
