/** Pictures of a yearly report as SVG, of what its published tables say and of nothing else: regions by shade, and the trend. */

import type { PublishedTable, YearlyFigures } from '../../flows/yearly/published.ts';
import { REGIONS } from '../../flows/yearly/regions.ts';
import { box, escapeXml, figures as short, NONE, PAPER, QUIET, words } from '../drawing.ts';
import { shorten } from '../words.ts';
import type { YearlyReport } from './report.ts';

export interface Picture {
  svg: string;
  /** All that it shows, for people who do not see it. */
  alt: string;
}

const WIDTH = 800;
const LEFT = 24;
const LABELS = 420;
const ROW = 44;
const BARS = { x: LEFT + LABELS, width: WIDTH - LABELS - 2 * LEFT - 70 };

/** One hue from pale to deep. */
const HEAT = ['#a9cce8', '#66a3d2', '#2f74b0', '#12477f'] as const;
const [PALE, , , DEEP] = HEAT;

const shadeOf = (n: number, most: number): string =>
  HEAT[Math.min(HEAT.length - 1, Math.floor((Math.log1p(n) / Math.log1p(most)) * HEAT.length))] ?? DEEP;

const drawn = (height: number, alt: string, inside: readonly string[]): Picture => ({
  alt,
  svg: [
    `<svg role="img" aria-label="${escapeXml(alt)}" viewBox="0 0 ${WIDTH} ${height}" font-family="Inter, system-ui, sans-serif">`,
    `<rect width="${WIDTH}" height="${height}" fill="${PAPER}"/>`,
    ...inside,
    '</svg>',
  ].join(''),
});

const bar = (count: number, most: number, y: number, fill: string): string => {
  const width = Math.max(2, Math.round((count / most) * BARS.width));
  return [
    box(BARS.x, y, width, 28, fill, 4),
    words(short(count), { x: BARS.x + width + 10, y: y + 23, bold: true }),
  ].join('');
};

const rowsSaid = ({ rows, total }: Pick<PublishedTable, 'rows' | 'total'>): string =>
  `${rows.map(({ label, count }) => `${label}: ${count}`).join(', ')}. All: ${total}.`;

const WITH_OTHERS = 'published with others';
const MOST_LABEL = 34;

interface Place {
  label: string;
  /** Absent: it is published with others, and how much of the sum is its own nobody is told. */
  count?: number | undefined;
}

/** A region in one line where it is published as a whole, else each part of it. */
const placesOf = ({ rows }: PublishedTable): Place[] =>
  REGIONS.flatMap(({ label, subregions }): Place[] => {
    const ids = subregions.map(({ id }) => id);
    const whole = rows.find(({ cells }) => cells.length === ids.length && ids.every((id) => cells.includes(id)));
    if (whole) return [{ label, count: whole.count }];
    const alone = subregions.map((one): Place => ({
      label: one.label,
      count: rows.find(({ cells }) => cells.length === 1 && cells[0] === one.id)?.count,
    }));
    return alone.some(({ count }) => count !== undefined) ? alone : [{ label }];
  });

const placeRow = ({ label, count }: Place, most: number, y: number): string =>
  [
    words(shorten(label, MOST_LABEL), { x: LEFT, y: y + 23, size: 22 }),
    ...(count === undefined
      ? [
          box(BARS.x, y, BARS.width, 28, NONE, 4),
          words(WITH_OTHERS, { x: BARS.x + 12, y: y + 22, size: 22, fill: QUIET }),
        ]
      : [bar(count, most, y, shadeOf(count, most))]),
  ].join('');

/** Undefined where nothing of the regions is published. */
export const regionPicture = ({ tables, year }: Pick<YearlyFigures, 'tables' | 'year'>): Picture | undefined => {
  const table = tables.find(({ id }) => id === 'region');
  if (!table || table.total === null) return undefined;
  const places = placesOf(table);
  const most = Math.max(1, ...places.map(({ count = 0 }) => count));
  return drawn(80 + places.length * ROW, `${table.title}, ${year}. ${rowsSaid(table)}`, [
    words(`${table.title}, ${year}`, { x: LEFT, y: 42, size: 28, bold: true }),
    ...places.map((place, n) => placeRow(place, most, 70 + n * ROW)),
  ]);
};

/** Decisions of the year and the one before. Undefined where the two have no number of them in common. */
export const trendPicture = ({
  compared,
  figures: { tables, year },
}: Pick<YearlyReport, 'compared' | 'figures'>): Picture | undefined => {
  const title = tables.find(({ id }) => id === 'outcome')?.title;
  const both = compared?.tables.find((table) => table.title === title);
  if (!compared || !both || title === undefined) return undefined;
  const most = Math.max(1, ...both.rows.flatMap(({ was, is }) => [was, is]));
  const said = both.rows.map(({ label, was, is }) => `${label}: ${was} in ${compared.with}, ${is} in ${year}`);
  const rows = both.rows.map(({ label, was, is }, n) => {
    const y = 76 + n * 92;
    return [
      words(label, { x: LEFT, y: y + 23, size: 24 }),
      words(String(compared.with), { x: BARS.x - 14, y: y + 22, size: 22, fill: QUIET, anchor: 'end' }),
      bar(was, most, y, PALE),
      words(String(year), { x: BARS.x - 14, y: y + 56, size: 22, fill: QUIET, anchor: 'end' }),
      bar(is, most, y + 34, DEEP),
    ].join('');
  });
  return drawn(76 + both.rows.length * 92, `${title}, ${compared.with} and ${year}. ${said.join('. ')}.`, [
    words(`${title}, ${compared.with} and ${year}`, { x: LEFT, y: 42, size: 28, bold: true }),
    ...rows,
  ]);
};
