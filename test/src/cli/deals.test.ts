import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dealsList } from '../../../src/cli/deals.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { runCommand } from './run.ts';

let folder: SqliteFolder;
let ids: string[];
beforeEach(async () => {
  folder = sqliteFolder();
  const store = folder.open();
  const organisation = loadOrganisation(sampleOrganisationFile);
  const deals = createDeals({
    store,
    policies: await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson),
    organisation: async () => organisation,
    homes: () => [],
    clock: () => new Date('2026-01-05T10:00:00.000Z'),
    wake: () => {},
  });
  const home = { platform: 'slack', channel: 'C0CLEARANCE1' } as const;
  ids = [];
  for (const [customer, destination] of [
    ['=HYPERLINK("https://example.org")', 'VN'],
    ['Sample\u001B[31m Two', 'NO'],
  ] as const) {
    const product = { id: 'data-analytics', name: 'Sample data analytics' };
    const details = { ...aDeal().details, product, customer, destination };
    const outcome = await deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: customer });
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    ids.push(outcome.view.deal.id);
  }
});
afterEach(() => folder.remove());

const list = (...args: string[]) => runCommand(folder.dir, dealsList, args);

describe('clearthread deals list', () => {
  it('shows every deal in a line, without what a terminal would obey, and records nothing', async () => {
    const { code, out, err } = await list();
    expect([code, err]).toEqual([0, '']);
    expect(
      out
        .split('\n')
        .map((line) => line.slice(0, 8))
        .toSorted(),
    ).toEqual(ids.toSorted());
    expect(out).toMatch(/ · no tier · answering · .*, Vietnam · .* · waits for Sample Rep/);
    expect(out).not.toContain('\u001B');
  });

  it('shows those that fit, in the words of the chat', async () => {
    const { out } = await list('--where', 'country:Vietnam waiting:requester status:open since:2026-01-01 analytics');
    expect(out.split('\n')).toEqual([expect.stringContaining(ids[0] ?? '')]);
    expect((await list('--where', 'tier:high')).out).toBe('');
  });

  it('writes CSV without a formula, and JSON', async () => {
    const csv = (await list('--where', 'country:Vietnam', '--csv')).out.split('\n');
    expect(csv).toHaveLength(2);
    expect(csv[0]).toMatch(/^\uFEFFdeal,status,tier,/);
    expect(csv[1]).toContain(`,"'=HYPERLINK(""https://example.org"")",`);
    expect(JSON.parse((await list('--where', 'country:Vietnam', '--json')).out)).toMatchObject([
      { deal: ids[0], status: 'answering', tier: 'none', country: 'VN', waitsFor: ['Sample Rep'], decided: null },
    ]);
    expect((await list('--where', 'tier:high', '--json')).out).toBe('[]');
  });

  it('lists nothing where a word is no data, and names the word', async () => {
    const { code, out, err } = await list('--where', 'every country:Vietnam wobbly flagged');
    expect([code, out]).toEqual([0, '']);
    expect(err).toBe('No deal has the words “every”, “wobbly”, “flagged” as well; without them: 1 deal.');
    expect((await list('--where', 'every tier:high')).err).toBe('Without “every” there is none either.');
    expect((await list('--where', 'tier:high')).err).toBe('');
    expect((await list('--where', 'country:Vietnam this year')).out).toContain(ids[0]);
  });

  it('explains itself, and what it did not understand', async () => {
    expect((await list('--help')).out).toContain('Usage: clearthread deals list');
    const misread = await list('--where', 'contry:Vietnam');
    expect([misread.code, misread.out]).toEqual([2, '']);
    expect(misread.err).toMatch(
      /^There is no filter “contry:”\. Did you mean country:\?[^]*\nUsage: clearthread deals/,
    );
    expect((await list('--csv', '--json')).err).toContain('Choose one of --csv and --json.');
    expect((await list('--where', 'owner:me')).err).toContain('nobody is “me” here');
  });
});
