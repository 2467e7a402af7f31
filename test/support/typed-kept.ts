/** What is typed into the inputs of a form, one at a time, with all else that it asks for. */

import type { FormValues, Input } from '../../blocks/card.ts';
import { presets } from '../blocks/forms/support.ts';
import type { OpenedForm } from './between-deals.ts';
import { runs } from './runs.ts';

export const TOKEN = 'zebu lantern';
export const WHY = 'We looked at all that stands here.';
export const PEOPLE = [
  'rep-1',
  'product-1',
  'compliance-1',
  'compliance-2',
  'counsel-1',
  'senior-1',
  'senior-2',
  'chief-1',
];
const GIVEN: FormValues = { outcome: 'approve', verdict: 'confirm', due: '2027-04-01' };

const isSources = (name: string): boolean => /^(?:s:|b:sources$|sources$)/.test(name);
export const typedIn = (name: string): string =>
  isSources(name)
    ? `A letter of the ${TOKEN}, 2026, https://letters.example.org/a`
    : `They watch the ${TOKEN} by night.`;
/** Why answers get lighter is asked again as they are given: saved for later, it is not kept. */
export const WHY_LIGHTER = 'why';
const isText = ({ control: { type } }: Input): boolean => type === 'paragraph' || type === 'line';
/** One of each kind, such as the first note, and the first list of sources; with `CLEARTHREAD_RUNS` all. */
export const textsOf = ({ inputs }: OpenedForm): string[] => {
  const names = inputs.filter(isText).map(({ name }) => name);
  const kind = (name: string): string => name.replace(/^([qns]):.*$/su, '$1');
  return runs(1) > 1 ? names : names.filter((name, i) => names.findIndex((one) => kind(one) === kind(name)) === i);
};

const asked = ({ name, control, optional }: Input): FormValues[string] | undefined => {
  if (control.type === 'checkboxes') return control.options.slice(0, 1).map(({ value }) => value);
  if ('options' in control) return control.options[0]?.value;
  if (control.type === 'date') return '2027-04-01';
  if (control.type === 'person') return 'legal-1';
  if (optional) return undefined;
  return isSources(name) ? 'A survey, 2026, https://survey.example.org/a' : WHY;
};

export const drawn = ({ inputs }: OpenedForm): FormValues =>
  Object.fromEntries(Object.entries(presets({ blocks: inputs })).filter(([, value]) => value.length > 0));

/** All that it asks for, else as it was drawn. */
export const filledIn = (opened: OpenedForm, given: FormValues): FormValues => {
  const before = { ...GIVEN, ...drawn(opened), ...given };
  const all = opened.inputs.map((input): [string, FormValues[string] | undefined] => [
    input.name,
    before[input.name] ?? asked(input),
  ]);
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};

/** What may be chosen first. The rest is filled in as it is drawn then. */
export const choicesOf = ({ inputs }: OpenedForm): FormValues[] => {
  const all = inputs.flatMap(({ name, control }) =>
    (control.type === 'radio' || control.type === 'menu') && control.options.length <= 6 && !name.startsWith('q:')
      ? control.options.map(({ value }) => ({ [name]: value }))
      : [],
  );
  return [{}, ...all];
};

export const drawnWith = async (opened: OpenedForm, choice: FormValues): Promise<OpenedForm> =>
  (await opened.chosen(filledIn(opened, choice), Object.keys(choice)[0] ?? '')) ?? opened;
