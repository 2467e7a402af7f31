/** Looks once a day at every row that stands in the clear beside the record: was it changed by something else? */

import type { ChangedRow, EventStore } from '../../store/event-store.ts';
import { createBell, yieldToOthers } from '../bell.ts';
import type { Logger } from '../log.ts';
import type { Mend } from '../outbox/mending.ts';

export interface RowCheckOptions {
  store: Pick<EventStore, 'checkRows'>;
  logger: Logger;
  /** Makes the row of a stream's state anew from its state: a due time that was edited must not stay. */
  mend?: ((stream: string) => Promise<void>) | undefined;
  /** Makes an outbox row anew from its commit. */
  mendMessage?: Mend | undefined;
  everyMs?: number | undefined;
}

export interface RowCheck {
  /** Number of changed rows that the last whole look found, and others met since the look before it. */
  changed(): number;
  /** Counts a row that was met between two looks, and made anew. */
  met(): void;
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
  mendMessage = async () => {},
  everyMs = EVERY_MS,
}: RowCheckOptions): RowCheck => {
  const bell = createBell();
  let ended = false;
  let found = 0;
  let met = { since: 0, before: 0 };

  const mended = async ({ table, key, lead }: ChangedRow): Promise<void> => {
    if (table === 'snapshots') {
      logger.error('rows.state-changed', { stream: key });
      await mend(key).catch((error: unknown) => logger.error('rows.not-mended', { stream: key, error }));
    }
    if (!lead) return;
    await mendMessage(lead).catch((error: unknown) => logger.error('rows.not-mended', { stream: lead.stream, error }));
  };

  /** Resolves with the time until the next look. */
  const look = async (): Promise<number> => {
    try {
      let [checked, changed] = [0, 0];
      let after: string | undefined;
      do {
        const page = await store.checkRows(after, PAGE);
        for (const row of page.changed) await mended(row);
        checked += page.checked;
        changed += page.changed.length;
        after = page.next;
        await yieldToOthers();
        if (ended) return everyMs;
      } while (after !== undefined);
      found = changed;
      met = { since: 0, before: met.since };
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
    changed: () => found + met.since + met.before,
    met: () => {
      met = { ...met, since: met.since + 1 };
    },
    stop: async () => {
      ended = true;
      bell.ring();
      await running;
    },
  };
};
