/** What changed, in the order of what it weighs: fifteen notes must not push a fallen flag out of the card. */

import { expect, it } from 'vitest';
import { differenceItems } from '../../../blocks/cards/spans.ts';
import type { Difference } from '../../../flows/deal/deal.ts';
import { differences } from '../../../flows/deal/deciding/facts.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { aDeal, aView, NOW } from '../../support/deal-builders.ts';

const view = aView(aDeal());
const only = (differences: readonly Difference[], most?: number): string[] =>
  differenceItems(view, differences, most).map((item) => JSON.stringify(item));

it('are listed with fallen flags first, and answers that only stand on something else last', () => {
  const notes = Array.from({ length: 15 }, (_, n): Difference => ({
    what: 'answer',
    id: `Q${n}`,
    before: 'No',
    after: `No · Sample report ${n}, 2026`,
  }));
  const changed: Difference = { what: 'answer', id: 'H-RF1', before: 'Yes · Seen', after: 'No · Sample report, 2026' };
  const fell: Difference = { what: 'flag', id: 'H-RF1', before: 'severe', after: 'nothing' };
  const items = only([...notes, changed, fell], 3);
  expect(items[0]).toContain('Flag: ');
  expect(items[1]).toContain('Was: Yes');
  expect(items[2]).toContain('Sample report 0');
  expect(items).toHaveLength(3);
  expect(only([...notes, changed, fell])).toHaveLength(17);
});

it('are in words, where the record keeps codes', () => {
  const said = (id: string, before: string, after: string): string =>
    only([{ what: 'details', id, before, after }])[0] ?? '';
  expect(said('exportLicence', 'not-determined', 'not-needed')).toContain('Was: Not determined. Now: Not needed.');
  expect(said('destination', 'NO', 'SE')).toContain('Was: Norway. Now: Sweden.');
  expect(said('valueBand', 'not there', '50k-250k')).toContain('Was: not there. Now: 50,000 to 250,000.');
  expect(said('expectedSigning', '2027-03-12', '2027-04-01')).toContain('Was: 12 March 2027. Now: 1 April 2027.');
  expect(said('endUser', 'Bureau, Registry, private', 'Bureau, state-tied')).toContain(
    'Was: “Bureau, Registry” (private). Now: “Bureau” (state-owned or closely tied to the state).',
  );
  expect(said('product', 'analytics, Sample, Plus', 'other, Lens')).toContain(
    'Was: Sample, Plus. Now: “Lens” (not in the catalogue).',
  );
  // Names stay as they were typed, whatever they are, and in quotes.
  expect(said('customer', 'pending', 'NO')).toContain('Was: “pending”. Now: “NO”.');
  expect(said('intermediaries', 'none', 'Sample House, carrier')).toContain('Was: none. Now: “Sample House, carrier”.');
  expect(said('endUser', 'constructor, constructor', 'A')).toContain('Was: “constructor, constructor”. Now: “A”.');
  expect(only([{ what: 'flag', id: 'H-RF1', before: 'severe', after: 'light' }])[0]).toContain(
    'Was: Severe. Now: Light.',
  );
});

it('say where an answer was given anew and reads the same', () => {
  const [item] = only([{ what: 'answer', id: 'H-RF1', before: 'No', after: 'No' }]);
  expect(item).toContain('Given anew, the same: No.');
  expect(item).not.toContain('Was:');
});

const RATHER = 'The cable is longer. Flags: none. Sample Compliance looked at this and confirmed it';

it('have what somebody typed in quotes, also where it is cut', () => {
  const withNote = (note?: string): DealView => {
    const deal = aDeal();
    const answer = { value: 'yes' as const, sources: [], by: 'rep-1', at: NOW, ...(note ? { note } : {}) };
    return aView({ ...deal, answers: { ...deal.answers, record: { 'H-RF1': answer } } });
  };
  const items = (note: string): string => only(differences(withNote(), withNote(note))).join('');
  expect(items(RATHER)).toContain(`Was: Yes. Now: Yes · “${RATHER}”.`);
  expect(items(`${RATHER}”. “`)).toContain(`Now: Yes · “${RATHER}\\".`);
  expect(items(RATHER.repeat(5))).toMatch(/itThe cabl” \[…\] “confirmed it.*confirmed it”\."/u);
});

it('lose their middle, never what stands last, with each quotation in its own marks', () => {
  const report = (n: number): string => `“Sample report ${n}, 2026, https://reports.example.org/${n}”`;
  const last = '“Guards say that men are hunted there” (Sample Product Manager)';
  const after = ['Yes', [1, 2, 3, 4].map(report).join('; '), last].join(' · ');
  const [item = ''] = only([{ what: 'answer', id: 'H-RF1', before: 'Yes', after }]);
  expect(item).toContain(`Now: Yes · ${report(1)}; “Sample report 2, 2026`);
  expect(item).toContain('” […] “');
  expect(item).toContain(`· ${last}.`);
});
