import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestShow } from '../../../src/cli/digest.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { runCommand } from './run.ts';

const OPENED = '2026-01-05T10:00:00.000Z';
let folder: SqliteFolder;
let store: EventStore;
let ids: string[];
beforeEach(async () => {
  folder = sqliteFolder();
  store = folder.open();
  const organisation = loadOrganisation(sampleOrganisationFile);
  const deals = createDeals({
    store,
    policies: await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson),
    organisation: async () => organisation,
    homes: () => [],
    clock: () => new Date(OPENED),
    wake: () => {},
  });
  const product = { id: 'data-analytics', name: 'Sample data analytics' };
  const home = { platform: 'slack', channel: 'C0CLEARANCE1' } as const;
  ids = [];
  for (const customer of ['=HYPERLINK("https://example.org")', 'Sample Two']) {
    const details = { ...aDeal().details, product, customer };
    const outcome = await deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: customer });
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    ids.push(outcome.view.deal.id);
  }
  await store.placeCommits(1);
});
afterEach(() => folder.remove());

const digest = (...args: string[]) => runCommand(folder.dir, digestShow, args);

describe('clearthread digest', () => {
  it('says what needs somebody, and records nothing', async () => {
    const before = await store.heads();
    const { code, out, err } = await digest();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Compliance digest, /);
    for (const id of ids)
      expect(out).toMatch(new RegExp(`${id} · .*has waited \\d+ days for the answers of Sample Rep`));
    expect(out).toMatch(/whole root hash of the record: 1:[0-9a-f]{64}$/m);
    expect(out).not.toContain('[Open]');
    expect(await store.heads()).toEqual(before);
  });

  it('writes every line as CSV without a formula', async () => {
    const { code, out } = await digest('--csv');
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toBe('\uFEFFwhat,days,deal,customer,product,end-user,destination,tier,people,about');
    expect(lines).toHaveLength(3);
    expect(out).toContain(`,"'=HYPERLINK(""https://example.org"")",`);
  });

  it('explains itself, and what it did not understand', async () => {
    expect((await digest('--help')).out).toContain('Usage: clearthread digest');
    const misused = await digest('--days', '99');
    expect(misused.code).toBe(2);
    expect(misused.err).toMatch(/^--days takes a number from 1 to 35\.\nUsage: clearthread digest .*$/);
    expect((await digest('--xyz')).code).toBe(2);
    expect(await runCommand('/nowhere', digestShow, [])).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no database'),
    });
  });
});
