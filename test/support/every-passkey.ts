/** Every card and form about passkeys. */

import type { Card, Form } from '../../blocks/card.ts';
import { passkeyCard, passkeysCard } from '../../blocks/cards/passkeys.ts';
import { linkForm, revokeForm } from '../../blocks/forms/passkeys.ts';
import type { Passkey } from '../../flows/passkey.ts';
import type { KeptKey, PasskeysState } from '../../flows/registers/passkeys.ts';
import { anOrganisation, NOW, TWO_DAYS_AGO } from './deal-builders.ts';

const RP = 'clearthread.example.com';
const URL = `https://${RP}/passkey#${'t'.repeat(400)}`;

export const aPasskey = (id: string, person: string, more: Partial<Passkey> = {}): Passkey => ({
  id,
  publicKey: 'AA',
  person,
  rpId: RP,
  deviceBound: true,
  transports: ['internal'],
  ...more,
});

const kept = (id: string, person: string, more: Partial<KeptKey> = {}): KeptKey => ({
  ...aPasskey(id, person, more),
  fingerprint: 'NEVERINACHAT',
  at: TWO_DAYS_AGO,
  vouched: [],
  ...more,
});

export const everyKey: PasskeysState = {
  keys: Object.fromEntries(
    [
      kept('a', 'compliance-1', { from: TWO_DAYS_AGO, first: true }),
      kept('b', 'chief-1', { from: TWO_DAYS_AGO, first: true, deviceBound: false }),
      kept('c', 'senior-1'),
      kept('d', 'compliance-1', { vouched: [{ by: 'chief-1', with: 'b', at: TWO_DAYS_AGO }] }),
      kept('e', 'compliance-1', { from: '2027-03-13T09:00:00.000Z' }),
      kept('f', 'compliance-1', { revoked: { by: 'chief-1', at: NOW, reason: 'Lost.' } }),
      kept('g', 'compliance-1', { rpId: 'old.example.com', from: TWO_DAYS_AGO }),
    ].map((key) => [key.id, key]),
  ),
};

const mine = (person: string, state = everyKey): Card =>
  passkeysCard({ state, organisation: anOrganisation(), person, rpId: RP, now: NOW, url: URL });

export const everyPasskeyCard = (): [string, Card][] => [
  ['passkey proposed', passkeyCard({ fact: 'passkey proposed', key: 'c', person: 'senior-1' })],
  ['passkey vouched for', passkeyCard({ fact: 'passkey vouched for', key: 'c', person: 'senior-1', by: 'chief-1' })],
  ['passkey enrolled', passkeyCard({ fact: 'passkey enrolled', key: 'c', person: 'senior-1', from: NOW })],
  ['first passkey', passkeyCard({ fact: 'passkey enrolled', key: 'a', person: 'chief-1', from: NOW, first: true })],
  [
    'passkey revoked',
    passkeyCard({ fact: 'passkey revoked', key: 'c', person: 'senior-1', by: 'chief-1', reason: 'The phone is lost.' }),
  ],
  ['passkeys, all', mine('compliance-1')],
  ['passkeys, others', mine('senior-1')],
  ['passkeys, none', mine('rep-1', { keys: {} })],
];

export const everyPasskeyForm = (): [string, Form][] => [
  ['sign a vote', linkForm('vote', URL, `https://${RP}`)],
  ['compare a passkey', linkForm('compare', URL, `https://${RP}`)],
  ['revoke a passkey', revokeForm(Object.values(everyKey.keys), anOrganisation(), {})],
];
