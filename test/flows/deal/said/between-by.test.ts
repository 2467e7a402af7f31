/** Who is in between stands in the name of who said it, also where somebody else had emptied that list. */

import { expect, it } from 'vitest';
import { wordsElsewhere } from '../../../../flows/deal/context/words-ever.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { answerPicture } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { openNamed } from '../../../support/twins.ts';

const LOOM = { endUser: { name: 'Nazar Loom House', kind: 'private' as const } };
const KAIRAT = { name: 'Kairat Logistics', role: 'reseller' };
const WELL = { name: 'Alma House', role: 'asked them myself, and all is well' };

const correct = (deal: Story, by: string, intermediaries: DealDetails['intermediaries']): Story =>
  deal.and(by, {
    type: 'CorrectDetails',
    details: { ...deal.view.deal.details, intermediaries },
    reason: 'I saw the order.',
  });
const opened = (): Story =>
  openNamed('D-DUMMY1', { ...LOOM, intermediaries: [KAIRAT] })
    .and(...answerPicture('scope', { G2: 'yes' }, 'private'))
    .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' });
const said = (deal: Story): string[] =>
  wordsElsewhere(openNamed('D-MINE01', LOOM).view, [deal.view]).flatMap(({ of, by, text, gone }) =>
    of === 'role' ? [`${by}: ${text}${gone ? ' (gone)' : ''}`] : [],
  );
const ofWell = (deal: Story): string[] => said(deal).filter((text) => text.includes(WELL.name));

it.each([
  ['rep-1', 'product-1'],
  ['product-1', 'rep-1'],
])('what %s names after %s emptied the list is theirs, also once it is gone', (by, other) => {
  const named = correct(correct(opened(), other, []), by, [WELL]);
  expect(ofWell(named)).toEqual([`${by}: ${WELL.name}, ${WELL.role}`]);
  const gone = correct(correct(named, other, [KAIRAT]), other, []);
  expect(ofWell(gone).length).toBeGreaterThan(0);
  expect(ofWell(gone).filter((text) => !text.startsWith(by))).toEqual([]);
});

it('what the rep named as the deal was opened stays theirs where a colleague puts it back', () => {
  const back = correct(correct(opened(), 'rep-1', []), 'product-1', [KAIRAT, WELL]);
  expect(said(back)).toEqual(expect.arrayContaining([`product-1: ${WELL.name}, ${WELL.role}`]));
  expect(ofWell(correct(back, 'rep-1', [{ ...WELL, role: 'reseller' }]))).toContain('rep-1: Alma House, reseller');
});
