/** Words of other deals that this one does not say: whose they are, and what hides them. */

import { describe, expect, it } from 'vitest';
import { wordsElsewhere } from '../../../../flows/deal/context/words-ever.ts';
import type { WordsEver } from '../../../../flows/deal/context/words-shapes.ts';
import type { OpenedDeal } from '../../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import { aDeal, allAnswers, anOrganisation, aPolicy, NOW } from '../../../support/deal-builders.ts';

const viewOf = (deal: OpenedDeal): DealView => dealView(deal, aPolicy(), anOrganisation(), NOW);
const SOURCE = {
  name: 'Register of strikers whose phones they read',
  year: 2026,
  url: 'https://reports.example.org/z',
};

const withSource = (id: string, by: string): OpenedDeal => {
  const answers = allAnswers();
  const given = answers['record']!['H-RF1']!;
  return {
    ...aDeal({ id, owner: by, requester: by, team: [by] }),
    answers: { ...answers, record: { ...answers['record'], 'H-RF1': { ...given, by, sources: [SOURCE] } } },
  };
};

const texts = (view: DealView, other: OpenedDeal, said: readonly WordsEver[] = []): string[] =>
  wordsElsewhere(view, [viewOf(other)], new Map([[other.id, said]])).map(({ by, text }) => `${by}: ${text}`);

const withdrawn = (by: string, text: string, at: string): WordsEver => ({
  of: 'withdrawn',
  text,
  by,
  at,
  gone: false,
  grave: true,
});

describe('a source of a colleague’s deal', () => {
  it('is theirs also where the rep gives it under the same question: no page prints all, nor in full', () => {
    const mine = viewOf(withSource('D-MINE01', 'rep-1'));
    expect(texts(mine, withSource('D-OTHER1', 'product-1'))).toContain(`product-1: ${SOURCE.name}`);
  });
  it('is, where the rep only saved it for later', () => {
    const { answers, ...deal } = withSource('D-MINE01', 'rep-1');
    const mine = viewOf({ ...deal, answers: allAnswers(), drafts: { record: answers['record']! } });
    expect(texts(mine, withSource('D-OTHER1', 'product-1'))).toContain(`product-1: ${SOURCE.name}`);
  });
  it('is not said again where they gave it here, too', () => {
    const mine = viewOf({ ...withSource('D-MINE01', 'product-1'), team: ['rep-1', 'product-1'] });
    expect(texts(mine, withSource('D-OTHER1', 'product-1'))).toEqual([]);
  });
});

describe('what is read first', () => {
  it('is what somebody sent back, before what votes asked for; and each sentence once before any comes again', () => {
    const mine = viewOf(aDeal({ id: 'D-MINE01' }));
    const other = aDeal({ id: 'D-OTHER1', owner: 'product-1', team: ['product-1'] });
    const of = (of: WordsEver['of'], by: string, text: string, day: number): WordsEver => ({
      ...withdrawn(by, text, `2027-02-0${day}T09:00:00.000Z`),
      of,
    });
    const all = [
      of('returned', 'compliance-1', 'One month is nothing.', 1),
      of('condition', 'compliance-1', 'An auditor checks the list.', 2),
      of('reasons', 'compliance-1', 'Acceptable with these.', 3),
      of('reasons', 'senior-1', 'Acceptable with these.', 4),
      of('reasons', 'senior-2', 'Acceptable with these.', 5),
      of('condition', 'senior-2', 'They train their officers.', 1),
    ];
    const said = texts(mine, other, all);
    expect(said[0]).toBe('compliance-1: One month is nothing.');
    expect(said).toHaveLength(all.length);
    expect(new Set(said.slice(0, 4).map((one) => one.split(': ')[1])).size).toBe(4);
  });

  it('is something of each kind that one person said, however much they said of one of them since', () => {
    const mine = viewOf(aDeal({ id: 'D-MINE01' }));
    const words = 'They look for strikers with it.';
    const companies = Array.from({ length: 14 }, (_, n) => ({
      name: `Sample box maker ${n}`,
      role: `carries box ${n}`,
    }));
    const { details, ...other } = aDeal({ id: 'D-OTHER1', owner: 'product-1', team: ['product-1'] });
    const many = { ...other, details: { ...details, intermediaries: companies } };
    const betweenBy = companies.map((one) => ({ ...one, by: 'product-1', at: '2027-02-05T09:00:00.000Z' }));
    const reason: WordsEver = {
      ...withdrawn('product-1', words, '2027-02-01T09:00:00.000Z'),
      of: 'corrected',
      grave: false,
    };
    const said = texts(mine, { ...many, betweenBy }, [reason]);
    expect(said.length).toBeGreaterThan(14);
    expect(said.indexOf(`product-1: ${words}`)).toBeLessThan(3);
  });
});

