/** A deal's id in typed text. */

import { expect, it } from 'vitest';
import { dealNamedIn } from '../../src/ids.ts';

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
