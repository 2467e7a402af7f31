/** Policies that deals were opened under, each compiled once. */

import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { StoreFault, type EventStore, type Json } from '../../store/event-store.ts';

export interface Policies {
  /** The policy for new deals; undefined where no deal is opened (the command line). */
  readonly current: CompiledPolicy | undefined;
  /**
   * Throws StoreFault if the store does not have it unchanged, and NewerPolicy if it has parts that this version does
   * not know: the deal cannot be judged, and nothing is guessed.
   */
  get(hash: string): Promise<CompiledPolicy>;
}

/** A policy with its text, as it is stored. */
interface Loaded {
  compiled: CompiledPolicy;
  document: Json;
}

/** Policies of a bot: today's may be replaced while it runs. */
export interface CurrentPolicies extends Policies {
  /** Keeps the policy in the store, then has new deals follow it. Throws StoreFault, and then nothing changed. */
  use(policy: Loaded): Promise<void>;
}

/** The store has the policy unchanged, and this version can't read it. */
export class NewerPolicy extends Error {
  readonly code = 'newer-policy';
}

type Compile = (hash: string, document: Json) => CompiledPolicy;

const known = (compile: () => CompiledPolicy): CompiledPolicy => {
  try {
    return compile();
  } catch (cause) {
    if (cause instanceof StoreFault) throw cause;
    throw new NewerPolicy('the policy has parts that are not known', { cause });
  }
};

/** Reads only policies that deals were opened under. */
export const storedPolicies = (store: Pick<EventStore, 'policy'>, compile: Compile): Policies => {
  const compiled = new Map<string, CompiledPolicy>();
  return {
    current: undefined,
    get: async (hash) => {
      const before = compiled.get(hash);
      if (before) return before;
      const document = await store.policy(hash);
      if (document === undefined) {
        const message = `The policy ${hash} is not in the store. Run: clearthread audit verify`;
        throw new StoreFault('missing-policy', 'not done', message);
      }
      const policy = known(() => compile(hash, document));
      compiled.set(hash, policy);
      return policy;
    },
  };
};

/** Keeps today's policy in the store, so that the deals opened under it keep it. */
export const createPolicies = async (
  store: Pick<EventStore, 'putPolicy' | 'policy'>,
  first: Loaded,
  compile: Compile,
): Promise<CurrentPolicies> => {
  const stored = storedPolicies(store, compile);
  const compiled = new Map<string, CompiledPolicy>();
  let current = first.compiled;
  const use = async (policy: Loaded): Promise<void> => {
    await store.putPolicy(policy.compiled.hash, policy.document);
    compiled.set(policy.compiled.hash, policy.compiled);
    current = policy.compiled;
  };
  await use(first);
  return {
    get current() {
      return current;
    },
    get: async (hash) => compiled.get(hash) ?? stored.get(hash),
    use,
  };
};
