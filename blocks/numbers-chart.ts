/** Decisions over time as SVG: a bar for each month or quarter. Same numbers, same text. */

import type { Period } from '../flows/lists/numbers.ts';
import { box, figures, INK, page, QUIET, words } from './drawing.ts';
import { count } from './words.ts';

export const NUMBERS_CHART = { width: 800, height: 620 } as const;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `March 2026`, `Q1 2026`. */
export const periodWords = (id: string): string => {
  const [year = '', part = ''] = id.split('-');
  return `${part.startsWith('Q') ? part : (MONTHS[Number(part) - 1] ?? part)} ${year}`;
};

interface Part {
  label: string;
  colour: string;
  of: (period: Period) => number;
  /** Where its words stand. */
  x: number;
}

/** From the axis up. Pale and deep of two hues: no two differ by red and green alone. */
const PARTS: readonly Part[] = [
  { label: 'Approved', colour: '#7db3dd', of: ({ outcomes }) => outcomes.approved, x: 36 },
  { label: 'With conditions', colour: '#12477f', of: ({ outcomes }) => outcomes['approved with conditions'], x: 176 },
  {
    label: 'Declined, stopped',
    colour: '#a8560f',
    of: ({ outcomes, ends }) => outcomes.declined + ends.stopped,
    x: 376,
  },
  { label: 'Out of scope', colour: '#b9c4ce', of: ({ ends }) => ends['out of scope'], x: 604 },
];

const totalOf = (period: Period): number => PARTS.reduce((sum, { of }) => sum + of(period), 0);

const LEFT = 36;
const TOP = 165;
const AXIS = 440;
const TALLEST = AXIS - TOP;

const labelOf = (id: string): string => {
  const [, part = ''] = id.split('-');
  return part.startsWith('Q') ? part : (MONTHS[Number(part) - 1] ?? part).slice(0, 3);
};

const barOf = (period: Period, i: number, { each, most }: { each: number; most: number }, isFirst: boolean): string => {
  const x = LEFT + i * each;
  const middle = x + each / 2;
  const width = Math.min(64, each * 0.72);
  const parts: string[] = [];
  let y = AXIS;
  for (const { colour, of } of PARTS) {
    const height = (of(period) / most) * TALLEST;
    if (height === 0) continue;
    y -= height;
    parts.push(box(middle - width / 2, Math.round(y), width, Math.max(1, Math.round(height)), colour, 0));
  }
  const total = totalOf(period);
  const [year = '', part = ''] = period.id.split('-');
  const mid = { x: middle, anchor: 'middle' as const };
  return [
    ...parts,
    ...(total === 0 ? [] : [words(figures(total), { ...mid, y: Math.round(y) - 10, bold: true })]),
    words(labelOf(period.id), { ...mid, y: AXIS + 32, size: 22, fill: INK }),
    ...(isFirst || part === '01' || part === 'Q1'
      ? [words(year, { ...mid, y: AXIS + 60, size: 22, fill: QUIET })]
      : []),
    words(period.days === undefined ? '–' : figures(period.days), { ...mid, y: AXIS + 124, size: 22, fill: QUIET }),
  ].join('');
};

const legend = (): string =>
  PARTS.map(({ label, colour, x }) =>
    [box(x, 84, 20, 20, colour, 4), words(label, { x: x + 28, y: 102, size: 22, fill: QUIET })].join(''),
  ).join('');

/** `periods`: at most twelve fit a phone. */
export const numbersSvg = (periods: readonly Period[]): string => {
  const most = Math.max(1, ...periods.map(totalOf));
  const each = (NUMBERS_CHART.width - 2 * LEFT) / Math.max(1, periods.length);
  return page(NUMBERS_CHART.width, NUMBERS_CHART.height, [
    words('What came of deals', { x: LEFT, y: 58, size: 32, bold: true }),
    legend(),
    box(LEFT, AXIS, NUMBERS_CHART.width - 2 * LEFT, 2, QUIET, 0),
    ...periods.map((period, i) => barOf(period, i, { each, most }, i === 0)),
    words('Median days from the questions to the decision', { x: LEFT, y: AXIS + 164, size: 22, fill: QUIET }),
  ]);
};

const MOST_ALT = 900;

/** Describes the picture in words, for people who do not see it. */
export const numbersWords = (periods: readonly Period[]): string => {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return 'Nothing was decided yet.';
  const said = periods.flatMap((period) => {
    const parts = PARTS.flatMap(({ label, of }) => (of(period) > 0 ? [`${of(period)} ${label.toLowerCase()}`] : []));
    return parts.length === 0 ? [] : [`${periodWords(period.id)}: ${parts.join(', ')}.`];
  });
  const all = `What came of deals from ${periodWords(first.id)} to ${periodWords(last.id)}: ${count(
    periods.reduce((sum, period) => sum + totalOf(period), 0),
    'deal',
  )}. `;
  let text = all;
  for (const one of said) {
    if (text.length + one.length > MOST_ALT) return `${text}The lines below have the rest.`;
    text += `${one} `;
  }
  return text.trim();
};
