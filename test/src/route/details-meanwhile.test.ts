/** Two people correct a deal's details: each keeps what the other corrected, and nobody overwrites unseen. */

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { detailsForm, readDetailsForm } from '../../../blocks/forms/open.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import { detailsBase, mergeDetails } from '../../../flows/deal/sections/merging-details.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { presets } from '../../blocks/forms/support.ts';
import { aDeal, anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk();
});
afterEach(() => at.end());

const started = async (): Promise<{ deal: string; open: () => Promise<Form> }> => {
  const deal = await at.openDeal();
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
  await at.submit('rep-1', 'deal.hand-over', { deal, section: 'product' }, { person: 'product-1' });
  const open = async (): Promise<Form> => {
    const view = await at.deals.view(deal);
    if (!view) throw new Error('no deal');
    return detailsForm(view);
  };
  return { deal, open };
};
const save = (person: string, form: Form, changed: FormValues): Promise<Reply> =>
  at.ask(person, {
    kind: 'submit',
    form: form.name,
    context: form.context,
    values: { ...presets(form), reason: 'It was wrong.', ...changed },
  });
const detailsOf = async (deal: string) => (await at.deals.view(deal))?.deal.details;

describe('details corrected from a form that is no longer new', () => {
  it('changes only what its person changed', async () => {
    const { deal, open } = await started();
    const stale = await open();
    await save('rep-1', await open(), { endUserKind: 'private', intermediaries: 'Sample Reseller, reseller' });
    expect((await save('product-1', stale, { customer: 'Another Telecom' })).kind).toBe('done');
    expect(await detailsOf(deal)).toMatchObject({
      customer: 'Another Telecom',
      endUser: { kind: 'private' },
      intermediaries: [{ name: 'Sample Reseller' }],
    });
  });

  it('shows both where both corrected the same, and saves the own one only then', async () => {
    const { deal, open } = await started();
    const stale = await open();
    await save('rep-1', await open(), { destination: 'SE', valueBand: '1m-10m' });
    const before = await at.commits();
    const reply = await save('product-1', stale, { destination: 'FI' });
    if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
    expect(await at.commits()).toBe(before);
    expect(presets(reply.form)).toMatchObject({ destination: 'FI', valueBand: '1m-10m', reason: 'It was wrong.' });
    expect(JSON.stringify(reply.form.blocks)).toMatch(/“Destination country”.*rep-1.*corrected it meanwhile.*Sweden/);
    // Still there when the form is redrawn.
    const act = { form: reply.form.name, context: reply.form.context, values: presets(reply.form) };
    const grown = await at.ask('product-1', { kind: 'change', input: 'product', ...act });
    expect(JSON.stringify(grown)).toContain('corrected it meanwhile');
    expect((await save('product-1', reply.form, {})).kind).toBe('done');
    expect(await detailsOf(deal)).toMatchObject({ destination: 'FI', valueBand: '1m-10m' });
  });

  it('says that nothing was changed where nothing was', async () => {
    const { open } = await started();
    const stale = await open();
    await save('rep-1', await open(), { destination: 'SE' });
    expect(JSON.stringify(await save('product-1', stale, {}))).toContain('Nothing was changed.');
  });

  it('of before it said what it showed is taken as it is', async () => {
    const { deal, open } = await started();
    const stale = await open();
    await save('rep-1', await open(), { destination: 'SE' });
    await at.submit('product-1', 'deal.details', { deal }, { ...presets(stale), customer: 'X', reason: 'Old form.' });
    expect(await detailsOf(deal)).toMatchObject({ customer: 'X', destination: 'NO' });
  });
});

const details = fc.record({
  customer: fc.constantFrom('A', 'B', 'C'),
  destination: fc.constantFrom('NO', 'SE', 'FI'),
  product: fc.constantFrom({ id: 'analytics', name: 'Sample Analytics' }, { id: 'other', name: 'Own' }),
  endUser: fc.record({
    name: fc.constantFrom('X', 'Y'),
    kind: fc.constantFrom('security' as const, 'private' as const),
  }),
  intermediaries: fc.constantFrom<DealDetails['intermediaries']>([], [{ name: 'Sample', role: 'reseller' }]),
  valueBand: fc.constantFrom(undefined, '1m-10m' as const),
  expectedSigning: fc.constantFrom(undefined, '2027-06-01', '2027-07-01'),
  exportLicence: fc.constantFrom('pending' as const, 'granted' as const),
});

it('for any two corrections: what neither changed stays, what one changed is that, no other is lost unseen', () => {
  const parts = (d: DealDetails): [string, string][] =>
    Object.entries({ ...d, endUser: undefined, kind: d.endUser.kind, name: d.endUser.name }).map(([k, v]) => [
      k,
      JSON.stringify(v) ?? '',
    ]);
  fc.assert(
    fc.property(details, details, details, (base, theirs, mine) => {
      const deal = aDeal({ details: theirs });
      const merged = mergeDetails(deal, { base: detailsBase(base), mine });
      const [b, t, m, a] = [base, theirs, mine, merged.details].map((d) => Object.fromEntries(parts(d)));
      let both = 0;
      for (const part of Object.keys(b ?? {})) {
        const [before, their, my, after] = [b?.[part], t?.[part], m?.[part], a?.[part] ?? ''];
        expect([part, after]).toEqual([part, my === before ? their : my]);
        if (my !== before && their !== before && my !== their) both += 1;
      }
      expect(merged.clashes.length).toBe(both);
    }),
    { numRuns: 500 },
  );
});

it('a form that nobody touched reads as what it showed', () => {
  fc.assert(
    fc.property(details, (given) => {
      const organisation = anOrganisation();
      const view = { deal: aDeal({ details: given }), organisation } as Parameters<typeof detailsForm>[0];
      const read = readDetailsForm({ ...presets(detailsForm(view)), reason: 'Typo.' }, organisation);
      expect(read.ok && detailsBase(read.value.details)).toEqual(detailsBase(given));
    }),
    { numRuns: 200 },
  );
});
