/** A server of its own for whoever watches the bot: health and metrics at an address that the chats never see. */

import type { Express } from 'express';
import type { ListenAddress } from '../config/addresses.ts';
import { makeHttpServer } from '../web/http-server.ts';
import { listenForOps } from './preconditions.ts';

export interface Ops {
  app: Express;
  /** Such as `http://127.0.0.1:9464`. */
  url: string;
  close: () => Promise<void>;
}

/** Listens at `address`. Throws StartProblem. */
export const openOps = async (address: ListenAddress): Promise<Ops> => {
  const { app, server, refuse, endConnections } = makeHttpServer();
  const port = await listenForOps(server, address);
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return {
    app,
    url: `http://${host}:${port}`,
    close: async () => {
      const closed = refuse();
      endConnections();
      await closed;
    },
  };
};
