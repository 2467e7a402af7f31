/** Every answer of a deal, a press away from its cards and from the middle of a review. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
  await at.answerAll(deal, { 'H-RF3': 'yes', 'H-RF1': 'yes' });
});
afterEach(() => at.end());

it('keeps what was judged on the page of the review that it was pressed on', async () => {
  const click = { kind: 'click', name: 'deal.review', value: `${deal}/0` } as const;
  const { context } = formIn(await at.ask('compliance-1', click));
  const values = { flags: 'each', 'f:H-RF1': 'uphold', 'f:H-RF3': 'clear', 'r:H-RF3': 'It ended last year.' };
  const form = { name: 'deal.review', context, values };
  const answers = await at.ask('compliance-1', { kind: 'click', name: 'deal.answers', value: deal, form });
  expect(formIn(answers)).toMatchObject({ title: 'All evidence' });
  expect(presets(formIn(await at.ask('compliance-1', click)))).toMatchObject(values);
});

it('shows a section to everybody who may read the deal, and to nobody else', async () => {
  const press = { kind: 'click', name: 'deal.answers', value: `${deal}/record` } as const;
  for (const person of ['rep-1', 'compliance-1', 'counsel-1'])
    expect(wordsOf(formIn(await at.ask(person, press)))).toContain('Is there a conflict in the region?');
  expect(await at.ask('rep-2', press)).toMatchObject({ kind: 'tell' });
});
