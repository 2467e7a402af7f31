/** Holds that were stored with the key of an older rule still reach their deals. */

import { expect, it } from 'vitest';
import { isHeldBy } from '../../../../flows/deal/context/holds.ts';
import { aDeal } from '../../../support/deal-builders.ts';

it.each([
  ['Heard Road Agency', 'heardroadagency'],
  // With a Cyrillic letter, which the older rule kept.
  ['Heаrd Road Agency', 'heаrdroadagency'],
  ['The Road Agency of Heard', 'theroadagencyofheard'],
])('a hold on %j with the key %j', (name, key) => {
  const held = (other: string): boolean =>
    isHeldBy(aDeal({ details: { ...aDeal().details, endUser: { name: other, kind: 'government' } } }), {
      id: 'hold-1',
      on: { of: 'end-user', name, key },
    });
  expect(held('Heard Road Agency')).toBe(true);
  expect(held(name)).toBe(true);
  expect(held('Heard Weather Office')).toBe(false);
});
