/** What a card says of somebody who may be on a list. */

import { describe, expect, test } from 'vitest';
import { factCard } from '../../../blocks/cards/facts.ts';
import { backView, hitOf, hitView } from '../../support/every-hit.ts';
import { plain } from './plain.ts';

const found = (view: ReturnType<typeof hitView>): string =>
  plain(factCard(view, { fact: 'own flag raised', flag: 'hit-flag' }, {}, { to: 'thread' }));

describe('a hit that is back', () => {
  test('says who it was before its entry changed, and why', () => {
    expect(found(backView())).toMatch(
      /Before this entry changed: Another party, says .*: “Another person: born in 1961/,
    );
  });

  test('says nothing of before where nobody said anything, or of another entry', () => {
    expect(found(hitView([hitOf('hit-1')]))).not.toContain('Before this entry');
    const view = backView();
    const [first, hit] = view.deal.screened?.hits ?? [];
    const other = { ...first!, entry: { ...first!.entry, id: 'MU-7' } };
    const deal = { ...view.deal, screened: { parties: [], hits: [other, hit!] } };
    expect(found({ ...view, deal })).not.toContain('Before this entry');
  });
});
