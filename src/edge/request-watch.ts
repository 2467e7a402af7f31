/** How requests of one chat were answered, and how fast: for the metrics. */

/** `late`: told that it may be saved. `fault`: told that something went wrong. `refused`: turned away at the door. */
export type RequestResult = 'answered' | 'late' | 'fault' | 'refused';

/** `ms` from the arrival to the answer; none for what was turned away. */
export type CountRequest = (result: RequestResult, ms?: number) => void;

export interface Watch {
  /** The request of this trace came in at `since`. The result is to be called when it is answered; later calls do nothing. */
  begin(trace: string, since?: number): () => void;
  trouble(trace: string, what: 'late' | 'fault'): void;
}

export const createWatch = (asked: CountRequest = () => {}): Watch => {
  const open = new Map<string, RequestResult>();
  return {
    begin: (trace, started = performance.now()) => {
      open.set(trace, 'answered');
      return () => {
        const result = open.get(trace);
        if (result === undefined) return;
        open.delete(trace);
        asked(result, performance.now() - started);
      };
    },
    // What goes wrong after the answer was not answered so.
    trouble: (trace, what) => {
      if (open.has(trace)) open.set(trace, what);
    },
  };
};
