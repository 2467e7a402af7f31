/** What `audit verify --roots` finds on a record with signed votes. */

import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditVotes } from '../../../src/cli/votes/audit-votes.ts';
import { readRoots } from '../../../src/cli/votes/roots.ts';
import { wholeFingerprint } from '../../../src/signing/verify.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { ballot } from '../../support/deal-lines.ts';
import { signingDesk, type SigningDesk } from '../../support/signing-desk.ts';
import { SITE, type SoftPasskey } from '../../support/soft-passkey.ts';
import { sqliteFolder } from '../../support/sqlite.ts';

let desk: SigningDesk;
let keys: Record<string, SoftPasskey>;
let log = '';
const folder = sqliteFolder();
beforeAll(async () => {
  desk = await signingDesk({ signature: { from: 'high', without: 'allow' } });
  keys = await desk.enrolAll(['compliance-1', 'chief-1', 'senior-1']);
  log = (await desk.at.store.logHead())?.origin ?? '';
});
afterAll(async () => {
  await desk.end();
  await folder.remove();
});

const roots = async (more: object = {}) => {
  const file = join(folder.dir, `${randomBytes(4).toString('hex')}.json`);
  const first = ['compliance-1', 'chief-1'].map((person) => wholeFingerprint(keys[person]!.key));
  writeFileSync(file, JSON.stringify({ rpId: SITE.rpId, origin: SITE.origin, logs: [log], first, ...more }));
  return readRoots(file);
};
const audit = async (more: object = {}) =>
  auditVotes(desk.at.store, await roots(more), async () => aPolicy({ signature: { from: 'high', without: 'allow' } }));

it('names each vote signed, unsigned or invalid', async () => {
  const { deal } = await desk.highDeal();
  await desk.sign(await desk.voteUrl('compliance-1', deal), keys['compliance-1']!);
  await desk.sign(await desk.voteUrl('senior-1', deal), keys['senior-1']!);
  const reply = await desk.at.deals.view(deal);
  if (reply?.deal.status !== 'deciding') throw new Error('not deciding');
  const { step, route } = reply.deal;
  await desk.at.deals.handle(
    deal,
    { type: 'CastVote', step, factsHash: route.factsHash, ballot: ballot(reply) },
    { actor: 'counsel-1', cause: 'chat' },
  );
  const found = await audit();
  expect(found.good).toBe(true);
  expect(found.votes.map(({ by, state }) => [by, state])).toEqual([
    ['compliance-1', 'signed'],
    ['senior-1', 'signed'],
    ['counsel-1', 'unsigned'],
  ]);
  expect(found.words[0]).toContain('2 signed, 1 unsigned, 0 invalid');
  const asked = await audit({ required: [{ from: 'high', since: '2027-01-01' }] });
  expect(asked.good).toBe(false);
  expect(asked.words.join('\n')).toMatch(/counsel-1.*unsigned, and your roots ask for a signature/);
  expect(asked.words.join('\n')).toContain('1 of 2 signed votes in step 2');
  expect((await audit({ required: [{ from: 'high', since: '2028-01-01' }] })).good).toBe(true);
});

it('believes nothing that the auditor did not bring', async () => {
  for (const more of [
    { first: ['0'.repeat(64)] },
    { logs: ['clearthread/log/other'] },
    { rpId: 'other.example.com' },
    { origin: 'http://localhost:3001' },
  ]) {
    const found = await audit(more);
    expect(
      found.votes.map(({ state }) => state),
      JSON.stringify(more),
    ).not.toContain('signed');
    expect(found.good).toBe(false);
  }
  // Who vouched for senior-1 may not: their vote counts no more, that of the first key does.
  const states = (await audit({ vouchers: ['chief-1'] })).votes.map(({ state }) => state);
  expect(states).toEqual(['signed', 'invalid', 'unsigned']);
});

it('refuses a roots file that says something else', async () => {
  await expect(roots({ first: ['x'] })).rejects.toThrow(/fingerprint/);
  await expect(roots({ required: [{ from: 'high', since: 'soon' }] })).rejects.toThrow(/day/);
  await expect(roots({ more: 1 })).rejects.toThrow();
  await expect(readRoots('/nowhere')).rejects.toThrow(/can't be read/);
});
