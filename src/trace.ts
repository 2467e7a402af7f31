/** The correlation id of the current act in this process, from a click through its commit to the rows that it owes. */

import { AsyncLocalStorage } from 'node:async_hooks';

/** One click, tick or request, while it is handled. Two acts stay apart even with the same trace. */
export interface Act {
  readonly trace: string;
}

const acts = new AsyncLocalStorage<Act>();

/** Runs `work`, and everything it calls now or later, as one act. Inside an act of the same trace it joins that one. */
export const traced = <T>(trace: string, work: () => T): T =>
  acts.getStore()?.trace === trace ? work() : tracedAgain(trace, work);

/** Runs `work` as an act of its own even within the same trace: it reuses nothing that was read before. */
export const tracedAgain = <T>(trace: string, work: () => T): T => acts.run({ trace }, work);

/** The current act; undefined if none is being handled. */
export const currentAct = (): Act | undefined => acts.getStore();

export const currentTrace = (): string | undefined => acts.getStore()?.trace;
