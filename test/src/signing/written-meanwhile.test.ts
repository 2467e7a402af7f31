/** A page to sign on, while somebody writes in another deal with that end-user: the voter reads that first. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { signatureOf, signingDesk, type SigningDesk } from '../../support/signing-desk.ts';
import type { SoftPasskey } from '../../support/soft-passkey.ts';

const WORDS = 'Their guards told us that they hunt minorities with it.';
const GIVEN = { outcome: 'approve', rationale: 'The use is narrow, and we look at it again.' };

let desk: SigningDesk;
let key: SoftPasskey;
let deal: string;
beforeEach(async () => {
  desk = await signingDesk({ signature: { from: 'low', without: 'wait' } });
  const keys = await desk.enrolAll(['compliance-1', 'product-1']);
  key = keys['compliance-1']!;
  deal = await desk.at.openDeal();
  await desk.at.answerAll(deal);
});
afterEach(() => desk.end());

const reviewed = () => desk.reviewed('compliance-1', { deal, step: 0 }, GIVEN);
const writeElsewhere = async (): Promise<void> => {
  const twin = await desk.at.openDeal();
  await desk.at.deals.handle(twin, { type: 'Withdraw', reason: WORDS }, { actor: 'rep-1', cause: 'elsewhere' });
};
const votes = async (): Promise<number> =>
  (await desk.at.deals.events(deal)).filter(({ type }) => type === 'VoteCast').length;

it('signs a vote over which nothing was written meanwhile', async () => {
  const { url } = await reviewed();
  expect(await desk.sign(url, key)).toMatchObject({ good: true });
  expect(await votes()).toBe(1);
});

it('shows nothing to sign over what was written meanwhile, and counts once that was read', async () => {
  const { url, shown } = await reviewed();
  expect(shown).not.toContain(WORDS);
  await writeElsewhere();
  expect(await desk.look(url)).toMatchObject({ does: 'nothing', title: 'Not signed' });
  const again = await reviewed();
  expect(again.shown).toContain(WORDS);
  expect(await desk.sign(again.url, key)).toMatchObject({ good: true });
  expect(await votes()).toBe(1);
});

it('counts nothing that was signed on a page of before', async () => {
  const { url } = await reviewed();
  const page = await desk.look(url);
  await writeElsewhere();
  expect(await desk.finish(url, { credential: signatureOf(page, key) })).toMatchObject({ title: 'Not signed' });
  expect(await votes()).toBe(0);
});
