/** Words of other deals that this one does not say: whose they are, and what hides them. */

import { describe, expect, it } from 'vitest';
import { wordsElsewhere, type WordsEver } from '../../../../flows/deal/context/words-ever.ts';
import type { OpenedDeal } from '../../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import { aDeal, allAnswers, anOrganisation, aPolicy, NOW } from '../../../support/deal-builders.ts';

const base = aPolicy();
const sections = base.sections.map((section) => ({
  ...section,
  questions: section.questions.map((q) => (q.id === 'H-RF1' ? { ...q, basis: 'source' as const } : q)),
}));
const policy = aPolicy({ sections, question: (id) => sections.flatMap((s) => s.questions).find((q) => q.id === id) });
const viewOf = (deal: OpenedDeal): DealView => dealView(deal, policy, anOrganisation(), NOW);
const SOURCE = {
  name: 'Register of strikers whose phones they read',
  year: 2026,
  url: 'https://reports.example.org/z',
};

const withSource = (id: string, by: string, before: readonly string[] = []): OpenedDeal => {
  const answers = allAnswers();
  const given = answers['record']!['H-RF1']!;
  const sources = [...before.map((name) => ({ ...SOURCE, name })), SOURCE];
  return {
    ...aDeal({ id, owner: by, requester: by, team: [by] }),
    answers: { ...answers, record: { ...answers['record'], 'H-RF1': { ...given, by, sources } } },
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
  it('is not said again where the page prints it under the same question', () => {
    const mine = viewOf(withSource('D-MINE01', 'rep-1'));
    expect(texts(mine, withSource('D-OTHER1', 'product-1'))).toEqual([]);
  });
  it('is, where the rep puts it behind as many others as the page prints', () => {
    const mine = viewOf(withSource('D-MINE01', 'rep-1', ['Year book', 'Trade paper', 'Country report']));
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
