/** On how much an answer stands. */

import { describe, expect, it } from 'vitest';
import { basedOn, needsBasis, saidBy, withoutWord } from '../../../flows/deal/basis/basis.ts';
import type { GivenAnswer } from '../../../flows/deal/deal.ts';
import type { Source } from '../../../flows/ids.ts';
import { basisPolicy } from '../../support/basis-deals.ts';
import { answered } from '../../support/deal-builders.ts';

const policy = basisPolicy();
const on = (answer: Partial<GivenAnswer>): number | undefined =>
  basedOn(policy, { record: answered({ H1: { value: 'no', sources: [], ...answer } }) }, 0)['H1'];
const at = (url: string, name = 'Sample report'): Source => ({ name, url });

describe('publishers', () => {
  it.each<[Source[], number]>([
    [[], 0],
    [[at('https://a.example.org/1')], 1],
    [[at('https://a.example.org/1'), at('https://a.example.org/2', 'Another report')], 1],
    [[at('https://www.a.example.org/1'), at('https://a.example.org/2')], 1],
    [[at('https://a.example.org/1'), at('https://b.example.org/1')], 2],
    [[{ name: 'Sample  Report' }, { name: ' sample report ' }], 1],
    [[{ name: 'Sample report' }, { name: 'Another report' }], 2],
    [[at('no link', 'Sample report'), { name: 'sample report' }], 1],
  ])('of %j are %i', (sources, many) => {
    expect(on({ sources })).toBe(many);
    expect(on({ basis: { sources } })).toBe(many);
    // The same source under the answer and under its section is one.
    expect(on({ sources, basis: { sources } })).toBe(many);
  });

  it('and somebody’s word is worth one where there is none', () => {
    expect(on({ basis: { told: 'product-1' } })).toBe(1);
    expect(on({ basis: { told: 'product-1', sources: [at('https://a.example.org/1')] } })).toBe(1);
  });
});

it('a question for counsel stands on counsel’s note, whatever the rep writes under it', () => {
  const laws = answered({
    L1: { value: 'yes', sources: [at('https://a.example.org/1')], basis: { told: 'product-1' } },
  });
  expect(basedOn(policy, { laws }, 0)).toEqual({ L1: 0 });
  expect(basedOn(policy, { laws }, 1)).toEqual({ L1: 1 });
});

it('only good answers to weighty questions need a basis from their section', () => {
  const needs = (id: string, value: string): boolean =>
    needsBasis(policy, policy.question(id)!, { value, sources: [] });
  expect([needs('H1', 'no'), needs('L2', 'yes')]).toEqual([true, true]);
  expect([
    needs('H1', 'yes'),
    needs('H1', 'unknown'),
    needs('L2', 'no'),
    needs('G1', 'no'),
    needs('L1', 'yes'),
  ]).toEqual([false, false, false, false, false]);
});

it('somebody’s word is found in every section, and taken out of all of them', () => {
  const of = (told: string): GivenAnswer => ({ value: 'no', sources: [], basis: { told, sources: [{ name: 'A' }] } });
  const answers = {
    record: answered({ H1: of('product-1'), H2: of('senior-1') }),
    laws: answered({ L2: of('product-1') }),
  };
  expect(saidBy(answers, 'product-1')).toEqual(['H1', 'L2']);
  const left = withoutWord(answers, 'product-1');
  expect(saidBy(left, 'product-1')).toEqual([]);
  expect(saidBy(left, 'senior-1')).toEqual(['H2']);
  expect(left['record']?.['H1']?.basis).toEqual({ sources: [{ name: 'A' }] });
});
