import { describe, expect, it } from 'vitest';
import { isActive, keysOf, vouchingProblem, withVouch, type Vouchable } from '../../../flows/voices/vouching.ts';

const waits = (id: string): Vouchable => ({ id });
const active = (id: string): Vouchable => ({ id, vouched: { by: 'z' } });
const gone = (id: string): Vouchable => ({ id, vouched: { by: 'z' }, left: '2026-11-27' });

describe('vouching', () => {
  it.each<[string, Vouchable[], boolean]>([
    ['the first two for each other', [waits('a'), waits('b')], true],
    ['one whom the other vouched for, in return', [active('a'), waits('b')], true],
    ['one who waits, while one alone is there', [waits('a'), waits('b'), active('c')], true],
    ['one who waits, while two are there', [waits('a'), waits('b'), active('c'), active('d')], false],
    ['one who waits, while one of two left', [waits('a'), waits('b'), active('c'), gone('d')], true],
    ['one who is there, for who waits', [active('a'), waits('b'), active('c')], true],
    ['for who is vouched for already', [active('a'), active('b')], false],
    ['for who left', [active('a'), { id: 'b', left: '2026-11-27' }], false],
    ['by who left', [gone('a'), waits('b')], false],
    ['for nobody who is known', [active('a')], false],
    ['by nobody who is known', [waits('b')], false],
  ])('%s', (_who, all, may) => {
    expect(vouchingProblem(all, 'a', 'b') === undefined).toBe(may);
  });

  it('is for nobody’s own key, at the beginning neither', () => {
    expect(vouchingProblem([waits('a')], 'a', 'a')).toContain('themselves');
    expect(vouchingProblem([waits('a'), waits('b')], 'a', 'a')).toContain('themselves');
  });
});

describe('a handler for whom two have to vouch', () => {
  const there = [active('a'), active('b')];

  it('is one who comes while two others are there; the first ones need one', () => {
    const one = withVouch([waits('a'), waits('b')], waits('b'), { by: 'a' });
    expect(isActive(one)).toBe(true);
    const third = withVouch([...there, waits('c')], waits('c'), { by: 'a' });
    expect(isActive(third)).toBe(false);
    expect(vouchingProblem([...there, third], 'a', 'c')).toContain('another one');
    expect(vouchingProblem([...there, third], 'b', 'c')).toBeUndefined();
    expect(isActive(withVouch([...there, third], third, { by: 'b' }))).toBe(true);
    expect(isActive({ ...third, also: { by: 'a' } })).toBe(false);
  });

  it('is one with a new key: two others, who are there, and never their own lost one', () => {
    const anew: Vouchable = { id: 'c2', instead: 'c' };
    const all = [...there, active('c'), anew];
    expect(vouchingProblem(all, 'c', 'c2')).toContain('themselves');
    expect(vouchingProblem(all, 'a', 'c2')).toBeUndefined();
    const once = withVouch(all, anew, { by: 'a' });
    expect(isActive(once)).toBe(false);
    expect(vouchingProblem([waits('d'), active('a'), active('c'), anew], 'd', 'c2')).toContain('vouch for you first');
    // Whoever was removed does not come back by a key.
    expect(vouchingProblem([...there, gone('c'), anew], 'a', 'c2')).toContain('has ended');
    expect(keysOf([...all, { id: 'c3', instead: 'c2' }], 'c3')).toEqual(['c3', 'c2', 'c']);
    expect(vouchingProblem([...all, { id: 'c3', instead: 'c2' }], 'c', 'c3')).toContain('themselves');
  });
});
