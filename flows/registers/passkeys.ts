/**
 * The register of passkeys: whose key is whose. Somebody proposes a key of theirs; a second person of compliance has its
 * fingerprint read to them, and vouches for it with a key of their own.
 */

import type { Instant, PersonId } from '../ids.ts';
import { isOfCompliance, membersOf, person, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import { isInTime, keyText, type Passkey, type Signed } from '../passkey.ts';
import { reasonProblem } from '../policy/sentence.ts';
import { refuseRegister, toPeople, type Register, type RegisterDecided } from './register.ts';

/** Hours that a key waits which two others vouch for because its person lost theirs. */
export const LOST_WAIT_HOURS = 24;

export interface Vouched {
  by: PersonId;
  /** The key that signed. */
  with: string;
  at: Instant;
}

export interface KeptKey extends Passkey {
  /** 12 letters and digits, for people to compare. */
  fingerprint: string;
  at: Instant;
  vouched: Vouched[];
  /** From when it counts. Absent: too few people vouched for it. */
  from?: Instant | undefined;
  /** One of the keys that were there before any other: nobody with a key that counted vouched for it. */
  first?: true | undefined;
  revoked?: { by: PersonId; at: Instant; reason: string } | undefined;
}

export interface PasskeysState {
  /** By credential id. Revoked ones stay. */
  keys: Readonly<Record<string, KeptKey>>;
}

export type PasskeyCommand =
  /** Of the actor. Only what was verified. */
  | { type: 'ProposeKey'; key: Omit<Passkey, 'person'>; fingerprint: string }
  /** `signature`: verified, over the text `over`. */
  | { type: 'VouchForKey'; key: string; signature: Signed & { over: string } }
  | { type: 'RevokeKey'; key: string; reason: string };

export type PasskeyEvent = { at: Instant; by: PersonId } & (
  | { type: 'KeyProposed'; key: Passkey; fingerprint: string }
  | { type: 'KeyVouchedFor'; key: string; signature: Signed }
  | { type: 'KeyEnrolled'; key: string; from: Instant; first?: true | undefined }
  | { type: 'KeyRevoked'; key: string; reason: string }
);

export type PasskeyFact =
  | { fact: 'passkey proposed'; key: string; person: PersonId }
  | { fact: 'passkey vouched for'; key: string; person: PersonId; by: PersonId }
  | { fact: 'passkey enrolled'; key: string; person: PersonId; from: Instant; first?: true | undefined }
  | { fact: 'passkey revoked'; key: string; person: PersonId; by: PersonId; reason: string };

export const allKeys = ({ keys }: PasskeysState): KeptKey[] => Object.values(keys);

const countsAt = ({ from, revoked }: KeptKey, at: Instant): boolean => from !== undefined && from <= at && !revoked;

/** Returns the keys that sign at that address now. */
export const standingKeys = (state: PasskeysState, rpId: string, at: Instant): KeptKey[] =>
  allKeys(state).filter((key) => key.rpId === rpId && countsAt(key, at));

/** Tells whether nobody has a key at that address yet that was not revoked, not even one that waits. */
const noneYet = (state: PasskeysState, rpId: string): boolean =>
  !allKeys(state).some((key) => key.rpId === rpId && key.from !== undefined && !key.revoked);

/** Tells whether a person had a key at that address before: then a further one takes two to vouch for it. */
export const hadBefore = (state: PasskeysState, { person: who, rpId, id }: Passkey): boolean =>
  allKeys(state).some((key) => key.person === who && key.rpId === rpId && key.id !== id && key.from !== undefined);

/** Returns why a person can't vouch for a key with one of theirs, or undefined. */
export const vouchProblem = (
  state: PasskeysState,
  organisation: Organisation,
  key: KeptKey,
  { by, at }: { by: PersonId; at: Instant },
): string | undefined => {
  if (key.revoked) return 'This key was revoked.';
  if (key.from !== undefined) return 'This key is enrolled already.';
  if (key.vouched.some((one) => one.by === by)) return 'You vouched for this key already. It takes somebody else now.';
  if (key.person === by) {
    return hadBefore(state, key)
      ? undefined
      : 'Somebody else has to vouch for your key: a second person of compliance.';
  }
  if (!isOfCompliance(organisation, by)) return 'Only compliance and the chief vouch for keys.';
  if (noneYet(state, key.rpId) && !isOfCompliance(organisation, key.person)) {
    return 'Nobody of compliance has a passkey yet. The first two keys are those of two people of compliance, who vouch for each other.';
  }
  const usable = keysToVouchWith(state, organisation, key, { by, at });
  return usable.length > 0 ? undefined : 'You have no passkey here yet. Add yours first.';
};

/** Keys with which a person can vouch for another: those that count; before there are any, their own proposed one. */
export const keysToVouchWith = (
  state: PasskeysState,
  organisation: Organisation,
  key: Pick<KeptKey, 'id' | 'rpId' | 'person'>,
  { by, at }: { by: PersonId; at: Instant },
): KeptKey[] => {
  const theirs = allKeys(state).filter((one) => one.person === by && one.rpId === key.rpId && one.id !== key.id);
  if (!noneYet(state, key.rpId)) return theirs.filter((one) => countsAt(one, at));
  return isOfCompliance(organisation, by) && key.person !== by ? theirs.filter((one) => !one.revoked) : [];
};

const hoursAfter = (at: Instant, hours: number): Instant =>
  new Date(new Date(at).getTime() + hours * 3_600_000).toISOString();

/**
 * Returns the keys that this one more voucher enrols, and from when. One person enrols somebody's first key; a further one
 * takes two, of whom its own person may be one. Where they are not (they lost theirs), it waits for a day.
 */
export const enrolledBy = (
  state: PasskeysState,
  key: KeptKey,
  vouched: Vouched,
): { key: string; from: Instant; first?: true }[] => {
  const { at } = vouched;
  if (noneYet(state, key.rpId)) {
    const other = own(state.keys, vouched.with);
    const mutual = other?.vouched.some((one) => one.with === key.id) ?? false;
    return mutual && other ? [other, key].map(({ id }) => ({ key: id, from: at, first: true })) : [];
  }
  // Before the first keys counted, others may have vouched with keys that did not count yet.
  const all = [...key.vouched.filter((one) => ownCounts(state, one)), vouched];
  if (!hadBefore(state, key)) return [{ key: key.id, from: at }];
  if (new Set(all.map(({ by }) => by)).size < 2) return [];
  const byThemself = all.some(({ by }) => by === key.person);
  return [{ key: key.id, from: byThemself ? at : hoursAfter(at, LOST_WAIT_HOURS) }];
};

const ownCounts = (state: PasskeysState, { with: id, at }: Vouched): boolean => {
  const key = own(state.keys, id);
  return key?.from !== undefined && key.from <= at && !(key.revoked && key.revoked.at <= at);
};

const NO_KEY = 'There is no such key. Say “passkey” to Clearthread to see those that are there.';

const decideVouch = (
  { key: id, signature: given }: Extract<PasskeyCommand, { type: 'VouchForKey' }>,
  state: PasskeysState,
  { by, at }: { by: PersonId; at: Instant },
  organisation: Organisation,
): RegisterDecided<PasskeyEvent> => {
  const key = own(state.keys, id);
  if (!key) return refuseRegister('not valid', NO_KEY);
  const problem = vouchProblem(state, organisation, key, { by, at });
  if (problem !== undefined) return refuseRegister('not now', problem);
  const usable = keysToVouchWith(state, organisation, key, { by, at });
  if (!usable.some((one) => one.id === given.key)) {
    return refuseRegister('not allowed', 'This passkey is not one of yours that count here.');
  }
  const { over, ...signature } = given;
  const { log, expires, nonce } = signature;
  if (!isInTime(expires, at)) {
    return refuseRegister('not now', 'The ten minutes of this link are over. Please ask for a new one.');
  }
  if (over !== keyText({ log, expires, nonce, by, key: passkeyOf(key) })) {
    return refuseRegister('not valid', 'What was signed is not this key. Please ask for a new link.');
  }
  const stamp = { at, by };
  return {
    kind: 'accepted',
    events: [
      { ...stamp, type: 'KeyVouchedFor', key: id, signature },
      ...enrolledBy(state, key, { by, with: given.key, at }).map((one) => ({
        ...stamp,
        type: 'KeyEnrolled' as const,
        ...one,
      })),
    ],
  };
};

/** The parts of a kept key that its fingerprint and those who vouch for it speak for. */
export const passkeyOf = ({ id, publicKey, person: who, rpId, deviceBound, transports }: Passkey): Passkey => ({
  id,
  publicKey,
  person: who,
  rpId,
  deviceBound,
  transports,
});

const decideRevoke = (
  { key: id, reason }: Extract<PasskeyCommand, { type: 'RevokeKey' }>,
  state: PasskeysState,
  { by, at }: { by: PersonId; at: Instant },
  organisation: Organisation,
): RegisterDecided<PasskeyEvent> => {
  const key = own(state.keys, id);
  if (!key) return refuseRegister('not valid', NO_KEY);
  if (key.person !== by && !isOfCompliance(organisation, by)) {
    return refuseRegister('not allowed', 'Only its own person and compliance revoke a key.');
  }
  if (key.revoked) return refuseRegister('not now', 'This key was revoked already.');
  const silent = reasonProblem(reason.trim(), 'Please say why. It stays on the record.');
  if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
  // Without any, the next two could vouch for each other as if they were the first.
  const left = allKeys(state).filter((one) => one.id !== id && one.rpId === key.rpId && one.from && !one.revoked);
  if (key.from !== undefined && !left.some((one) => isOfCompliance(organisation, one.person))) {
    return refuseRegister('not now', 'This is the last key of compliance that counts. Please enrol another one first.');
  }
  return { kind: 'accepted', events: [{ at, by, type: 'KeyRevoked', key: id, reason: reason.trim() }] };
};

const changed = (state: PasskeysState, id: string, change: (key: KeptKey) => KeptKey): PasskeysState => {
  const key = own(state.keys, id);
  return key ? { keys: { ...state.keys, [id]: change(key) } } : state;
};

const supervisors = ({ organisation }: { organisation: Organisation }): PersonId[] =>
  [organisation.roles.compliance, organisation.roles.chief].flatMap((group) => membersOf(organisation, group));

export const passkeys: Register<PasskeysState, PasskeyCommand, PasskeyEvent, PasskeyFact> = {
  name: 'passkeys',
  none: { keys: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'KeyProposed': {
        const kept: KeptKey = { ...event.key, fingerprint: event.fingerprint, at: event.at, vouched: [] };
        return { keys: { ...state.keys, [event.key.id]: kept } };
      }
      case 'KeyVouchedFor': {
        const vouched = { by: event.by, with: event.signature.key, at: event.at };
        return changed(state, event.key, (key) => ({ ...key, vouched: [...key.vouched, vouched] }));
      }
      case 'KeyEnrolled': {
        const { from, first } = event;
        return changed(state, event.key, (key) => ({ ...key, from, ...(first ? { first } : {}) }));
      }
      case 'KeyRevoked': {
        const { by, at, reason } = event;
        return changed(state, event.key, (key) => ({ ...key, revoked: { by, at, reason } }));
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor: by, at }, { organisation }) => {
    if (!person(organisation, by)) {
      return refuseRegister('not allowed', 'Clearthread does not know you. Ask compliance to add you.');
    }
    switch (command.type) {
      case 'ProposeKey':
        return own(state.keys, command.key.id)
          ? refuseRegister('not now', 'This key is known already.')
          : {
              kind: 'accepted',
              events: [
                {
                  at,
                  by,
                  type: 'KeyProposed',
                  key: { ...command.key, person: by },
                  fingerprint: command.fingerprint,
                },
              ],
            };
      case 'VouchForKey':
        return decideVouch(command, state, { by, at }, organisation);
      case 'RevokeKey':
        return decideRevoke(command, state, { by, at }, organisation);
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, now, context) => {
    const who = own(now.keys, event.key as string)?.person ?? '';
    switch (event.type) {
      case 'KeyProposed': {
        const others = supervisors(context).filter((id) => id !== event.by);
        return [[{ fact: 'passkey proposed', key: event.key.id, person: event.by }, toPeople(others)]];
      }
      case 'KeyVouchedFor':
        return [[{ fact: 'passkey vouched for', key: event.key, person: who, by: event.by }, toPeople([who])]];
      case 'KeyEnrolled': {
        const { key, from, first } = event;
        const fact = { fact: 'passkey enrolled' as const, key, person: who, from, ...(first ? { first } : {}) };
        return [[fact, toPeople([who, ...supervisors(context)])]];
      }
      case 'KeyRevoked': {
        const { key, by, reason } = event;
        return [[{ fact: 'passkey revoked', key, person: who, by, reason }, toPeople([who, ...supervisors(context)])]];
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  // A key that waits counts by its hour: whoever reads the keys looks at the clock.
  nextDueAt: () => null,
  tick: undefined,
};