describe('the same words of two people', () => {
  const words = 'Their police read the phones of strikers. I saw it.';
  const asked = '“Their police read the phones of strikers”? I saw it?';
  it('stand in the name of each, whoever said them later or with other signs', () => {
    const mine = viewOf(aDeal({ id: 'D-MINE01' }));
    const other = aDeal({ id: 'D-OTHER1', owner: 'product-1', team: ['product-1'] });
    const said = [
      withdrawn('counsel-1', words, '2027-02-01T09:00:00.000Z'),
      withdrawn('product-1', asked, '2027-02-02T09:00:00.000Z'),
    ];
    const found = texts(mine, other, said);
    expect(found).toContain(`counsel-1: ${words}`);
    expect(found).toContain(`product-1: ${asked}`);
  });
  it('of one stand once, the graver first', () => {
    const mine = viewOf(aDeal({ id: 'D-MINE01' }));
    const other = aDeal({ id: 'D-OTHER1', owner: 'product-1', team: ['product-1'] });
    const said = [
      withdrawn('product-1', words, '2027-02-01T09:00:00.000Z'),
      withdrawn('product-1', words.toUpperCase(), '2027-02-02T09:00:00.000Z'),
    ];
    expect(texts(mine, other, said)).toHaveLength(1);
  });
});

describe('who is in between', () => {
  const words = 'Their police read the phones of strikers? I saw it?';
  const between = [{ name: 'Sample House', role: words }];
  const named = (more: Partial<OpenedDeal>): OpenedDeal => {
    const deal = aDeal({
      id: 'D-OTHER1',
      requester: 'rep-2',
      team: ['rep-2', 'product-1'],
      owner: 'product-1',
      ...more,
    });
    return { ...deal, details: { ...deal.details, intermediaries: between } };
  };
  const mine = viewOf(aDeal({ id: 'D-MINE01' }));
  it('was named by who asked for the deal, whoever looks after it since', () => {
    expect(texts(mine, named({}))).toEqual([`rep-2: Sample House, ${words}`]);
  });
  it('is said again where this deal turns it by its signs', () => {
    const turned = viewOf({
      ...aDeal({ id: 'D-MINE01' }),
      details: { ...aDeal().details, intermediaries: [{ name: 'Sample House', role: words.replaceAll('?', '!') }] },
    });
    expect(texts(turned, named({}))).toEqual([`rep-2: Sample House, ${words}`]);
    const same = { ...aDeal({ id: 'D-MINE01' }), details: { ...aDeal().details, intermediaries: between } };
    expect(texts(viewOf(same), named({}))).toEqual([]);
  });
  it('is said again where this deal named the same until a change that waits: of that its pages say the name alone', () => {
    const deal = aDeal({ id: 'D-MINE01' });
    const { endUser, product } = deal.details;
    const lighterSaid = {
      was: { endUser: endUser.kind, product, intermediaries: between },
      before: [],
      answers: [],
      changes: [],
      at: '2027-02-20T09:00:00.000Z',
    };
    expect(texts(viewOf({ ...deal, lighterSaid }), named({}))).toEqual([`rep-2: Sample House, ${words}`]);
  });
  it('stays who named it first, whoever names others beside it', () => {
    const at = '2027-02-20T09:00:00.000Z';
    const renamed = [
      { of: 'intermediaries' as const, before: ['Sample House'], until: at, changedBy: 'rep-1', why: 'More of them.' },
    ];
    const deal = named({ requester: 'product-1', owner: 'rep-1', renamed });
    const many = { ...deal.details, intermediaries: [{ name: 'Esik House', role: 'carries boxes' }, ...between] };
    expect(texts(mine, { ...deal, details: many })).toContain(`product-1: Sample House, ${words}`);
    expect(texts(mine, { ...deal, details: many })).toContain('rep-1: Esik House, carries boxes');
  });
  it('stays with the colleague who put it in, where the rep turned it since', () => {
    const at = '2027-02-20T09:00:00.000Z';
    const put = { name: 'Sample House', role: words, by: 'counsel-1', at, why: 'I saw it.' };
    const deal = named({ requester: 'rep-1', owner: 'rep-1', putIn: [put] });
    const turned = { ...deal.details, intermediaries: [{ name: 'Sample House', role: words.replaceAll('?', '!') }] };
    expect(texts(mine, { ...deal, details: turned })[0]).toBe(`counsel-1: Sample House, ${words}`);
  });
  it('is who turned the part, where a name alone was there before', () => {
    const at = '2027-02-20T09:00:00.000Z';
    const past = { until: at, changedBy: 'rep-1', why: 'A slip of the pen.' };
    const renamed = [
      { of: 'roles' as const, before: ['Sample House, they hunt strikers: I saw it!'], ...past },
      { of: 'intermediaries' as const, before: ['Sample House'], ...past },
    ];
    const found = texts(mine, named({ requester: 'product-1', owner: 'product-1', renamed }));
    expect(found).toContain(`rep-1: Sample House, ${words}`);
    expect(found).toContain('product-1: Sample House, they hunt strikers: I saw it!');
  });
  it('or by who said otherwise last', () => {
    const at = '2027-02-20T09:00:00.000Z';
    const renamed = [
      {
        of: 'roles' as const,
        before: ['Sample House, reseller'],
        until: at,
        changedBy: 'counsel-1',
        why: 'As I heard.',
      },
    ];
    expect(texts(mine, named({ renamed }))).toContain(`counsel-1: Sample House, ${words}`);
  });
});
