/** Deals and registers as a command reads them beside a bot, which alone sends messages. */

import type { Organisation } from '../../flows/organisation.ts';
import type { EventStore, Json } from '../../store/event-store.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../config/policy-file.ts';
import { createDeals } from '../streams/deals.ts';
import { storedPolicies } from '../streams/policies.ts';
import { createRegisters } from '../streams/registers.ts';

/** The register of lists. No policy is named by what is written there: none has a say in it. */
export const screeningOn = (store: EventStore, organisation: Organisation) => {
  const clock = (): Date => new Date();
  const options = { store, policy: () => undefined, organisation: () => organisation, clock, wake: () => {} };
  return { register: createRegisters(options).screening, clock };
};

/** Stores the policy before the first commit: what is decided under a policy names it, and an audit looks for it. */
const keepingPolicy = (store: EventStore, hash: string, document: Json): EventStore => {
  let kept: Promise<void> | undefined;
  return {
    ...store,
    append: async (...given) => {
      await (kept ??= store.putPolicy(hash, document));
      return store.append(...given);
    },
  };
};

/** `policy`: today's. Throws FileProblem where it can't be used. */
export const deskOn = (
  store: EventStore,
  organisation: Organisation,
  env: NodeJS.ProcessEnv,
  homes: Parameters<typeof createDeals>[0]['homes'] = () => [],
) => {
  const { compiled, document } = loadPolicy(env['CLEARTHREAD_POLICY']?.trim() || defaultPolicyFile);
  const policy = (): typeof compiled => compiled;
  const clock = (): Date => new Date();
  const wake = (): void => {};
  const registers = createRegisters({
    store: keepingPolicy(store, compiled.hash, document),
    policy,
    organisation: () => organisation,
    clock,
    wake,
  });
  const deals = createDeals({
    store,
    policies: storedPolicies(store, policyFromJson),
    organisation: registers.organisation,
    homes,
    clock,
    wake,
  });
  return { registers, deals, policy, clock };
};
