/** `/healthz`: the process lives. `/readyz`: it can do its work, or says why not; and what it could not deliver. */
import type { Express } from 'express';

export interface Readiness {
  /** Names of what is on: `slack`, `teams`, `playground`. */
  on: readonly string[];
  /** Resolves when the store answers. */
  store: () => Promise<void>;
  /** One sentence for each chat that is not connected. A bot that serves one of two chats is not ready. */
  chats: () => readonly string[];
  /** How many notices were given up. They make nobody unready: somebody has to look. */
  failedNotices?: (() => Promise<number>) | undefined;
}

export const mountHealth = (app: Express, { on, store, chats, failedNotices }: Readiness): void => {
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', async (_req, res) => {
    const problems = await store().then(chats, () => ['The store does not answer.']);
    if (problems.length > 0) return void res.status(503).json({ status: 'not ready', why: problems.join(' '), on });
    const failed = await failedNotices?.().catch(() => undefined);
    res.json({ status: 'ready', on, ...(failed === undefined ? {} : { failedNotices: failed }) });
  });
};
