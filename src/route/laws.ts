/** Counsel's notes on the laws of countries: writing one, listing them, asking for one. */

import { lawsCard, writeLawsCard } from '../../blocks/cards/countries.ts';
import { lawsContext, readContext } from '../../blocks/forms/context.ts';
import { textOf } from '../../blocks/forms/inputs.ts';
import { lawsForm, readLawsForm, type LawsBefore } from '../../blocks/forms/laws.ts';
import { sectionForm } from '../../blocks/forms/section.ts';
import { countryWords } from '../../blocks/words.ts';
import { countryFirst, countryName } from '../../flows/countries.ts';
import { isCounsel } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { keptAt } from '../../flows/registers/kept-ended.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, press, tell, valuesOf, type Desk, type OnClick, type OnDeskClick, type Words } from './desk.ts';
import { submitted, tooLate } from './submit.ts';

const ONLY_COUNSEL = 'Only counsel can note that the laws of a country were looked at.';

/** What counsel wrote of a country's laws. */
const noted = async (desk: Desk, country: string): Promise<LawsBefore> => {
  const { laws = {}, lawsBefore = [] } = (await desk.registers.countries.now()).state;
  const replaced = keptAt(lawsBefore, desk.clock().toISOString()).filter(({ note }) => note.country === country);
  return { last: own(laws, country), replaced };
};

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
    form: lawsForm(known ? await noted(desk, value) : {}, known ? { country: value } : {}),
  };
};

export const onLawsSubmit = submitted({
  about: async (desk, { person, context, values }) =>
    isCounsel(desk.organisation(), person)
      ? {
          over: readContext(lawsContext, context)?.over ?? '',
          before: await noted(desk, textOf(values, 'country') ?? ''),
        }
      : deny(ONLY_COUNSEL),
  form: ({ values, before }) => lawsForm(before, values),
  read: readLawsForm,
  send: ({ desk, over }, value, ask) => desk.registers.countries.handle({ type: 'NoteLaws', ...value, over }, ask),
  refusedAt: 'note',
  // A colleague's note of meanwhile, or of the country that was chosen, is read first.
  refused: async ({ refusal: { code, text } }, { desk, values }, { country }) =>
    code === 'facts changed' ? tooLate(text, lawsForm(await noted(desk, country), values)) : undefined,
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
