/** Counts how requests of one chat were answered, and how fast: for the metrics. */

/** `late`: told that it may be saved. `fault`: told that something went wrong. `refused`: turned away. */
export type RequestResult = 'answered' | 'late' | 'fault' | 'refused';

/** Counts a request. `ms` from the arrival to the answer; none for a refused one. */
export type CountRequest = (result: RequestResult, ms?: number) => void;

export interface RequestWatch {
  /** Notes that the request of this trace came in at `since`, by `performance.now()`. */
  begin(trace: string, since?: number): void;
  /** Notes its answer. Only the first time counts. */
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
    // Trouble after the answer does not change the result.
    trouble: (trace, what) => {
      const found = open.get(trace);
      if (found) found.result = what;
    },
  };
};
