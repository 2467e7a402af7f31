/** Cost of reminding 20 deals, with 10,000 and with 1,000,000 stored. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../src/config/policy-file.ts';
import { silentLogger } from '../../src/log.ts';
import { createDeals, type Deals } from '../../src/streams/deals.ts';
import { createPolicies } from '../../src/streams/policies.ts';
import { createSweep } from '../../src/ticker/ticker.ts';
import type { EventStore } from '../../store/event-store.ts';
import { databaseFile } from '../../store/keys.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { registersOn } from '../support/registers.ts';

const FEW = 10_000;
const MANY = 1_000_000;
const DUE = 20;
/** The first one warms up. */
const SWEEPS = 16;

/** A Monday, and the Thursday after: the first reminder of a deal opened on the Monday is due. */
const OPENED = new Date('2027-03-01T10:00:00.000Z');
const SWEPT = new Date('2027-03-04T10:00:00.000Z');

const DETAILS: DealDetails = {
  customer: 'Sample Customer',
  product: { id: 'network-protection', name: 'Sample network protection' },
  destination: 'EE',
  endUser: { name: 'Sample Agency', kind: 'government' },
  intermediaries: [],
  exportLicence: 'not-determined',
};

/** Every second one is over, the others are due in a later year. No deal has such an id: contents are left out. */
const fill = (file: string, deals: number): void => {
  const raw = new Database(file);
  raw.pragma('synchronous = OFF');
  raw.pragma('cache_size = -400000');
  raw.pragma('temp_store = MEMORY');
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${deals})`;
  const stream = `printf('D-%06X_', n * 16)`;
  raw.exec(`BEGIN;
    ${numbers} INSERT INTO commits (stream, version, at, actor, cause, context_versions, body, prev_hash, hash)
      SELECT ${stream}, 1, '2027-01-01T00:00:00.000Z', 'rep-1', 'view:' || n, '{}', hex(zeroblob(100)), '', hex(zeroblob(16))
      FROM numbers;
    ${numbers} INSERT INTO stream_keys (stream, wrapped) SELECT ${stream}, hex(zeroblob(40)) FROM numbers;
    ${numbers} INSERT INTO snapshots (stream, opened, version, kind, status, tier, owner, next_due_at, state)
      SELECT ${stream}, n, 1, 'deal', iif(n % 2, 'decided', 'answering'), 'low', 'rep-' || (n % 50),
        iif(n % 2, NULL, strftime('%Y-%m-%dT%H:%M:%S.000Z', '2028-01-01', (n % 500000) || ' minutes')), hex(zeroblob(100))
      FROM numbers;
    COMMIT;`);
  raw.close();
};

interface Stored {
  /** Makes the next 20 due, sweeps, and returns its time, ms. */
  sweep(): Promise<number>;
  /** Does the same with nothing due. */
  idle(): Promise<number>;
  /** Deals that got their reminder. */
  reminded(): Promise<number>;
  close(): Promise<void>;
}

const openDeals = async (deals: Deals, count: number): Promise<string[]> => {
  const home = { platform: 'slack' as const, channel: 'C0CLEARANCE1' };
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const ask = { actor: 'rep-1', cause: `bench:${n}` };
    const outcome = await deals.open({ type: 'OpenDeal', home, details: DETAILS }, ask);
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    ids.push(outcome.view.deal.id);
  }
  return ids;
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

const store = async (stored: number): Promise<Stored> => {
  const dir = mkdtempSync(join(tmpdir(), 'clearthread-sweep-'));
  const file = databaseFile(dir);
  const options = { file, dataKey: Buffer.alloc(32, 7) };
  await openSqliteStore(options).close();
  fill(file, stored);
  const opened: EventStore = openSqliteStore(options);
  const organisation = loadOrganisation(sampleOrganisationFile);
  let now = OPENED;
  const clock = (): Date => now;
  const deals = createDeals({
    store: opened,
    policies: await createPolicies(opened, loadPolicy(defaultPolicyFile), policyFromJson),
    organisation: () => organisation,
    homes: (home) => [{ home }],
    clock,
    wake: () => {},
  });
  const ids = await openDeals(deals, DUE * SWEEPS);
  for (const id of ids) await opened.setDue(id, 1, null);
  now = SWEPT;
  const registers = registersOn(opened, () => organisation, clock);
  const sweep = createSweep({
    store: opened,
    ticks: { deal: deals.tick, register: registers.tick },
    clock,
    logger: silentLogger,
  });
  let next = 0;
  return {
    sweep: async () => {
      for (const id of ids.slice(next, next + DUE)) await opened.setDue(id, 1, SWEPT.toISOString());
      next += DUE;
      return timed(sweep);
    },
    idle: () => timed(sweep),
    reminded: async () => {
      const versions = await Promise.all(ids.map(async (id) => (await opened.load(id)).version));
      return versions.filter((version) => version === 2).length;
    },
    close: async () => {
      await opened.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const ms = (value: number): string => `${value.toFixed(2).padStart(9)} ms`;

/** Both stores in turns, under the same conditions. Takes half a minute, and a gigabyte of the temporary folder. */
export async function sweepBench(): Promise<string[]> {
  const began = performance.now();
  const few = await store(FEW);
  const many = await store(MANY);
  const built = ((performance.now() - began) / 1000).toFixed(0);
  try {
    const times = { few: [] as number[], many: [] as number[], idleFew: [] as number[], idleMany: [] as number[] };
    for (let turn = 0; turn < SWEEPS; turn += 1) {
      const [a, b] = [await few.sweep(), await many.sweep()];
      const [c, d] = [await few.idle(), await many.idle()];
      if (turn === 0) continue;
      times.few.push(a);
      times.many.push(b);
      times.idleFew.push(c);
      times.idleMany.push(d);
    }
    const ratios = times.many.map((value, i) => value / (times.few[i] ?? Number.NaN));
    const expected = DUE * SWEEPS;
    const told = [await few.reminded(), await many.reminded()];
    return [
      `A sweep with ${DUE} deals due, medians of ${SWEEPS - 1} turns (stores built in ${built} s)      ${DUE} due      none due`,
      `  ${FEW.toLocaleString('en').padStart(9)} deals stored                             ${ms(median(times.few))} ${ms(median(times.idleFew))}`,
      `  ${MANY.toLocaleString('en').padStart(9)} deals stored                             ${ms(median(times.many))} ${ms(median(times.idleMany))}`,
      `  ratio ${median(ratios).toFixed(2)} x (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; aim: at most 1.5 x); reminded ${told.join(' and ')} of ${expected}`,
    ];
  } finally {
    await few.close();
    await many.close();
  }
}
