/** `audit verify` on erased deals: decided by people, or by somebody with the database. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditVerify } from '../../../src/cli/audit.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import { defaultPolicy } from '../../flows/policy/deals.ts';
import { aDeal, anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { runCommand } from './run.ts';

const two = anOrganisation();
const organisation = anOrganisation({
  people: [...two.people, { id: 'compliance-2', name: 'Sample Compliance Two' }],
  groups: two.groups.map((g) => (g.id === 'compliance' ? { ...g, members: [...g.members, 'compliance-2'] } : g)),
});
const WHY = 'The customer asked for it, and nothing was sold.';

let at: AtDesk;
const withdrawn = async (cause: string): Promise<string> => {
  const home = { platform: 'slack', channel: 'C0CLEAR' } as const;
  const opened = await at.deals.open(
    { type: 'OpenDeal', home, details: aDeal().details },
    { actor: 'rep-1', cause: `open-${cause}` },
  );
  const deal = opened.view?.deal.id ?? '';
  await at.deals.handle(deal, { type: 'Withdraw', reason: 'It was lost.' }, { actor: 'rep-1', cause });
  return deal;
};
const verify = () => runCommand(at.folder.dir, auditVerify, []);
const keyOf = (deal: string): string =>
  at.folder.raw().prepare<[string], string>('SELECT wrapped FROM stream_keys WHERE stream = ?').pluck().get(deal) ?? '';
const putKey = (deal: string, wrapped: string | null): void => {
  at.folder.raw().prepare('UPDATE stream_keys SET wrapped = ? WHERE stream = ?').run(wrapped, deal);
};

let deal: string;
let other: string;
let key: string;
beforeEach(async () => {
  at = atDesk({ organisation, policy: defaultPolicy });
  await createPolicies(at.store, loadPolicy(defaultPolicyFile), policyFromJson);
  deal = await withdrawn('one');
  other = await withdrawn('two');
  key = keyOf(deal);
  await at.submit('compliance-1', 'desk.erase', {}, { deals: deal, why: WHY });
  const [erasure] = Object.keys((await at.desk.registers.erasures.now()).state.requests);
  await at.submit('compliance-2', 'desk.agree-erase', { erasure }, { sure: ['sure'] });
  await at.travel('2027-03-02T09:00:00.000Z');
});
afterEach(() => at.end());

it('says by whom and why a deal was erased', async () => {
  const answer = await verify();
  expect(answer).toMatchObject({ code: 0, err: '' });
  expect(answer.out).toContain(', 1 erased.');
  expect(answer.out).toContain(
    `Erased, as people decided: 1 deal.\n  ${deal}, 2027-03-02, by compliance-1, compliance-2: ${WHY}`,
  );
});

it('names a deal whose key somebody destroyed by hand', async () => {
  putKey(other, null);
  at.folder.raw().prepare('DELETE FROM snapshots WHERE stream = ?').run(other);
  const answer = await verify();
  expect(answer.code).toBe(1);
  expect(answer.out).toMatch(
    new RegExp(`^BROKEN: stream ${other}, commit \\d+: erased\\. Its key is gone, and the record does not say`),
  );
});

it('names an erased deal that a backup brought back', async () => {
  putKey(deal, key);
  const answer = await verify();
  expect(answer.code).toBe(1);
  expect(answer.out).toMatch(new RegExp(`BROKEN: stream ${deal}`));
});

it('names an erased deal that was cut', async () => {
  const cut = at.folder.raw().prepare('DELETE FROM commits WHERE stream = ? AND version > 1').run(deal);
  expect(cut.changes).toBeGreaterThan(0);
  const answer = await verify();
  expect(answer.code).toBe(1);
  expect(answer.out).toMatch(new RegExp(`BROKEN: stream ${deal}`));
});
