/** A ballot that the decision refuses comes back at the page and the input that it is about. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { names, presets } from '../../blocks/forms/support.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
beforeAll(() => {
  const organisation = anOrganisation();
  const people = organisation.people.map((p) => (p.id === 'rep-1' ? { ...p, timeZone: 'Pacific/Kiritimati' } : p));
  at = atDesk({ organisation: { ...organisation, people } });
});
afterAll(() => at.end());

const formOf = (reply: Reply): Form => {
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  return reply.form;
};

it('says beside the date of a condition that it is a day later where its owner is', async () => {
  const deal = await at.openDeal();
  await at.answerAll(deal);
  await at.travel('2027-03-01T11:00:00.000Z');
  const open = await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` });
  const values: FormValues = {
    outcome: 'approve-with-conditions',
    rationale: 'The use is narrow, and we look at it again.',
    cx: 'Look at the logs',
    'co:cx': 'rep-1',
    'cd:cx': '2027-03-01',
  };
  let form = formOf(open);
  let refused: Form | undefined;
  for (let page = 0; page < 8 && !refused; page += 1) {
    const asked = Object.fromEntries(Object.entries(values).filter(([name]) => names(form).includes(name)));
    // "With conditions" brings their inputs.
    if ('outcome' in asked && !names(form).includes('cx')) {
      const act = { form: form.name, context: form.context, values: { ...presets(form), ...asked } };
      form = formOf(await at.ask('compliance-1', { kind: 'change', input: 'outcome', ...act }));
      continue;
    }
    const reply = await at.ask('compliance-1', {
      kind: 'submit',
      form: form.name,
      context: form.context,
      values: { ...presets(form), ...asked },
    });
    if (JSON.stringify(reply).includes('a day later')) refused = formOf(reply);
    else form = formOf(reply);
  }
  expect(refused?.name).toBe('deal.review');
  const blocks = refused?.blocks ?? [];
  const date = blocks.findIndex((b) => b.kind === 'input' && b.name === 'cd:cx');
  expect(JSON.stringify(blocks[date + 1])).toContain('It is a day later where the owner is');
  expect(refused && presets(refused)).toMatchObject(values);
  expect(await at.deals.view(deal)).toMatchObject({ deal: { status: 'deciding', votes: [] } });
});
