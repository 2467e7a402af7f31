/** A sample year: most figures of it can be published, nobody is told of it, and it goes on where it was cut off. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mayBeSame } from '../../../flows/names-alike.ts';
import { yearOf } from '../../../flows/yearly/deal-year.ts';
import { countYear } from '../../../flows/yearly/figures.ts';
import { atOnce, createAlone, yieldToOthers } from '../../../src/bell.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy } from '../../../src/config/policy-file.ts';
import { silentLogger } from '../../../src/log.ts';
import { layOutYear, noSampleYear } from '../../../src/playground/samples/sample-year.ts';
import { layOutSamples } from '../../../src/playground/samples/samples.ts';
import { yearDeals } from '../../../src/playground/samples/year-plan.ts';
import { createDealIndex } from '../../../src/streams/deal-index.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import { createSweep } from '../../../src/ticker/ticker.ts';
import { readYear } from '../../../src/yearly/read-year.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';

const file = loadOrganisation(sampleOrganisationFile);
const organisation = () => file;
const policy = loadPolicy(defaultPolicyFile).compiled;
const policies = { current: policy, get: async () => policy };
const clock = (): Date => new Date('2026-11-28T10:00:00.000Z');
const logger = silentLogger;

let folder: SqliteFolder;
let dataDir: string;
beforeEach(() => {
  folder = sqliteFolder();
  dataDir = mkdtempSync(join(tmpdir(), 'clearthread-year-'));
});
afterEach(async () => {
  await folder.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const opened = async () => {
  const store = folder.open();
  await store.putPolicy(policy.hash, {});
  const registers = registersOn(store, organisation, clock, () => policy);
  const deals = createDeals({
    store,
    policies,
    organisation: registers.organisation,
    homes: (home) => [{ home }],
    clock,
    wake: () => {},
  });
  return { store, registers, deals };
};

it('is cut off, goes on, and can be reported: most figures are published, and nobody is told of any deal', async () => {
  const { store, registers, deals } = await opened();
  // With a list in use a deal is compared with it before it is approved.
  await layOutSamples({ dataDir, store, deals, registers, organisation: file, clock, logger });
  const owed = async (): Promise<number> => (await store.outboxBacklog(clock().toISOString())).owed;
  const before = await owed();

  const parts = { store, policies, organisation, clock, alone: atOnce, logger };
  const cut = layOutYear(parts, {
    year: 2025,
    progress: (done) => {
      if (done === 20) throw new Error('the process ended');
    },
  });
  await expect(cut).rejects.toThrow('the process ended');
  await layOutYear(parts, { year: 2025, progress: () => {} });

  const all = await createDealIndex({ store, deals, logger, organisation })();
  const year = yearOf(2025);
  const now = clock().toISOString();
  const record = await readYear(all, year, { store, deals, registers, organisation: file, policy, now });
  const { figures } = countYear(record, { year, least: 5, countedAt: now, organisation: file });
  const rows = Object.fromEntries(figures.tables.map(({ id, rows: of }) => [id, of.map(({ count }) => count)]));
  expect(rows).toMatchObject({
    outcome: [22, 20, 14],
    tier: [34, 12, 10],
    region: [34, 22],
    again: [40, 8, 8],
    ended: [9, 30, 8],
    conditions: [12],
    holds: [8],
  });
  expect(rows['category']?.length).toBeGreaterThan(3);
  expect(figures.kinds[0]?.rows.filter(({ count }) => count !== null).length).toBeGreaterThan(2);
  expect(figures.daysToDecision.value).not.toBeNull();
  expect(await owed()).toBe(before);

  const written = async (): Promise<number> =>
    (await store.list({ kind: 'deal', limit: 200 })).reduce((sum, { version }) => sum + version, 0);
  const commits = await written();
  await layOutYear(parts, { year: 2025, progress: () => {} });
  expect(await written()).toBe(commits);
});

it('stays in its year beside a bot that goes on', async () => {
  const { store, deals } = await opened();
  const sweep = createSweep({ store, ticks: { deal: deals.tick, register: async () => {} }, clock, logger });
  const alone = createAlone();
  let isOver = false;
  const sweeping = (async () => {
    while (!isOver) {
      await alone(sweep);
      await yieldToOthers();
    }
  })();
  try {
    await layOutYear({ store, policies, organisation, clock, alone, logger }, { year: 2025, progress: () => {} });
  } finally {
    isOver = true;
    await sweeping;
  }
});

it('names nobody like another, so that no deal hears of another', () => {
  const names = yearDeals(file.products).map(({ details }) => details.endUser.name);
  const common = { countries: ['UM'], sale: true };
  const alike = names.flatMap((one, n) => names.slice(n + 1).filter((other) => mayBeSame(one, other, common)));
  expect(alike).toEqual([]);
  expect(names.length).toBeGreaterThan(60);
});

it('says why there is none where other people work', () => {
  expect(noSampleYear(file)).toBeUndefined();
  expect(noSampleYear(anOrganisation())).toMatch(/this playground has others/);
});
