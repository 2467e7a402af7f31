import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { hiddenErrors, openContext, readContext } from '../../../blocks/forms/context.ts';
import { detailsForm, openForm, readDetailsForm, readOpenForm } from '../../../blocks/forms/open.ts';
import { VALUE_BANDS, type DealDetails } from '../../../flows/deal/deal.ts';
import { aDeal, anOrganisation, aView } from '../../support/deal-builders.ts';
import { brokenRules, inputOf, names, presets } from './support.ts';

const organisation = anOrganisation();
const HERE = { channel: 'C0CLEAR' };
const MINIMAL: FormValues = {
  customer: 'Sample Telecom',
  product: 'analytics',
  destination: 'NO',
  endUserName: 'Sample Ministry',
  endUserKind: 'security',
  exportLicence: 'not-determined',
};
const errorsOf = (values: FormValues): Record<string, string> => {
  const result = readOpenForm(values, organisation, HERE);
  return result.ok ? {} : result.errors;
};

describe('opening a deal', () => {
  it('needs no more than five answers; the licence starts at "not determined"', () => {
    const form = openForm(organisation, HERE);
    expect(JSON.stringify(form.blocks)).not.toContain('Everybody in your workspace');
    const seen = openForm(organisation, { ...HERE, public: 1 });
    expect(JSON.stringify(seen.blocks)).toContain('Everybody in your workspace can read this channel');
    expect(openContext.parse(JSON.parse(seen.context))).toEqual({ ...HERE, public: 1 });
    expect(names(form)).toEqual([
      'customer',
      'product',
      'destination',
      'endUserName',
      'endUserKind',
      'intermediaries',
      'valueBand',
      'expectedSigning',
      'exportLicence',
    ]);
    expect(presets(form)).toEqual({ exportLicence: 'not-determined' });
    expect(inputOf(form, 'exportLicence').hint).toBe('Clearance is not a licence.');
    expect(readContext(openContext, form.context)).toEqual({ channel: 'C0CLEAR' });
    expect(brokenRules(form)).toEqual([]);
  });

  it.each(['\u2028', '\u2029', '\u0085', '\n', '\r\n', '\v'])('keeps every name on one line: %j', (end) => {
    const two = (name: string): string => `${name}${end}Tier: Low`;
    const typed = { ...MINIMAL, customer: two('Customer'), endUserName: two('Ministry'), product: 'other' };
    const read = readOpenForm(
      { ...typed, productName: two('Camera'), intermediaries: `Reseller${end}Tier: Low, agent` },
      organisation,
      HERE,
    );
    // Each line of the last is one intermediary, and this one begins with half of one.
    expect(read.ok ? {} : read.errors).toEqual({ intermediaries: expect.stringMatching(/^Line 1/) });
    const others = readOpenForm({ ...typed, productName: two('Camera') }, organisation, HERE);
    expect(others.ok && others.value.details).toMatchObject({
      customer: 'Customer Tier: Low',
      product: { name: 'Camera Tier: Low' },
      endUser: { name: 'Ministry Tier: Low' },
    });
  });

  it('reads the least that it needs', () => {
    expect(readOpenForm(MINIMAL, organisation, HERE)).toEqual({
      ok: true,
      value: {
        channel: 'C0CLEAR',
        details: {
          customer: 'Sample Telecom',
          product: { id: 'analytics', name: 'Sample Analytics' },
          destination: 'NO',
          endUser: { name: 'Sample Ministry', kind: 'security' },
          intermediaries: [],
          exportLicence: 'not-determined',
        },
      },
    });
  });

  it('asks what another product is called, and keeps what was typed', () => {
    const typed = { ...MINIMAL, product: 'other', customer: 'Half-typed' };
    const form = openForm(organisation, HERE, typed);
    expect(names(form)).toContain('productName');
    expect(presets(form)).toMatchObject({ customer: 'Half-typed', product: 'other' });
    expect(Object.keys(errorsOf(typed))).toEqual(['productName']);
    expect(hiddenErrors(openForm(organisation, HERE).context, errorsOf(typed))).toEqual(['productName']);
    expect(readOpenForm({ ...typed, productName: ' Sample sensor ' }, organisation, HERE)).toMatchObject({
      value: { details: { product: { id: 'other', name: 'Sample sensor' } } },
    });
  });

  it('says at each input what is missing, foreign, of a wrong type, too long or no date', () => {
    expect(Object.keys(errorsOf({})).sort()).toEqual([
      'customer',
      'destination',
      'endUserKind',
      'endUserName',
      'exportLicence',
      'product',
    ]);
    const wrong: FormValues = {
      customer: ['Sample'],
      product: 'not-in-the-catalogue',
      destination: 'QQ',
      endUserName: '\u200b\u2060 ',
      endUserKind: 'friend',
      intermediaries: 'no role here',
      valueBand: 'a lot',
      expectedSigning: '2027-02-30',
      exportLicence: 'granted by me',
    };
    expect(Object.keys(errorsOf(wrong)).sort()).toEqual(Object.keys(wrong).sort());
    expect(errorsOf({ ...MINIMAL, customer: 'x'.repeat(201) })['customer']).toMatch(/201.*200/);
  });

  it('leaves foreign members out', () => {
    expect(readOpenForm({ ...MINIMAL, owner: 'chief-1', tier: 'low', constructor: 'x' }, organisation, HERE)).toEqual(
      readOpenForm(MINIMAL, organisation, HERE),
    );
  });

  it('says so where a catalogue is longer than a menu', () => {
    const products = Array.from({ length: 120 }, (_, i) => ({ id: `p${i}`, name: `Sample ${i}`, category: 'Sample' }));
    const form = openForm(anOrganisation({ products }), HERE);
    expect(brokenRules(form)).toEqual([]);
    expect(inputOf(form, 'product').hint).toMatch(/^21 more/);
    expect(readOpenForm({ ...MINIMAL, product: 'p119' }, anOrganisation({ products }), HERE).ok).toBe(true);
  });
});

