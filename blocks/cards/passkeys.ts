/** Passkeys: what is told of each, and a person's own. A key's fingerprint never stands in a chat. */

import { addDays } from '../../flows/calendar.ts';
import type { Instant, PersonId } from '../../flows/ids.ts';
import { isOfCompliance, type Organisation } from '../../flows/organisation.ts';
import {
  allKeys,
  vouchProblem,
  type KeptKey,
  type PasskeyFact,
  type PasskeysState,
} from '../../flows/registers/passkeys.ts';
import type { Action, Block, Card, Text } from '../card.ts';
import { dayWords } from '../words.ts';
import { row } from './actions.ts';

const addButton = (url: string, more: boolean): Action => ({
  name: 'desk.open-page',
  value: 'passkey',
  label: more ? 'Add another passkey' : 'Add a passkey',
  url,
  style: 'primary',
});

const vouchButton = (key: string, label: string): Action => ({
  name: 'desk.vouch',
  value: key,
  label,
  opens: 'form',
  accessibleLabel: `${label}: this passkey, with its person`,
});

export const revokeButton = (): Action => ({
  name: 'desk.revoke-passkey',
  value: '',
  label: 'Revoke one',
  opens: 'form',
  accessibleLabel: 'Revoke one: a passkey',
});

/** The private link to a page of ours, in an answer that only its person sees. */
export const pageLinkButton = (url: string, label: string): Action => ({
  name: 'desk.open-page',
  value: 'page',
  label,
  url,
  style: 'primary',
});

/** The fact may be read later: what it says of the hour is that of the record. */
const momentWords = (at: Instant): string => `${dayWords(at)}, ${at.slice(11, 16)} UTC`;

export const COMPARE =
  'Call them, or go to them: they read 12 letters and digits to you from their own screen. Never take these from a chat, where somebody else might be writing.';

export const passkeyCard = (fact: PasskeyFact): Card => {
  switch (fact.fact) {
    case 'passkey proposed':
      return {
        blocks: [
          { kind: 'title', text: 'A passkey to compare' },
          {
            kind: 'text',
            text: [{ person: fact.person }, ' made a passkey. Somebody has to vouch that it is theirs.'],
          },
          { kind: 'note', text: COMPARE },
          ...row(vouchButton(fact.key, 'Compare it')),
        ],
      };
    case 'passkey vouched for':
      return { blocks: [{ kind: 'text', text: [{ person: fact.by }, ' vouched for your passkey.'] }] };
    case 'passkey enrolled':
      return {
        blocks: [
          { kind: 'title', text: 'A passkey is enrolled' },
          {
            kind: 'text',
            text: ['It is that of ', { person: fact.person }, `. It counts from ${momentWords(fact.from)} on.`],
          },
          {
            kind: 'note',
            text: fact.first
              ? 'It is one of the first keys: nobody with a key before it vouched for it. Have both written down outside, for your auditor.'
              : 'If this is news to you, or their old key is not lost, please revoke it: say “passkey” to Clearthread.',
          },
        ],
      };
    case 'passkey revoked':
      return {
        blocks: [
          { kind: 'text', text: [{ person: fact.by }, ' revoked a passkey of ', { person: fact.person }, '.'] },
          { kind: 'quote', text: fact.reason },
        ],
      };
    default: {
      const never: never = fact;
      return never;
    }
  }
};

const keyWords = (key: KeptKey, now: Instant): string => {
  const device = key.deviceBound ? 'stays on its device' : 'copied between devices';
  const made = `made on ${dayWords(key.at)}, ${device}`;
  if (key.revoked) return `${made}: revoked on ${dayWords(key.revoked.at)}`;
  if (key.from !== undefined) {
    return key.from > now ? `${made}: counts from ${momentWords(key.from)} on` : `${made}: enrolled`;
  }
  return `${made}: waits for ${key.vouched.length === 0 ? 'somebody who vouches for it' : 'one more who vouches for it'}`;
};

interface Mine {
  state: PasskeysState;
  organisation: Organisation;
  person: PersonId;
  /** The host that keys belong to now. */
  rpId: string;
  now: Instant;
  /** The private link to make a key with. */
  url: string;
}

/** A proposed key that nobody vouched for is forgotten here after so many days. */
const SHOWN_DAYS = 30;
const MOST_SHOWN = 5;

/** Answers `@Clearthread passkey`, to that person alone. */
export const passkeysCard = ({ state, organisation, person, rpId, now, url }: Mine): Card => {
  const keys = allKeys(state).filter((key) => key.rpId === rpId);
  const mine = keys.filter((key) => key.person === person && !key.revoked);
  const recent = addDays(now.slice(0, 10), -SHOWN_DAYS);
  const waiting = keys.filter(
    (key) => key.at >= recent && vouchProblem(state, organisation, key, { by: person, at: now }) === undefined,
  );
  const elsewhere = allKeys(state).filter((key) => key.person === person && key.rpId !== rpId && !key.revoked);
  const revokes = keys.some((key) => !key.revoked && (key.person === person || isOfCompliance(organisation, person)));
  const list = (items: readonly Text[]): Block[] => (items.length === 0 ? [] : [{ kind: 'list', items }]);
  return {
    blocks: [
      {
        kind: 'text',
        text:
          mine.length === 0
            ? 'You have no passkey here. With one you sign your votes: nobody else can cast them in your name, not even from your chat account.'
            : 'Your passkeys:',
      },
      ...list(mine.map((key) => keyWords(key, now))),
      ...(elsewhere.length === 0
        ? []
        : [
            {
              kind: 'note',
              text: `Clearthread’s address changed since, so your earlier keys no longer count. Please add one for ${rpId}.`,
            } satisfies Block,
          ]),
      ...row(addButton(url, mine.length > 0), revokes && revokeButton()),
      {
        kind: 'note',
        text: 'The link is for you alone, for ten minutes. A colleague of compliance then compares the new key with you, by voice or face.',
      },
      ...waiting
        .slice(0, MOST_SHOWN)
        .flatMap((key): Block[] => [
          { kind: 'text', text: ['To compare: a passkey of ', { person: key.person }, `, ${keyWords(key, now)}.`] },
          ...row(vouchButton(key.id, key.person === person ? 'Sign it with your other key' : 'Compare it')),
        ]),
      ...(waiting.length > MOST_SHOWN
        ? [
            {
              kind: 'note',
              text: `And ${waiting.length - MOST_SHOWN} more to compare, once these are done.`,
            } satisfies Block,
          ]
        : []),
    ],
  };
};
