/** Messages of the register of datasets on countries: what a new year moved. Guidance: A5 and A6. */

import { datasetWords, valueWords } from '../../flows/dataset.ts';
import type { IndicatorsFact, IndicatorsState, Moved, MovedCountry } from '../../flows/registers/indicators.ts';
import { maySave } from '../../flows/registers/sheet-owners.ts';
import type { SheetOf } from '../../flows/sheet.ts';
import type { Card, Text } from '../card.ts';
import { answerWords, count, countryWords, quoted, sentence, shorten } from '../words.ts';
import { allSheetsButton, sheetButton } from './actions-sheets.ts';
import { row } from './actions.ts';
import { ALERT_CITATION } from './alert-words.ts';
import { folded } from './folded.ts';
import { reachedItems, type HoldAround } from './hold.ts';
import { WATCH_CITATION } from './watch.ts';

const MOST_ITEMS = 20;
const MOST_BUTTONS = 4;

const valueNow = (value: number | undefined, of: number | undefined): string =>
  value === undefined ? 'no value' : valueWords(value, of);

/** `freedom of expression 0.12 of 1 (before: 0.5 of 1), which suggests “Yes” to “Do laws …?” The brief says otherwise.` */
const movedWords = (
  { policy }: HoldAround,
  { title, of, was, now, suggests, question, answer, against }: Moved,
): string => {
  const asked = policy?.question(question);
  const what = `“${answerWords(asked, answer)}” to ${quoted(asked?.text ?? question, 150)}`;
  const does = suggests ? 'which suggests' : 'which no longer suggests';
  return `${title} ${valueNow(now, of)} (before: ${valueNow(was, of)}), ${sentence(`${does} ${what}`)}${against ? ' The brief says otherwise.' : ''}`;
};

const itemsOf = (around: HoldAround, { country, moved, deals }: MovedCountry): Text[] =>
  moved.map((one, n): Text => [
    { strong: `${countryWords(country)}${n > 0 || deals.deals === 0 ? '' : ` (${count(deals.deals, 'deal')})`}: ` },
    movedWords(around, one),
  ]);

export const indicatorsCard = (fact: IndicatorsFact, _state: IndicatorsState, around: HoldAround): Card => {
  const { countries, of } = fact;
  const deals = countries.reduce((sum, one) => sum + one.deals.deals, 0);
  const named = around.deals.some(({ deal }) => fact.first.includes(deal.id));
  const briefs = countries.map(({ country }): SheetOf => ({ of: 'country', country }));
  const mine = briefs.filter((on) => around.reader !== undefined && maySave(around.organisation, on, around.reader));
  return {
    blocks: [
      { kind: 'title', text: `New data on countries: ${datasetWords(of)}`, tone: 'attention' },
      ...(of.madeUp
        ? [
            {
              kind: 'text' as const,
              text: [{ strong: 'Nothing in it is real: ' }, 'it is made up, for trying things out.'],
            },
          ]
        : []),
      {
        kind: 'list',
        items: folded(
          countries.flatMap((one) => itemsOf(around, one)),
          MOST_ITEMS,
          'more',
          ': the briefs show all',
        ),
      },
      ...(deals === 0
        ? []
        : [
            {
              kind: 'text' as const,
              text: `${count(deals, 'deal')} there ${deals === 1 ? 'is' : 'are'} open or approved${named ? ':' : '.'}`,
            },
            ...(named
              ? [{ kind: 'list' as const, items: reachedItems({ deals, first: fact.first }, around.deals) }]
              : []),
          ]),
      {
        kind: 'note',
        text: `You get this because you look after these countries. These are suggestions: no brief and no deal has changed. Change a brief where they are right; a country alert reaches its deals at once (${ALERT_CITATION}; ${WATCH_CITATION}).`,
      },
      ...row(
        ...mine
          .slice(0, MOST_BUTTONS)
          .map((on) =>
            sheetButton(
              on,
              countries.length === 1
                ? 'Look at the brief'
                : shorten(on.of === 'country' ? countryWords(on.country) : on.name, 40),
            ),
          ),
        mine.length > MOST_BUTTONS && allSheetsButton('country'),
      ),
    ],
  };
};
