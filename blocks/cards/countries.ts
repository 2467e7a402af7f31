/** Messages and lists of the countries register: alerts, counsel’s notes, and what its watchers are told. Guidance: A5 and A6. */

import type { CountryAlert } from '../../flows/country-alert.ts';
import type { ReminderStage } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { counselNotes } from '../../flows/registers/counsel.ts';
import { standingAlerts, type CountriesState } from '../../flows/registers/countries.ts';
import type { CountriesFact } from '../../flows/registers/country-shapes.ts';
import { watchRule, type CountryCode } from '../../flows/registers/watch-list.ts';
import type { Block, Card, Text } from '../card.ts';
import { count, countryWords, dayWords, endsOf, listWords, LONGEST_SAID } from '../words.ts';
import {
  alertButton,
  alertsButton,
  endAlertButton,
  lawsButton,
  lawsListButton,
  lookedButton,
  watchListButton,
} from './actions-desk.ts';
import { row } from './actions.ts';
import { ALERT_CITATION, alertSpans } from './alert-words.ts';
import { reachedItems, spreadWords, type HoldAround } from './hold.ts';
import { lawsSpans } from './laws-words.ts';
import { onPage } from './pages.ts';
import { lookSpans, WATCH_CITATION } from './watch.ts';

const MOST_COUNTRIES = 10;
const named = (countries: readonly CountryCode[]): Text[] => {
  const more = countries.length - MOST_COUNTRIES;
  return [...countries.slice(0, MOST_COUNTRIES).map(countryWords), ...(more > 0 ? [`and ${more} more`] : [])];
};

const WATCH_TITLES: Record<ReminderStage, string> = {
  before: 'A country is to be looked at soon',
  reminder: 'What is new in these countries?',
  overdue: 'These countries were not looked at',
  escalation: 'Somebody may need help',
  suspension: 'What is new in these countries?',
  delegated: 'What is new in these countries?',
};

const toLookAt = (fact: Extract<CountriesFact, { fact: 'countries to look at' }>, around: HoldAround): Card => {
  const { every, after, escalate } = watchRule(around);
  const [only, ...others] = fact.countries;
  const escalated = fact.of === 'escalation';
  const rhythm = [
    `Each country with approved deals is looked at again after ${count(every, 'day')} (${WATCH_CITATION}).`,
    after.length === 0 ? '' : ` Reminders come again ${listWords(after)} business days later.`,
    escalate ? ` After ${count(escalate.after, 'business day')} somebody else is told.` : '',
  ].join('');
  return {
    blocks: [
      {
        kind: 'title',
        text: WATCH_TITLES[fact.of],
        tone: escalated || fact.of === 'overdue' ? 'attention' : 'neutral',
      },
      {
        kind: 'text',
        text: escalated
          ? 'Nobody has looked at these countries for a long time:'
          : 'Please look at the news, and at what civil society says:',
      },
      { kind: 'list', items: named(fact.countries) },
      {
        kind: 'note',
        text: escalated
          ? `You get this because the people who watch them have not reacted. ${rhythm}`
          : `You get this because you watch them. ${rhythm}`,
      },
      ...(escalated ? [] : row(only !== undefined && others.length === 0 && lookedButton(only), watchListButton(1, 0))),
    ],
  };
};

const judgingAlert = (country: CountryCode, { organisation, reader }: HoldAround): Block[] => [
  { kind: 'note', text: `You get this because compliance decides whether it is a country alert (${ALERT_CITATION}).` },
  ...(reader !== undefined && isOfCompliance(organisation, reader) ? row(alertButton(country)) : []),
];

