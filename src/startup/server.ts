/** The HTTP server of the chats and the pages: there before anybody may call, closed after the last answer. */

import type { Config } from '../config/config.ts';
import { makeHttpServer, type HttpServer } from '../web/http-server.ts';
import { listen } from './preconditions.ts';

export interface WebServer extends Omit<HttpServer, 'server'> {
  port: number;
  /** For a start that failed. */
  close(): Promise<unknown>;
}

/** Throws StartProblem where the port is taken. */
export const openServer = async (config: Pick<Config, 'host' | 'port'>): Promise<WebServer> => {
  const { server, ...made } = makeHttpServer();
  const port = await listen(server, config);
  return { ...made, port, close: () => new Promise((resolve) => server.close(resolve)) };
};
