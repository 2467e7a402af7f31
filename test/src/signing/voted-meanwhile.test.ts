/** A page to sign on, while another approver votes: the voter reads what that one wrote first. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { WEIGHED } from '../../../flows/policy/policy.ts';
import { signatureOf, signingDesk, type SigningDesk } from '../../support/signing-desk.ts';
import type { SoftPasskey } from '../../support/soft-passkey.ts';

const WORDS = 'The embassy told me of the pit where this very police beats students.';
const GIVEN = {
  'f:H-RF1': 'uphold',
  ...Object.fromEntries(WEIGHED.map((name) => [name, 'a'])),
  outcome: 'approve',
  rationale: 'The use is narrow, and we look at it again.',
  noCondition: 'Nothing that we could ask would help.',
};

let desk: SigningDesk;
let keys: Record<string, SoftPasskey>;
let deal: string;
beforeEach(async () => {
  desk = await signingDesk();
  keys = await desk.enrolAll(['compliance-1', 'product-1', 'senior-2', 'counsel-1']);
  ({ deal } = await desk.highDeal());
  await votes('compliance-1');
});
afterEach(() => desk.end());

const votes = async (person: string, rationale = 'The use is narrow and known.'): Promise<void> => {
  const url = await desk.voteUrl(person, deal, { rationale });
  expect(await desk.sign(url, keys[person]!)).toMatchObject({ good: true });
};
const reviewed = () => desk.reviewed('senior-2', { deal, step: 1 }, GIVEN);
const voters = async (): Promise<string[]> =>
  (await desk.at.deals.events(deal)).flatMap((event) => (event.type === 'VoteCast' ? [event.by] : []));

it('shows nothing to sign over a vote that was cast meanwhile, and counts once that was read', async () => {
  const { url, shown } = await reviewed();
  expect(shown).not.toContain(WORDS);
  await votes('counsel-1', WORDS);
  const page = await desk.look(url);
  expect(page).toMatchObject({ does: 'nothing', title: 'Not signed' });
  expect(JSON.stringify(page)).toContain('Others decided since you opened the review');
  const again = await reviewed();
  expect(again.shown).toContain(WORDS);
  expect(await desk.sign(again.url, keys['senior-2']!)).toMatchObject({ good: true });
  expect(await voters()).toEqual(['compliance-1', 'counsel-1', 'senior-2']);
});

it('counts nothing that was signed on a page of before', async () => {
  const { url } = await reviewed();
  const credential = signatureOf(await desk.look(url), keys['senior-2']!);
  await votes('counsel-1', WORDS);
  expect(await desk.finish(url, { credential })).toMatchObject({ title: 'Not signed' });
  expect(await voters()).toEqual(['compliance-1', 'counsel-1']);
});
