/** An HTTP server with limits: for the chats, the pages, and whoever watches the bot. */

import { createServer, type Server } from 'node:http';
import express, { type Express } from 'express';
import { closingOf } from './closing.ts';

export interface HttpServer {
  app: Express;
  /** Not listening yet. */
  server: Server;
  /** Takes no new connections; resolves when those that are in have their answers. */
  refuse(): Promise<void>;
  /** Ends the connections that are left: idle ones at once, the others a moment later. */
  endConnections(): void;
}

/** A chat opens a few dozen; more are refused, so that nobody takes the memory and the file handles of all others. */
export const MOST_CONNECTIONS = 2000;

/** `patience`: milliseconds for a whole request to arrive. A sender that is slower keeps a connection and its memory. */
export const makeHttpServer = (mostConnections = MOST_CONNECTIONS, patience = 20_000): HttpServer => {
  const app = express();
  app.disable('x-powered-by');
  const server = createServer({ requestTimeout: patience, headersTimeout: 10_000 }, app);
  server.maxConnections = mostConnections;
  const closing = closingOf(server);
  return {
    app,
    server,
    refuse: () => closing.close(),
    endConnections: () => {
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2000).unref();
    },
  };
};
