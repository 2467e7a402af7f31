/** Counsel's note that the laws of a country were looked at. Guidance: L1 to L3. */

import type { CounselNote, ReplacedNote } from '../../flows/counsel-note.ts';
import { countryName } from '../../flows/countries.ts';
import type { Source } from '../../flows/ids.ts';
import { inTurnOf } from '../../flows/in-turn.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { lawsSpans } from '../cards/laws-words.ts';
import { dayWords } from '../words.ts';
import { countryInput, readSource, sourceInput } from './countries.ts';
import { makeForm, paragraphInput, textOf, MAX_TEXT } from './inputs.ts';
import { type Read, reader } from './reading.ts';

/** What the questions on laws ask counsel. An example alone: whoever saves says what they looked at themselves. */
const FOR_EXAMPLE =
  'For example: the laws that could limit free speech or intrude on privacy, those on listening in and on reading stored messages, who oversees surveillance, and whether the rules are kept.';

/** What the register has of a country: the last note, and those that were replaced before, oldest first. */
export interface LawsBefore {
  last?: CounselNote | undefined;
  replaced?: readonly ReplacedNote[] | undefined;
}

const MOST_REPLACED = 4;

export const lawsForm = ({ last, replaced = [] }: LawsBefore, values: FormValues): Form =>
  makeForm({
    name: 'desk.laws',
    title: "Counsel's note",
    submit: 'Save',
    context: { over: last?.id ?? '' },
    blocks: [
      {
        kind: 'text',
        text: 'You say that counsel, in-house or outside, looked at these. It serves every deal to that country for twelve months (house rule), with your name.',
      },
      ...(last ? [{ kind: 'note', text: ['The last one: ', ...lawsSpans(last)] } as const] : []),
      ...inTurnOf(replaced.toReversed(), ({ note }) => [note.by])
        .slice(0, MOST_REPLACED)
        .map(({ note, by, at }): FormBlock => ({
          kind: 'note',
          text: ['Before: ', ...lawsSpans(note), ' ', { person: by }, ` replaced it on ${dayWords(at)}.`],
        })),
      ...(replaced.length > MOST_REPLACED
        ? [
            {
              kind: 'note',
              text: `And ${replaced.length - MOST_REPLACED} more before these.`,
            } as const,
          ]
        : []),
      countryInput(textOf(values, 'country')),
      paragraphInput('note', 'What was looked at?', textOf(values, 'note'), { most: MAX_TEXT, hint: FOR_EXAMPLE }),
      sourceInput(values),
    ],
  });

export const readLawsForm = (
  values: FormValues,
): Read<{ country: string; looked: string; source?: Source | undefined }> => {
  const form = reader(values);
  const country = form.required('country', 'Please choose a country.');
  if (country !== '' && countryName(country) === undefined) {
    form.fail('country', 'Please choose a country from the list.');
  }
  return form.done({
    country,
    looked: form.required('note', 'Please say in a sentence what was looked at.', { max: MAX_TEXT }),
    source: readSource(form),
  });
};
