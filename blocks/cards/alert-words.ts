/** Country alerts in words, the same on every card and form. Guidance: A5. */

import type { CountryAlert } from '../../flows/country-alert.ts';
import { alertsShown } from '../../flows/deal/context/alerts.ts';
import { alertsLeftBehind } from '../../flows/deal/said/left-alerts.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Block, Span, Text } from '../card.ts';
import { countryWords, dayWords, LONGEST_SAID, quotedSentence } from '../words.ts';
import { sourceSpans } from './spans.ts';

export const ALERT_CITATION = 'Guidance 7, bullet 2, item 4';

/** A block that fits a card and a form. */
type PlainBlock = Exclude<Block, { kind: 'title' }>;

const MOST_SHOWN = 3;

/** `“Elections were called off.” (1 March 2027). Source: …` */
export const alertSpans = ({ why, on, source }: CountryAlert): Span[] => [
  `${quotedSentence(why, LONGEST_SAID)} (${dayWords(on)}).`,
  ...(source ? [' Source: ', ...sourceSpans([source], 1)] : []),
];

/** Alerts for the team and the approvers of a deal that is answered or decided: they change no answer and no tier. */
export const alertBlocks = (view: DealView): PlainBlock[] => {
  const alerts = alertsShown(view);
  const more = alerts.length - MOST_SHOWN;
  return [
    ...alerts
      .toReversed()
      .slice(0, MOST_SHOWN)
      .map((alert): PlainBlock => ({
        kind: 'text',
        text: [
          { strong: `Country alert: ${countryWords(alert.country)}. ` },
          ...alertSpans(alert),
          ' Please weigh it. ',
          { quiet: `${ALERT_CITATION}.` },
        ],
      })),
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} older.` } satisfies PlainBlock] : []),
  ];
};

/** Alerts on countries that the deal was said to go to before. */
export const leftAlertItems = (view: DealView): Text[] =>
  alertsLeftBehind(view).map(({ country, why }): Text => [
    { strong: `A country alert stands on ${countryWords(country)}, where it was said to go before: ` },
    quotedSentence(why, LONGEST_SAID),
  ]);
