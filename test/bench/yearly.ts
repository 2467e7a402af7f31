/** Generated records, each counted again as it stood when it was counted first. */

import { recounted } from '../support/recounts.ts';

export const yearlyBench = async (records = 1000): Promise<string[]> => {
  let [equal, moved, deals] = [0, 0, 0];
  const began = performance.now();
  for (let seed = 1; seed <= records; seed += 1) {
    const found = await recounted(seed);
    if (found.isEqual) equal += 1;
    if (found.isMoved) moved += 1;
    deals += found.deals;
  }
  return [
    `Yearly report: ${records} generated records with ${deals} deals, counted, written on, and counted again as of then`,
    `  equal in each cell: ${equal} of ${records}; ${moved} would be counted otherwise today (${((performance.now() - began) / 1000).toFixed(0)} s)`,
  ];
};
