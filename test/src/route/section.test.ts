/** A section that is saved: sent twice under one cause nothing is left out of the record, and what counts as not known is said. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/edge/interaction.ts';
import { wordsOf } from '../../blocks/forms/support.ts';
import { basisContext } from '../../support/basis-deals.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

let at: AtDesk;
beforeAll(() => {
  at = atDesk();
});
afterAll(() => at.end());

it('keeps the edit of a form that was answered "it may be saved"', async () => {
  const deal = await at.openDeal();
  const context = JSON.stringify({ deal, section: 'scope' });
  const send = (value: string): Promise<Reply> =>
    at.ask(
      'rep-1',
      { kind: 'submit', form: 'deal.section', context, values: { 'q:G1': value } },
      undefined,
      'view:V1:showing',
    );
  const scope = async () => (await at.deals.view(deal))?.deal.answers['scope']?.['G1']?.value;
  await send('unknown');
  expect(await scope()).toBe('unknown');
  await send('yes');
  expect(await scope()).toBe('yes');
  await send('yes');
  expect((await at.store.read(deal)).length).toBe(3);
});

describe('what is said when a section is saved', () => {
  let based: AtDesk;
  beforeAll(() => {
    const { policy, organisation } = basisContext();
    based = atDesk({ policy, organisation });
  });
  afterAll(() => based.end());

  const saved = async (values: Record<string, string>): Promise<string> => {
    const deal = await based.openDeal();
    await based.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
    const reply = await based.submit('rep-1', 'deal.section', { deal, section: 'record' }, values);
    return wordsOf(formIn(reply));
  };

  it('is how many of its answers stand on nothing', async () => {
    const both = await saved({ 'q:H1': 'no', 'q:H2': 'no' });
    expect(both).toContain(
      'Saved: Record. 2 answers name no source and nobody who said so: they count as not known. No flags so far.',
    );
    expect(await saved({ 'q:H1': 'yes', 'q:H2': 'no' })).toContain(
      'Saved: Record. 1 answer names no source and nobody who said so: it counts as not known. 1 flag so far',
    );
  });
  it('is nothing of it where none does', async () => {
    expect(await saved({ 'q:H1': 'yes', 'q:H2': 'unknown' })).toContain('Saved: Record. 1 flag so far');
  });
  it('and that a flag waits that somebody raised', async () => {
    const deal = await based.openDeal();
    await based.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
    const raised = {
      type: 'RaiseFlag',
      title: 'They sell it on',
      severity: 'moderate',
      note: 'Seen at a fair.',
    } as const;
    expect(await based.deals.handle(deal, raised, { actor: 'senior-1', cause: 'raises' })).toMatchObject({
      kind: 'accepted',
    });
    const values = { 'q:H1': 'no', 'q:H2': 'no' };
    const words = wordsOf(formIn(await based.submit('rep-1', 'deal.section', { deal, section: 'record' }, values)));
    expect(words).toContain('count as not known. 1 raised flag waits for compliance, shown in the thread.');
    expect(words).not.toContain('No flags so far');
  });
});
