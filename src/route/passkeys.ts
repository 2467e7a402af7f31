/** `/deal passkey`: a person's passkeys, the link to make one, vouching for somebody's, and revoking. */

import type { FormValues } from '../../blocks/card.ts';
import { passkeysCard } from '../../blocks/cards/passkeys.ts';
import { linkForm, readRevokeForm, revokeForm } from '../../blocks/forms/passkeys.ts';
import type { PersonId } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { allKeys, vouchProblem, type KeptKey } from '../../flows/registers/passkeys.ts';
import type { Reply } from '../edge/interaction.ts';
import { DONE, deny, tell, type Desk, type OnDeskClick, type OnSubmit, type Words } from './desk.ts';
import { submitted } from './submit.ts';

const NO_PAGE =
  'Passkeys are made and used on a web page of Clearthread’s own, and it has no address yet. Ask whoever runs it to set CLEARTHREAD_PUBLIC_URL.';

export const onPasskeyWords = async (desk: Desk, { person }: Words): Promise<Reply> => {
  if (!desk.signing) return deny(NO_PAGE);
  const { state } = await desk.registers.passkeys.now();
  return {
    kind: 'tell',
    card: passkeysCard({
      state,
      organisation: desk.organisation(),
      person,
      rpId: desk.signing.site.rpId,
      now: desk.clock().toISOString(),
      url: desk.signing.newKeyUrl(person),
    }),
  };
};

export const onVouch: OnDeskClick = async (desk, { person, value }) => {
  if (!desk.signing) return deny(NO_PAGE);
  const { state } = await desk.registers.passkeys.now();
  const key = own(state.keys, value);
  if (!key) return deny('This key is not there any more.');
  const at = desk.clock().toISOString();
  const problem = vouchProblem(state, desk.organisation(), key, { by: person, at });
  if (problem !== undefined) return deny(problem);
  const form = linkForm('compare', desk.signing.vouchUrl(person, key.id), desk.signing.site.origin);
  return { kind: 'form', form };
};

/** A chat tells of the press of a link, too. */
export const onOpenPage: OnDeskClick = () => DONE;

const revocable = async (desk: Desk, person: PersonId): Promise<KeptKey[]> =>
  allKeys((await desk.registers.passkeys.now()).state).filter(
    (key) => !key.revoked && (key.person === person || isOfCompliance(desk.organisation(), person)),
  );

const form = async (desk: Desk, person: PersonId, values: FormValues = {}) =>
  revokeForm(await revocable(desk, person), desk.organisation(), values);

export const onRevoke: OnDeskClick = async (desk, { person }) => ({ kind: 'form', form: await form(desk, person) });

export const onRevokeSubmit: OnSubmit = submitted({
  about: async (desk, { person, values }) => ({
    again: await form(desk, person, values),
    keys: await revocable(desk, person),
  }),
  form: ({ again }) => again,
  read: (values, { keys }) => readRevokeForm(values, keys),
  send: ({ desk }, value, ask) => desk.registers.passkeys.handle({ type: 'RevokeKey', ...value }, ask),
  refusedAt: 'key',
  next: () => tell('This passkey no longer counts. Votes that it signed stand.'),
});
