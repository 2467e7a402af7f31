/** Many reports of the rep, each taken back: what a colleague said stands before them. */

import { describe, expect, it } from 'vitest';
import { waitingBlocks } from '../../../blocks/cards/flag-waits.ts';
import { asideItems } from '../../../blocks/cards/set-aside.ts';
import type { EndedAgainst } from '../../../flows/deal/said-shapes.ts';
import { dealNamed } from '../../support/twins.ts';

const at = '2027-03-01T12:00:00.000Z';
const taken = (from: string, by: string, why: string): EndedAgainst =>
  ({ of: 'report', from, by, why, reason: 'It is as it was', at }) as EndedAgainst;

describe('what was set aside', () => {
  it('has each author in turn, and whoever sells the deal last', () => {
    const { view } = dealNamed('D-F1RST1');
    const own = Array.from({ length: 30 }, (_, n) => taken('rep-1', 'rep-1', `The cable is ${n} metres longer now`));
    const end = `They read the letters of poets. ${'And so on. '.repeat(30)}And they beat them.`;
    const theirs = ['first', 'second'].map((word) => taken('product-1', 'compliance-2', `The ${word}: ${end}`));
    const deal = {
      ...view.deal,
      endedAgainst: [...own, ...theirs],
      objections: [{ by: 'counsel-1', at, reason: 'I never said so.', questions: ['H-RF1'] }],
      lowered: [{ from: 'high', to: 'low', by: 'compliance-1', at }],
    } as unknown as typeof view.deal;
    const items = asideItems({ ...view, deal }).map((item) => JSON.stringify(item));
    expect(items).toHaveLength(34);
    expect(items.slice(0, 4).map((item) => /first|never said so|The tier fell|second/.exec(item)?.[0])).toEqual([
      'first',
      'never said so',
      'The tier fell',
      'second',
    ]);
    // It is whole, as a flag is.
    expect(items[0]).toContain(end);
  });
});

it('what waits to be settled is whole on each page', () => {
  const title = `${'They told us of it at length. '.repeat(30)}They beat prisoners.`;
  const { view } = dealNamed('D-F1RST1').and('product-1', { type: 'RaiseFlag', title });
  expect(JSON.stringify(waitingBlocks(view))).toContain(title);
});
