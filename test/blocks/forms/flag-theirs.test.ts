/** Whoever settles a flag is offered what they may do, and reads who does the rest. */

import { expect, it } from 'vitest';
import { settleFlagForm } from '../../../blocks/forms/flag.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { answeredDeal, story } from '../../support/story.ts';
import { TIMED } from '../../support/ticking.ts';
import { names, wordsOf } from './support.ts';

it('offers whoever approved the deal no dismissal of what is said against it, and names the colleague', () => {
  const deal = story(answeredDeal(), { ...TIMED, policy: aPolicy({ managerAlone: false }) })
    .vote('compliance-1')
    .and('product-1', { type: 'RaiseFlag', title: 'Their guards beat strikers.' });
  const [flag] = deal.view.deal.ownFlags;
  const formOf = (reader: string) =>
    settleFlagForm(deal.view, flag!.id, { verdict: 'dismiss', reason: 'No.' }, undefined, { hits: [], reader });
  const theirs = formOf('compliance-1');
  expect(wordsOf(theirs)).toMatch(/You approved this deal, so a colleague dismisses .*: Sample Compliance Two\./);
  expect(wordsOf(theirs)).toMatch(/This deal is decided\. Reopen it first/);
  expect(names(theirs)).toEqual([]);
  expect([theirs.submit, theirs.close]).toEqual([undefined, 'Close']);
  const others = formOf('compliance-2');
  expect(wordsOf(others)).not.toContain('You approved');
  expect(names(others)).toEqual(['verdict', 'reason']);
  expect(JSON.stringify(others.blocks)).not.toContain('"Admit it"');
});
