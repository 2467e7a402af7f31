/** What a card says of somebody who may be on a list. */

import { describe, expect, test } from 'vitest';
import { factCard } from '../../../blocks/cards/facts.ts';
import { noFlagsLine } from '../../../blocks/cards/spans.ts';
import { screening } from '../../../blocks/dossier/screening.ts';
import { standingBlocks } from '../../../blocks/forms/review-standing.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import { backView, hitFlag, hitOf, hitView } from '../../support/every-hit.ts';
import { plain } from './plain.ts';

const found = (view: ReturnType<typeof hitView>): string =>
  plain(factCard(view, { fact: 'own flag raised', flag: 'hit-flag' }, {}, { to: 'thread' }));

describe('hits that are cut at twenty of a name', () => {
  const cut = hitView([hitOf('hit-1')], hitFlag(), 12);
  const said = '12 less likely hits that are not kept';

  test('say so where they are asked about, under Why?, in the review and in the dossier', () => {
    expect(found(cut)).toContain(said);
    expect(JSON.stringify(whyForm(cut).blocks)).toContain(said);
    expect(JSON.stringify(standingBlocks(cut))).toContain(said);
    expect(JSON.stringify(screening(cut))).toContain(said);
    expect(JSON.stringify(standingBlocks(hitView([hitOf('hit-1')])))).not.toContain('not kept');
  });
});

test('a hit that waits is no red flag yet, and nobody reads that none was raised', () => {
  const waiting = hitView([hitOf('hit-1')]);
  expect(noFlagsLine(waiting)).toContain('A list may name somebody of this deal');
  expect(noFlagsLine(hitView([hitOf('hit-1')], hitFlag({ status: 'dismissed' })))).toBe('No red flags were raised.');
});

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
