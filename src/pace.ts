/** How fast messages may follow each other in one conversation. */

export interface Rate {
  /** On average a message in this time, in milliseconds; 0: nobody counts. */
  everyMs: number;
  /** So many at once after a silence. */
  burst: number;
}

/** Resolves when it is this conversation's turn. Turns are given in the order of asking. */
export type Pace = (conversation: string) => Promise<void>;

export const createPace = ({ everyMs, burst }: Rate, clock: () => Date): Pace => {
  /** When the conversation would be back at rest. */
  const rest = new Map<string, number>();
  return async (conversation) => {
    if (everyMs === 0) return;
    const now = clock().getTime();
    for (const [other, at] of rest) if (at <= now) rest.delete(other);
    const from = Math.max(now, rest.get(conversation) ?? 0);
    rest.set(conversation, from + everyMs);
    const wait = from - (burst - 1) * everyMs - now;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  };
};
