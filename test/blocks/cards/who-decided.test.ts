/** Who decided, and why: the same people and reasons wherever somebody reads of a decision. */

import { describe, expect, it } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { statusCard } from '../../../blocks/cards/status.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { aDeal, aDecidingDeal, aView, aVote, NOW } from '../../support/deal-builders.ts';
import { anApproval } from '../../support/every-deal.ts';
import { plain } from './plain.ts';

const condition = { id: 'C1', text: 'Limit use to roads', owner: 'rep-1', due: '2027-05-01' };
const approval = anApproval([condition]);
const votes = [
  aVote('compliance-1', 0, { outcome: 'approve-with-conditions', conditions: [condition], rationale: 'Roads alone.' }),
  aVote('senior-1', 1, { rationale: `Agreed: ${'a long story '.repeat(40)}` }),
  aVote('counsel-1', 1, { rationale: 'The law of the country allows it.' }),
];
const decided: OpenedDeal = { ...approval, decision: { ...approval.decision, votes } };
const view = aView(decided);
const shown = (card: Card): string => plain(card);
const why = (): string => shown({ blocks: whyForm(view).blocks.filter((block) => block.kind !== 'input') });

describe.each([
  ['the status', () => shown(statusCard(view, 'rep-1'))],
  ['“Why?”', why],
])('%s', (_, read) => {
  it('names each voter with the vote, its reason and its conditions', () => {
    const text = read();
    expect(text).toContain('Who decided, and why');
    expect(text).toMatch(
      /@compliance-1 in .*: approve with conditions\. “Roads alone\.” 1 condition: “Limit use to roads”\./,
    );
    expect(text).toMatch(/@senior-1 in .*: approve\. “Agreed: a long story /);
    expect(text).toMatch(/@counsel-1 in .*: approve\. “The law of the country allows it\.”/);
  });
});

it('begins with the people where they are asked for, and with where it stands elsewhere', () => {
  const [first, second] = [statusCard(view, 'rep-1', undefined, true), statusCard(view, 'rep-1')].map((card) =>
    plain(card).split('\n'),
  );
  expect(first?.slice(1, 3)).toEqual(['## Who decided, and why', expect.stringContaining('@compliance-1')]);
  expect(first?.slice(1).toSorted()).toEqual([...(second?.slice(1) ?? []), '## Where it stands'].toSorted());
  // Nobody decided yet: it says where it stands.
  const open = aView(aDecidingDeal({ votes: [] }));
  expect(plain(statusCard(open, 'rep-1', undefined, true))).toBe(plain(statusCard(open, 'rep-1')));
});

it('says a condition that several asked for once', () => {
  const asking = votes.map((vote) => ({ ...vote, conditions: [condition] }));
  const text = shown(statusCard(aView({ ...decided, decision: { ...approval.decision, votes: asking } }), 'rep-1'));
  expect(text.match(/1 condition: “Limit use to roads”/g)).toHaveLength(1);
  expect(text.match(/ The same condition\./g)).toHaveLength(2);
});

it('the post in the thread has the reason of each voter, too', () => {
  const text = shown(
    factCard(
      view,
      { fact: 'decided' },
      { threadUrl: 'https://sample.slack.com/archives/C0CLEAR/p1' },
      { to: 'thread' },
    ),
  );
  for (const reason of ['Roads alone.', 'Agreed: a long story', 'The law of the country allows it.'])
    expect(text).toContain(reason);
  // The thread has it in full above.
  expect(text).not.toContain('a long story '.repeat(30));
});

it('goes on naming who approved while the deal is reassessed', () => {
  const { route, decision } = approval;
  const standing = {
    rule: 'tier-high',
    route,
    decision: { ...decision, votes },
    conditions: {},
    since: NOW,
    covers: [],
  };
  const again = aDeal({
    standing: { ...standing, basis: { details: aDeal().details, answers: {}, ownFlags: [], requests: [] } },
  });
  expect(shown(statusCard(aView(again)))).toMatch(/Who decided, and why\n@compliance-1 in .*“Roads alone\.”/);
});

it('says nothing of it before the decision', () => {
  const open = aView(aDecidingDeal({ votes: [aVote('compliance-1', 0)] }));
  expect(shown(statusCard(open))).not.toContain('Who decided');
});