describe('opening a deal where none is cleared', () => {
  const ANYWHERE = { chat: 'teams' } as const;
  const channels = (...ids: { id: string; name?: string; mirror?: string }[]) =>
    anOrganisation({ clearanceChannels: ids });
  const two = channels(
    { id: '19:a@thread.tacv2', name: 'deals' },
    { id: 'C0TENDERS', name: 'tenders', mirror: '19:b@thread.tacv2' },
    { id: 'C0CLEAR', name: 'slack-only' },
  );

  it('asks in which of that chat’s channels', () => {
    const form = openForm(two, ANYWHERE);
    expect(inputOf(form, 'channel').control).toMatchObject({
      options: [
        { value: '19:a@thread.tacv2', label: 'deals' },
        { value: '19:b@thread.tacv2', label: 'tenders' },
      ],
      initial: undefined,
    });
    expect(brokenRules(form)).toEqual([]);
    expect(readContext(openContext, form.context)).toEqual(ANYWHERE);
    expect(presets(openForm(two, ANYWHERE, { channel: '19:b@thread.tacv2' }))['channel']).toBe('19:b@thread.tacv2');
  });

  it('presets the only one, and gives it a name for people', () => {
    const only = channels({ id: '19:a@thread.tacv2' });
    expect(presets(openForm(only, ANYWHERE))['channel']).toBe('19:a@thread.tacv2');
    expect(JSON.stringify(openForm(only, ANYWHERE))).toContain('The clearance channel');
  });

  it('believes no channel that is not in the list', () => {
    for (const channel of ['C0CLEAR', '19:elsewhere@thread.tacv2', '', ['19:a@thread.tacv2'], undefined]) {
      const values = channel === undefined ? MINIMAL : { ...MINIMAL, channel };
      const read = readOpenForm(values, two, ANYWHERE);
      expect(read.ok ? [] : Object.keys(read.errors)).toEqual(['channel']);
    }
    expect(readOpenForm({ ...MINIMAL, channel: '19:a@thread.tacv2' }, two, ANYWHERE)).toMatchObject({
      value: { channel: '19:a@thread.tacv2' },
    });
    // A form that did not ask is not answered either.
    expect(readOpenForm({ ...MINIMAL, channel: '19:a@thread.tacv2' }, two, HERE)).toMatchObject({ value: HERE });
  });

  it('only shows that there is none', () => {
    const form = openForm(channels({ id: 'C0CLEAR' }), ANYWHERE);
    expect(form.submit).toBeUndefined();
    expect(JSON.stringify(form)).toContain('No deals are cleared in this chat');
  });
});

const visible = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((t) => t.trim())
  .filter((t) => /[\p{L}\p{N}]/u.test(t) && !t.includes('\r'));
const part = visible.map((t) => t.replace(/[,;\n]/g, '·'));
const details: fc.Arbitrary<DealDetails> = fc
  .record({
    customer: visible,
    other: fc.boolean(),
    product: visible,
    endUser: fc.record({
      name: visible,
      kind: fc.constantFrom('government' as const, 'security', 'state-tied', 'private', 'unknown'),
    }),
    intermediaries: fc.array(fc.record({ name: part, role: part }), { minLength: 0, maxLength: 4 }),
    valueBand: fc.option(fc.constantFrom(...VALUE_BANDS), { nil: undefined }),
    expectedSigning: fc.option(fc.constantFrom('2027-06-01', '2028-02-29'), { nil: undefined }),
    exportLicence: fc.constantFrom('not-needed' as const, 'pending', 'granted', 'not-determined'),
  })
  .map(({ customer, other, product, endUser, intermediaries, valueBand, expectedSigning, exportLicence }) => ({
    customer,
    product: other ? { id: 'other', name: product } : { id: 'analytics', name: 'Sample Analytics' },
    destination: 'NO',
    endUser,
    intermediaries,
    ...(valueBand === undefined ? {} : { valueBand }),
    ...(expectedSigning === undefined ? {} : { expectedSigning }),
    exportLicence,
  }));

describe('correcting the details', () => {
  it('starts from what is saved, and unchanged it reads the very same', () => {
    fc.assert(
      fc.property(details, (given) => {
        const form = detailsForm(aView(aDeal({ details: given })));
        expect(brokenRules(form)).toEqual([]);
        const read = readDetailsForm({ ...presets(form), reason: 'Sample reason' }, organisation);
        // As text: the comparison is of text.
        expect(JSON.stringify(read)).toBe(
          JSON.stringify({ ok: true, value: { details: given, reason: 'Sample reason' } }),
        );
      }),
    );
  });

  it('wants a reason', () => {
    const form = detailsForm(aView());
    expect(readDetailsForm(presets(form), organisation)).toMatchObject({
      ok: false,
      errors: { reason: expect.any(String) },
    });
  });

  it('keeps a product that left the catalogue, by its name', () => {
    const form = detailsForm(aView(aDeal(), { organisation: anOrganisation({ products: [] }) }));
    expect(presets(form)).toMatchObject({ product: 'other', productName: 'Sample Analytics' });
  });
});
