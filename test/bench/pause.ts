/** Time that work takes of the processor, and how long a request would wait for its turn meanwhile. */

export interface Measured<T> {
  made: T;
  /** Milliseconds by the clock, and of the processor. */
  ms: number;
  cpuMs: number;
  /** Longest wait of other work, in milliseconds: by the clock, and of the processor's time alone, as on a machine for itself. */
  pauseMs: number;
  pauseCpuMs: number;
}

const cpuNow = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export const measured = async <T>(work: () => Promise<T>): Promise<Measured<T>> => {
  let [last, pauseMs, lastCpu, pauseCpuMs] = [performance.now(), 0, cpuNow(), 0];
  const look = (): void => {
    const [now, cpu] = [performance.now(), cpuNow()];
    pauseMs = Math.max(pauseMs, now - last);
    pauseCpuMs = Math.max(pauseCpuMs, cpu - lastCpu);
    [last, lastCpu] = [now, cpu];
  };
  const timer = setInterval(look, 1);
  const [began, cpu] = [performance.now(), cpuNow()];
  try {
    const made = await work();
    look();
    return { made, ms: performance.now() - began, cpuMs: cpuNow() - cpu, pauseMs, pauseCpuMs };
  } finally {
    clearInterval(timer);
  }
};

/**
 * Runs it so many times; the median, the 99th percentile and the first of the processor's time, in milliseconds. Of the first
 * ones much is the compiler's.
 */
export const percentiles = async (
  work: () => unknown,
  times = 100,
): Promise<{ p50: number; p99: number; first: number }> => {
  const all: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const cpu = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(cpu);
    all.push((user + system) / 1000);
  }
  const first = all[0] ?? Number.NaN;
  all.sort((a, b) => a - b);
  const at = (share: number): number => all[Math.max(0, Math.ceil(share * all.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), first };
};
