/** `/healthz`: the process lives. `/readyz`: it can do its work, or one line says why not; and what it could not deliver. */
import type { Express } from 'express';

export interface Readiness {
  /** Names of what is on: `slack`, `playground`. */
  on: readonly string[];
  /** Resolves when the store answers. */
  store: () => Promise<void>;
  /** One sentence when chat is not connected. */
  chat: () => string | undefined;
  /** How many notices were given up. They make nobody unready: somebody has to look. */
  failedNotices?: (() => Promise<number>) | undefined;
}

export const mountHealth = (app: Express, { on, store, chat, failedNotices }: Readiness): void => {
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', async (_req, res) => {
    const problem = await store().then(chat, () => 'The store does not answer.');
    if (problem) return void res.status(503).json({ status: 'not ready', why: problem, on });
    const failed = await failedNotices?.().catch(() => undefined);
    res.json({ status: 'ready', on, ...(failed === undefined ? {} : { failedNotices: failed }) });
  });
};
