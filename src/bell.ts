/** A bell that wakes a loop before its time, and a turn for other work. */

export interface Bell {
  ring(): void;
  /** Resolves when it rings, or after `ms`. */
  heard(ms: number): Promise<void>;
}

/**
 * A bell that remembers a ring until somebody waits for it: it can be rung before anybody listens. It wakes one listener;
 * a second that waits beside it is refused.
 */
export const createBell = (): Bell => {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wakeUp?.();
    },
    heard: async (ms) => {
      if (wakeUp) throw new Error('A bell wakes one listener, and one waits already.');
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      wakeUp = undefined;
    },
  };
};

/** Work that comes again until it is stopped. */
export interface Repeating {
  /** Stops, and waits for the work under way. */
  stop(): Promise<void>;
}

/**
 * Works at once, and then again after `everyMs`, or when the bell rings. The work tells of its failures itself: one that rejects
 * ends it. `work` may resolve with another time until the next, and asks `ended` where it takes long.
 */
export const repeating = (
  work: (ended: () => boolean) => Promise<number | undefined>,
  everyMs: number,
  bell: Bell = createBell(),
): Repeating => {
  let isEnded = false;
  const loop = async (): Promise<void> => {
    while (!isEnded) {
      const pause = await work(() => isEnded);
      if (!isEnded) await bell.heard(pause ?? everyMs);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      isEnded = true;
      bell.ring();
      await running;
    },
  };
};

/** Does the parts of some work one at a time, in the order in which they are asked for. Each resolves as its part does. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

export const createAlone = (): Alone => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
};

/** Waits for nothing. */
export const atOnce: Alone = (work) => work();

export interface Bells {
  /** Rings all of them. */
  ring(): void;
  another(): Bell;
}

/** A bell for each of several listeners, which all are to hear the same. */
export const createBells = (): Bells => {
  const all: Bell[] = [];
  return {
    ring: () => all.forEach((bell) => bell.ring()),
    another: () => {
      const bell = createBell();
      all.push(bell);
      return bell;
    },
  };
};

/** Lets whatever arrived meanwhile have its turn: an embedded store never waits by itself. */
export const yieldToOthers = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Other work waits no longer than about that for a walk. */
const SLICE_MS = 10;

/** Returns what a walk calls after each step: where that much time has passed, it lets others have their turn first. */
export const inSlices = (sliceMs = SLICE_MS): (() => Promise<void> | undefined) => {
  let since = performance.now();
  const rest = async (): Promise<void> => {
    await yieldToOthers();
    since = performance.now();
  };
  return () => (performance.now() - since < sliceMs ? undefined : rest());
};

/** Takes a walk in such slices. `met`: told of what it comes by. */
export const inTurns = async <Step, T>(
  walk: Generator<Step, T, undefined>,
  met: (step: Step) => void = () => {},
): Promise<T> => {
  const rest = inSlices();
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
    met(step.value);
    const resting = rest();
    if (resting) await resting;
  }
};

/** Does all of it, though one part fails; then throws the first failure. */
export const eachInTurn = async (parts: readonly (() => Promise<void>)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const part of parts) await part().catch((error: unknown) => void failures.push(error));
  if (failures.length > 0) throw failures[0];
};
