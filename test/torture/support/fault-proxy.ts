/**
 * A line to a MongoDB server that can be degraded during use: TCP, message by message, between the bot and a real
 * server or the double. Stored data can still be read past it.
 */

import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { MongoClient } from 'mongodb';
import { messagesOf } from '../../support/mongo-double/wire.ts';

export type Line =
  | 'healthy'
  /** Additional milliseconds for each round trip. */
  | { slowMs: number }
  /** Share of messages that end with their connection: before the server has them, or after its answer, now lost. */
  | { reset: 'before' | 'after'; share: number }
  /** As without a listener: connections are cut and no new one is accepted. */
  | 'refused'
  /**
   * Connections stay and new ones are accepted, but everything sent into them is lost. Those stay dead afterwards, as
   * with a firewall that has forgotten them: their holder has to notice.
   */
  | 'half-open';

export interface FaultProxy {
  /** The given address, but through this proxy. */
  uri: string;
  set(line: Line): Promise<void>;
  /** Connections open at the moment, and the most at once. */
  connections(): { now: number; most: number };
  /** Messages to the server so far. */
  messages(): number;
  close(): Promise<void>;
}

interface Target {
  host: string;
  port: number;
}

/** The member that takes writes: the others of a replica set would be reached past the line. */
const primaryOf = async (uri: string): Promise<Target> => {
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 5000 }).connect();
  try {
    const hello = await client.db().command({ hello: 1 });
    const named =
      hello['primary'] ?? hello['me'] ?? /@?([^@/,]+?)(?:,[^/]*)?(?:\/|$)/.exec(uri.split('://')[1] ?? '')?.[1];
    const [host = '127.0.0.1', port = '27017'] = String(named).split(':');
    return { host, port: Number(port) };
  } finally {
    await client.close();
  }
};

/** A replica set names its members itself: without `directConnection` the driver would go to them at once. */
const through = (uri: string, port: number): string => {
  const [, user = '', , path = '', query = ''] =
    /^mongodb(?:\+srv)?:\/\/([^@/]*@)?([^/?]*)(\/[^?]*)?\??(.*)$/.exec(uri) ?? [];
  const kept = query
    .split('&')
    .filter((part) => part !== '' && !/^(?:replicaSet|directConnection|loadBalanced)=/i.test(part));
  return `mongodb://${user}127.0.0.1:${port}${path}?${[...kept, 'directConnection=true'].join('&')}`;
};

interface Held {
  client: Socket;
  server: Socket;
  /** Nothing sent into it arrives. */
  dead: boolean;
  /** Its next answer is lost. */
  cut: boolean;
}

export const startFaultProxy = async (uri: string, random: () => number = Math.random): Promise<FaultProxy> => {
  const target = await primaryOf(uri);
  const held = new Set<Held>();
  let line: Line = 'healthy';
  let [most, messages] = [0, 0];

  const take = (client: Socket): void => {
    const server = connect(target);
    const one: Held = { client, server, dead: line === 'half-open', cut: false };
    held.add(one);
    most = Math.max(most, held.size);
    const end = (): void => {
      held.delete(one);
      client.destroy();
      server.destroy();
    };
    client.setNoDelay(true);
    server.setNoDelay(true);
    for (const socket of [client, server]) socket.on('error', end).on('close', end);

    let free = 0;
    /** In order of arrival, also while the line gets faster. */
    const pass = (message: Buffer): void => {
      messages += 1;
      const slowMs = typeof line === 'object' && 'slowMs' in line ? line.slowMs : 0;
      const now = performance.now();
      free = Math.max(free, now + slowMs);
      if (free <= now) server.write(message);
      else setTimeout(() => one.dead || server.destroyed || server.write(message), free - now);
    };
    const cutting = messagesOf();
    client.on('data', (bytes) => {
      for (const message of cutting(bytes)) {
        if (one.dead) continue;
        const struck = typeof line === 'object' && 'reset' in line && random() < line.share ? line.reset : undefined;
        if (struck === 'before') return client.resetAndDestroy();
        one.cut ||= struck === 'after';
        pass(message);
      }
    });
    server.on('data', (bytes) => {
      if (one.dead) return;
      if (one.cut) client.resetAndDestroy();
      else client.write(bytes);
    });
  };

  const listener = createServer(take);
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      listener.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = listener.address() as AddressInfo;
  const leave = (): Promise<void> =>
    new Promise((resolve) => {
      if (listener.listening) listener.close(() => resolve());
      else resolve();
      for (const { client, server } of held) {
        client.resetAndDestroy();
        server.destroy();
      }
    });

  return {
    uri: through(uri, port),
    set: async (next) => {
      line = next;
      if (line === 'half-open') for (const one of held) one.dead = true;
      if (line === 'refused') await leave();
      else if (!listener.listening) await listen(port);
    },
    connections: () => ({ now: held.size, most }),
    messages: () => messages,
    close: leave,
  };
};
