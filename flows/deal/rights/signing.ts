/** Whether a vote is signed with a passkey, with which, and what its signature must have covered. */

import type { Instant, PersonId } from '../../ids.ts';
import { expiryOf, isInTime, voteText, type Passkey, type VoteSignature } from '../../passkey.ts';
import { TIERS } from '../../policy/policy.ts';
import type { Ballot, Vote } from '../deal.ts';
import type { DecidingDeal } from '../state.ts';
import type { DealView } from '../view.ts';

export type Signing =
  /** The policy asks for none. */
  | { kind: 'none' }
  | { kind: 'sign'; keys: readonly Passkey[] }
  /** It can't be signed, and counts without. */
  | { kind: 'not signed'; why: string }
  | { kind: 'waits'; why: string };

/** Tells whether the policy asks for signed votes on the deal, in the tier in which it is decided. */
export const asksSignature = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): boolean => {
  const tier =
    deal.status === 'deciding' ? deal.tier : deal.status === 'decided' ? deal.decision.tier : ('low' as const);
  const { signature } = policy;
  const decides = deal.status === 'deciding' || deal.status === 'decided';
  return signature !== undefined && decides && TIERS.indexOf(tier) >= TIERS.indexOf(signature.from);
};

const NO_ADDRESS = 'Clearthread has no web address of its own yet (CLEARTHREAD_PUBLIC_URL)';

export const signingOf = (view: DealView, voter: PersonId): Signing => {
  const { policy, organisation } = view;
  if (!asksSignature(view)) return { kind: 'none' };
  const all = organisation.passkeys?.keys.filter(({ person }) => person === voter) ?? [];
  const keys = policy.signature?.passkeys === 'device-bound' ? all.filter((key) => key.deviceBound) : all;
  if (organisation.passkeys && keys.length > 0) return { kind: 'sign', keys };
  const why = !organisation.passkeys
    ? NO_ADDRESS
    : all.length > 0
      ? 'your passkey is copied between devices, and the policy asks for one that stays on its device'
      : 'you have no passkey here yet';
  return { kind: policy.signature?.without === 'allow' ? 'not signed' : 'waits', why };
};

export const waitsWords = (why: string): string =>
  `Votes on this deal are signed with a passkey, and ${why}. Say “passkey” to Clearthread to add one; compliance can help. What you typed is kept.`;

/** Words for a vote that counts without a signature. */
export const notSignedWords = (why: string): string => `It counts as “not signed”: ${why}. Say “passkey” for one.`;

interface Cast {
  signature: VoteSignature & { over: string };
  ballot: Ballot;
  voter: PersonId;
  absent: PersonId | undefined;
}

/** The text that the signature of this very vote covers. */
export const textOfVote = (
  deal: DecidingDeal,
  { ballot, voter, absent }: Omit<Cast, 'signature'>,
  { log, head, expires, nonce }: Pick<VoteSignature, 'log' | 'head' | 'expires' | 'nonce'>,
): string =>
  voteText({
    log,
    head,
    expires,
    nonce,
    person: voter,
    for: absent,
    deal: deal.id,
    policy: deal.policy,
    tier: deal.tier,
    factsHash: deal.route.factsHash,
    step: deal.step,
    ballot,
  });

/** When this person's vote, or one cast for the same person, last ended without a new step. */
const endedAt = ({ lastVoided, tookBack = {} }: DecidingDeal, { voter, absent }: Cast): Instant | undefined =>
  [tookBack[absent ?? voter], lastVoided?.voters.includes(voter) ? lastVoided.at : undefined]
    .filter((at) => at !== undefined)
    .toSorted()
    .at(-1);

/** Returns why a signature does not count for this vote, or undefined. */
export const signatureProblem = (view: DealView, deal: DecidingDeal, cast: Cast): string | undefined => {
  const { signature } = cast;
  const signing = signingOf(view, cast.voter);
  if (signing.kind !== 'sign' || !signing.keys.some(({ id }) => id === signature.key)) {
    return 'This passkey does not count for you here (any more). Say “passkey” to Clearthread to see which do.';
  }
  if (view.now > signature.expires) return 'The ten minutes of this link are over. Please open the review again.';
  if (!isInTime(signature.expires, view.now))
    return 'This link would be valid for too long. Please open the review again.';
  const ended = endedAt(deal, cast);
  if (ended !== undefined && signature.expires <= expiryOf(ended)) {
    return 'This was signed for a vote that ended since. Please open the review again.';
  }
  if (signature.over !== textOfVote(deal, cast, signature)) {
    return 'What was signed is not this vote. Please open the review again.';
  }
  return undefined;
};

/** What approvers and the deal team know before anybody votes; undefined where the policy asks for no signature. */
export const signatureRuleWords = (view: Pick<DealView, 'deal' | 'policy' | 'organisation'>): string | undefined => {
  if (!asksSignature(view)) return undefined;
  const { passkeys } = view.organisation;
  const missing = !passkeys ? NO_ADDRESS : passkeys.keys.length === 0 ? 'nobody has a passkey yet' : undefined;
  const waits = view.policy.signature?.without === 'wait';
  if (missing !== undefined) {
    return waits
      ? `Votes here are to be signed and wait: ${missing}.`
      : `Votes here count as “not signed”: ${missing}.`;
  }
  return `Votes here are signed with a passkey. Who has none yet ${waits ? 'can’t vote until they have one' : 'votes “not signed”'}.`;
};

/** Words beside a vote; undefined where the policy asks for no signature and there is none. */
export const signedWords = (
  view: Pick<DealView, 'deal' | 'policy'>,
  vote: Pick<Vote, 'signedWith'>,
): 'Signed with a passkey' | 'Not signed' | undefined =>
  vote.signedWith !== undefined ? 'Signed with a passkey' : asksSignature(view) ? 'Not signed' : undefined;
