/** What others decided, on a review. */

import { expect, it } from 'vitest';
import { acceptedBlocks, othersBlocks } from '../../../blocks/forms/review-votes.ts';
import { aDecidingDeal, anOrganisation, aVote, aView } from '../../support/deal-builders.ts';

it('has the vote of whoever left the group among those that no longer count, and its conditions nowhere else', () => {
  const text = 'They sign the clause on wardens.';
  const conditions = [{ id: 'c-1', text, owner: 'rep-1', due: '2027-08-01' }];
  const deal = aDecidingDeal({
    step: 1,
    votes: [aVote('senior-1', 1, { outcome: 'approve-with-conditions', conditions })],
  });
  const whole = anOrganisation();
  const without = anOrganisation({
    groups: whole.groups.map((group) => ({ ...group, members: group.members.filter((id) => id !== 'senior-1') })),
  });
  const words = (organisation: typeof whole): string[] => {
    const view = aView(deal, { organisation });
    return [othersBlocks(view, deal), acceptedBlocks(view)].map((blocks) => JSON.stringify(blocks));
  };
  const [decided, over] = words(whole);
  expect(decided).toContain(text);
  expect(over).not.toContain('Votes that no longer count');
  const [decidedNow, overNow] = words(without);
  expect(decidedNow).not.toContain('senior-1');
  expect(overNow).toContain('Votes that no longer count');
});
