/** Counsel's notes on the laws of countries: writing one, listing them, asking for one. */

import { lawsCard, writeLawsCard } from '../../blocks/cards/countries.ts';
import { lawsForm, readLawsForm } from '../../blocks/forms/laws.ts';
import { sectionForm } from '../../blocks/forms/section.ts';
import { countryWords } from '../../blocks/words.ts';
import { countryFirst, countryName } from '../../flows/countries.ts';
import { isCounsel } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, press, tell, valuesOf, type Desk, type OnClick, type OnDeskClick, type Words } from './desk.ts';
import { submitted } from './submit.ts';

const ONLY_COUNSEL = 'Only counsel can note that the laws of a country were looked at.';

const noted = async (desk: Desk, country: string) =>
  own((await desk.registers.countries.now()).state.laws ?? {}, country);

/** Answers `/deal laws` with the notes, `/deal laws COUNTRY` of counsel with the form, or with the button that opens it. */
export const onLawsWords = async (desk: Desk, { person, words, canOpen }: Words): Promise<Reply> => {
  const found = countryFirst(words.trim().replace(/^\S+\s*/u, ''));
  const may = isCounsel(desk.organisation(), person);
  if (may && found) {
    return canOpen
      ? { kind: 'form', form: lawsForm(await noted(desk, found.code), { country: found.code }) }
      : { kind: 'tell', card: writeLawsCard(found.code) };
  }
  return { kind: 'tell', card: lawsCard((await desk.registers.countries.now()).state, may) };
};

export const onLawsList: OnDeskClick = async (desk, { person, value }) => {
  const page = Number(value);
  const { state } = await desk.registers.countries.now();
  const from = Number.isSafeInteger(page) && page > 0 ? page : 1;
  return { kind: 'tell', card: lawsCard(state, isCounsel(desk.organisation(), person), from) };
};

export const onLaws: OnDeskClick = async (desk, { person, value }) => {
  if (!isCounsel(desk.organisation(), person)) return deny(ONLY_COUNSEL);
  const known = countryName(value) !== undefined;
  return {
    kind: 'form',
    form: lawsForm(known ? await noted(desk, value) : undefined, known ? { country: value } : {}),
  };
};

export const onLawsSubmit = submitted({
  about: (desk, { person }) => (isCounsel(desk.organisation(), person) ? {} : deny(ONLY_COUNSEL)),
  form: ({ values }) => lawsForm(undefined, values),
  read: readLawsForm,
  send: ({ desk }, value, ask) => desk.registers.countries.handle({ type: 'NoteLaws', ...value }, ask),
  refusedAt: 'note',
  next: (_, __, { country }) =>
    tell(`Saved. Your note on ${countryWords(country)} counts for every deal there for twelve months. Thank you.`),
});

const ASKED = 'Counsel is asked. Once the note is written, it counts for this deal by itself.';

/** Pressed in the section's form, it comes back with what was typed. */
export const onAskCounsel: OnClick = async (desk, click, { view }) => {
  const reply = await press(desk, click, view.deal.id, { type: 'AskCounsel' }, ASKED);
  const section = view.policy.sections.find(({ questions }) => questions.some(({ basis }) => basis === 'counsel'));
  if (!click.form || !section || reply.kind !== 'tell') return reply;
  const form = sectionForm(await desk.reuse(view, click.person), section.id, valuesOf(click));
  const [said] = reply.card.blocks;
  const text = said?.kind === 'text' ? said.text : ASKED;
  return { kind: 'form', form: { ...form, blocks: [{ kind: 'note', text }, ...form.blocks] } };
};
