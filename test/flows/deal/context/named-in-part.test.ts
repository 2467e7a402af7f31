/** A company in between whose part names another: a form takes what stands behind the last comma for its part. */

import { expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { calledEver } from '../../../../flows/deal/context/ever-said.ts';
import { dealNamed, noteOf, openNamed } from '../../../support/twins.ts';

const FLAG: DealCommand = { type: 'RaiseFlag', title: 'Their guards hunt porters by their faces.' };
const bad = dealNamed('D-F1RST1', {}, { endUser: { name: 'Kestrel Harbour Board', kind: 'government' } }).and(
  'product-1',
  FLAG,
);
const through = (name: string, role: string) =>
  openNamed('D-SEC0ND', {
    endUser: { name: 'Curlew Wool Office', kind: 'government' },
    customer: 'Curlew Wool Office',
    intermediaries: [{ name, role }],
  });

it.each([
  ['Kestrel Harbour Board', 'buyer'],
  ['Siskin Trading', 'buys for Kestrel Harbour Board'],
  ['Siskin Trading', 'BUYS FOR KESTREL HARBOUR BOARD'],
  ['Board', 'Kestrel Harbour'],
])('is heard: “%s, %s”', (name, role) => {
  expect(JSON.stringify(noteOf(through(name, role), bad) ?? {})).toContain('Their guards hunt porters');
});

it('is none where its part says only what it does', () => {
  const { deal } = through('Siskin Trading', 'local sales agent and distributor').view;
  expect(calledEver(deal).besides).toEqual(['Curlew Wool Office', 'Siskin Trading']);
  expect(noteOf(through('Siskin Trading', 'reseller'), bad)).toBeUndefined();
});
