/** The part of an audit that looks at who signed what. */

import type { CompiledPolicy } from '../../../flows/policy/policy.ts';
import type { PasskeyEvent } from '../../../flows/registers/passkeys.ts';
import { streamOf } from '../../../flows/registers/register.ts';
import { StoreFault, type EventStore } from '../../../store/event-store.ts';
import { policyFromJson } from '../../config/policy-file.ts';
import { isDealId } from '../../ids.ts';
import { storedPolicies } from '../../streams/policies.ts';
import { eventsOf } from '../../streams/repeats.ts';
import { plural, printable } from '../text.ts';
import type { Roots } from './roots.ts';
import { auditDeal, type AuditedVote } from './signed-votes.ts';
import { trustedKeys } from './trusted-keys.ts';

export const PASSKEYS = streamOf('passkeys');

export interface AuditedVotes {
  /** False: a signature that does not hold, or one that the roots ask for and that is not there. */
  good: boolean;
  votes: AuditedVote[];
  words: string[];
}

const isApproval = ({ outcome }: AuditedVote): boolean => outcome !== 'decline';

const lineOf = (vote: AuditedVote): string => {
  const whose = vote.for === undefined ? vote.by : `${vote.by}, for ${vote.for}`;
  const why = vote.why === undefined ? '' : `: ${vote.why}`;
  const asks = vote.required && vote.state === 'unsigned' ? ', and your roots ask for a signature' : '';
  return printable(
    `${vote.deal}  step ${vote.step}  ${vote.outcome}  ${whose}  ${vote.at}  ${vote.state}${asks}${why}`,
  );
};

/** Walks every deal. `store` is opened with the data key; what it says of itself is not believed. */
export const auditVotes = async (
  store: Pick<EventStore, 'heads' | 'read' | 'policy'>,
  roots: Roots,
  policy: (hash: string) => Promise<CompiledPolicy> = storedPolicies(store, policyFromJson).get,
): Promise<AuditedVotes> => {
  const streams = (await store.heads()).map(({ stream }) => stream);
  const registered = streams.includes(PASSKEYS) ? await store.read(PASSKEYS) : [];
  const keys = await trustedKeys(eventsOf<PasskeyEvent>(registered), roots);
  const used = new Set<string>();
  const votes: AuditedVote[] = [];
  const problems: string[] = [];
  let erased = 0;
  for (const stream of streams.filter(isDealId).toSorted()) {
    try {
      const found = await auditDeal(stream, await store.read(stream), { roots, keys, used, policy });
      votes.push(...found.votes);
      problems.push(...found.problems);
    } catch (error) {
      if (!(error instanceof StoreFault && error.code === 'erased')) throw error;
      erased += 1;
    }
  }
  const approvals = votes.filter(isApproval);
  const count = (state: AuditedVote['state']): number => approvals.filter((vote) => vote.state === state).length;
  const bad = votes.filter(({ state, required }) => state === 'invalid' || (required && state === 'unsigned'));
  return {
    good: bad.length === 0 && problems.length === 0,
    votes,
    words: [
      `Approvals: ${count('signed')} signed, ${count('unsigned')} unsigned, ${count('invalid')} invalid, by the keys that your roots lead to.`,
      ...votes.map(lineOf),
      ...problems.map((problem) => printable(`WRONG: ${problem}`)),
      ...(erased === 0 ? [] : [`${plural(erased, 'deal was', 'deals were')} erased: nothing is known of their votes.`]),
    ],
  };
};
