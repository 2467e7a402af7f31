import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../flows/ids.ts';
import { knownPasskeys } from '../../../flows/known/registers.ts';
import { isKnown, isKnownEvent } from '../../../flows/known/shape.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { expiryOf, keyText } from '../../../flows/passkey.ts';
import {
  hadBefore,
  passkeyOf,
  passkeys,
  standingKeys,
  type PasskeyCommand,
  type PasskeyEvent,
  type PasskeysState,
} from '../../../flows/registers/passkeys.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const organisation: Organisation = anOrganisation({
  groups: anOrganisation().groups.map((group) =>
    group.id === 'compliance' ? { ...group, members: ['compliance-1', 'product-1'] } : group,
  ),
});
const START = Date.parse('2027-03-01T09:00:00.000Z');
const RP = 'localhost';

class Play {
  state: PasskeysState = passkeys.none;
  events: PasskeyEvent[] = [];
  minutes = 0;
  get at(): string {
    return new Date(START + this.minutes * 60_000).toISOString();
  }
  try(actor: PersonId, command: PasskeyCommand): string {
    this.minutes += 1;
    const decided = passkeys.decide(
      command,
      this.state,
      { actor, at: this.at, id: 'id' },
      { organisation, policy: undefined },
    );
    if (decided.kind === 'refused') return decided.refusal.text;
    for (const event of decided.events) {
      expect(isKnownEvent(knownPasskeys.events, event)).toBe(true);
      this.state = passkeys.evolve(this.state, event);
    }
    expect(isKnown(knownPasskeys.state, this.state)).toBe(true);
    this.events.push(...decided.events);
    return decided.events.map(({ type }) => type).join(' ');
  }
  propose(person: PersonId, id: string, rpId = RP): string {
    const key = { id, publicKey: `public-${id}`, rpId, deviceBound: true, transports: [] };
    return this.try(person, { type: 'ProposeKey', key, fingerprint: 'ABCDEFGHJKMN' });
  }
  vouch(by: PersonId, withKey: string, id: string, over = (text: string): string => text): string {
    const made = { log: 'l', expires: expiryOf(this.at), nonce: 'n' };
    const kept = this.state.keys[id];
    const text = kept ? keyText({ ...made, by, key: passkeyOf(kept) }) : '';
    const signature = {
      ...made,
      key: withKey,
      clientData: 'c',
      authenticatorData: 'a',
      signature: 's',
      over: over(text),
    };
    return this.try(by, { type: 'VouchForKey', key: id, signature });
  }
  standing(rpId = RP, at = this.at): string[] {
    return standingKeys(this.state, rpId, at).map(({ id }) => id);
  }
}

const twoFirst = (): Play => {
  const play = new Play();
  play.propose('compliance-1', 'a');
  play.propose('chief-1', 'b');
  expect(play.vouch('compliance-1', 'a', 'b')).toBe('KeyVouchedFor');
  expect(play.standing()).toEqual([]);
  expect(play.vouch('chief-1', 'b', 'a')).toBe('KeyVouchedFor KeyEnrolled KeyEnrolled');
  return play;
};

describe('the first keys', () => {
  it('are those of two of compliance who vouch for each other, and are marked as the first', () => {
    const play = twoFirst();
    expect(play.standing()).toEqual(['a', 'b']);
    expect(Object.values(play.state.keys).map(({ first }) => first)).toEqual([true, true]);
  });
  it('are nobody else’s, and nobody’s alone', () => {
    const play = new Play();
    play.propose('compliance-1', 'a');
    play.propose('compliance-1', 'a2');
    play.propose('senior-1', 's');
    expect(play.vouch('compliance-1', 'a', 'a2')).toMatch(/Somebody else/);
    expect(play.vouch('senior-1', 's', 'a')).toMatch(/Only compliance/);
    expect(play.vouch('compliance-1', 'a', 's')).toMatch(/first two keys/);
    expect(play.standing()).toEqual([]);
  });
  it('are not made a second time while one of compliance counts, and the last of these stays', () => {
    const play = twoFirst();
    expect(play.try('chief-1', { type: 'RevokeKey', key: 'a', reason: 'The phone was stolen.' })).toBe('KeyRevoked');
    expect(play.try('chief-1', { type: 'RevokeKey', key: 'b', reason: 'The phone was stolen.' })).toMatch(/last key/);
    play.propose('product-1', 'c');
    play.propose('compliance-1', 'd');
    expect(play.vouch('product-1', 'c', 'd')).toMatch(/no passkey here/);
    expect(play.standing()).toEqual(['b']);
  });
  it('of another address start anew: those of before do not count there', () => {
    const play = twoFirst();
    expect(play.standing('other')).toEqual([]);
    play.propose('compliance-1', 'x', 'other');
    play.propose('chief-1', 'y', 'other');
    expect(play.vouch('chief-1', 'b', 'x')).toMatch(/not one of yours/);
    play.vouch('chief-1', 'y', 'x');
    expect(play.vouch('compliance-1', 'x', 'y')).toMatch(/KeyEnrolled/);
    expect(play.standing('other')).toEqual(['x', 'y']);
    expect(play.standing()).toEqual(['a', 'b']);
  });
});

