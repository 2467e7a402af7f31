/** Each vote of a deal, replayed from its events: signed, not signed, or with a signature that does not hold. */

import { canonical } from '../../../flows/canonical.ts';
import type { Condition } from '../../../flows/deal/deal.ts';
import { factsText } from '../../../flows/deal/deciding/facts.ts';
import type { DealEvent } from '../../../flows/deal/events.ts';
import { evolve } from '../../../flows/deal/evolve.ts';
import { noDeal, type DecidingDeal, type DealState } from '../../../flows/deal/state.ts';
import { dealView } from '../../../flows/deal/view.ts';
import type { Instant } from '../../../flows/ids.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { isInTime, voteText, type VoteSignature } from '../../../flows/passkey.ts';
import { TIERS, type CompiledPolicy, type Tier } from '../../../flows/policy/policy.ts';
import { sha256 } from '../../../store/chain.ts';
import type { Commit } from '../../../store/event-store.ts';
import { assertionProblem } from '../../signing/verify.ts';
import { eventsOf } from '../../streams/repeats.ts';
import type { Roots } from './roots.ts';
import type { TrustedKeys } from './trusted-keys.ts';

export interface AuditedVote {
  deal: string;
  /** Counts from 1. */
  step: number;
  by: string;
  for?: string | undefined;
  at: Instant;
  outcome: string;
  state: 'signed' | 'unsigned' | 'invalid';
  /** The roots ask for a signature of it. */
  required: boolean;
  /** Why it is invalid. */
  why?: string | undefined;
}

export interface AuditedDeal {
  votes: AuditedVote[];
  /** What is wrong with decisions that the roots ask signatures for, a sentence each. */
  problems: string[];
}

/** Facts and tier need nobody's name, group or calendar. */
const NOBODY: Organisation = {
  name: '',
  people: [],
  groups: [],
  products: [],
  clearanceChannels: [],
  timeZone: 'UTC',
  holidays: [],
  roles: { compliance: '', chief: '' },
  hash: '',
};

interface Checking {
  roots: Roots;
  keys: TrustedKeys;
  /** Nonces that were used, in any deal. */
  used: Set<string>;
  policy: (hash: string) => Promise<CompiledPolicy>;
}

type Cast = Extract<DealEvent, { type: 'VoteCast' }>;

const required = ({ required: rules }: Roots, tier: Tier, at: Instant): boolean =>
  rules.some(({ from, since }) => TIERS.indexOf(tier) >= TIERS.indexOf(from) && at.slice(0, 10) >= since);

/** Returns why the signature does not hold, or undefined. Text and facts are made anew, and none of it is believed. */
const problemOf = async (
  event: Cast & { signature: VoteSignature },
  { deal, policy, tier, facts }: { deal: DecidingDeal; policy: CompiledPolicy; tier: Tier; facts: string },
  stream: string,
  commits: readonly Pick<Commit, 'hash'>[],
  version: number,
  { roots, keys, used }: Checking,
): Promise<string | undefined> => {
  const { signature, by, at, ballot } = event;
  const { log, head, expires, nonce } = signature;
  if (used.has(nonce)) return 'it was used before';
  used.add(nonce);
  if (!roots.logs.includes(log)) return 'it was made for another record';
  if (deal.id !== stream) return 'it stands in another deal';
  if (event.factsHash !== facts || deal.route.factsHash !== facts) return 'the facts are not those of the vote';
  if (deal.tier !== tier) return 'the tier is not that of the facts';
  if (head.version >= version || commits[head.version - 1]?.hash !== head.hash)
    return 'what its voter saw is not what stands before it';
  if (!isInTime(expires, at)) return 'it was not made then';
  const key = keys.at(signature.key, by, at);
  if (typeof key === 'string') return key;
  const text = voteText({
    log,
    head,
    expires,
    nonce,
    tier,
    ballot,
    person: by,
    for: event.for,
    deal: stream,
    policy: policy.hash,
    factsHash: facts,
    step: event.step,
  });
  const deviceBound = policy.signature?.passkeys === 'device-bound';
  return assertionProblem(signature, { key, text, site: roots.site, deviceBound });
};

