/** Stored policies: commits name them by hash, so their text is as fixed as the record that names them. */

import { canonical } from './canonical.ts';
import { sha256 } from './chain.ts';
import { type Json, type VerifiedPolicies, StoreFault } from './event-store.ts';

/** Hex SHA-256 of the canonical JSON. */
export const policyHash = (policy: Json): string => sha256(canonical(policy));

export const damagedPolicy = (hash: string, cause?: unknown): StoreFault => {
  const message = `The stored policy ${hash} is damaged. Run: clearthread audit verify`;
  return new StoreFault('damaged', 'not done', message, { cause });
};

const fits = (hash: string, text: string): boolean => {
  try {
    return policyHash(JSON.parse(text) as Json) === hash;
  } catch {
    return false;
  }
};

/** Opens a policy as it was stored, if there is one. Throws StoreFault `damaged`. */
export const openPolicy = (hash: string, text: string | undefined): Json | undefined => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch (error) {
    throw damagedPolicy(hash, error);
  }
};

/** `stored` policies as they lie in the database, `named` the hashes that commits name; both sorted. */
export const checkPolicies = (
  stored: Iterable<{ hash: string; policy: string }>,
  named: Iterable<string>,
): VerifiedPolicies => {
  const there = new Set<string>();
  for (const { hash, policy } of stored) {
    if (!fits(hash, policy)) {
      return { kind: 'broken', hash, what: 'edited', detail: 'What is stored does not match its hash.' };
    }
    there.add(hash);
  }
  for (const hash of named) {
    if (there.has(hash)) continue;
    return { kind: 'broken', hash, what: 'missing', detail: 'Commits were decided under it, and it is not stored.' };
  }
  return { kind: 'whole', policies: there.size };
};
