/** Slack takes about one message a second per channel: https://docs.slack.dev/apis/web-api/rate-limits */

/** Resolves when it is this channel's turn. Turns are given in the order of asking. */
export const createPace = (gapMs: number, clock: () => Date): ((channel: string) => Promise<void>) => {
  const free = new Map<string, number>();
  return async (channel) => {
    if (gapMs === 0) return;
    const now = clock().getTime();
    for (const [other, at] of free) if (at <= now) free.delete(other);
    const turn = Math.max(now, free.get(channel) ?? 0);
    free.set(channel, turn + gapMs);
    if (turn > now) await new Promise((resolve) => setTimeout(resolve, turn - now));
  };
};
