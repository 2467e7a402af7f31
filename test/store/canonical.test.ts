import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, canonicalJson } from '../../store/canonical.ts';

/** Sorts with no regard to speed. */
const plain = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(plain).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${plain(member)}`).join(',')}}`;
};

describe('canonical JSON', () => {
  it('is one text for a value, whatever the order of its members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value);
        expect(text).toBe(plain(value));
        expect(canonical(JSON.parse(text))).toBe(text);
        expect(canonicalJson(value)).toBe(text);
      }),
    );
    expect(canonical({ 10: 1, 9: 2, b: 3, a: 4, ['__proto__']: 5 })).toBe('{"10":1,"9":2,"__proto__":5,"a":4,"b":3}');
    expect(canonical([-0, 1e21, '\ud800', '\u2028'])).toBe(String.raw`[0,1e+21,"\ud800","${'\u2028'}"]`);
  });

  it.each([[undefined], [Number.NaN], [[undefined]], [{ a: undefined }], [new Date(0)], [() => 1], [1n]])(
    'has no text for %s',
    (value) => {
      expect(() => canonical(value)).toThrow(TypeError);
    },
  );

  it('is what JSON makes of a value, if asked for', () => {
    const value = { b: undefined, a: [undefined, { c: undefined, d: 1 }] };
    expect(canonicalJson(value)).toBe(canonical(JSON.parse(JSON.stringify(value))));
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  });
});
