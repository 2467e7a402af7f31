/** A mistake brings the form again, with what was typed, for a chat whose screen keeps nothing. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import type { About } from '../../../flows/ids.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { refusedForm } from '../../../src/route/desk.ts';
import { names, presets } from '../../blocks/forms/support.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
});
afterEach(() => at.end());

const OPEN: FormValues = {
  customer: 'Sample Telecom',
  product: 'analytics',
  destination: 'NO',
  endUserName: 'Sample Ministry',
  endUserKind: 'government',
  exportLicence: 'pending',
};

/** The errors, and that the form is shown again with them and with what was typed. */
const mistakes = (reply: Reply, form: string, typed: FormValues): string[] => {
  if (reply.kind !== 'errors') throw new Error(`no errors: ${JSON.stringify(reply)}`);
  const again = reply.form?.();
  if (!again) throw new Error('no form');
  expect(again.name).toBe(form);
  expect(presets(again)).toMatchObject(typed);
  const wrong = Object.keys(reply.errors);
  for (const name of wrong) expect(names(again)).toContain(name);
  return wrong;
};

/** Why it is refused whatever is written, at the top of the form with what was typed. */
const lateWords = (reply: Reply, typed: FormValues): string => {
  const form = formIn(reply);
  expect(presets(form)).toMatchObject(typed);
  return JSON.stringify(form.blocks[0]);
};

it('what is missing in the first form', async () => {
  const typed = { ...OPEN, customer: ' ', intermediaries: 'no role' };
  const reply = await at.submit('rep-1', 'deal.open', { channel: 'C0CLEAR' }, typed);
  expect(mistakes(reply, 'deal.open', { ...OPEN, customer: ' ' })).toEqual(['customer', 'intermediaries']);
});

it('what is missing in a section, and what the decision refuses', async () => {
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
  const section = { deal, section: 'product' };
  const reply = await at.submit('rep-1', 'deal.section', section, { 'q:P1': 'yes', 'n:P1': 'Sample note' });
  expect(mistakes(reply, 'deal.section', { 'q:P1': 'yes', 'n:P1': 'Sample note' })).toEqual(['q:P2', 'q:P4']);
  const values = { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common' };
  const refused = await at.submit('compliance-1', 'deal.section', section, values);
  expect(lateWords(refused, values)).toMatch(/Only the deal team can do this/);
});

it('a hand-over to nobody, and to whom it cannot go', async () => {
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
  const section = { deal, section: 'product' };
  const note = { note: 'Sample word.' };
  expect(mistakes(await at.submit('rep-1', 'deal.hand-over', section, note), 'deal.hand-over', note)).toEqual([
    'person',
  ]);
  const judge = { ...note, person: 'compliance-1' };
  expect(mistakes(await at.submit('rep-1', 'deal.hand-over', section, judge), 'deal.hand-over', judge)).toEqual([
    'person',
  ]);
});

it('details without a reason, more without a choice', async () => {
  const details = { ...OPEN, customer: 'Half-typed' };
  expect(mistakes(await at.submit('rep-1', 'deal.details', { deal }, details), 'deal.details', details)).toEqual([
    'reason',
  ]);
  expect(mistakes(await at.submit('rep-1', 'deal.more', { deal }, {}), 'deal.more', {})).toEqual(['choice']);
  const reassign = { choice: 'reassign', reason: 'Sample reason.' };
  expect(mistakes(await at.submit('rep-1', 'deal.more', { deal }, reassign), 'deal.more', reassign)).toEqual([
    'person',
  ]);
});

it('a flag in no words, raised by anybody who sees the thread', async () => {
  const typed = { title: 'x' };
  const reply = await at.submit('senior-2', 'deal.raise-flag', { deal }, typed);
  expect(mistakes(reply, 'deal.raise-flag', typed)).toEqual(['title']);
  expect(await at.submit('senior-2', 'deal.raise-flag', { deal: 'D-NOTHERE' }, typed)).toMatchObject({ kind: 'tell' });
});

it('a flag that is dismissed without a reason', async () => {
  await at.submit('senior-2', 'deal.raise-flag', { deal }, { title: 'Something worries me here.' });
  const flag = (await at.deals.view(deal))?.deal.ownFlags[0]?.id ?? '';
  const reply = await at.submit('compliance-1', 'deal.settle-flag', { deal, flag }, { verdict: 'dismiss' });
  expect(mistakes(reply, 'deal.settle-flag', { verdict: 'dismiss' })).toEqual(['reason']);
});

it('reopening a deal that is open, and one that is not, without a reason', async () => {
  for (const typed of [{}, { reason: 'Sample reason.' }])
    expect(lateWords(await at.submit('rep-1', 'deal.reopen', { deal }, typed), typed)).toMatch(/This deal is open/);
  await at.submit('rep-1', 'deal.more', { deal }, { choice: 'withdraw', reason: 'Sample reason.' });
  expect(mistakes(await at.submit('rep-1', 'deal.reopen', { deal }, {}), 'deal.reopen', {})).toEqual(['reason']);
});

it('a page of a review, with what stands on it', async () => {
  await at.answerAll(deal, { 'H-RF3': 'yes' });
  const first = await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` });
  const context = first.kind === 'form' ? first.form.context : '';
  const values = { 'f:H-RF3': 'clear' };
  const reply = await at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context, values });
  expect(mistakes(reply, 'deal.review', values)).toEqual(['r:H-RF3']);
});

it('an answer in no words to the approvers', async () => {
  await at.answerAll(deal);
  const ask = { type: 'AskForInformation' as const, step: 0, question: 'Who pays for it?' };
  await at.deals.handle(deal, ask, { actor: 'compliance-1', cause: 'asked' });
  const request = (await at.deals.view(deal))?.deal.requests[0]?.id ?? '';
  const typed = { text: ' ', sources: 'Sample report' };
  const reply = await at.submit('rep-1', 'deal.give-information', { deal, request }, typed);
  expect(mistakes(reply, 'deal.give-information', typed)).toEqual(['text']);
});

it('a mistake in what was not on the form yet brings the grown form instead', async () => {
  const shown = { deal, shown: ['choice'] };
  const reply = await at.submit('rep-1', 'deal.more', shown, { choice: 'withdraw' });
  expect(reply).toMatchObject({ kind: 'form', again: true, form: { name: 'deal.more' } });
});

it('a refusal stands at the input that asks for what it is about, else at the first one', () => {
  const form = (): never => {
    throw new Error('not drawn yet');
  };
  const standsAt = (about?: About): string[] => {
    const reply = refusedForm({ code: 'not valid', text: 'No.', about }, 'first', form);
    return reply.kind === 'errors' ? Object.keys(reply.errors) : [];
  };
  expect(standsAt({ question: 'P1', part: 'note' })).toEqual(['n:P1']);
  expect(standsAt('to')).toEqual(['person']);
  expect(standsAt()).toEqual(['first']);
});

it('a section that its holder has already, a deal that its owner has already', async () => {
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
  const own = { person: 'rep-1' };
  const section = { deal, section: 'product' };
  expect(mistakes(await at.submit('rep-1', 'deal.hand-over', section, own), 'deal.hand-over', own)).toEqual(['person']);
  const reassign = { choice: 'reassign', reason: 'Sample reason.', ...own };
  expect(mistakes(await at.submit('rep-1', 'deal.more', { deal }, reassign), 'deal.more', reassign)).toEqual([
    'person',
  ]);
});
