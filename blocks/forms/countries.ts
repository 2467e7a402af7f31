/** Compliance issues and ends a country alert; a country's watcher reports a look. Guidance: A5 and A6. */

import { countryName } from '../../flows/countries.ts';
import type { CountryAlert } from '../../flows/country-alert.ts';
import type { Source, Day, PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CountryReview, Watched, WatchStanding } from '../../flows/registers/watch-list.ts';
import type { Choice, Form, FormBlock, FormValues, Input } from '../card.ts';
import { alertSpans } from '../cards/alert-words.ts';
import { lookSpans } from '../cards/watch.ts';
import { count, countryWords, dayWords } from '../words.ts';
import {
  choiceInput,
  dateInput,
  type Extra,
  lineInput,
  makeForm,
  paragraphInput,
  personInput,
  textOf,
} from './inputs.ts';
import { readSources } from './lines.ts';
import { newerBlocks } from './newer.ts';
import { type Read, reader, type Reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** The number of deals that an alert would affect. */
export interface AlertMatch {
  country: string;
  approved: number;
  open: number;
  /** Deals that were found out of scope: they show it too. */
  outOfScope?: number | undefined;
  /** Alerts already in force for the country. */
  standing: number;
}

export const countryInput = (code: string | undefined, extra: Extra = {}): Input => {
  const label = code === undefined ? undefined : countryName(code);
  const initial: Choice | undefined = code === undefined || label === undefined ? undefined : { value: code, label };
  return {
    kind: 'input',
    name: 'country',
    label: 'Country',
    control: { type: 'search', source: 'countries', initial, placeholder: 'Type a few letters' },
    ...extra,
  };
};

const SOURCE_HINT = 'Name, year, https://link. It may be left out, but others can check what has one.';
export const sourceInput = (values: FormValues): Input =>
  lineInput('source', 'Source', textOf(values, 'source'), { optional: true, hint: SOURCE_HINT, maxLength: 500 });

export const readSource = (form: Reader): Source | undefined => {
  const sources = readSources(form, 'source');
  if (sources.length > 1) form.fail('source', 'Please name one source.');
  return sources[0];
};

const matchBlocks = ({ country, approved, open, outOfScope = 0, standing }: AlertMatch): FormBlock[] => [
  {
    kind: 'text',
    text: [
      {
        strong: `${countryWords(country)}: ${count(approved, 'approved deal is', 'approved deals are')} to be reassessed, and ${count(open, 'deal under way shows', 'deals under way show')} the alert.`,
      },
      ...(outOfScope > 0
        ? [` ${count(outOfScope, 'deal out of scope shows', 'deals out of scope show')} it too.`]
        : []),
    ],
  },
  ...(standing === 0
    ? []
    : [{ kind: 'text', text: `${count(standing, 'alert stands', 'alerts stand')} for it already.` } as const]),
  { kind: 'text', text: 'Each owner gets one message. Please check that this is what you mean, then issue it.' },
];

/** `match`: the deals it would affect, which are shown; the next press issues it. */
export const alertForm = (
  { match, today }: { match?: AlertMatch | undefined; today: Day },
  values: FormValues = {},
): Form =>
  makeForm({
    name: 'desk.alert',
    title: 'Country alert',
    submit: match ? 'Issue the alert' : 'Next',
    context: match ? { seen: match.country } : {},
    blocks: [
      ...(match ? matchBlocks(match) : []),
      countryInput(textOf(values, 'country')),
      paragraphInput('why', 'What happened?', textOf(values, 'why'), {
        hint: 'Social or political change that could lead to misuse. Owners, teams and approvers of deals there read it.',
      }),
      sourceInput(values),
      dateInput('on', 'When?', textOf(values, 'on') ?? today),
    ],
  });

export const readAlertForm = (
  values: FormValues,
): Read<{ country: string; why: string; source?: Source | undefined; on: Day }> => {
  const form = reader(values);
  const country = form.required('country', 'Please choose a country.');
  if (country !== '' && countryName(country) === undefined) {
    form.fail('country', 'Please choose a country from the list.');
  }
  return form.done({
    country,
    why: form.reason('why', 'Please say in a sentence what happened.', { tells: 'what happened' }),
    source: readSource(form),
    on: form.day('on', 'Please choose the day.'),
  });
};

type Looks = Pick<Watched, 'looked' | 'news'>;

/** What was found when the country was looked at last, and what a colleague found before that. */
const lookBlocks = ({ looked, news }: Looks = {}): FormBlock[] => [
  ...(looked ? [{ kind: 'note', text: ['Last looked at by ', ...lookSpans(looked)] } as const] : []),
  ...(news ? [{ kind: 'note', text: ['Before that by ', ...lookSpans(news)] } as const] : []),
];

/** Names the last look. */
export const lookShown = ({ looked }: Looks = {}): string => looked?.at ?? 'none';

/** `looks`: at the country. */
export const endAlertForm = (alert: CountryAlert | undefined, values: FormValues = {}, looks?: Looks): Form =>
  alert === undefined
    ? savedForm('This alert was ended already.')
    : makeForm({
        name: 'desk.end-alert',
        title: 'End the alert',
        submit: 'End it',
        context: { alert: alert.id },
        blocks: [
          {
            kind: 'text',
            text: [
              { strong: `${countryWords(alert.country)}. ` },
              ...alertSpans(alert),
              ' Issued by ',
              { person: alert.by },
              ` on ${dayWords(alert.at)}.`,
            ],
          },
          ...lookBlocks(looks),
          {
            kind: 'text',
            text: 'Deals will no longer show it. The reassessments that it asked for are still to be done.',
          },
          paragraphInput('reason', 'Why does it end?', textOf(values, 'reason'), { hint: 'It stays on the record.' }),
        ],
      });

export const readEndAlertForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', 'Please say why. It stays on the record.') });
};

