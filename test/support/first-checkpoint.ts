/** Makes checkpoints of the first form, as versions before the log signed them. */

import { createHash, sign, type KeyObject } from 'node:crypto';
import { canonical } from '../../store/canonical.ts';
import { publicKeyOf, type Checkpoint } from '../../store/checkpoint.ts';
import type { EventStore } from '../../store/event-store.ts';

/** `key` is an Ed25519 private key; `at` an ISO 8601 instant in UTC. */
export const makeCheckpoint = async (
  store: Pick<EventStore, 'heads'>,
  key: KeyObject,
  at: string,
): Promise<Checkpoint> => {
  const heads = (await store.heads())
    .map(({ stream, version, hash }) => ({ stream, version, hash }))
    .toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
  const root = createHash('sha256')
    .update(`clearthread heads 1\n${canonical(heads)}`)
    .digest('hex');
  const unsigned = { format: 'clearthread-checkpoint-1', at, heads, root, publicKey: publicKeyOf(key) } as const;
  return { ...unsigned, signature: sign(null, Buffer.from(canonical(unsigned)), key).toString('base64') };
};
