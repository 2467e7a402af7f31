/** A page to sign on, while what the review stands on comes to its end: no vote is counted from that moment on. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { notCountedOver } from '../../../flows/deal/owing/over-words.ts';
import { basisContext } from '../../support/basis-deals.ts';
import { signatureOf, signingDesk, type SigningDesk } from '../../support/signing-desk.ts';
import type { SoftPasskey } from '../../support/soft-passkey.ts';

const LINE = 'Sample report, 2026, https://reports.example.org/a';
/** The note of counsel ends on the first of March: thirty days later it serves no review any more. */
const IN_TIME = '2028-02-25T09:00:00.000Z';
const BEFORE = '2028-03-31T23:55:00.000Z';
const AFTER = '2028-04-01T00:05:00.000Z';

let desk: SigningDesk;
let deal: string;
let keys: Record<string, SoftPasskey>;
const viewNow = async () => {
  const view = await desk.at.deals.view(deal);
  if (!view) throw new Error('no deal');
  return view;
};
const votes = async (): Promise<string[]> =>
  (await desk.at.deals.events(deal)).flatMap((event) => (event.type === 'VoteCast' ? [event.by] : []));

beforeEach(async () => {
  const { policy, organisation } = basisContext();
  desk = await signingDesk({
    policy: { ...policy, signature: { from: 'low', without: 'wait' } },
    organisation: {
      ...organisation,
      groups: organisation.groups.map((g) =>
        g.id === 'compliance' ? { ...g, members: ['compliance-1', 'product-1'] } : g,
      ),
    },
  });
  await desk.at.submit('counsel-1', 'desk.laws', {}, { country: 'NO', note: 'Who may listen in.', source: LINE });
  desk.at.downUntil(IN_TIME);
  keys = await desk.enrolAll(['compliance-1', 'product-1']);
  deal = await desk.at.openDeal();
  for (const [section, values] of Object.entries({
    scope: { 'q:G1': 'yes' },
    record: { 'all:none': 'all', 'b:sources': LINE },
    laws: { 'q:L1': 'yes', 'q:L2': 'yes', 'b:sources': LINE },
  }))
    await desk.at.submit('rep-1', 'deal.section', { deal, section }, values);
});
afterEach(() => desk.end());

it('counts a vote on the last moment, and gives no link from the next on', async () => {
  desk.at.downUntil(BEFORE);
  expect(notCountedOver(await viewNow())).toBeUndefined();
  const url = await desk.voteUrl('compliance-1', deal);
  expect(await desk.sign(url, keys['compliance-1']!)).toMatchObject({ does: 'nothing', good: true });
  expect(await votes()).toEqual(['compliance-1']);
  desk.at.downUntil(AFTER);
  expect(notCountedOver(await viewNow())).toMatch(/counsel’s note on Norway/);
  await expect(desk.voteUrl('senior-1', deal)).rejects.toThrow(/Not counted.*counsel’s note on Norway/);
});

it('signs nothing on a page that was opened before and is signed after', async () => {
  desk.at.downUntil(BEFORE);
  const url = await desk.voteUrl('compliance-1', deal);
  const page = await desk.look(url);
  expect(page.does).toBe('sign');
  const credential = signatureOf(page, keys['compliance-1']!);
  desk.at.downUntil(AFTER);
  const done = await desk.finish(url, { credential });
  expect(done).toMatchObject({ does: 'nothing' });
  expect(JSON.stringify(done)).toMatch(/The facts changed|Not counted/u);
  expect(await votes()).toEqual([]);
  expect((await viewNow()).deal).toMatchObject({ status: 'deciding', tier: 'elevated', votes: [] });
  // Opened once more it has nothing to sign.
  expect((await desk.look(url)).does).toBe('nothing');
});

it('shows nothing to sign on a link of before that is opened after', async () => {
  desk.at.downUntil(BEFORE);
  const url = await desk.voteUrl('compliance-1', deal);
  desk.at.downUntil(AFTER);
  const page = await desk.look(url);
  expect(page.does).toBe('nothing');
  expect(JSON.stringify(page)).toContain('counsel’s note on Norway');
});
