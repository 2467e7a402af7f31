/** Pictures of a yearly report: what the published tables say, and nothing of what they don't. */

import { describe, expect, it } from 'vitest';
import { yearlyHtml } from '../../blocks/yearly/html.ts';
import { regionPicture, trendPicture } from '../../blocks/yearly/pictures.ts';
import { yearlyReport } from '../../blocks/yearly/report.ts';
import type { YearlyFigures } from '../../flows/yearly/published.ts';
import { REGIONS } from '../../flows/yearly/regions.ts';
import { someFigures } from '../support/yearly.ts';

const [EUROPE, ASIA] = ['western-europe', 'eastern-asia'];
const REST = REGIONS.flatMap(({ subregions }) => subregions.map(({ id }) => id)).filter((id) => id !== EUROPE);
const figures = (rows: { cells: string[]; label: string; count: number }[]): YearlyFigures => {
  const some = someFigures(2026, 40);
  const total = rows.length === 0 ? null : rows.reduce((sum, { count }) => sum + count, 0);
  return { ...some, tables: some.tables.map((table) => (table.id === 'region' ? { ...table, total, rows } : table)) };
};
const TOGETHER = { cells: REST, label: 'All the rest (together)', count: 717 };
const ALONE = { cells: [EUROPE ?? ''], label: 'Western Europe', count: 33 };

describe('the picture of regions', () => {
  it('shows numbers that stand alone, and of what is published with others none', () => {
    const picture = regionPicture(figures([ALONE, TOGETHER]));
    const shown = picture?.svg.slice(picture.svg.indexOf('<rect')) ?? '';
    expect(shown).toContain('>33<');
    expect(shown).not.toContain('717');
    // Each part of Europe that has no row, and each other region in one line.
    expect(shown.match(/>published with others</gu)).toHaveLength(3 + REGIONS.length - 1);
    expect(picture?.alt).toBe('Regions, 2026. Western Europe: 33, All the rest (together): 717. All: 750.');
  });

  it('draws the same whatever the parts of a sum are', () => {
    const other = REST.filter((id) => id !== ASIA);
    const one = regionPicture(figures([ALONE, { ...TOGETHER, cells: [...other, ASIA ?? ''] }]));
    expect(one).toEqual(regionPicture(figures([ALONE, TOGETHER])));
  });

  it('has a region in one line where it is published as a whole', () => {
    const asia = REGIONS.find(({ id }) => id === 'asia')!;
    const cells = asia.subregions.map(({ id }) => id);
    const rest = REST.filter((id) => !cells.includes(id));
    const whole = { cells, label: asia.label, count: 21 };
    const picture = regionPicture(figures([ALONE, whole, { ...TOGETHER, cells: rest }]));
    expect(picture?.svg).toMatch(/>Asia<\/text><rect[^>]*><text[^>]*>21</u);
  });

  it('is not there where nothing is published', () => {
    expect(regionPicture(figures([]))).toBeUndefined();
    const page = yearlyHtml(yearlyReport(figures([]), {}, { today: '2027-02-01' }));
    expect(page).not.toContain('<svg');
  });
});

describe('the picture of two years', () => {
  const report = (before?: YearlyFigures) =>
    yearlyReport(someFigures(2026, 40), {}, { today: '2027-02-01', publishedOn: '2027-02-01', yearBefore: before });

  it('has what both publish, in words too', () => {
    const picture = trendPicture(report(someFigures(2025, 30)));
    expect(picture?.alt).toMatch(/^Decisions, 2025 and 2026\. All: 30 in 2025, 40 in 2026\./);
    for (const count of ['>30<', '>40<']) expect(picture?.svg).toContain(count);
    expect(yearlyHtml(report(someFigures(2025, 30)))).toContain(`aria-label="${picture?.alt}"`);
  });

  it('is not there where one of them has none', () => {
    expect(trendPicture(report())).toBeUndefined();
    expect(trendPicture(report(someFigures(2025, 3)))).toBeUndefined();
  });
});