describe('a further key', () => {
  it('of somebody new counts when one of compliance vouches for it', () => {
    const play = twoFirst();
    play.propose('senior-1', 's');
    expect(play.standing()).not.toContain('s');
    expect(play.vouch('senior-1', 's', 's')).toMatch(/Somebody else/);
    expect(play.vouch('compliance-1', 'a', 's')).toBe('KeyVouchedFor KeyEnrolled');
    expect(play.standing()).toContain('s');
    play.propose('senior-2', 't');
    expect(play.vouch('senior-1', 's', 't')).toMatch(/Only compliance/);
  });
  it('of somebody who has one takes theirs and one of compliance', () => {
    const play = twoFirst();
    play.propose('senior-1', 's');
    play.vouch('compliance-1', 'a', 's');
    play.propose('senior-1', 's2');
    expect(play.vouch('compliance-1', 'a', 's2')).toBe('KeyVouchedFor');
    expect(play.vouch('compliance-1', 'a', 's2')).toMatch(/already/);
    expect(play.standing()).not.toContain('s2');
    expect(play.vouch('senior-1', 's', 's2')).toBe('KeyVouchedFor KeyEnrolled');
    expect(play.standing()).toContain('s2');
  });
  it('of somebody who lost theirs takes two others and a day', () => {
    const play = twoFirst();
    play.propose('senior-1', 's');
    play.vouch('compliance-1', 'a', 's');
    play.try('senior-1', { type: 'RevokeKey', key: 's', reason: 'It fell into the sea.' });
    play.propose('senior-1', 's2');
    expect(hadBefore(play.state, play.state.keys['s2']!)).toBe(true);
    expect(play.vouch('senior-1', 's', 's2')).toMatch(/not one of yours/);
    play.vouch('compliance-1', 'a', 's2');
    expect(play.vouch('chief-1', 'b', 's2')).toBe('KeyVouchedFor KeyEnrolled');
    expect(play.standing()).not.toContain('s2');
    play.minutes += 24 * 60 - 1;
    expect(play.standing()).not.toContain('s2');
    play.minutes += 1;
    expect(play.standing()).toContain('s2');
  });
});

describe('what is refused', () => {
  it.each([
    ['another key', (text: string) => text.replace('public-s', 'public-x')],
    ['another person', (text: string) => text.replace('"person":"senior-1"', '"person":"senior-2"')],
    ['a vote', (text: string) => text.replace('passkey 1', 'vote 1')],
    ['nothing', () => ''],
  ])('a signature of %s', (_name, over) => {
    const play = twoFirst();
    play.propose('senior-1', 's');
    expect(play.vouch('compliance-1', 'a', 's', over)).toMatch(/not this key/);
  });
  it('a signature with somebody else’s key, an unknown one, and a key that is there', () => {
    const play = twoFirst();
    play.propose('senior-1', 's');
    expect(play.vouch('compliance-1', 'b', 's')).toMatch(/not one of yours/);
    expect(play.vouch('compliance-1', 'a', 'unknown')).toMatch(/no such key/);
    expect(play.vouch('compliance-1', 'a', 'constructor')).toMatch(/no such key/);
    expect(play.propose('senior-2', 's')).toMatch(/known already/);
    expect(play.propose('stranger', 'z')).toMatch(/does not know you/);
  });
  it('revoking what is not yours, unless you are of compliance, twice, or silently', () => {
    const play = twoFirst();
    play.propose('senior-1', 's');
    play.vouch('compliance-1', 'a', 's');
    const revoke = (by: string, reason = 'It is not theirs.') => play.try(by, { type: 'RevokeKey', key: 's', reason });
    expect(revoke('senior-2')).toMatch(/Only its own person/);
    expect(revoke('senior-1', '.')).toMatch(/tells nobody why/);
    expect(revoke('chief-1')).toBe('KeyRevoked');
    expect(revoke('chief-1')).toMatch(/already/);
    expect(play.vouch('compliance-1', 'a', 's')).toMatch(/was revoked/);
  });
});

it('tells those who compare, and everybody of compliance when a key counts', () => {
  const play = twoFirst();
  const told = play.events.flatMap((event) =>
    passkeys.tell(event, play.state, { organisation, policy: undefined }, play.state),
  );
  const to = (fact: string) =>
    told
      .filter(([one]) => one.fact === fact)
      .map(([, targets]) => targets.map((t) => (t.to === 'person' ? t.person : '')));
  expect(to('passkey proposed')).toEqual([
    ['product-1', 'chief-1'],
    ['compliance-1', 'product-1'],
  ]);
  expect(to('passkey enrolled')).toHaveLength(2);
  expect(to('passkey enrolled')[0]).toEqual(['chief-1', 'compliance-1', 'product-1']);
  expect(JSON.stringify(told)).not.toContain('ABCDEFGHJKMN');
});
