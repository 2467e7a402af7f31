/** The watch list shows how old what was written on each country is. */

import { expect, it } from 'vitest';
import { watchCard } from '../../../blocks/cards/watch.ts';
import type { WatchStanding } from '../../../flows/registers/watch-list.ts';
import { briefOf } from '../../support/every-sheet.ts';
import { sheetOrganisation } from '../../support/sheets.ts';
import { actionsOf, plain } from './plain.ts';

const standing = (country: string): WatchStanding => ({
  country,
  deals: 1,
  since: '2027-03-01T09:00:00.000Z',
  due: '2027-06-01',
  overdue: false,
});
const shown = (now: string, briefs?: Parameters<typeof watchCard>[1]['briefs']) =>
  watchCard([standing('NO'), standing('SE')], { reader: 'chief-1', organisation: sheetOrganisation(), briefs, now });

it('has the version, day and end of each brief, and where none is', () => {
  const card = shown('2027-03-02T09:00:00.000Z', { 'country:NO': briefOf('NO') });
  expect(plain(card)).toMatch(
    /Norway\..*Brief: version 1 of 1 February 2027, by @counsel-1, valid until 1 February 2028\./,
  );
  expect(plain(card)).toMatch(/Sweden\..*No country brief yet\./);
  expect(actionsOf(card).filter(({ name }) => name === 'desk.show-sheet')).toMatchObject([
    { value: 'country/NO', label: 'Brief' },
    { value: 'country/SE', label: 'Brief' },
  ]);
});

it('says that one ran out', () => {
  expect(plain(shown('2028-03-02T09:00:00.000Z', { 'country:NO': briefOf('NO') }))).toContain('which is over');
});

it('is silent about briefs where the policy has none', () => {
  const card = shown('2027-03-02T09:00:00.000Z');
  expect(plain(card)).not.toContain('rief');
  expect(actionsOf(card).map(({ name }) => name)).not.toContain('desk.show-sheet');
});
