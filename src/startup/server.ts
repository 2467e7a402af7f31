/** The HTTP server of the chats and the pages: there before anybody may call, closed after the last answer. */

import { createServer } from 'node:http';
import express, { type Express } from 'express';
import type { Config } from '../config/config.ts';
import { closingOf } from '../web/closing.ts';
import { listen } from './preconditions.ts';

export interface WebServer {
  app: Express;
  port: number;
  /** Takes no new connections; resolves when those that are in have their answers. */
  refuse(): Promise<void>;
  /** Ends the connections that are left: idle ones at once, the others a moment later. */
  endConnections(): void;
  /** For a start that failed. */
  close(): Promise<unknown>;
}

/** Throws StartProblem where the port is taken. */
export const openServer = async (config: Pick<Config, 'host' | 'port'>): Promise<WebServer> => {
  const app = express();
  app.disable('x-powered-by');
  // A sender that is slower keeps a connection and its memory; chats send a request in one go.
  const server = createServer({ requestTimeout: 20_000, headersTimeout: 10_000 }, app);
  const closing = closingOf(server);
  const port = await listen(server, config);
  return {
    app,
    port,
    refuse: () => closing.close(),
    endConnections: () => {
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2000).unref();
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
