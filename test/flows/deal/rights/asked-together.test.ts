import { describe, expect, it } from 'vitest';
import { uniteConditions } from '../../../../flows/deal/rights/asked-together.ts';
import { aVote } from '../../../support/deal-builders.ts';

describe('uniteConditions', () => {
  it('keeps the same words for the same owner once, at the earliest date', () => {
    const condition = { id: '1', text: 'Limit use', owner: 'a', due: '2027-03-01' };
    const united = uniteConditions([
      aVote('s1', 1, { conditions: [condition] }),
      aVote('k1', 1, {
        conditions: [
          { ...condition, id: '2', due: '2027-02-01' },
          { ...condition, id: '3', owner: 'b' },
        ],
      }),
    ]);
    expect(united.map((c) => [c.owner, c.due])).toEqual([
      ['a', '2027-02-01'],
      ['b', '2027-03-01'],
    ]);
  });
  it('takes words that differ in case and in the space around them for the same', () => {
    const [first, again] = [
      { id: '1', text: 'Limit use', owner: 'a', due: '2027-03-01' },
      { id: '2', text: '  limit USE ', owner: 'a', due: '2027-03-01' },
    ];
    expect(uniteConditions([aVote('s1', 1, { conditions: [first] }), aVote('k1', 1, { conditions: [again] })])).toEqual(
      [{ ...first, askedBy: 's1', askedAlso: ['k1'] }],
    );
  });
  it('keeps the earlier date whichever vote came first', () => {
    const early = { id: '1', text: 'Limit use', owner: 'a', due: '2027-02-01' };
    const late = { ...early, id: '2', due: '2027-03-01' };
    const both = (...conditions: (typeof early)[]) => uniteConditions([aVote('s1', 1, { conditions })]);
    expect(both(early, late)).toEqual([early]);
    expect(both(late, early)).toEqual([early]);
  });
  it('keeps everybody whose word it is, whoever was first, and nobody twice', () => {
    const theirs = { id: '1', text: 'Limit use', owner: 'a', due: '2027-02-01' };
    const [s1, k1] = [
      aVote('s1', 1, { conditions: [theirs] }),
      aVote('k1', 1, { conditions: [{ ...theirs, id: '2' }] }),
    ];
    expect(uniteConditions([s1])).toEqual([theirs]);
    expect(uniteConditions([s1, k1, k1])).toEqual([{ ...theirs, askedBy: 's1', askedAlso: ['k1'] }]);
    // Whoever takes one over did not ask for it; whoever gave it to somebody did say so.
    const taken = { ...theirs, askedBy: 's1', ownerBy: 'c1' };
    expect(uniteConditions([s1, aVote('k1', 1, { conditions: [taken] })])).toEqual([
      { ...theirs, askedBy: 's1', askedAlso: ['c1'] },
    ]);
  });
});
