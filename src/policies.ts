/** The policies that deals were opened under, compiled once each. */
import type { CompiledPolicy } from '../flows/policy/policy.ts';
import type { EventStore, Json } from '../store/event-store.ts';

export interface Policies {
  /** New deals are opened under this one. */
  current: CompiledPolicy;
  /** Throws when the store does not have it: then a deal cannot be judged, and nothing is guessed. */
  get(hash: string): Promise<CompiledPolicy>;
}

export const createPolicies = async (
  store: Pick<EventStore, 'putPolicy' | 'policy'>,
  current: { compiled: CompiledPolicy; document: Json },
  compileStored: (hash: string, document: Json) => CompiledPolicy,
): Promise<Policies> => {
  await store.putPolicy(current.compiled.hash, current.document);
  const compiled = new Map([[current.compiled.hash, current.compiled]]);
  return {
    current: current.compiled,
    get: async (hash) => {
      const known = compiled.get(hash);
      if (known) return known;
      const document = await store.policy(hash);
      if (document === undefined) throw new Error(`policy ${hash} is not in the store`);
      const policy = compileStored(hash, document);
      compiled.set(hash, policy);
      return policy;
    },
  };
};