/** Returns which steps an approval does not have enough signed votes for. */
const unsignedSteps = (
  state: DecidingDeal,
  policy: CompiledPolicy,
  tier: Tier,
  votes: readonly AuditedVote[],
): string[] => {
  if (tier === 'prohibited') return [`${state.id} was approved although its facts prohibit it.`];
  return policy.routeFor(tier).steps.flatMap(({ quorum }, step) => {
    const standing = state.votes.filter((vote) => vote.step === step && vote.outcome !== 'decline');
    const signed = standing.filter(({ by, at }) =>
      votes.some((one) => one.by === by && one.at === at && one.state === 'signed'),
    );
    const people = new Set(signed.map(({ by }) => by)).size;
    return people >= quorum
      ? []
      : [`${state.id} was approved with ${people} of ${quorum} signed votes in step ${step + 1}.`];
  });
};

/** Returns what a decision asks for and no vote does, and the reverse. */
const strangeConditions = (deal: DecidingDeal, decided: readonly Condition[]): string[] => {
  const votes = deal.votes.filter(({ step, by }) => deal.counted?.[step]?.includes(by) ?? true);
  const asked = votes.flatMap(({ conditions }) => conditions);
  const known = new Set(asked.map((condition) => canonical(condition)));
  const kept = new Set(decided.map(({ owner, text }) => canonical([owner, text.trim().toLowerCase()])));
  return [
    ...decided
      .filter((condition) => !known.has(canonical(condition)))
      .map(({ text }) => `${deal.id}: nobody who voted asked for the condition “${text}”.`),
    ...asked
      .filter(({ owner, text }) => !kept.has(canonical([owner, text.trim().toLowerCase()])))
      .map(({ text }) => `${deal.id}: the decision lacks a condition that a vote asked for, “${text}”.`),
  ];
};

/** `commits`: all of the deal's, oldest first. */
export const auditDeal = async (
  stream: string,
  commits: readonly Commit[],
  checking: Checking,
): Promise<AuditedDeal> => {
  const found: AuditedDeal = { votes: [], problems: [] };
  let state: DealState = noDeal;
  for (const commit of commits) {
    for (const event of eventsOf<DealEvent>([commit])) {
      if (state.status === 'deciding' && (event.type === 'VoteCast' || event.type === 'DealDecided')) {
        const deal: DecidingDeal = state;
        const policy = await checking.policy(deal.policy);
        const view = dealView(deal, policy, NOBODY, event.at);
        const tier = view.assessment.tier ?? 'high';
        const needs = required(checking.roots, tier, event.at);
        if (event.type === 'VoteCast') {
          const { signature } = event;
          const why =
            signature &&
            (await problemOf(
              { ...event, signature },
              { deal, policy, tier, facts: sha256(factsText(view)) },
              stream,
              commits,
              commit.version,
              checking,
            ));
          found.votes.push({
            deal: stream,
            step: event.step + 1,
            by: event.by,
            for: event.for,
            at: event.at,
            outcome: event.ballot.outcome,
            state: !signature ? 'unsigned' : why === undefined ? 'signed' : 'invalid',
            required: needs,
            ...(why === undefined ? {} : { why }),
          });
        } else if (needs && event.outcome !== 'declined') {
          found.problems.push(...unsignedSteps(deal, policy, tier, found.votes));
          found.problems.push(...strangeConditions(deal, event.conditions));
        }
      } else if (event.type === 'VoteCast' || (event.type === 'DealDecided' && event.outcome !== 'declined')) {
        found.problems.push(
          `${stream}: ${event.type === 'VoteCast' ? `a vote of ${event.by}` : 'a decision'} stands where nobody could vote.`,
        );
      }
      state = evolve(state, event);
    }
  }
  return found;
};
