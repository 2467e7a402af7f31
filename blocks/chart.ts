/** The digest's picture as SVG: a heat map of tiers by stages, and how long approvals wait. Same digest, same text. */

import { STAGES, TIER_ROWS, type Digest, type DigestStage, type TierRow } from '../flows/digest/digest.ts';
import { box, figures, INK, NONE, page, PAPER, QUIET, words } from './drawing.ts';
import { count, dayWords, tierWord } from './words.ts';

/** The drawing's size, in its own units. A phone shows it about 360 points wide: no text is smaller than 22 units. */
export const CHART = { width: 800, height: 640 } as const;

const STAGE_WORDS: Record<DigestStage, readonly [string, string?]> = {
  answering: ['Answering'],
  review: ['In review'],
  conditions: ['Conditions', 'open'],
  approved: ['Approved'],
  suspended: ['Suspended'],
};
const stageWords = (stage: DigestStage): string => STAGE_WORDS[stage].join(' ').toLowerCase();
const tierWords = (tier: TierRow): string => (tier === 'unknown' ? 'No tier yet' : tierWord(tier));
const AGE_WORDS = ['up to 2 days', '3 to 7 days', '8 to 14 days', 'over 14 days'] as const;

/** One hue from pale to deep, so that no two are told apart by red and green. */
const HEAT = ['#dbe9f6', '#a9cce8', '#66a3d2', '#2f74b0', '#12477f'] as const;
const AGE = ['#fbe3b5', '#f2b45f', '#a8560f', '#7a3604'] as const;
/** From these shades on words are white. */
const WHITE_FROM = { heat: 3, age: 2 };

/** Returns a shade, the last for the most: by the logarithm, so that a few still show next to many. */
const shadeOf = (n: number, most: number): number =>
  Math.min(HEAT.length - 1, Math.floor((Math.log1p(n) / Math.log1p(most)) * HEAT.length));

const LEFT = 36;
const LABELS = 142;
const GAP = 6;
const CELL = { width: (CHART.width - 2 * LEFT - LABELS - GAP * (STAGES.length - 1)) / STAGES.length, height: 60 };
const MAP_TOP = 142;

const cell = (n: number, most: number, column: number, row: number): string => {
  const x = LEFT + LABELS + column * (CELL.width + GAP);
  const y = MAP_TOP + row * (CELL.height + GAP);
  const shade = n === 0 ? -1 : shadeOf(n, most);
  const fill = n === 0 ? QUIET : shade >= WHITE_FROM.heat ? PAPER : INK;
  return [
    box(x, y, CELL.width, CELL.height, HEAT[shade] ?? NONE, 8),
    words(n === 0 ? '–' : figures(n), {
      x: x + CELL.width / 2,
      y: y + CELL.height / 2 + 10,
      size: 29,
      bold: n > 0,
      fill,
      anchor: 'middle',
    }),
  ].join('');
};

const columnHead = (stage: DigestStage, column: number): string => {
  const x = LEFT + LABELS + column * (CELL.width + GAP) + CELL.width / 2;
  const [first, second] = STAGE_WORDS[stage];
  const lines = second === undefined ? [[first, 0] as const] : [[first, -24] as const, [second, 0] as const];
  return lines
    .map(([text, up]) => words(text, { x, y: MAP_TOP - 16 + up, size: 22, fill: QUIET, anchor: 'middle' }))
    .join('');
};

const heatMap = ({ cells }: Digest): string => {
  const most = Math.max(1, ...TIER_ROWS.flatMap((tier) => STAGES.map((stage) => cells[tier][stage])));
  const rows = TIER_ROWS.map((tier, row) => {
    const y = MAP_TOP + row * (CELL.height + GAP) + CELL.height / 2 + 9;
    return [
      words(tierWords(tier), { x: LEFT, y, size: 26 }),
      ...STAGES.map((stage, column) => cell(cells[tier][stage], most, column, row)),
    ].join('');
  });
  return [...STAGES.map(columnHead), ...rows].join('');
};

const BAR = { x: LEFT, y: 536, width: CHART.width - 2 * LEFT, height: 38 };
/** The least width at which a segment has room for its figures. */
const LEAST = 74;

/** Returns each segment's width of the bar: by its share, each at least `LEAST`. */
const widths = (ages: readonly number[]): number[] => {
  const total = ages.reduce((sum, n) => sum + n, 0);
  const there = ages.filter((n) => n > 0).length;
  const free = BAR.width - there * LEAST - Math.max(0, there - 1) * 3;
  return ages.map((n) => (n === 0 ? 0 : Math.round(LEAST + (free * n) / total)));
};

const ageBar = ({ ages }: Digest): string => {
  const total = ages.reduce((sum, n) => sum + n, 0);
  const head = words('Approvals that wait', { x: LEFT, y: BAR.y - 18, size: 27, bold: true });
  const sum = words(total === 0 ? 'none' : figures(total), {
    x: CHART.width - LEFT,
    y: BAR.y - 18,
    size: 27,
    bold: total > 0,
    fill: total > 0 ? INK : QUIET,
    anchor: 'end',
  });
  if (total === 0) return [head, sum, box(BAR.x, BAR.y, BAR.width, BAR.height, NONE, 8)].join('');
  const parts: string[] = [];
  let x = BAR.x;
  for (const [i, width] of widths(ages).entries()) {
    if (width === 0) continue;
    parts.push(box(x, BAR.y, width, BAR.height, AGE[i] ?? NONE, 6));
    parts.push(
      words(figures(ages[i] ?? 0), {
        x: x + width / 2,
        y: BAR.y + 28,
        bold: true,
        fill: i >= WHITE_FROM.age ? PAPER : INK,
        anchor: 'middle',
      }),
    );
    x += width + 3;
  }
  return [head, sum, ...parts].join('');
};

const legend = (): string =>
  AGE_WORDS.map((text, i) => {
    const x = LEFT + (i * (CHART.width - 2 * LEFT)) / AGE_WORDS.length;
    return [
      box(x, BAR.y + 57, 20, 20, AGE[i] ?? NONE, 4),
      words(text, { x: x + 28, y: BAR.y + 75, size: 22, fill: QUIET }),
    ].join('');
  }).join('');

/** Draws with words in letters of the shipped font and the digest's numbers; nothing that a person typed. */
export const chartSvg = (digest: Digest): string =>
  page(CHART.width, CHART.height, [
    words('Deals by tier and stage', { x: LEFT, y: 60, size: 32, bold: true }),
    words(dayWords(digest.until), { x: CHART.width - LEFT, y: 60, size: 24, fill: QUIET, anchor: 'end' }),
    heatMap(digest),
    ageBar(digest),
    legend(),
  ]);

/** Describes the picture in words, for people who do not see it. */
export const chartWords = ({ cells, ages, until }: Digest): string => {
  const rows = TIER_ROWS.flatMap((tier) => {
    const there = STAGES.filter((stage) => cells[tier][stage] > 0);
    return there.length === 0
      ? []
      : [`${tierWords(tier)}: ${there.map((stage) => `${cells[tier][stage]} ${stageWords(stage)}`).join(', ')}.`];
  });
  const total = ages.reduce((sum, n) => sum + n, 0);
  const waits = ages.flatMap((n, i) => (n === 0 ? [] : [`${n} ${AGE_WORDS[i] ?? ''}`]));
  return [
    `Deals by tier and stage on ${dayWords(until)}.`,
    ...(rows.length === 0 ? ['There are none.'] : rows),
    total === 0 ? 'No approval waits.' : `${count(total, 'approval waits', 'approvals wait')}: ${waits.join(', ')}.`,
  ].join(' ');
};
