/** How many generated plays a property is tried on. */

const asked = process.env['CLEARTHREAD_RUNS'] ?? '1';
const TIMES = Number(asked);
if (!(TIMES > 0)) throw new Error(`CLEARTHREAD_RUNS is a number above 0, not "${asked}".`);

/** `usual`: as many as every run tries; `CLEARTHREAD_RUNS=20` tries twenty times as many, for a long search. */
export const runs = (usual: number): number => Math.ceil(usual * TIMES);
