/** Where a server of this program begins to listen. */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListenAddress } from '../config/addresses.ts';

/** Listens there, and resolves with the port. Throws what `problem` makes of the system's code, such as `EADDRINUSE`. */
export const listenOn = (
  server: Server,
  { host, port }: ListenAddress,
  problem: (code: string, why: { cause: unknown }) => Error,
): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(problem(cause.code ?? 'unknown reason', { cause })));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
