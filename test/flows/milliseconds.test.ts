/** Instants read by their digits are those that JavaScript reads, whatever they look like. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { millisecondsOf } from '../../flows/milliseconds.ts';

it('reads every instant as a date does', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      expect(millisecondsOf(date.toISOString())).toBe(date.getTime());
    }),
    { numRuns: 2000 },
  );
});

it('reads what only looks like one as a date does', () => {
  const seen = { none: 0, some: 0 };
  const part = (length: number) =>
    fc
      .constantFrom('0', '9', '12', '28', '29', '31', '60', 'x', '-')
      .map((text) => text.padStart(length, '0').slice(-length));
  fc.assert(
    fc.property(
      fc.tuple(part(4), part(2), part(2), part(2), part(2), part(2), part(3), fc.constantFrom('Z', '+', 'z', '')),
      ([year, month, day, hour, minute, second, rest, end]) => {
        const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.${rest}${end}`;
        expect(millisecondsOf(text)).toBe(Date.parse(text));
        seen[Number.isNaN(Date.parse(text)) ? 'none' : 'some'] += 1;
      },
    ),
    { numRuns: 5000 },
  );
  expect(seen.none).toBeGreaterThan(100);
  expect(seen.some).toBeGreaterThan(5);
  for (const text of [
    '',
    '2026-01-05',
    '2026-01-05T09:00:00+01:00',
    '2024-02-29T00:00:00.000Z',
    '2023-02-29T00:00:00.000Z',
  ])
    expect(millisecondsOf(text)).toBe(Date.parse(text));
});
