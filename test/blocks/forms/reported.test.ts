/** What was reported against an approval, on the forms of whoever undoes what that did. */

import { expect, it } from 'vitest';
import { reportBlocks } from '../../../blocks/forms/reported.ts';
import { answeredDeal, story, type Story } from '../../support/story.ts';

const report = (told: Story, by: string, why: string): Story =>
  told.and(by, { type: 'ReportChange', what: 'major', why });

it('takes its authors in turn, and lists all of it: trifles of a friend hide no report of an officer', () => {
  const given = story(answeredDeal())
    .vote('compliance-1')
    .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away.' })
    .and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'Here it is.' });
  const moved = Array.from({ length: 10 }, (_, n) => `They moved desk ${n} to the second house.`);
  const trifles = moved.reduce((told, why) => report(told, 'product-1', why), given);
  const { view } = report(trifles, 'compliance-1', 'A baker told me that their wardens read letters.');
  const words = JSON.stringify(reportBlocks(view));
  expect(words).toContain('A baker told me that their wardens read letters.');
  for (const why of moved) expect(words).toContain(why);
});
