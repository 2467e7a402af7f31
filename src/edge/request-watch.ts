/** How requests of one chat were answered, and how fast: for the metrics. */

/** `late`: told that it may be saved. `fault`: told that something went wrong. `refused`: turned away at the door. */
export type RequestResult = 'answered' | 'late' | 'fault' | 'refused';

/** `ms` from the arrival to the answer; none for what was turned away. */
export type CountRequest = (result: RequestResult, ms?: number) => void;

export interface RequestWatch {
  /** The request of this trace came in at `since`, by `performance.now()`. */
  begin(trace: string, since?: number): void;
  /** It was answered. Only the first time counts. */
  answered(trace: string): void;
  trouble(trace: string, what: 'late' | 'fault'): void;
}

export const createRequestWatch = (count: CountRequest = () => {}): RequestWatch => {
  const open = new Map<string, { result: RequestResult; since: number }>();
  return {
    begin: (trace, since = performance.now()) => void open.set(trace, { result: 'answered', since }),
    answered: (trace) => {
      const found = open.get(trace);
      if (!found) return;
      open.delete(trace);
      count(found.result, performance.now() - found.since);
    },
    // What goes wrong after the answer was not answered so.
    trouble: (trace, what) => {
      const found = open.get(trace);
      if (found) found.result = what;
    },
  };
};
