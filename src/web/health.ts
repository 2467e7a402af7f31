/** `/healthz`: the process lives. `/readyz`: it can do its work, or says why not; and counts undelivered messages. */

import type { Express } from 'express';
import { StoreFault } from '../../store/event-store.ts';
import { inTime } from '../edge/deadline.ts';

export interface Readiness {
  /** Names of what is on: `slack`, `teams`, `playground`. */
  on: readonly string[];
  /** Resolves when the store answers. */
  store: () => Promise<void>;
  /** Returns one sentence for each chat that is not connected. A bot that serves one of two chats is not ready. */
  chats: () => readonly string[];
  /** Counts notices that were given up. They don't make the bot unready, but somebody has to look. */
  failedNotices?: (() => Promise<number>) | undefined;
  /** Sentences that say why votes are not signed although the policy asks for it. They don't make the bot unready. */
  signatures?: (() => readonly string[]) | undefined;
  /** Sentences that say which changed file was not taken. The last good one counts, so they don't make the bot unready. */
  files?: (() => readonly string[]) | undefined;
}

const STORE_MS = 2000;

const silent = (why: string | undefined): string => `The store does not answer${why === undefined ? '' : ` (${why})`}.`;
/** Returns a code only: sentences may name files or hosts, and the port may be public. */
const codeOf = (error: unknown): string | undefined => (error instanceof StoreFault ? error.code : undefined);

export const mountAlive = (app: Express): void => {
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
};

export const mountReadiness = (
  app: Express,
  { on, store, chats, failedNotices, signatures, files }: Readiness,
): void => {
  app.get('/readyz', async (_req, res) => {
    const problems = await inTime(store(), STORE_MS).then(
      (answered) => (answered === 'late' ? [silent('timeout')] : chats()),
      (error: unknown) => [silent(codeOf(error))],
    );
    if (problems.length > 0) return void res.status(503).json({ status: 'not ready', why: problems.join(' '), on });
    const failed = await failedNotices?.().catch(() => undefined);
    const [unsigned, broken] = [signatures?.() ?? [], files?.() ?? []];
    res.json({
      status: 'ready',
      on,
      ...(failed === undefined ? {} : { failedNotices: failed }),
      ...(unsigned.length === 0 ? {} : { signatures: unsigned.join(' ') }),
      ...(broken.length === 0 ? {} : { files: broken.join(' ') }),
    });
  });
};
