/** Turns in a conversation, computed from those taken so far: the generic cell rate algorithm, for several rates. */

import { z } from 'zod';
import type { Rate, Turn } from './event-store.ts';

/** A conversation's turns as every engine keeps them, in milliseconds since 1970. */
export const turnsShape = z.object({
  /** For each rate, when the conversation would be back at rest. */
  rests: z.array(z.number()),
  /** The chat accepts nothing before this time. */
  heldUntil: z.number(),
});
export type Turns = z.infer<typeof turnsShape>;

export const NO_TURNS: Turns = { rests: [], heldUntil: 0 };

/** Takes a turn. `turns` is the state to keep, the same object where nothing was taken. */
export const takeTurn = (
  turns: Turns,
  now: number,
  rates: readonly Rate[],
  mostMs: number,
): { turns: Turns; turn: Turn } => {
  const free = rates.map(({ everyMs, burst }, n) => (turns.rests[n] ?? 0) - (burst - 1) * everyMs);
  const at = Math.max(now, turns.heldUntil, ...free);
  const waitMs = at - now;
  if (waitMs > mostMs) return { turns, turn: { taken: false, waitMs } };
  const turn = { taken: true, waitMs };
  if (rates.length === 0) return { turns, turn };
  const rests = rates.map(({ everyMs }, n) => Math.max(at, turns.rests[n] ?? 0) + everyMs);
  return { turns: { ...turns, rests }, turn };
};

export const hold = (turns: Turns, until: number): Turns => ({
  ...turns,
  heldUntil: Math.max(turns.heldUntil, until),
});
