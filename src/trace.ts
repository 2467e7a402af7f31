/** The correlation id of what this process does at the moment, from a click through its commit to the rows that it owes. */

import { AsyncLocalStorage } from 'node:async_hooks';

/** One click, tick or request, while it is handled. Two are two, though they bear the same trace. */
export interface Act {
  readonly trace: string;
}

const acts = new AsyncLocalStorage<Act>();

/** Whatever `work` calls, at once or later, is its doing. Within an act of the same trace it is part of that one. */
export const traced = <T>(trace: string, work: () => T): T =>
  acts.getStore()?.trace === trace ? work() : tracedAgain(trace, work);

/** The same as an act of its own, which goes on with nothing that was read before. */
export const tracedAgain = <T>(trace: string, work: () => T): T => acts.run({ trace }, work);

/** Undefined where nobody's act is being handled. */
export const currentAct = (): Act | undefined => acts.getStore();

export const currentTrace = (): string | undefined => acts.getStore()?.trace;
