/** The correlation id of what this process does at the moment, from a click through its commit to the rows that it owes. */
import { AsyncLocalStorage } from 'node:async_hooks';

const traces = new AsyncLocalStorage<string>();

/** Whatever `work` calls, at once or later, is its doing. */
export const traced = <T>(trace: string, work: () => T): T => traces.run(trace, work);

/** Undefined where nobody's act is being handled. */
export const currentTrace = (): string | undefined => traces.getStore();
