/** A company in between whose part names another: a form takes what stands behind the last comma for its part. */

import { expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { calledEver } from '../../../../flows/deal/context/ever-said.ts';
import { dealNamed, noteOf, noteOfParties, openNamed } from '../../../support/twins.ts';

const FLAG: DealCommand = { type: 'RaiseFlag', title: 'Their guards hunt porters by their faces.' };
const flagged = (name: string) =>
  dealNamed('D-F1RST1', {}, { endUser: { name, kind: 'government' } }).and('product-1', FLAG);
const bad = flagged('Kestrel Harbour Board');
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

it.each(['National Customs Office', 'Transport Support Service', 'The Main Trading Company', 'Customs and Storage'])(
  'is heard where each word of it is a common one: “%s”',
  (name) => {
    for (const role of [`buys for the ${name}`, name.toLowerCase()])
      expect(JSON.stringify(noteOf(through('Siskin Trading', role), flagged(name)) ?? {})).toContain('hunt porters');
  },
);

it('is none where its part says only what it does', () => {
  const { deal } = through('Siskin Trading', 'local sales agent and distributor').view;
  expect(calledEver(deal).besides).toEqual(['Curlew Wool Office', 'Siskin Trading']);
  expect(noteOfParties(through('Siskin Trading', 'reseller'), bad)).toBeUndefined();
});
