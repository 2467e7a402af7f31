/** A name that dodges a hold by its spelling is shown; one that is another's is not. */

import { describe, expect, it } from 'vitest';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import { approvalHeld, holdsOn } from '../../../../flows/deal/context/holds.ts';
import { similarHolds } from '../../../../flows/deal/context/similar-holds.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Hold } from '../../../../flows/hold.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { aDecidingDeal, anOrganisation, aView } from '../../../support/deal-builders.ts';
import { aHold, dealHold } from '../../../support/holds.ts';

const holdOn = (name: string, id = 'hold-9'): Hold => aHold({ id, on: { of: 'end-user', name, key: name } });

const deal = (endUser: string, holds: readonly Hold[], more: Partial<DealDetails> = {}): DealView => {
  const made = aDecidingDeal();
  const details = { ...made.details, endUser: { name: endUser, kind: 'government' as const }, ...more };
  return aView({ ...made, details }, { organisation: { ...anOrganisation(), holds } });
};
const similar = (endUser: string, held: string, more?: Partial<DealDetails>): string[] =>
  similarHolds(deal(endUser, [holdOn(held)], more)).map(({ party }) => party);

describe('a hold on an end-user', () => {
  it.each([
    ['another alphabet', 'Бюро Илмарас Корват'],
    ['another order, with an article', 'The Bureau of Korvat, Ilmaras'],
    ['a typing error', 'Ilmaras Korvta Bureau'],
    ['another spelling', 'Ilmaras Qorvat Bureau'],
    ['a legal form', 'Ilmaras Korvat Bureau LLC'],
    ['letters apart', 'I l m a r a s  K o r v a t Bureau'],
  ])('is shown beside a name that differs by %s', (_, name) => {
    const view = deal(name, [holdOn('Ilmaras Korvat Bureau')]);
    // Whatever holds it already need not be shown as like it.
    expect(similarHolds(view).length + holdsOn(view).length).toBe(1);
  });

  it.each(['Gulf Marines Corps', '3rd Gulf Marine Battalion', 'Second Battalion, Gulf Marines'])(
    'is shown beside a longer or shorter name: %s',
    (name) => {
      expect(similar(name, 'Sample Gulf Marines').length).toBe(1);
      expect(similar(name, 'Sample Frontier Rangers')).toEqual([]);
    },
  );

  it.each([
    ['Coast Guard', 'Norwegian Coast Guard'],
    ['Coast Guard', 'Coast Guard of Norway'],
    ['National Police', 'Norwegian National Police'],
    ['Ministry of the Interior', 'Ministry of the Interior of Norway'],
  ])('is shown beside %s with the name of the country to which the deal goes', (held, name) => {
    for (const [one, other] of [
      [held, name],
      [name, held],
    ] as const) {
      expect(similar(one, other, { destination: 'NO' }).length).toBe(1);
      expect(similar(one, other, { destination: 'KE' })).toEqual([]);
    }
  });

  it('is shown beside whoever is so called, in whatever part', () => {
    expect(similar('Sample Harbour', 'Ilmaras Korvat Bureau', { customer: 'Korvta Ilmaras Bureau' })).toEqual([
      'Korvta Ilmaras Bureau',
    ]);
  });

  it('is shown beside each who is so called: one who is another party answers for nobody else', () => {
    const [meant, decoy] = ['Karkonya Rangers Batallion', 'Karkonia Rangers Battalion Ltd'];
    expect(similar(meant, 'Karkonia Rangers Battalion')).toEqual([meant]);
    expect(similar(meant, 'Karkonia Rangers Battalion', { customer: decoy }).toSorted()).toEqual([decoy, meant]);
  });

  it.each([
    ['Ministry of Interior of Norway', 'Ministry of Interior of Sweden'],
    ['National Road Agency', 'National Weather Agency'],
    ['Ostrel Vamdin', 'Kyrlet Obasfen'],
    ['N/A', 'Ilmaras Korvat Bureau'],
  ])('is not shown: %s beside %s', (name, held) => {
    expect(similar(name, held)).toEqual([]);
  });

  it('is none where it holds the deal, or is on a deal', () => {
    expect(similar('Ilmaras Korvat Bureau', 'Ilmaras Korvat Bureau')).toEqual([]);
    expect(similarHolds(deal('Ilmaras Korvat Bureau', [dealHold]))).toEqual([]);
  });

  it('is told to the channel without its name, and to readers with it, and is no hold itself', () => {
    const view = deal('Ilmaras Korvta Bureau', [holdOn('Ilmaras Korvat Bureau')]);
    const root = plain(rootCard(view));
    expect(root).toContain('“Ilmaras Korvta Bureau” is called much like somebody on hold.');
    expect(root).not.toContain('Korvat');
    const named = /“Ilmaras Korvta Bureau” is called much like “Ilmaras Korvat Bureau”/;
    expect(JSON.stringify(whyForm(view).blocks)).toMatch(named);
    const draft = startReview(view, 0);
    if (!draft) throw new Error('nothing to review');
    expect(JSON.stringify(reviewForm(view, 0, draft, 1).blocks)).toMatch(named);
    expect(approvalHeld(view)).toBeUndefined();
    expect(plain(rootCard(deal('Sample Harbour', [holdOn('Ilmaras Korvat Bureau')])))).not.toContain('on hold');
  });
});
