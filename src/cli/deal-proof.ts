/** The proof that `deal export` writes: the log contains the deal's last commit. */

import type { EventStore, StoredCommit } from '../../store/event-store.ts';
import { proveCommit } from '../../store/log/prove.ts';
import { placeAll, sharedCheckpointKey, signLog } from '../checkpoints/signing.ts';
import type { Environment, StoreLocation } from '../streams/open-store.ts';

/** Places and signs what is needed. Undefined where no head covers the commit and there is no key to sign one. */
export const proofOf = async (
  store: EventStore,
  last: StoredCommit | undefined,
  where: StoreLocation,
  env: Environment,
): Promise<string | undefined> => {
  if (!last) return undefined;
  await placeAll(store);
  const proof = await proveCommit(store, last);
  if (proof !== undefined) return proof;
  const key = sharedCheckpointKey(env, where);
  if (!key || !(await signLog(store, key))) return undefined;
  return proveCommit(store, last);
};