const FOUND: readonly Choice[] = [
  { value: 'nothing new', label: 'Nothing new' },
  { value: 'something new', label: 'Something new', description: 'Compliance decides whether it is a country alert' },
];

/** `seen`: the look that the form showed before (`lookShown`). */
export const lookedForm = (
  country: string,
  looks: Looks | undefined,
  values: FormValues = {},
  seen?: string | undefined,
): Form =>
  makeForm({
    name: 'desk.looked',
    title: 'I looked',
    submit: 'Save',
    context: { country, seen: lookShown(looks) },
    blocks: [
      ...newerBlocks(lookShown(looks), seen),
      { kind: 'text', text: [{ strong: countryWords(country) }] },
      ...lookBlocks(looks),
      choiceInput('found', 'What did you find?', FOUND, textOf(values, 'found')),
      paragraphInput('note', 'In a sentence', textOf(values, 'note'), {
        hint: 'What you looked at, and what it says. News, civil society, our own people there.',
      }),
      sourceInput(values),
    ],
  });

export const readLookedForm = (
  values: FormValues,
): Read<{ found: CountryReview['found']; note: string; source?: Source | undefined }> => {
  const form = reader(values);
  return form.done({
    found: form.one('found', ['nothing new', 'something new'], 'Please choose what you found.'),
    note: form.required('note', 'Please say in a sentence what you looked at and found.'),
    source: readSource(form),
  });
};

export const watcherForm = (country: string, standing: WatchStanding | undefined, values: FormValues = {}): Form =>
  makeForm({
    name: 'desk.watcher',
    title: 'Who watches?',
    submit: 'Save',
    context: { country },
    blocks: [
      { kind: 'text', text: [{ strong: countryWords(country) }] },
      personInput('watcher', 'Who stays aware of it?', textOf(values, 'watcher') ?? standing?.watcher),
      { kind: 'note', text: 'They are told, and reminded when it is time to look again.' },
    ],
  });

export const readWatcherForm = (values: FormValues, organisation: Organisation): Read<{ watcher: PersonId }> => {
  const form = reader(values);
  return form.done({ watcher: form.who('watcher', organisation) });
};
