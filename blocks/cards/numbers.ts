/** Numbers over time, for compliance: a picture, a line for each month or quarter, and the way to the file. */

import { ENDS, OUTCOMES, type Period, type Span } from '../../flows/lists/numbers.ts';
import type { Action, Block, Card } from '../card.ts';
import { numbersSvg, numbersWords, periodWords } from '../numbers-chart.ts';
import { count, countryWords, quoted, tierWord } from '../words.ts';
import { row } from './actions.ts';
import { boardButton } from './board.ts';

type PlainBlock = Exclude<Block, { kind: 'title' }>;

export const NUMBERS = 'desk.numbers';
/** A year of months, two of quarters. */
const MOST_PERIODS: Record<Span, number> = { month: 12, quarter: 8 };
const MOST_QUERY = 80;
const MOST_COUNTRIES = 5;

export interface NumbersWords {
  span: Span;
  /** The filters, as they were typed; empty: all deals. */
  query: string;
}

const TIERS = ['prohibited', 'high', 'elevated', 'low'] as const;

const periodLine = ({ id, decided, outcomes, tiers, ends, days, overdue }: Period): PlainBlock => {
  const came = OUTCOMES.flatMap((outcome) => (outcomes[outcome] > 0 ? [`${outcomes[outcome]} ${outcome}`] : []));
  const by = TIERS.flatMap((tier) => (tiers[tier] > 0 ? [`${tiers[tier]} ${tierWord(tier).toLowerCase()}`] : []));
  const parts = [
    decided === 0 ? 'none decided' : `${decided} decided: ${came.join(', ')}`,
    ...(by.length > 0 ? [by.join(', ')] : []),
    ...(days === undefined ? [] : [`median ${count(days, 'day')}`]),
    ...ENDS.flatMap((end) => (ends[end] > 0 ? [`${ends[end]} ${end}`] : [])),
    ...(overdue > 0 ? [`${count(overdue, 'condition')} overdue`] : []),
  ];
  return { kind: 'text', text: [{ strong: periodWords(id) }, ` · ${parts.join(' · ')}`] };
};

const flagLine = (periods: readonly Period[]): PlainBlock[] => {
  const counts = new Map<string, number>();
  for (const { flags } of periods)
    for (const { country, count: n } of flags) counts.set(country, (counts.get(country) ?? 0) + n);
  const most = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (most.length === 0) return [];
  const shown = most.slice(0, MOST_COUNTRIES).map(([country, n]) => `${countryWords(country)} ${n}`);
  const more = most.length - shown.length;
  return [
    {
      kind: 'text',
      text: [
        { strong: 'Red flags of decided deals, by country' },
        ` · ${shown.join(', ')}${more > 0 ? ` and ${count(more, 'more country', 'more countries')}` : ''}`,
      ],
    },
  ];
};

const valueOf = ({ span, query }: NumbersWords): string => `${span}/${query}`;

const buttons = (words: NumbersWords, isInWindow: boolean): PlainBlock[] => {
  const other = words.span === 'month' ? 'quarter' : 'month';
  const csv: Action = {
    name: 'desk.numbers-csv',
    value: valueOf(words),
    label: 'CSV',
    opens: 'form',
    accessibleLabel: 'CSV: these numbers as a file',
  };
  return row(
    { name: NUMBERS, value: valueOf({ ...words, span: other }), label: `By ${other}`, opens: 'form' },
    isInWindow && { name: 'desk.numbers-picture', value: valueOf(words), label: 'Picture' },
    csv,
    boardButton('Board', words.query),
  );
};

/** A quiet month says nothing. */
const isQuiet = ({ decided, ends, overdue }: Period): boolean =>
  decided === 0 && overdue === 0 && ENDS.every((end) => ends[end] === 0);

/** `periods`: the latest last. In a window a picture is a press away, since a chat may show none there. */
export const numbersCard = (periods: readonly Period[], words: NumbersWords, isInWindow = false): Card => {
  const { span, query } = words;
  const shown = periods.slice(-MOST_PERIODS[span]);
  const lines = shown.filter((period) => !isQuiet(period)).toReversed();
  const earlier = periods.length - shown.length;
  if (periods.every(isQuiet)) {
    return {
      blocks: [
        { kind: 'title', text: 'Nothing was decided yet' },
        {
          kind: 'text',
          text: 'Here stand, for each month or quarter, how many deals were decided, by tier and outcome, how long it took, what is overdue and where red flags were.',
        },
        ...(query === '' ? [] : [{ kind: 'note', text: `For ${quoted(query, MOST_QUERY)}.` } satisfies Block]),
        ...row(boardButton('Board', query)),
      ],
    };
  }
  return {
    blocks: [
      { kind: 'title', text: `Numbers by ${span}` },
      ...(query === '' ? [] : [{ kind: 'note', text: `For ${quoted(query, MOST_QUERY)}.` } satisfies Block]),
      ...(isInWindow ? [] : [{ kind: 'picture', svg: numbersSvg(shown), alt: numbersWords(shown) } satisfies Block]),
      ...(lines.length === 0
        ? [{ kind: 'text', text: `Nothing was decided in the last ${shown.length} ${span}s.` } satisfies Block]
        : lines.map(periodLine)),
      ...flagLine(shown),
      {
        kind: 'note',
        text: `A deal counts once, with the decision that stands; months are those of UTC.${earlier > 0 ? ` CSV has ${count(earlier, `earlier ${span}`)}, too.` : ''}`,
      },
      ...buttons(words, isInWindow),
    ],
  };
};
