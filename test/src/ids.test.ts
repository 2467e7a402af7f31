/** A deal's id in typed text. */

import { expect, it } from 'vitest';
import { dealNamedIn, dealsSpelledIn, withDealNamed } from '../../src/ids.ts';

it.each([
  ['status D-7K3QXM', 'D-7K3QXM'],
  ['status d-7k3qxm, please', 'D-7K3QXM'],
  ['D-AAAAAA and D-BBBBBB', 'D-AAAAAA'],
  // The capital forms of these letters name the deal.
  ['status d-ſſſſſſ', 'D-SSSSSS'],
  ['status D-ﬀﬀﬀ', 'D-FFFFFF'],
  ['status D-…', undefined],
  ['status D-12345', undefined],
  ['status AD-7K3QXM', undefined],
  ['', undefined],
])('%s: %s', (words, id) => {
  expect(dealNamedIn(words)).toBe(id);
});

it.each([
  ['who approved 7K3QXM?', ['D-7K3QXM'], 'who approved D-7K3QXM?'],
  ['status of D7K3QXM', ['D-7K3QXM'], 'status of D-7K3QXM'],
  ['D 7k3qxm', ['D-7K3QXM'], 'D-7K3QXM'],
  // Words and dates are none, nor is a part of either.
  ['MEKONG 202611 AD7K3QXM 7K3QXM-2 2026-7K3QXM', [], undefined],
  ['O0LIU1', [], undefined],
])('%s: spelled without its sign', (words, ids, named) => {
  expect(dealsSpelledIn(words)).toEqual(ids);
  const [id] = ids;
  if (id !== undefined) expect(withDealNamed(words, id)).toBe(named);
});
