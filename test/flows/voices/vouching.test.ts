import { describe, expect, it } from 'vitest';
import { vouchingProblem, type Vouchable } from '../../../flows/voices/vouching.ts';

const waits = (id: string): Vouchable => ({ id });
const active = (id: string): Vouchable => ({ id, vouched: {} });
const gone = (id: string): Vouchable => ({ id, vouched: {}, left: '2026-11-27' });

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
