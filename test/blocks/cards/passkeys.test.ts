import { expect, it } from 'vitest';
import { decidedTold, routedTold, voteCastTold } from '../../../blocks/cards/facts-deciding.ts';
import { reviewForm } from '../../../blocks/forms/review.ts';
import type { Signing } from '../../../flows/deal/rights/signing.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { aDecidingDeal, anOrganisation, aPolicy, aRoute, aVote, aView } from '../../support/deal-builders.ts';
import { aPasskey, everyPasskeyCard } from '../../support/every-passkey.ts';

const SIGNATURE = { from: 'high', without: 'allow' } as const;
const view = (tier: 'elevated' | 'high', signedWith?: string) =>
  aView(
    aDecidingDeal({
      tier,
      step: 1,
      route: aRoute(tier),
      votes: [{ ...aVote('compliance-1', 0), ...(signedWith === undefined ? {} : { signedWith }) }],
    }),
    { policy: aPolicy({ signature: SIGNATURE }), organisation: anOrganisation() },
  );
const said = (seen: ReturnType<typeof view>): string =>
  JSON.stringify(voteCastTold(seen, { fact: 'vote cast', step: 0, by: 'compliance-1' }));

it('never says a fingerprint in a chat', () => {
  for (const [name, card] of everyPasskeyCard()) expect(JSON.stringify(card), name).not.toContain('NEVERINACHAT');
});

it('says of each vote whether it is signed, where the policy asks for it', () => {
  expect(said(view('high', 'key'))).toContain(' Signed with a passkey.');
  expect(said(view('high'))).toContain(' Not signed.');
  expect(said(view('elevated'))).not.toMatch(/signed/i);
  const votes = [{ ...aVote('compliance-1', 0), signedWith: 'key' }, aVote('senior-1', 1)];
  const { deal, ...around } = view('high');
  const decision = { outcome: 'approved', votes, conditions: [], at: around.now, tier: 'high' } as const;
  const decided = aView({ ...deal, status: 'decided', decision, route: aRoute('high'), rule: 'r' } as never, around);
  expect(JSON.stringify(decidedTold(decided, false)).match(/(Signed with a passkey|Not signed)\./g)).toEqual([
    'Signed with a passkey.',
    'Not signed.',
  ]);
});

it('says before anybody votes that votes are signed, or why they can’t be', () => {
  const routed = (organisation: Partial<Organisation>, without: 'allow' | 'wait' = 'allow') =>
    JSON.stringify(
      routedTold(
        aView(aDecidingDeal(), {
          policy: aPolicy({ signature: { from: 'high', without } }),
          organisation: anOrganisation(organisation),
        }),
      ),
    );
  expect(routed({})).toMatch(/count as “not signed”: Clearthread has no web address/);
  expect(routed({}, 'wait')).toMatch(/are to be signed and wait: Clearthread has no web address/);
  expect(routed({ passkeys: { rpId: 'a', keys: [] } })).toMatch(/“not signed”: nobody has a passkey yet/);
  const passkeys = { rpId: 'a', keys: [aPasskey('k', 'senior-1')] };
  expect(routed({ passkeys })).toMatch(/are signed with a passkey. Who has none yet votes “not signed”/);
  expect(routed({ passkeys }, 'wait')).toMatch(/can’t vote until they have one/);
  expect(JSON.stringify(routedTold(aView(aDecidingDeal())))).not.toMatch(/signed/);
});

it('says on the last page of a review whether the vote will be signed', () => {
  const seen = view('high');
  const draft = {
    step: 1,
    factsHash: 'f',
    changed: false,
    values: { outcome: 'decline', rationale: 'Not with this buyer, not now.' },
  };
  const last = (signing: Signing, values: Record<string, string> = draft.values) =>
    reviewForm(seen, 1, { ...draft, values }, 99, { signing });
  expect(last({ kind: 'sign', keys: [] })).toMatchObject({ submit: 'Go on and sign' });
  expect(JSON.stringify(last({ kind: 'waits', why: 'you have none' }))).toContain('and you have none');
  expect(JSON.stringify(last({ kind: 'not signed', why: 'you have none' }))).toContain('“not signed”: you have none');
  expect(last({ kind: 'none' })).toMatchObject({ submit: 'Sign: decline' });
  const asking = last({ kind: 'sign', keys: [] }, { outcome: 'information', question: 'Who will run it?' });
  expect(asking).toMatchObject({ submit: 'Send the question' });
});