export const countriesCard = (fact: CountriesFact, _state: CountriesState, around: HoldAround): Card => {
  switch (fact.fact) {
    case 'alert for deals': {
      const { alert, reached } = fact;
      return {
        blocks: [
          { kind: 'title', text: `Country alert: ${countryWords(alert.country)}`, tone: 'attention' },
          { kind: 'text', text: alertSpans(alert) },
          { kind: 'text', text: `It affects ${reached.deals} of your deals:` },
          { kind: 'list', items: reachedItems(reached, around.deals) },
          {
            kind: 'note',
            text: `You get this because you own them. Approved deals are to be reassessed: their cards say by when and have the button. Deals still under way show the alert to their approvers (${ALERT_CITATION}).`,
          },
        ],
      };
    }
    case 'alert ended': {
      const { alert, reason, by } = fact;
      return {
        blocks: [
          { kind: 'title', text: `Country alert ended: ${countryWords(alert.country)}` },
          { kind: 'text', text: [{ person: by }, ' ended this alert:'] },
          { kind: 'quote', text: endsOf(reason, LONGEST_SAID) },
          { kind: 'text', text: alertSpans(alert) },
        ],
      };
    }
    case 'laws noted for deals': {
      const { note, reached } = fact;
      return {
        blocks: [
          { kind: 'title', text: `Counsel looked at the laws: ${countryWords(note.country)}` },
          { kind: 'text', text: lawsSpans(note) },
          { kind: 'text', text: `It counts for ${reached.deals} of your deals:` },
          { kind: 'list', items: reachedItems(reached, around.deals) },
          { kind: 'note', text: 'You get this because you own them. There is nothing to do.' },
        ],
      };
    }
    case 'laws noted anew': {
      const { note, before, deals } = fact;
      return {
        blocks: [
          { kind: 'title', text: `New note on the laws: ${countryWords(note.country)}`, tone: 'attention' },
          { kind: 'text', text: lawsSpans(note) },
          ...(before
            ? ([
                { kind: 'text', text: 'It takes the place of:' },
                { kind: 'text', text: lawsSpans(before) },
              ] satisfies Block[])
            : []),
          {
            kind: 'text',
            text:
              deals === 0
                ? 'At the last count no approved deal went there.'
                : `At the last count ${count(deals, 'approved deal')} went there. ${deals === 1 ? 'It does' : 'They do'} not hear of it: a country alert has them looked at again.`,
          },
          ...judgingAlert(note.country, around),
        ],
      };
    }
    case 'something new': {
      const { country, look } = fact;
      return {
        blocks: [
          { kind: 'title', text: `Something new: ${countryWords(country)}`, tone: 'attention' },
          { kind: 'text', text: lookSpans(look) },
          ...judgingAlert(country, around),
        ],
      };
    }
    case 'watch assigned':
      return {
        blocks: [
          { kind: 'title', text: `You watch ${countryWords(fact.country)}` },
          {
            kind: 'text',
            text: [
              { person: fact.by },
              ` asked you to stay aware of what happens there. You are reminded every ${count(watchRule(around).every, 'day')} (${WATCH_CITATION}).`,
            ],
          },
          ...row(lookedButton(fact.country)),
        ],
      };
    case 'countries to look at':
      return toLookAt(fact, around);
    default: {
      const never: never = fact;
      return never;
    }
  }
};

const A_PAGE = 10;

const alertEntry = (state: CountriesState, alert: CountryAlert): Block[] => {
  const on = spreadWords(state.spreads[`${alert.id}:issued`]);
  return [
    { kind: 'text', text: [{ strong: `${countryWords(alert.country)}. ` }, ...alertSpans(alert)] },
    { kind: 'note', text: ['By ', { person: alert.by }, ` on ${dayWords(alert.at)}.${on === '' ? '' : ` ${on}`}`] },
    ...row(endAlertButton(alert)),
  ];
};

/** Answers `/deal alerts`, for compliance: the newest first. `page` from 1. */
export const alertsCard = (state: CountriesState, page = 1): Card => {
  const all = standingAlerts(state).toReversed();
  const { shown, more } = onPage(all, page, A_PAGE);
  return {
    blocks: [
      {
        kind: 'title',
        text:
          all.length === 0
            ? 'No country alert stands'
            : count(all.length, 'country alert stands', 'country alerts stand'),
      },
      ...(all.length === 0
        ? [{ kind: 'text', text: 'Issue one when something happens that could lead to misuse.' } satisfies Block]
        : []),
      ...shown.flatMap((alert) => alertEntry(state, alert)),
      ...row(alertButton(''), more > 0 && alertsButton(page + 1, more)),
    ],
  };
};

/** Offers counsel's form where words cannot open it. */
export const writeLawsCard = (country: CountryCode): Card => ({
  blocks: [
    { kind: 'text', text: `Counsel’s note on ${countryWords(country)} serves every deal there for a year.` },
    ...row(lawsButton(country, 'Write a note')),
  ],
});

/** Answers `/deal laws`: the notes of counsel by country. `may`: the reader is counsel. */
export const lawsCard = (state: CountriesState, may: boolean, page = 1): Card => {
  const all = counselNotes(state).toSorted((a, b) => countryWords(a.country).localeCompare(countryWords(b.country)));
  const { shown, more } = onPage(all, page, A_PAGE);
  return {
    blocks: [
      {
        kind: 'title',
        text:
          all.length === 0
            ? 'Counsel has noted no country yet'
            : `Counsel’s notes: ${count(all.length, 'country', 'countries')}`,
      },
      ...(all.length === 0
        ? [
            {
              kind: 'text',
              text: 'A note says who of counsel looked at the laws of a country, and when. It serves every deal there for a year.',
            } satisfies Block,
          ]
        : []),
      ...shown.flatMap((note): Block[] => [
        { kind: 'text', text: [{ strong: `${countryWords(note.country)}. ` }, ...lawsSpans(note)] },
        ...(may ? row(lawsButton(note.country, 'Look again')) : []),
      ]),
      ...row(may && lawsButton('', 'Write a note'), more > 0 && lawsListButton(page + 1, more)),
    ],
  };
};

/** Offers the form where words cannot open it. `words`: the typed text, to fill the form in. */
export const issueAlertCard = (words: string): Card => ({
  blocks: [
    {
      kind: 'text',
      text: 'A country alert asks for a reassessment of every approved deal there, and shows itself to the approvers of the others.',
    },
    ...row(alertButton(words)),
  ],
});
