/** Places of commits and outbox rows, whose text and number order is the order in which they were made. */

/** Room for the rows of one commit, so that none falls among those of the next. */
const STEP = 1000;

export interface Places {
  /** Later than any before from here, and than `after`: a clock that lags puts no commit before the one it follows. */
  next(after?: number): number;
}

/** Creates places in microseconds since 1970, by a clock in whole milliseconds: several bots give the same one. */
export const createPlaces = (clock: () => number): Places => {
  let last = 0;
  return {
    next: (after = 0) => {
      last = Math.max(clock() * STEP, last + STEP, after + STEP);
      return last;
    },
  };
};

/** Returns a stream's `opened`: it sorts by place and is unique to the stream. */
export const openedAt = (place: number, stream: string): string => `${String(place).padStart(16, '0')} ${stream}`;
