/** The list of votes counts what the queue and the home page count. */

import { expect, it } from 'vitest';
import { voteListCard } from '../../../blocks/cards/vote-list.ts';
import { isDeciding, turnsOf } from '../../../flows/lists/waits.ts';
import { aDecidingDeal, aView } from '../../support/deal-builders.ts';
import { everyStatus } from '../../support/every-deal.ts';
import { plain } from './plain.ts';

const asked = ['D-AAA001', 'D-AAA002'].map((id) => aView(aDecidingDeal({ id })));
const held = aView({ ...everyStatus.deciding, id: 'D-AAA003' });
const inQueue = [...asked, held].filter((view) =>
  turnsOf(view, 'senior-1')
    .concat(turnsOf(view, 'compliance-1'))
    .some(({ wait }) => isDeciding(wait) && wait.of === 'votes'),
);

it('does not count a deal that an open question holds, as the queue does not', () => {
  expect(inQueue).toEqual(asked);
  expect(plain(voteListCard(asked))).toContain('# 2 deals wait for your decision\n');
  const text = plain(voteListCard([...asked, held]));
  expect(text).toContain('# 2 deals wait for your decision, 1 more is held by a question');
  expect(text).toMatch(/D-AAA003[^\n]* Asked on [^\n]*An open question holds it: @rep-1 answers first\./);
  expect(plain(voteListCard([held]))).toContain('# Nothing waits for your decision: 1 deal is held by a question');
});
