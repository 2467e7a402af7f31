/** What changed, in the order of what it weighs: fifteen notes must not push a fallen flag out of the card. */

import { expect, it } from 'vitest';
import { differenceItems } from '../../../blocks/cards/spans.ts';
import type { Difference } from '../../../flows/deal/deal.ts';
import { aDeal, aView } from '../../support/deal-builders.ts';

const view = aView(aDeal());
const only = (differences: readonly Difference[], most?: number): string[] =>
  differenceItems(view, differences, most).map((item) => JSON.stringify(item));

it('are listed with fallen flags first, and answers that only stand on something else last', () => {
  const notes = Array.from({ length: 15 }, (_, n): Difference => ({
    what: 'answer',
    id: `Q${n}`,
    before: 'No',
    after: `No · Sample report ${n}, 2026`,
  }));
  const changed: Difference = { what: 'answer', id: 'H-RF1', before: 'Yes · Seen', after: 'No · Sample report, 2026' };
  const fell: Difference = { what: 'flag', id: 'H-RF1', before: 'severe', after: 'nothing' };
  const items = only([...notes, changed, fell], 3);
  expect(items[0]).toContain('Flag: ');
  expect(items[1]).toContain('Was: Yes');
  expect(items[2]).toContain('Sample report 0');
  expect(items).toHaveLength(3);
  expect(only([...notes, changed, fell])).toHaveLength(17);
});
