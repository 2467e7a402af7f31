/** Whose passkey is whose, as the signatures of those who vouched show it, from the auditor's roots on. */

import type { Instant, PersonId } from '../../../flows/ids.ts';
import { isInTime, keyText, type Passkey } from '../../../flows/passkey.ts';
import { LOST_WAIT_HOURS, type PasskeyEvent } from '../../../flows/registers/passkeys.ts';
import { assertionProblem, wholeFingerprint } from '../../signing/verify.ts';
import type { Roots } from './roots.ts';

interface TrustedKey extends Passkey {
  from: Instant;
  revoked?: Instant;
}

export interface TrustedKeys {
  /** Returns the key if it was that person's then, else why not. */
  at(key: string, person: PersonId, at: Instant): Passkey | string;
}

const laterBy = (at: Instant, hours: number): Instant =>
  new Date(new Date(at).getTime() + hours * 3_600_000).toISOString();

/** Walks the register's events, oldest first. What its events say of a key's being enrolled is not believed. */
export const trustedKeys = async (events: readonly PasskeyEvent[], roots: Roots): Promise<TrustedKeys> => {
  const proposed = new Map<string, Passkey>();
  const vouched = new Map<string, Set<PersonId>>();
  const trusted = new Map<string, TrustedKey>();
  const used = new Set<string>();

  const standing = (id: string, person: PersonId, at: Instant): TrustedKey | string => {
    const key = trusted.get(id);
    if (!key) return 'its key is none that your roots lead to';
    if (key.person !== person) return 'its key is somebody else’s';
    if (at < key.from) return 'its key did not count yet';
    if (key.revoked !== undefined && at >= key.revoked) return 'its key was revoked before';
    return key;
  };

  const vouch = async (event: Extract<PasskeyEvent, { type: 'KeyVouchedFor' }>): Promise<void> => {
    const { by, at, signature } = event;
    const key = proposed.get(event.key);
    const { log, expires, nonce } = signature;
    if (!key || trusted.has(key.id) || used.has(nonce) || !roots.logs.includes(log)) return;
    if (!isInTime(expires, at)) return;
    const own = key.person === by;
    if (!own && roots.vouchers && !roots.vouchers.includes(by)) return;
    const voucher = standing(signature.key, by, at);
    if (typeof voucher === 'string') return;
    const text = keyText({ log, expires, nonce, by, key });
    if ((await assertionProblem(signature, { key: voucher, text, site: roots.site })) !== undefined) return;
    used.add(nonce);
    const all = vouched.get(key.id) ?? new Set();
    vouched.set(key.id, all.add(by));
    const before = [...trusted.values()].some(({ person }) => person === key.person);
    if (!before && own) return;
    if (before && all.size < 2) return;
    const waits = before && !all.has(key.person);
    trusted.set(key.id, { ...key, from: waits ? laterBy(at, LOST_WAIT_HOURS) : at });
  };

  for (const event of events) {
    switch (event.type) {
      case 'KeyProposed': {
        const { key, by, at } = event;
        if (proposed.has(key.id) || key.person !== by || key.rpId !== roots.rpId) break;
        proposed.set(key.id, key);
        if (roots.first.includes(wholeFingerprint(key))) trusted.set(key.id, { ...key, from: at });
        break;
      }
      case 'KeyVouchedFor':
        await vouch(event);
        break;
      case 'KeyRevoked': {
        const key = trusted.get(event.key);
        if (key && key.revoked === undefined) trusted.set(key.id, { ...key, revoked: event.at });
        break;
      }
      case 'KeyEnrolled':
        break;
      default: {
        const never: never = event;
        return never;
      }
    }
  }
  return { at: standing };
};
