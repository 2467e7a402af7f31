/** On how much an answer stands. */

import { describe, expect, it } from 'vitest';
import type { GivenAnswer } from '../../../flows/deal/answer-shapes.ts';
import { basedOn, needsBasis, saidBy, withoutWord } from '../../../flows/deal/basis/basis.ts';
import { dealIn, newSourceProblem, sourceProblem } from '../../../flows/deal/basis/source.ts';
import type { Source } from '../../../flows/ids.ts';
import { basisPolicy } from '../../support/basis-deals.ts';
import { aDeal, answered } from '../../support/deal-builders.ts';

const policy = basisPolicy();
const on = (answer: Partial<GivenAnswer>): number | undefined =>
  basedOn(policy, { record: answered({ H1: { value: 'no', sources: [], ...answer } }) }, 0, aDeal())['H1'];
const at = (url: string, name = 'Sample report'): Source => ({ name, year: 2026, url });

describe('publishers', () => {
  it.each<[Source[], number]>([
    [[], 0],
    [[at('https://a.example.org/1')], 1],
    [[at('https://a.example.org/1'), at('https://a.example.org/2', 'Another report')], 1],
    [[at('https://a.example.org/1'), at('https://b.example.com/1')], 2],
    // Somebody may register what is below a country's second level, as below any other.
    [[at('https://a.co.uk'), at('https://b.co.uk')], 2],
    [[at('https://news.a.co.uk'), at('https://a.co.uk')], 1],
    [[at('https://a.gov.br'), at('https://b.gov.br')], 2],
    [[at('https://a.police.uk'), at('https://b.police.uk')], 1],
    [[at('https://a.org'), at('https://a.com')], 2],
    // What nobody can look up does not count, nor beside what does.
    [[{ name: 'Sample report' }], 0],
    [[{ name: 'Sample report', year: 2026 }, { name: 'Another report' }], 0],
    [[at('https://a.example.org/1'), { name: 'Another report', year: 2026 }], 1],
    [[at('https://a.example.org/1'), at('https://intranet/1'), at('https://10.0.0.1/')], 1],
  ])('of %j are %i', (sources, many) => {
    expect(on({ sources })).toBe(many);
    expect(on({ basis: { sources } })).toBe(many);
    // The same source under the answer and under its section is one.
    expect(on({ sources, basis: { sources } })).toBe(many);
  });

  it.each([
    'https://www.example.org/2',
    'https://news.example.org',
    'https://a.b.c.example.org/',
    'https://example.org./2',
    'HTTPS://NEWS.EXAMPLE.ORG/2',
    'https://example.org:8443/2',
    'https://%65xample.org/2',
    'https://ｅｘａｍｐｌｅ.org/2',
    'https://example。org',
    'https:example.org',
  ])('are one where https://example.org stands beside %s', (url) => {
    expect(on({ sources: [at('https://example.org/1'), at(url, 'Another report')] })).toBe(1);
  });

  it('and somebody’s word is worth one where there is none', () => {
    expect(on({ basis: { told: 'product-1' } })).toBe(1);
    expect(on({ basis: { told: 'product-1', sources: [at('https://a.example.org/1')] } })).toBe(1);
  });
});

describe('a source', () => {
  const said = (source: Partial<Source>, when = '2027-03-11T08:00:00.000Z'): string | undefined =>
    sourceProblem({ ...at('https://reports.example.org/a'), ...source }, when);

  it.each(['', ' ', 'x', 'X', 'xx', 'xxxx', 'n/a', 'None', 'tbd', 'unknown', 'same as above', '2026', '…', '???'])(
    'has a name: not %j',
    (name) => expect(said({ name })).toMatch(/name/),
  );
  it.each(['AP', 'UN', 'HRW', 'Amnesty', '新华社', 'Мемориал', 'Test of time, a report'])('may be called %s', (name) =>
    expect(said({ name })).toBeUndefined(),
  );

  it('has a year, neither long ago nor to come', () => {
    expect(said({ year: undefined })).toMatch(/add the year/);
    for (const year of [1948, 1989]) expect(said({ year })).toMatch(/1990 or later/);
    for (const year of [1990, 2026, 2027]) expect(said({ year })).toBeUndefined();
    for (const year of [2028, 2100]) expect(said({ year })).toMatch(/year to come/);
  });

  it('may be of the year that has begun somewhere', () => {
    expect(said({ year: 2028 }, '2027-12-31T09:59:59.999Z')).toMatch(/year to come/);
    expect(said({ year: 2028 }, '2027-12-31T10:00:00.000Z')).toBeUndefined();
  });

  it.each([
    undefined,
    'no link',
    'http://reports.example.org',
    'ftp://reports.example.org',
    'javascript:alert(1)',
    'data:text/plain,a.b',
    'https://localhost/a',
    'https://a.localhost',
    'https://127.0.0.1',
    'https://127.1',
    'https://0x7f.1/a',
    'https://2130706433',
    'https://[::1]/',
    'https://[2001:db8::1]/a',
    'https://wiki',
    'https://wiki.',
    'https://x',
    'https://com',
    'https://wiki.local',
    'https://wiki.LOCAL.',
    'https://wiki.corp.internal',
    'https://router.lan',
    'https://nas.home.arpa',
    'https://1.0.0.10.in-addr.arpa',
    'https://wiki.intranet',
    'https://wiki.corp',
    'https://reports.test',
    'https://reports.invalid',
    'https://user@reports.example.org',
    'https://user:secret@reports.example.org',
    'https://reports.example.org@evil.example.com',
    'https://',
  ])('has a link that others can open: not %j', (url) => expect(said({ url })).toMatch(/link/));

  it.each(['https://internal.example.org', 'https://local.example.org', 'https://bücher.example.org', 'https://a.рф'])(
    'may be at %s',
    (url) => expect(said({ url })).toBeUndefined(),
  );

  it.each(['As answered in D-N99EEB', 'D-0THER1', 'deal D-7K3QXM, of ours', 'See d-n99eeb', 'D‑N99EEB', 'D7K3QXM'])(
    'that somebody names is no deal: not %s; what was named before counts as it did',
    (name) => {
      const source = at('https://reports.example.org/a', name);
      expect(newSourceProblem(source)).toMatch(/a deal is no source/);
      expect(dealIn({ value: 'no', sources: [source] })).toBe(name);
      expect(dealIn({ value: 'no', sources: [], basis: { sources: [source] } })).toBe(name);
      expect(on({ sources: [source] })).toBe(1);
      // What stands in the deal may be saved again.
      expect(
        newSourceProblem(source, undefined, { record: { H1: { sources: [], basis: { sources: [source] } } } }),
      ).toBeUndefined();
    },
  );
  it.each([
    'UD-123456 report',
    'D-Day in print',
    'AD-ABCDEF1',
    'D-Market report',
    'D 202612, a report',
    'Sample report',
  ])('may be called %s, as a report', (name) =>
    expect(newSourceProblem(at('https://reports.example.org/a', name))).toBeUndefined(),
  );

  it('of a year to come, taken by an older form, does not count from when it was given', () => {
    const sources = [{ ...at('https://reports.example.org/a'), year: 2028 }];
    expect(on({ sources })).toBe(0);
  });
});

it('a question for counsel stands on counsel’s note, whatever the rep writes under it', () => {
  const laws = answered({
    L1: { value: 'yes', sources: [at('https://a.example.org/1')], basis: { told: 'product-1' } },
  });
  expect(basedOn(policy, { laws }, 0, aDeal())).toEqual({ L1: 0 });
  expect(basedOn(policy, { laws }, 1, aDeal())).toEqual({ L1: 1 });
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
