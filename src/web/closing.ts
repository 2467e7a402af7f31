/** Closes a server behind a load balancer: refuses new connections, and answers requests in progress. */

import type { Server, ServerResponse } from 'node:http';

export interface Closing {
  /** A balancer takes a refused connection to another bot, unlike an answer. Resolves when the last one is answered. */
  close(): Promise<void>;
}

export const closingOf = (server: Server): Closing => {
  const inHand = new Set<ServerResponse>();
  let closed: Promise<void> | undefined;
  // A kept-alive connection would bring the next request to a bot that is closing.
  const isLast = (res: ServerResponse): void => {
    if (!res.headersSent) res.shouldKeepAlive = false;
  };
  server.prependListener('request', (_req, res: ServerResponse) => {
    if (closed) return isLast(res);
    inHand.add(res);
    res.once('close', () => inHand.delete(res));
  });
  return {
    close: () => {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const res of inHand) isLast(res);
      });
      return closed;
    },
  };
};
