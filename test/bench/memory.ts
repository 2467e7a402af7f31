/** Memory of the bots while nobody talks to them. */

import type { Bots } from './bots.ts';

/** V8 releases the memory of the start after it has been idle for some tens of seconds. */
const IDLE_SECONDS = 60;
const EVERY_SECONDS = 5;

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1).padStart(6)} MB`;

/** Starts to watch at once; nobody may talk to the bots until the lines are there. */
export async function memoryBench({ bare, alone }: Bots): Promise<string[]> {
  const look = async () => ({ bare: await bare.memory(), ours: await alone.memory() });
  const fresh = await look();
  let idle = fresh;
  for (let seconds = 0; seconds < IDLE_SECONDS; seconds += EVERY_SECONDS) {
    await new Promise((later) => setTimeout(later, EVERY_SECONDS * 1000));
    idle = await look();
  }
  const ratio = (seen: typeof idle) => `ratio ${(seen.ours / seen.bare).toFixed(2)} x`;
  return [
    `Resident memory, nobody talking to them                just started     idle for ${IDLE_SECONDS} s`,
    `  bare Bolt                                              ${megabytes(fresh.bare)}          ${megabytes(idle.bare)}`,
    `  Clearthread                                            ${megabytes(fresh.ours)}          ${megabytes(idle.ours)}`,
    `  ${ratio(fresh)} just started, ${ratio(idle)} idle (aim: at most 1.5 x idle)`,
  ];
}
