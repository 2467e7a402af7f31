/** A new passkey on its page, and vouching for somebody's. */

import { createHash } from 'node:crypto';
import { canonical } from '../../flows/canonical.ts';
import { isOfCompliance, person as personOf, type Organisation } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { keyText, type Assertion } from '../../flows/passkey.ts';
import { allKeys, keysToVouchWith, passkeyOf, vouchProblem } from '../../flows/registers/passkeys.ts';
import type { EventStore } from '../../store/event-store.ts';
import { inFours, readSpelled } from '../ids.ts';
import type { Registers } from '../streams/registers.ts';
import type { Link } from './links.ts';
import type { PageBlock, Shown } from './page/wire.ts';
import {
  ALGORITHMS,
  assertionProblem,
  challengeOf,
  readNewKey,
  spokenFingerprint,
  type NewKey,
  type Site,
} from './verify.ts';
import { nothing, OVER, PATIENCE_MS } from './votes.ts';

export interface KeysOptions {
  registers: Pick<Registers, 'passkeys'>;
  store: Pick<EventStore, 'firstTime'>;
  organisation: () => Organisation;
  log: () => Promise<string>;
  clock: () => Date;
  site: Site;
}

type NewKeyLink = Extract<Link, { for: 'new key' }>;
type VouchLink = Extract<Link, { for: 'vouching' }>;

export interface Keys {
  showNew(link: NewKeyLink): Promise<Shown>;
  propose(link: NewKeyLink, made: NewKey): Promise<Shown>;
  showVouching(link: VouchLink): Promise<Shown>;
  /** `typed`: the 12 characters that its person read out. */
  vouch(link: VouchLink, assertion: Assertion, typed: string): Promise<Shown>;
}

const text = (words: string): PageBlock => ({ kind: 'text', text: words });

const textOfNew = ({ person, expires, nonce }: NewKeyLink, { rpId }: Site): string =>
  `clearthread new key 1\n${canonical({ person, expires, nonce, rpId })}`;

