/** A server of its own for whoever watches the bot: health and metrics at an address that the chats never see. */

import { createServer } from 'node:http';
import express from 'express';
import type { ListenAddress } from '../config/config.ts';
import { closingOf } from '../web/closing.ts';
import { listenForOps } from './preconditions.ts';

export interface Ops {
  app: express.Express;
  /** Such as `http://127.0.0.1:9464`. */
  url: string;
  close: () => Promise<void>;
}

/** Listens at `address`. Throws StartProblem. */
export const openOps = async (address: ListenAddress): Promise<Ops> => {
  const app = express();
  app.disable('x-powered-by');
  const server = createServer({ requestTimeout: 20_000, headersTimeout: 10_000 }, app);
  const closing = closingOf(server);
  const port = await listenForOps(server, address);
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return {
    app,
    url: `http://${host}:${port}`,
    close: async () => {
      const closed = closing.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2000).unref();
      await closed;
    },
  };
};
