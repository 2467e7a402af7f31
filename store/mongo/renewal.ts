/** Begins the driver anew where it finds no server any more, though there may be one. */

import { MongoError, type MongoClient } from 'mongodb';

/** Tells whether the driver is being begun anew, or could not be. */
export const isClosed = ({ name }: Pick<MongoError, 'name'>): boolean =>
  name === 'MongoNotConnectedError' || name === 'MongoTopologyClosedError';

/** Beside what the driver gives a look at a server. */
const SPARE_MS = 3000;

/**
 * Returns what begins the driver anew where it found no server and a look at one never ended: a command that the driver writes
 * while its connection breaks waits for good (7.8 and 7.9), and a monitor that waits so looks at nothing ever again.
 *
 * @param isOver - nobody uses the client any more
 */
export const renewal = (client: MongoClient, isOver: () => boolean): ((error: unknown) => void) => {
  const { connectTimeoutMS, heartbeatFrequencyMS } = client.options;
  /** By server: when the look under way is over at the latest. */
  const looks = new Map<string, number>();
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) => {
    const most = 2 * connectTimeoutMS + (awaited ? heartbeatFrequencyMS : 0) + SPARE_MS;
    looks.set(connectionId, performance.now() + most);
  });
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => looks.delete(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => looks.delete(connectionId));
  client.on('serverClosed', ({ address }) => looks.delete(address));
  const isStuck = (): boolean => [...looks.values()].some((until) => performance.now() > until);

  let isRenewing = false;
  const anew = async (): Promise<void> => {
    await client.close();
    looks.clear();
    if (isOver()) return;
    await client.connect();
    if (isOver()) await client.close();
  };
  return (error) => {
    if (isOver() || isRenewing || !(error instanceof MongoError)) return;
    if (!isClosed(error) && !(error.name === 'MongoServerSelectionError' && isStuck())) return;
    isRenewing = true;
    // Where it fails, the next call finds it closed, and begins it again.
    void anew()
      .catch(() => {})
      .finally(() => (isRenewing = false));
  };
};