export const createKeys = ({ registers, store, organisation, log, clock, site }: KeysOptions): Keys => {
  const now = (): string => clock().toISOString();
  const nameOf = (id: string): string => personOf(organisation(), id)?.name ?? id;
  const hints = (keys: readonly { id: string; transports: string[] }[]) =>
    keys.map(({ id, transports }) => ({ type: 'public-key' as const, id, transports }));

  /** The key to vouch for, with what is signed, or what to say in place of it. */
  const vouching = async ({ key: id, person: by, expires, nonce }: VouchLink) => {
    if (now() > expires) return { shown: OVER };
    const { state } = await registers.passkeys.now();
    const key = own(state.keys, id);
    if (!key || key.rpId !== site.rpId) return { shown: OVER };
    const problem = vouchProblem(state, organisation(), key, { by, at: now() });
    if (problem !== undefined) return { shown: nothing('Not now', problem) };
    const made = { log: await log(), expires, nonce };
    const usable = keysToVouchWith(state, organisation(), key, { by, at: now() });
    return { shown: undefined, key, made, usable, text: keyText({ ...made, by, key: passkeyOf(key) }) };
  };

  return {
    showNew: async (link) => {
      if (now() > link.expires) return OVER;
      const { state } = await registers.passkeys.now();
      const mine = allKeys(state).filter(({ person, rpId }) => person === link.person && rpId === site.rpId);
      const name = nameOf(link.person);
      const waiting = mine.filter(({ from, revoked }) => from === undefined && !revoked).at(-1);
      return {
        does: 'make',
        title: 'Make a passkey',
        blocks: [
          // Whoever closed the page too soon reads them here.
          ...(waiting
            ? [
                text('The one that you made last waits for a colleague, to whom you read:'),
                { kind: 'heading' as const, text: inFours(waiting.fingerprint) },
              ]
            : []),
          text(
            `${waiting ? 'Or make another one for' : 'For'} ${name}. Your phone, computer or security key makes it and keeps it; Clearthread gets its public half.`,
          ),
          text('After that you see 12 letters and digits, which you read to a colleague of compliance.'),
        ],
        button: 'Make a passkey',
        options: {
          challenge: challengeOf(textOfNew(link, site)),
          rp: { id: site.rpId, name: 'Clearthread' },
          user: {
            id: createHash('sha256').update(`${site.rpId} ${link.person}`).digest('base64url'),
            name,
            displayName: name,
          },
          pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
          excludeCredentials: hints(mine.filter(({ revoked }) => !revoked)),
          authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
          attestation: 'none',
          timeout: PATIENCE_MS,
        },
      };
    },
    propose: async (link, made) => {
      if (now() > link.expires) return OVER;
      const key = await readNewKey(made, { text: textOfNew(link, site), site });
      if (!key) return nothing('Not made', 'This passkey was not made as asked. Nothing was kept. Please try again.');
      const fingerprint = spokenFingerprint({ ...key, person: link.person });
      const cause = `passkey:${link.nonce}`;
      const { state } = await registers.passkeys.now();
      // A lost answer is given again.
      if (!own(state.keys, key.id)) {
        if (!(await store.firstTime(cause, link.expires))) return OVER;
        const outcome = await registers.passkeys.handle(
          { type: 'ProposeKey', key, fingerprint },
          { actor: link.person, cause },
        );
        if (outcome.kind === 'refused') return nothing('Not now', outcome.refusal.text);
      } else if (own(state.keys, key.id)?.person !== link.person) return OVER;
      const others = organisation().people.filter(({ id }) => id !== link.person && isOfCompliance(organisation(), id));
      return {
        does: 'nothing',
        good: true,
        title: 'Read these to a colleague',
        blocks: [
          { kind: 'heading', text: inFours(fingerprint) },
          text(
            `Call ${others.map(({ name }) => name).join(' or ')}, or go to them, and read these 12 characters out. They type them on a page of their own, and then your passkey counts.`,
          ),
          { kind: 'note', text: 'Please never send them in a chat. Keep this page open until it is done.' },
        ],
      };
    },
    showVouching: async (link) => {
      const found = await vouching(link);
      if (found.shown) return found.shown;
      const { key, usable, text: signs } = found;
      const name = nameOf(key.person);
      const theirs = key.person === link.person;
      return {
        does: 'sign',
        title: theirs ? 'Sign your new passkey' : `The passkey of ${name}`,
        blocks: theirs
          ? [text('You sign it with one that you have already: so it is you who made it.')]
          : [
              text(`Call ${name}, or go to them. They read 12 letters and digits to you from their own screen.`),
              {
                kind: 'note',
                text: 'Never take them from a chat, or from anybody whose voice or face you do not know.',
              },
            ],
        button: theirs ? 'Sign with your other passkey' : 'It is theirs: sign',
        text: signs,
        input: theirs
          ? { label: 'The 12 characters on the page where you made it', hint: 'Capitals and spaces do not matter.' }
          : { label: `The 12 characters that ${name} reads to you`, hint: 'Capitals and spaces do not matter.' },
        options: {
          challenge: challengeOf(signs),
          rpId: site.rpId,
          allowCredentials: hints(usable),
          userVerification: 'required',
          timeout: PATIENCE_MS,
        },
      };
    },
    vouch: async (link, assertion, typed) => {
      const found = await vouching(link);
      if (found.shown) return found.shown;
      const { key, usable, made, text: over } = found;
      if (readSpelled(typed) !== key.fingerprint) {
        return nothing(
          'These are not the characters of this key',
          'Nothing was signed for it. Please compare again. If they differ, it may be somebody else’s key: tell compliance, by voice.',
        );
      }
      const withKey = usable.find(({ id }) => id === assertion.key);
      const problem = withKey ? await assertionProblem(assertion, { key: withKey, text: over, site }) : 'not yours';
      if (problem !== undefined) {
        return nothing('Not signed', 'This passkey did not sign as asked. Nothing was kept. Please try again.');
      }
      const outcome = await registers.passkeys.handle(
        { type: 'VouchForKey', key: key.id, signature: { ...assertion, ...made, over } },
        { actor: link.person, cause: `passkey:${link.nonce}` },
      );
      if (outcome.kind === 'refused') return nothing('Not now', outcome.refusal.text);
      const from = own(outcome.state.keys, key.id)?.from;
      const then =
        from === undefined
          ? 'It takes one more person before it counts.'
          : from > now()
            ? 'It counts a day from now.'
            : 'It counts from now on.';
      return { ...nothing('Thank you', `You vouched for the passkey of ${nameOf(key.person)}. ${then}`), good: true };
    },
  };
};
