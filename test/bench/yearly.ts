/** Generated records, each counted again as it stood when it was counted first. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../src/config/policy-file.ts';
import { silentLogger } from '../../src/log.ts';
import { createDealIndex } from '../../src/streams/deal-index.ts';
import { createDeals } from '../../src/streams/deals.ts';
import { createPolicies } from '../../src/streams/policies.ts';
import { createCountYears } from '../../src/yearly/count-year.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { NOW } from '../support/deal-builders.ts';
import { recounted } from '../support/recounts.ts';
import { registersOn } from '../support/registers.ts';
import { aCompany } from './many-deals.ts';
import { measured } from './pause.ts';

const heapUsed = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/** Counts a year from the record that the bench of the index kept. */
export const yearlyDraftBench = async (count: number, kept: string): Promise<string[]> => {
  const file = join(kept, String(count), 'record.sqlite');
  if (!existsSync(file)) throw new Error(`there is no ${file}: npm run bench index ${count} ${kept}`);
  const store = openSqliteStore({ file, dataKey: Buffer.alloc(32, 7) });
  try {
    const policies = await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson);
    const { current } = policies;
    const organisation = aCompany();
    const clock = (): Date => new Date(NOW);
    const registers = registersOn(
      store,
      () => organisation,
      clock,
      () => current,
    );
    const deals = createDeals({
      store,
      policies,
      organisation: registers.organisation,
      homes: () => [],
      clock,
      wake: () => {},
    });
    const index = createDealIndex({ store, deals, logger: silentLogger, organisation: () => organisation });
    const all = await index();
    /** Events of that record are filler: they are read and opened as always, and say nothing. */
    const reading = {
      events: async (id: string) => {
        await store.read(id);
        return [];
      },
    };
    const year = Number(NOW.slice(0, 4));
    const lines: string[] = [];
    for (const of of [year, year - 1]) {
      const before = heapUsed();
      const { count: countOf } = createCountYears({ store, deals: reading, registers, index, clock });
      const drawn = await measured(() => countOf(of));
      const after = heapUsed();
      if ('unread' in drawn.made) throw new Error(`${drawn.made.unread} deals can't be read`);
      const total = drawn.made.figures.tables.find(({ id }) => id === 'outcome')?.total ?? 0;
      lines.push(
        `  ${of}, ${total} decisions: ${(drawn.ms / 1000).toFixed(1)} s, ${(drawn.cpuMs / 1000).toFixed(1)} s of the processor (aim: 5 s); other work waits ${drawn.pauseMs.toFixed(0)} ms at most, ${drawn.pauseCpuMs.toFixed(0)} ms of the processor; ${globalThis.gc ? `${((after - before) / 2 ** 20).toFixed(0)} MB more (aim: 100 MB)` : 'memory not measured'}`,
      );
    }
    return [`Draft of a yearly report over ${all.length} deals, on the index`, ...lines];
  } finally {
    await store.close();
  }
};

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
