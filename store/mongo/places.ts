/** Places of commits and outbox rows: text and number order say what came first. */

/** Room for the rows of one commit, so that none stands among those of the next. */
const STEP = 1000;

export interface Places {
  /** Later than any before from here, and than `after`: a clock that lags puts no commit before the one it follows. */
  next(after?: number): number;
}

/** Microseconds since 1970, by the wall clock. */
export const createPlaces = (clock: () => number = Date.now): Places => {
  let last = 0;
  return {
    next: (after = 0) => {
      last = Math.max(clock() * STEP, last + STEP, after + STEP);
      return last;
    },
  };
};

/** What `opened` of a stream is: sorts by place, and is its own for each stream. */
export const openedAt = (place: number, stream: string): string => `${String(place).padStart(16, '0')} ${stream}`;
