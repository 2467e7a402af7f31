/** Person × sheet × right, against the rule in the test's own words. */

import { describe, expect, it } from 'vitest';
import { membersOf } from '../../../flows/organisation.ts';
import { begins } from '../../../flows/registers/sheet-owners.ts';
import {
  judgeRefusal,
  readsAsked,
  readsDispute,
  saveRefusal,
  settleRefusal,
} from '../../../flows/registers/sheet-rights.ts';
import type { SheetOf } from '../../../flows/sheet.ts';
import { COUNTRY, PRODUCT, sheetOrganisation, withoutManager } from '../../support/sheets.ts';

const OTHER: SheetOf = { of: 'product', product: 'other', name: 'Sample Drone' };
const DISPUTE = {
  id: 'dispute-1',
  version: 1,
  questions: ['P1'],
  reason: 'It records faces.',
  by: 'rep-2',
  at: '2027-03-01',
};

/** Its disputed answer is of one, confirmed by another. */
const SHEET = (on: SheetOf) => ({
  on,
  answers: {
    P1: {
      value: 'no',
      sources: [],
      by: 'compliance-2',
      at: '2027-02-01',
      confirmed: { by: 'chief-1', at: '2027-02-02' },
    },
    P2: { value: 'no', sources: [], by: 'compliance-1', at: '2027-02-01' },
  },
});

describe.each([
  ['with a product manager', sheetOrganisation()],
  ['without one', sheetOrganisation({ products: withoutManager() })],
])('%s', (_name, organisation) => {
  const people = [...organisation.people.map(({ id }) => id), 'stranger'];
  const compliance = [organisation.roles.compliance, organisation.roles.chief].flatMap((id) =>
    membersOf(organisation, id),
  );
  const counsel = membersOf(organisation, 'counsel');
  const manager = organisation.products.find(({ id }) => id === 'analytics')?.manager;
  const keepers: readonly [SheetOf, readonly string[]][] = [
    [PRODUCT, [...compliance, ...(manager === undefined ? [] : [manager])]],
    [COUNTRY, [...compliance, ...counsel]],
    [OTHER, compliance],
  ];

  it.each(keepers)('%j', (on, keep) => {
    for (const id of people) {
      const may = keep.includes(id);
      expect([id, saveRefusal(organisation, on, id) === undefined]).toEqual([id, may]);
      expect([id, settleRefusal(organisation, SHEET(on), DISPUTE, id) === undefined]).toEqual([
        id,
        may && !['rep-2', 'compliance-2', 'chief-1'].includes(id),
      ]);
      // What somebody wrote is read by who answers it, who judges, and whoever wrote it.
      const reads = may || counsel.includes(id) || compliance.includes(id) || id === 'rep-2';
      expect([id, readsDispute(organisation, { on }, DISPUTE, id)]).toEqual([id, reads]);
      // That somebody was asked says that a deal is open.
      const asked = { on, at: '2027-03-01', to: ['senior-1'] };
      expect([id, readsAsked(organisation, asked, id)]).toEqual([id, may || id === 'senior-1']);
      const waits = { by: 'compliance-1', answers: {} };
      expect([id, judgeRefusal(organisation, waits, id) === undefined]).toEqual([
        id,
        compliance.includes(id) && id !== 'compliance-1',
      ]);
      expect([id, begins(organisation, on.of, id)]).toEqual([
        id,
        compliance.includes(id) || (on.of === 'country' && counsel.includes(id)),
      ]);
    }
    expect(keep.some((id) => people.includes(id))).toBe(true);
  });

  it('an answer of one’s own among lighter ones is confirmed by somebody else', () => {
    const answer = { value: 'no', sources: [], by: 'compliance-2', at: '2027-03-01' };
    const waits = { by: 'product-1', answers: { P1: answer } };
    expect(judgeRefusal(organisation, waits, 'compliance-2')).toContain('somebody else');
    expect(judgeRefusal(organisation, waits, 'compliance-1')).toBeUndefined();
  });
});
