/** Says how an element of the programme stands, records who was asked, and what came of it. */

import { countryName } from '../../flows/countries.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { ASKED_KINDS, isAskedKind } from '../../flows/programme/asked-kinds.ts';
import { ELEMENT, type ElementId } from '../../flows/programme/elements.ts';
import type { Asked, ElementEntry } from '../../flows/programme/shapes.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { dayWords, quoted } from '../words.ts';
import { countryInput } from './countries.ts';
import {
  choiceInput,
  dateInput,
  lineInput,
  makeForm,
  MAX_LINE,
  menuInput,
  paragraphInput,
  personInput,
  textOf,
  MAX_TEXT,
} from './inputs.ts';
import { cleanLine, reader, type Read } from './reading.ts';
import { savedForm } from './saved.ts';

export interface SayShown {
  id: ElementId;
  entry?: ElementEntry | undefined;
  /** The version that the form showed when it was opened. Absent: this one. */
  opened?: number | undefined;
}

const MOST_EVIDENCE = 500;

const meanwhile = ({ entry, opened }: SayShown): FormBlock[] =>
  entry === undefined || opened === undefined || entry.version <= opened
    ? []
    : [
        {
          kind: 'text',
          text: [
            { strong: 'Somebody saved something else meanwhile. ' },
            { person: entry.by },
            ` did, on ${dayWords(entry.at)}. Yours is below, and replaces it if you save.`,
          ],
        },
        { kind: 'quote', text: quoted(entry.text, 600) },
        { kind: 'divider' },
      ];

/** `typed`: what somebody wrote into it already. */
export const sayElementForm = (shown: SayShown, typed?: FormValues): Form => {
  const { id, entry } = shown;
  const { title, about, asks } = ELEMENT[id];
  const initial = (name: string, known: string | undefined): string | undefined =>
    typed ? textOf(typed, name) : known;
  return makeForm({
    name: 'desk.programme-say',
    title: 'Programme',
    submit: 'Save',
    context: { element: id, from: entry?.version ?? 0 },
    blocks: [
      ...meanwhile(shown),
      { kind: 'text', text: [{ strong: title }, `: ${about}`] },
      paragraphInput('text', asks, initial('text', entry?.text), {
        most: MAX_TEXT,
        hint: 'As it is, what is missing too. Please name no customer and nobody who reported something.',
      }),
      ...(id === 'support'
        ? [
            personInput('who', 'Who spoke for it last', initial('who', entry?.who), { optional: true }),
            dateInput('on', 'When', initial('on', entry?.on), { optional: true }),
          ]
        : []),
      personInput('person', 'Who looks after it', initial('person', entry?.owner)),
      dateInput('until', 'Looked at again by', initial('until', entry?.next), {
        hint: 'Within a year. Its owner is reminded two weeks before.',
      }),
      lineInput('note', 'Evidence', initial('note', entry?.evidence), {
        optional: true,
        hint: 'A link, or where it lies.',
        maxLength: MOST_EVIDENCE,
      }),
    ],
  });
};

export type SaidElement = Omit<ElementEntry, 'version' | 'by' | 'at'>;

export const readSayElementForm = (
  values: FormValues,
  id: ElementId,
  organisation: Organisation,
): Read<SaidElement> => {
  const form = reader(values);
  const text = form.required('text', 'Please say it in a sentence.', { max: MAX_TEXT });
  const owner = form.who('person', organisation);
  const next = form.day('until', 'Please choose a day.');
  const evidence = form.optional('note', MOST_EVIDENCE);
  const who = id === 'support' && textOf(values, 'who') !== undefined ? form.who('who', organisation) : undefined;
  const on = id === 'support' ? form.maybeDay('on') : undefined;
  if (id === 'support' && (who === undefined) !== (on === undefined))
    form.fail(who === undefined ? 'who' : 'on', 'Please say both, who and when.');
  return form.done({
    text,
    owner,
    next,
    ...(evidence === undefined ? {} : { evidence }),
    ...(who === undefined ? {} : { who }),
    ...(on === undefined ? {} : { on }),
  });
};

