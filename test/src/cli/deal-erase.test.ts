/** `deal erase` asks, people decide; and a backup that is put back does not bring an erased deal back. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dealErase } from '../../../src/cli/deal-erase.ts';
import { storeBackup, storeRestore } from '../../../src/cli/store.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { ERASED_LIST } from '../../../src/streams/erased-list.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import { defaultPolicy } from '../../flows/policy/deals.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { runCommand } from './run.ts';

const WHY = 'The customer asked for it, and nothing was sold.';

let at: AtDesk;
let elsewhere: string;
let acts = 0;
const opened = async (): Promise<string> => {
  const home = { platform: 'slack', channel: 'C0CLEAR' } as const;
  const outcome = await at.deals.open(
    { type: 'OpenDeal', home, details: aDeal().details },
    { actor: 'rep-1', cause: `open-${(acts += 1)}` },
  );
  return outcome.view?.deal.id ?? '';
};
const withdrawn = async (): Promise<string> => {
  const deal = await opened();
  await at.deals.handle(deal, { type: 'Withdraw', reason: 'It was lost.' }, { actor: 'rep-1', cause: `w-${deal}` });
  return deal;
};
const erase = (...args: string[]) => runCommand(at.folder.dir, dealErase, args);

beforeEach(async () => {
  at = atDesk({ policy: defaultPolicy });
  await createPolicies(at.store, loadPolicy(defaultPolicyFile), policyFromJson);
  elsewhere = mkdtempSync(join(tmpdir(), 'clearthread-cli-'));
});
afterEach(async () => {
  await at.end();
  rmSync(elsewhere, { recursive: true });
});

it('asks, and erases nothing itself: two people decide', async () => {
  const deal = await withdrawn();
  expect(await erase(deal, '--why', WHY)).toMatchObject({ code: 0, out: expect.stringContaining('Two people') });
  const [request] = Object.values((await at.desk.registers.erasures.now()).state.requests);
  expect(request).toMatchObject({ by: 'operator', deals: [deal], why: WHY, agreed: [] });
  const agree = (person: string) => at.submit(person, 'desk.agree-erase', { erasure: request?.id }, { sure: ['sure'] });
  await agree('compliance-1');
  await at.travel('2027-03-05T09:00:00.000Z');
  expect(await at.deals.view(deal)).toBeDefined();
  await agree('compliance-1');
  await agree('chief-1');
  await at.travel('2027-03-07T09:00:00.000Z');
  expect(await at.deals.view(deal)).toBeUndefined();
  expect(await erase(deal, '--why', WHY)).toMatchObject({ code: 1, err: expect.stringContaining('erased already') });
});

it('stores the policy that it names, where no bot has: an audit looks for it', async () => {
  const deal = await withdrawn();
  const policy = join(elsewhere, 'policy.yml');
  writeFileSync(policy, `${readFileSync(defaultPolicyFile, 'utf8')}\nyearlyReport: { approvers: none }\n`);
  const refused = await runCommand(at.folder.dir, dealErase, [deal, '--why', '.'], { CLEARTHREAD_POLICY: policy });
  expect([refused.code, await at.store.verifyPolicies()]).toEqual([1, { kind: 'whole', policies: 1 }]);
  const asked = await runCommand(at.folder.dir, dealErase, [deal, '--why', WHY], { CLEARTHREAD_POLICY: policy });
  expect([asked.code, await at.store.verifyPolicies()]).toEqual([0, { kind: 'whole', policies: 2 }]);
});

it('says what is wrong, with the exit code of it', async () => {
  const deal = await opened();
  expect(await erase(deal, '--why', WHY)).toMatchObject({
    code: 1,
    err: expect.stringContaining('still being answered'),
  });
  expect(await erase(deal, '--why', '.')).toMatchObject({ code: 1 });
  expect(await erase(deal)).toMatchObject({ code: 2, err: expect.stringContaining('--why') });
  expect(await erase('--why', WHY)).toMatchObject({ code: 2, err: expect.stringContaining('at least one deal') });
  expect(await erase('register:holds', '--why', WHY)).toMatchObject({ code: 2 });
  expect(await erase('D-000000', '--why', WHY)).toMatchObject({ code: 1, err: expect.stringContaining('no deal') });
});

it('leaves a deal erased when an older backup is put back', async () => {
  const [deal, other] = [await withdrawn(), await withdrawn()];
  const { dir } = at.folder;
  const file = join(elsewhere, 'backup.sqlite');
  expect(await runCommand(dir, storeBackup, [file])).toMatchObject({ code: 0 });
  await at.store.close();
  writeFileSync(
    join(dir, ERASED_LIST),
    `${deal} 2027-03-02T09:00:00.000Z\nD-000000 2027-03-02T09:00:00.000Z\nnonsense\n`,
  );
  const restored = await runCommand(dir, storeRestore, [file]);
  expect(restored).toMatchObject({ code: 0 });
  expect(restored.out).toContain('1 deal that was erased since then stays erased.');
  at = atDesk({ policy: defaultPolicy, folder: at.folder });
  expect([await at.deals.view(deal), (await at.deals.view(other))?.deal.id]).toEqual([undefined, other]);
  await at.erasing.begin();
  const events = (await at.store.read('register:erasures')).flatMap(({ body }) => body.events);
  expect(events).toMatchObject([{ type: 'ErasedAgain', deal, listed: '2027-03-02T09:00:00.000Z' }]);
});
