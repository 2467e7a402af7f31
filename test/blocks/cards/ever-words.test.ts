/** Whose words go first where there are many: harmless ones of one person, or of whoever sells the deal, hide none. */

import { expect, it } from 'vitest';
import { everBlocks, NOTHING_WRITTEN, ofProductBlocks, type Written } from '../../../blocks/cards/ever-words.ts';
import { standingGapItems } from '../../../blocks/cards/gap-words.ts';
import { wordsElsewhere } from '../../../flows/deal/context/words-ever.ts';
import type { WordsElsewhere, WordsEver } from '../../../flows/deal/context/words-shapes.ts';
import { dealView } from '../../../flows/deal/view.ts';
import { aDeal, anOrganisation, aPolicy, NOW } from '../../support/deal-builders.ts';
import { plain } from './plain.ts';

const AT = '2027-02-01T09:00:00.000Z';
const GRAVE = 'Their captain told me that he reads letters of strikers with it.';
const viewOf = (more: Parameters<typeof aDeal>[0]) => dealView(aDeal(more), aPolicy(), anOrganisation(), NOW);

it('a colleague’s report that is settled stands before thirteen later ones of the rep', () => {
  const own = Array.from({ length: 13 }, (_, n) => ({
    of: 'report' as const,
    why: `They ask for cable ${n}`,
    by: 'rep-1',
    at: `2027-02-02T09:${n + 10}:00.000Z`,
  }));
  const view = viewOf({ stood: [{ of: 'report', why: GRAVE, by: 'compliance-1', at: AT }, ...own] });
  const words = plain({ blocks: everBlocks(view).filter((block) => block.kind !== 'input') });
  expect(words).toContain(GRAVE);
  for (let n = 0; n < 13; n += 1) expect(words).toContain(`They ask for cable ${n}`);
});

it('a colleague of the deal’s team has a turn among many words of somebody else', () => {
  const view = viewOf({ id: 'D-MINE01', team: ['rep-1', 'product-1'] });
  const said = (by: string, of: WordsEver['of'], text: string): WordsEver => ({
    of,
    text,
    by,
    at: AT,
    gone: false,
    grave: of === 'withdrawn',
  });
  const many = Array.from({ length: 20 }, (_, n) => said('counsel-1', 'handed over', `It carries box ${n}.`));
  const other = viewOf({ id: 'D-OTHER1', owner: 'rep-2', requester: 'rep-2', team: ['rep-2'] });
  const beside = new Map([
    ['D-OTHER1', [...many, said('product-1', 'withdrawn', GRAVE), said('rep-1', 'corrected', 'Mine.')]],
  ]);
  const words = wordsElsewhere(view, [other], beside).map(({ text }) => text);
  expect(words.indexOf(GRAVE)).toBeLessThan(2);
  // Any of a team may want the deal: whoever sells it comes last in each turn.
  expect(words.indexOf('Mine.')).toBe(2);
});

it('what was accepted as not known in the approval that is reassessed has a line for each reason', () => {
  const gap = { reason: GRAVE, by: 'compliance-1', at: AT, value: 'unknown' as const };
  const view = viewOf({});
  const standing = { basis: { gaps: { 'H-RF1': gap, 'H-RF3': gap } } };
  const items = standingGapItems({ ...view, deal: { ...view.deal, standing } as unknown as typeof view.deal });
  expect(items).toHaveLength(1);
  expect(plain({ blocks: [{ kind: 'list', items }] })).toMatch(/and 1 more question Their captain told me/);
});

it.each(['this end-user', 'a party', 'this product'] as const)(
  'a hand-over of other deals of %s is read among more harmless words than have a line',
  (of) => {
    const view = viewOf({ id: 'D-MINE01' });
    const said = (n: number, text: string): WordsElsewhere => ({
      deal: 'D-OTHER1',
      of: 'handed over',
      text,
      by: n % 2 === 0 ? 'compliance-1' : 'rep-1',
      at: AT,
      gone: false,
      grave: false,
    });
    const words = [...Array.from({ length: 20 }, (_, n) => said(n, `Papers ${n} are done.`)), said(1, GRAVE)];
    const shown = (written: Pick<Written, 'words' | 'unnamed'>) => {
      const all = { ...NOTHING_WRITTEN, ...written };
      const blocks =
        of === 'this product'
          ? ofProductBlocks(view, { ...NOTHING_WRITTEN, ofProduct: all })
          : everBlocks(view, of === 'a party' ? { ...NOTHING_WRITTEN, ofCompanies: all } : all);
      return plain({ blocks: blocks.filter((block) => block.kind !== 'input') });
    };
    expect(shown({ words })).toMatch(/And \d+ more in D-OTHER1\./);
    expect(shown({ words })).toContain(`“${GRAVE}” @rep-1`);
    // Whoever may not open that deal reads them without it.
    const unnamed = shown({ words: [], unnamed: words });
    expect(unnamed).toContain(GRAVE);
    expect(unnamed).not.toMatch(/@rep-1|D-OTHER1/);
  },
);

it('what became another with a change is read by whoever may not open that deal, also in short', () => {
  const view = viewOf({ id: 'D-MINE01' });
  const was = { ...view.deal.details, endUser: { name: 'Sample Mill', kind: 'private' as const } };
  const now = { ...was, endUser: { name: 'Sample Secret Police', kind: 'security' as const } };
  const words = Array.from({ length: 20 }, (_, n): WordsElsewhere => {
    const moves = n === 0 || n === 19 ? { was, now } : undefined;
    return {
      deal: 'D-OTHER1',
      of: 'corrected',
      text: `Papers ${n}.`,
      moves,
      by: 'rep-1',
      at: AT,
      gone: false,
      grave: false,
    };
  });
  const shown = (written: Partial<Written>): string =>
    plain({ blocks: everBlocks(view, { ...NOTHING_WRITTEN, ...written }).filter((block) => block.kind !== 'input') });
  for (const written of [{ words }, { words: [], unnamed: words }])
    expect(shown(written).match(/Sample Secret Police/gu)).toHaveLength(2);
  // Of a sale to somebody else they read the kind, and no name of a party.
  const others = shown({ ofCompanies: { ...NOTHING_WRITTEN, unnamed: words } });
  expect(others.match(/End-user: [^→.]+ → security/giu)).toHaveLength(2);
  expect(others).not.toContain('Sample Secret Police');
});
