/** `/healthz`: the process lives. `/readyz`: it can do its work, or one line says why not. */
import type { Express } from 'express';

export interface Readiness {
  /** Names of what is on: `slack`, `playground`. */
  on: readonly string[];
  /** Resolves when the store answers. */
  store: () => Promise<void>;
  /** One sentence when chat is not connected. */
  chat: () => string | undefined;
}

export const mountHealth = (app: Express, { on, store, chat }: Readiness): void => {
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', async (_req, res) => {
    const problem = await store().then(chat, () => 'The store does not answer.');
    res.status(problem ? 503 : 200).json(problem ? { status: 'not ready', why: problem, on } : { status: 'ready', on });
  });
};
