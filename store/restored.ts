/** A record that was put back from a backup: what it owes may have been sent since that backup was made. */

import { z } from 'zod';

/** The setting that says so. */
export const RESTORED = 'restored:at';

const shape = z.object({
  /** When the newest commit of the backup was made. */
  from: z.iso.datetime(),
  at: z.iso.datetime(),
});
export type RestoredAt = z.infer<typeof shape>;

/** What comes due anew after the restore (a reminder, a card of a deal that had gone on) may have been sent before it. */
const FOR_MS = 3 * 24 * 3_600_000;

export const restoredText = (restored: RestoredAt): string => JSON.stringify(restored);

/** Undefined where nothing was put back, or nobody can read when. */
export const readRestored = (text: string | undefined): RestoredAt | undefined => {
  try {
    return text === undefined ? undefined : shape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** Returns since when a row that was asked for then may have been sent; undefined where it was not. */
export const uncertainSince = (restored: RestoredAt | undefined, askedAt: string): string | undefined => {
  if (!restored || Date.parse(askedAt) > Date.parse(restored.at) + FOR_MS) return undefined;
  return askedAt < restored.from ? askedAt : restored.from;
};
