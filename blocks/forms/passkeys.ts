/** Forms about passkeys: the private link to a page of ours, and revoking a key. */

import { person, type Organisation } from '../../flows/organisation.ts';
import type { KeptKey } from '../../flows/registers/passkeys.ts';
import type { Form, FormValues } from '../card.ts';
import { row } from '../cards/actions.ts';
import { COMPARE, pageLinkButton } from '../cards/passkeys.ts';
import { dayWords } from '../words.ts';
import { makeForm, menuInput, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

const LINKS = {
  vote: {
    title: 'Sign your vote',
    text: 'Your vote is not cast yet. Sign it with your passkey on Clearthread’s own page: it shows once more what you sign.',
    label: 'Sign your vote',
  },
  compare: {
    title: 'Compare a passkey',
    text: `${COMPARE} The page asks you for them, and has you sign with your own passkey.`,
    label: 'Open the page',
  },
} as const;

/** `origin`: what the browser's address line will show. */
export const linkForm = (of: keyof typeof LINKS, url: string, origin: string): Form => {
  const { title, text, label } = LINKS[of];
  return makeForm({
    name: 'deal.saved',
    title,
    close: 'Close',
    context: {},
    blocks: [
      { kind: 'text', text },
      ...row(pageLinkButton(url, label)),
      {
        kind: 'note',
        text: `The link is for you alone, for ten minutes. The address must begin with ${origin}/. If this app’s own window can’t use passkeys, the page has “Copy link”.`,
      },
    ],
  });
};

/** A credential's id may be longer than a chat takes. */
const shortId = ({ id }: KeptKey): string => id.slice(0, 70);

const MOST = 100;

export const revokeForm = (keys: readonly KeptKey[], organisation: Organisation, values: FormValues): Form =>
  keys.length === 0
    ? savedForm('No passkey is left here that you could revoke.')
    : makeForm({
        name: 'desk.revoke-passkey',
        title: 'Revoke a passkey',
        submit: 'Revoke',
        context: {},
        blocks: [
          {
            kind: 'text',
            text: 'It signs nothing any more. Votes that it signed stand. Its person and compliance are told.',
          },
          menuInput(
            'key',
            'Which one?',
            keys.slice(0, MOST).map((key, n) => ({
              value: shortId(key),
              label: `${n + 1}. ${person(organisation, key.person)?.name ?? key.person}, made on ${dayWords(key.at)}`,
            })),
            textOf(values, 'key'),
            keys.length > MOST
              ? { hint: `${keys.length - MOST} more do not fit in this list: they come once others are revoked.` }
              : {},
          ),
          paragraphInput('reason', 'Why?', textOf(values, 'reason'), { hint: 'It stays on the record.' }),
        ],
      });

export const readRevokeForm = (values: FormValues, keys: readonly KeptKey[]): Read<{ key: string; reason: string }> => {
  const form = reader(values);
  const chosen = form.required('key', 'Please choose a passkey.');
  return form.done({
    key: keys.find((key) => shortId(key) === chosen)?.id ?? chosen,
    reason: form.required('reason', 'Please say why. It stays on the record.'),
  });
};
