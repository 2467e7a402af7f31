/** Who is signed in to the case room: in memory alone, so that a restart ends it. */

import { createHash, randomBytes } from 'node:crypto';
import type { HandlerId } from '../../../flows/voices/case.ts';

export const IDLE_MINUTES = 30;

/** So many at once for one handler: a phone, a computer, and one that was forgotten. The oldest ends. */
const MOST_EACH = 3;

export interface Sessions {
  /** Returns the token, which is kept nowhere. */
  start(handler: HandlerId): string;
  /** Returns whose it is, and counts as a use; undefined where it ended. */
  use(token: string): HandlerId | undefined;
  end(token: string): void;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export const createSessions = (clock: () => Date): Sessions => {
  const open = new Map<string, { handler: HandlerId; used: number }>();
  return {
    start: (handler) => {
      const theirs = [...open].filter(([, session]) => session.handler === handler);
      for (const [hash] of theirs.slice(0, Math.max(0, theirs.length - MOST_EACH + 1))) open.delete(hash);
      const token = randomBytes(32).toString('base64url');
      open.set(hashOf(token), { handler, used: clock().getTime() });
      return token;
    },
    use: (token) => {
      const hash = hashOf(token);
      const session = open.get(hash);
      const now = clock().getTime();
      if (!session || now - session.used > IDLE_MINUTES * 60_000) {
        open.delete(hash);
        return undefined;
      }
      // The one used last stands last.
      open.delete(hash);
      open.set(hash, { ...session, used: now });
      return session.handler;
    },
    end: (token) => void open.delete(hashOf(token)),
  };
};
