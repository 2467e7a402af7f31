/**
 * A stand-in for a MongoDB server on a real socket, for machines without one. It shows that the store speaks the
 * protocol and keeps its contract; nothing about races, speed or failover is ever concluded from it.
 */

import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { commandsOf, type Kind } from './commands.ts';
import { messagesOf, readRequest, writeReply } from './wire.ts';

/**
 * Fate of a command: the connection is cut before it runs, or between it and its answer; or it takes that many ms.
 * `lost upsert`: between its look and its insert, another upsert of the same document came first. A server repeats an
 * upsert by itself only where its filter is an equality on the unique index.
 */
export type Fate =
  | 'cut before'
  | 'cut after'
  | 'reset before'
  | 'lost upsert'
  | number
  /** The server works on it for that many ms, and gives up where the command gives it less. */
  | { worksMs: number }
  | undefined;

const OUT_OF_TIME = { ok: 0, code: 50, codeName: 'MaxTimeMSExpired', errmsg: 'operation exceeded time limit' };

const LOST_UPSERT = {
  ok: 1,
  n: 0,
  nModified: 0,
  writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000 duplicate key error index: _id_' }],
};

export interface MongoDouble {
  /** Address without a database. */
  address: string;
  /** Called for each command, which waits for the result; set by a test. */
  fate: (command: string, collection: string, asked: Document) => Fate | Promise<Fate>;
  /** The server's clock; may be moved by a test. */
  clock: () => Date;
  /** Refuses connections and cuts the open ones. Stored data stays. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export const startMongoDouble = async (kind: Kind['kind'] = 'replica set', wireVersion = 21): Promise<MongoDouble> => {
  const sockets = new Set<Socket>();
  let run = commandsOf({ kind, wireVersion, address: '', clock: () => double.clock() });

  const serve = async (socket: Socket, bytes: Buffer): Promise<void> => {
    const request = readRequest(bytes);
    const [name = ''] = Object.keys(request.command);
    const fate = await double.fate(name, String(request.command[name]), request.command);
    if (fate === 'reset before') return void socket.resetAndDestroy();
    if (fate === 'cut before') return void socket.destroy();
    if (typeof fate === 'number') await sleep(fate);
    const work = typeof fate === 'object' ? fate.worksMs : 0;
    const given = Number(request.command['maxTimeMS'] ?? Number.POSITIVE_INFINITY);
    if (work > 0) await sleep(Math.min(work, given));
    const reply = work > given ? OUT_OF_TIME : fate === 'lost upsert' ? LOST_UPSERT : run(request.command);
    if (fate === 'cut after') return void socket.destroy();
    // As over a network, the answer comes after whatever else has arrived.
    await new Promise(setImmediate);
    if (request.answered && !socket.destroyed) socket.write(writeReply(request, reply));
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    const messages = messagesOf();
    socket.on('data', (bytes) => {
      for (const message of messages(bytes))
        serve(socket, message).catch((error: unknown) => socket.destroy(error as Error));
    });
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  run = commandsOf({ kind, wireVersion, address: `127.0.0.1:${port}`, clock: () => double.clock() });

  const goAway = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const double: MongoDouble = {
    address: `mongodb://127.0.0.1:${port}`,
    fate: () => undefined,
    clock: () => new Date(),
    goAway,
    comeBack: () => listen(port),
    close: goAway,
  };
  return double;
};
