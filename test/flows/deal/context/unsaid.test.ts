/** The rep names the end-user only in the next deal: whoever the same company sells to may be the one whom nobody named. */

import { expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { isWaiting } from '../../../../flows/deal/context/worries.ts';
import { isOnlyBeside } from '../../../../flows/deal/only-beside.ts';
import type { EndUserKind } from '../../../../flows/policy/policy.ts';
import { pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { noteOfParties, openNamed, told } from '../../../support/twins.ts';

const BUYER = 'Gannet Holding';
const TITLE = 'The buyer said they want to read the post of union leaders.';
const raise: DealCommand = { type: 'RaiseFlag', title: TITLE } as DealCommand;
const of = (id: string, name: string, kind: EndUserKind, more = {}): Story =>
  openNamed(id, { customer: BUYER, endUser: { name, kind }, ...more }, pictureContext());
const withdraw: DealCommand = { type: 'Withdraw', reason: 'The customer has not said who uses it' };
const flagged = (name: string, kind: EndUserKind): Story =>
  of('D-UNSA1D', name, kind).and('product-1', raise).and('rep-1', withdraw);

it.each<[string, EndUserKind]>([
  ['Not known yet', 'unknown'],
  ['Somebody of Reykjavik', 'unknown'],
])('what was said while it was called “%s” (%s) waits on the deal that names it', (name, kind) => {
  const first = flagged(name, kind);
  for (const more of [{}, { product: { id: 'other', name: 'Depot clock' }, destination: 'SE' }]) {
    const next = told(of('D-NAMED1', 'Fisheries Quota Board', 'government', more), first);
    const heard = next.view.deal.others?.worries?.filter(({ deal }) => deal === 'D-UNSA1D') ?? [];
    expect(heard.map(({ of: what }) => what)).toContain('flag');
    expect(heard.some(isOnlyBeside)).toBe(false);
    expect(heard.some((worry) => isWaiting(next.view, worry))).toBe(true);
  }
});

it('is heard also where it was said under a name, and the next one names nobody', () => {
  const first = flagged('Fisheries Quota Board', 'government');
  const next = told(of('D-NEXT11', 'Not known yet', 'unknown', { destination: 'SE' }), first);
  expect(next.view.deal.others?.worries).toMatchObject([{ deal: 'D-UNSA1D' }]);
});

it('is not heard by another customer’s, and only beside one whose end-user was always known', () => {
  const first = flagged('Not known yet', 'unknown');
  expect(
    noteOfParties(of('D-0THER1', 'Fisheries Quota Board', 'government', { customer: 'Heron Trading' }), first),
  ).toBeUndefined();
  const known = flagged('Lighthouse Keepers', 'government');
  const beside = told(of('D-0THER2', 'Fisheries Quota Board', 'government', { destination: 'SE' }), known);
  expect(beside.view.deal.others?.worries?.every(isOnlyBeside)).toBe(true);
});

it('is heard as well once another end-user was named there', () => {
  const first = of('D-UNSA1D', 'Not known yet', 'unknown').and('product-1', raise);
  const details = { ...first.view.deal.details, endUser: { name: 'Depot Keepers', kind: 'private' as const } };
  const named = first.and('rep-1', { type: 'CorrectDetails', details, reason: 'They told us now who uses it.' });
  const next = told(
    of('D-NAMED1', 'Fisheries Quota Board', 'government', { destination: 'SE' }),
    named.and('rep-1', withdraw),
  );
  expect(next.view.deal.others?.worries?.some((worry) => !isOnlyBeside(worry))).toBe(true);
});

it('may be the same of two deals of which neither names anybody, and is not said to be', () => {
  const first = flagged('Not known yet', 'unknown');
  for (const customer of [BUYER, 'Heron Trading']) {
    const next = told(of('D-NEXT33', 'Not known yet', 'unknown', { customer, destination: 'SE' }), first);
    expect(next.view.deal.others?.worries).toMatchObject([{ deal: 'D-UNSA1D', shares: 'name' }]);
  }
});

it.each(['Gannet Holding Ltd', 'Gannets Holding', 'Gannet Holding Group'])(
  'waits as well where the company is called “%s” in the next deal',
  (customer) => {
    const first = flagged('Not known yet', 'unknown');
    const next = told(of('D-NAMED1', 'Fisheries Quota Board', 'government', { customer }), first);
    const heard = next.view.deal.others?.worries ?? [];
    expect(heard.some((worry) => !isOnlyBeside(worry) && isWaiting(next.view, worry))).toBe(true);
  },
);
