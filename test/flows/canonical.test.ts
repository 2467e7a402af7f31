import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonical } from '../../flows/canonical.ts';

/** Sorts every object, with no regard to speed. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, plain(member)]),
  );
};

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(undefined, null, true, 0, 1.5, 'x'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'B', 'é', '10', '9', ''), tie('value')),
  ),
}));

it('is one text for equal values, whether or not their members are in order', () => {
  fc.assert(
    fc.property(value, (of) => {
      expect(canonical(of)).toBe(JSON.stringify(plain(of)));
    }),
    { numRuns: 1000 },
  );
  expect(canonical({ b: undefined, a: [{ d: 1, c: undefined }] })).toBe('{"a":[{"d":1}]}');
});
