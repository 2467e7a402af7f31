/** A playground that ends while its samples are laid out: the next start goes on where it was cut off. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy } from '../../../src/config/policy-file.ts';
import { silentLogger } from '../../../src/log.ts';
import { layOutSamples } from '../../../src/playground/samples/samples.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';

const organisation = loadOrganisation(sampleOrganisationFile);
const policy = loadPolicy(defaultPolicyFile).compiled;

let folder: SqliteFolder;
let dataDir: string;
let day: number;
beforeEach(() => {
  folder = sqliteFolder();
  dataDir = mkdtempSync(join(tmpdir(), 'clearthread-samples-'));
  day = 1;
});
afterEach(async () => {
  await folder.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Lays them out until the process ends after that many commits. */
const layOut = async (store: EventStore, most: number): Promise<{ errors: string[]; areThere: boolean }> => {
  const errors: string[] = [];
  let left = most;
  const mortal: EventStore = {
    ...store,
    append: async (commit, projection) => {
      // What is there already is no commit more.
      if (left === 0 && !(await store.byCause(commit.stream, commit.cause))) throw new Error('the process ended');
      const appended = await store.append(commit, projection);
      if (appended.kind === 'appended') left -= 1;
      return appended;
    },
  };
  const clock = (): Date => new Date(`2027-03-0${day}T09:00:00.000Z`);
  const registers = registersOn(
    mortal,
    () => organisation,
    clock,
    () => policy,
  );
  const deals: Deals = createDeals({
    store: mortal,
    policies: { current: policy, get: async () => policy },
    organisation: registers.organisation,
    homes: (home) => [{ home }],
    clock,
    wake: () => {},
  });
  const logger = { ...silentLogger, error: (event: string) => void errors.push(event) };
  const areThere = await layOutSamples({ dataDir, store: mortal, deals, registers, organisation, clock, logger });
  return { errors, areThere };
};

const laidOut = async (store: EventStore): Promise<string[]> =>
  (await store.list({ kind: 'deal', limit: 9 })).map(({ status, version }) => `${status} ${version}`).toSorted();

it.each([1, 2, 3, 5])('are three all the same, though it ends after each %s commits, on other days', async (each) => {
  const whole = sqliteFolder();
  const other = mkdtempSync(join(tmpdir(), 'clearthread-samples-'));
  const [dir, store] = [dataDir, folder.open()];
  dataDir = other;
  const uncut = whole.open();
  expect(await layOut(uncut, 1000)).toEqual({ errors: [], areThere: true });
  const wanted = await laidOut(uncut);
  await whole.remove();
  rmSync(other, { recursive: true, force: true });
  dataDir = dir;

  let starts = 0;
  for (;;) {
    starts += 1;
    day = 1 + (starts % 9);
    const { errors, areThere } = await layOut(store, each);
    if (errors.length === 0) {
      expect(areThere).toBe(true);
      break;
    }
    expect(starts).toBeLessThan(60);
  }
  expect(starts).toBeGreaterThan(3);
  expect(wanted).toHaveLength(3);
  expect(await laidOut(store)).toEqual(wanted);
});
