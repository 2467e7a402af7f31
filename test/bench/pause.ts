/** Time that work takes of the processor, and how long a request would wait for its turn meanwhile. */

export interface Measured<T> {
  made: T;
  /** Milliseconds by the clock, and of the processor. */
  ms: number;
  cpuMs: number;
  /** Longest wait of other work, in milliseconds. */
  pauseMs: number;
}

export const measured = async <T>(work: () => Promise<T>): Promise<Measured<T>> => {
  let [last, pauseMs] = [performance.now(), 0];
  const look = (): void => {
    const now = performance.now();
    pauseMs = Math.max(pauseMs, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  try {
    const made = await work();
    look();
    const { user, system } = process.cpuUsage(cpu);
    return { made, ms: performance.now() - began, cpuMs: (user + system) / 1000, pauseMs };
  } finally {
    clearInterval(timer);
  }
};

/** Runs it so many times; the median and the 99th percentile of the processor's time, in milliseconds. */
export const percentiles = async (work: () => unknown, times = 50): Promise<{ p50: number; p99: number }> => {
  const all: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const cpu = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(cpu);
    all.push((user + system) / 1000);
  }
  all.sort((a, b) => a - b);
  const at = (share: number): number => all[Math.min(all.length - 1, Math.floor(share * all.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
};