/** A Slack menu holds 100 options. */
const MOST_PRODUCTS = 100;
type Catalogue = Pick<Organisation, 'products'>;

export const recordAskedForm = ({ products }: Catalogue, values: FormValues = {}): Form =>
  makeForm({
    name: 'desk.programme-asked',
    title: 'Who was asked',
    submit: 'Save',
    context: {},
    blocks: [
      {
        kind: 'text',
        text: 'People who could be harmed, who speaks for them, an embassy, a rights group. Please name no person who could be harmed by it.',
      },
      lineInput('who', 'Who', textOf(values, 'who'), {
        placeholder: 'A community, an organisation, an embassy',
        hint: 'Only compliance and the chief read it.',
      }),
      choiceInput(
        'kind',
        'Who they are',
        Object.entries(ASKED_KINDS).map(([value, label]) => ({ value, label })),
        textOf(values, 'kind'),
        { hint: 'The yearly report counts by it, where there are enough of a kind.' },
      ),
      dateInput('on', 'When', textOf(values, 'on')),
      paragraphInput('text', 'On what', textOf(values, 'text'), {
        hint: 'Those who decide on deals with a company, a product or a country that is named here read it there.',
      }),
      countryInput(textOf(values, 'country'), { optional: true }),
      ...(products.length === 0
        ? []
        : [
            menuInput(
              'product',
              'Product',
              products.slice(0, MOST_PRODUCTS).map(({ id, name }) => ({ value: id, label: name })),
              textOf(values, 'product'),
              { optional: true },
            ),
          ]),
      paragraphInput('note', 'What came of it', textOf(values, 'note'), {
        optional: true,
        hint: 'Those who decide on such deals read it, too. Leave it open if nothing did yet: you can say it later.',
      }),
    ],
  });

export const readRecordAskedForm = (
  values: FormValues,
  { products }: Catalogue,
): Read<Pick<Asked, 'who' | 'kind' | 'on' | 'about' | 'country' | 'product' | 'came'>> => {
  const form = reader(values);
  const who = cleanLine(form.required('who', 'Please say who was asked.', { max: MAX_LINE }));
  const kind = form.required('kind', 'Please say who they are.');
  if (!isAskedKind(kind)) form.fail('kind', 'Please say who they are.');
  const on = form.day('on', 'Please choose a day.');
  const about = form.reason('text', 'Please say on what they were asked.', { tells: 'on what they were asked' });
  const country = form.optional('country', MAX_LINE);
  if (country !== undefined && countryName(country) === undefined)
    form.fail('country', 'Please choose a country from the list.');
  const product = form.maybeOne(
    'product',
    products.map(({ id }) => id),
  );
  const came = form.maybeReason('note', { tells: 'what came of it' });
  return form.done({
    who,
    ...(isAskedKind(kind) ? { kind } : {}),
    on,
    about,
    ...(country === undefined ? {} : { country }),
    ...(product === undefined ? {} : { product }),
    ...(came === undefined ? {} : { came }),
  });
};

export const whatCameForm = (asked: Asked | undefined, values?: FormValues): Form =>
  asked
    ? makeForm({
        name: 'desk.programme-came',
        title: 'What came of it',
        submit: 'Save',
        context: { asked: asked.id },
        blocks: [
          { kind: 'text', text: [{ strong: quoted(asked.who, 120) }, ` was asked on ${dayWords(asked.on)}:`] },
          { kind: 'quote', text: quoted(asked.about, 600) },
          paragraphInput('note', 'What came of it', values ? textOf(values, 'note') : asked.came, {
            hint: 'Those who decide on deals of it read it, and what stood here before.',
          }),
        ],
      })
    : savedForm('This is not recorded any more.', 'What came of it');

export const readWhatCameForm = (values: FormValues): Read<{ came: string }> => {
  const form = reader(values);
  return form.done({ came: form.reason('note', 'Please say what came of it.', { tells: 'what came of it' }) });
};
