import { describe, expect, it } from 'vitest';
import { sectionCard } from '../../../blocks/cards/section.ts';
import type { RaisedFlag } from '../../../flows/policy/policy.ts';
import {
  aDeal,
  aDecidingDeal,
  aFlag,
  allAnswers,
  answered,
  aPolicy,
  aView,
  aVote,
  NOW,
  TWO_DAYS_AGO,
} from '../../support/deal-builders.ts';
import { plain, presses } from './plain.ts';

const scoped = { scope: answered({ G1: 'yes' }) };

describe('section card before it is answered', () => {
  it('says what is asked, how long it takes and who has it', () => {
    const card = sectionCard(aView(aDeal({ answers: scoped })), 'record');
    expect(plain(card)).toBe(
      [
        '# End-user',
        'What is known about the end-user.',
        '3 questions, about 1 minute; 1 click if none applies.',
        '@rep-1 has it.',
        '[Answer] [Who might know?]',
      ].join('\n'),
    );
    expect(presses(card)).toEqual(['deal.answer D-7K3QXM/record', 'deal.hand-over D-7K3QXM/record']);
  });

  it('shows a hand-over with its note, and offers to take it back', () => {
    const handOver = { to: 'product-1', by: 'rep-1', at: TWO_DAYS_AGO, note: 'You built it' };
    const card = sectionCard(aView(aDeal({ answers: scoped, handOvers: { product: handOver } })), 'product');
    expect(plain(card)).toContain(
      '@product-1 has it, handed over by @rep-1 (on 2027-03-10T08:00:00.000Z). “You built it”',
    );
    expect(presses(card)).toContain('deal.take-section-back D-7K3QXM/product');
  });

  it('counts what was saved for later', () => {
    const draft = { P1: { value: 'yes', sources: [] }, P2: { value: 'no', sources: [] } };
    const card = sectionCard(aView(aDeal({ answers: scoped, drafts: { product: draft } })), 'product');
    expect(plain(card)).toContain("2 of 3 answered, saved for later. They don't count yet.");
  });

  it('says when all answers are filled in but not counted', () => {
    const card = sectionCard(aView(aDeal({ drafts: { scope: { G1: { value: 'no', sources: [] } } } })), 'scope');
    expect(plain(card)).toContain('1 of 1 answered, not counted yet.');
  });

  it('asks nothing where the section does not apply or the deal is over', () => {
    const out = aDeal({ answers: { scope: answered({ G1: 'no' }) } });
    expect(presses(sectionCard(aView(out), 'product'))).toEqual([]);
    const withdrawn = { ...aDeal(), status: 'withdrawn', reason: 'x', by: 'rep-1', at: NOW } as const;
    expect(presses(sectionCard(aView(withdrawn), 'product'))).toEqual([]);
  });

  it('throws for a section that the policy does not have', () => {
    expect(() => sectionCard(aView(), 'nothing')).toThrow('has no section nothing');
  });
});

describe('section card after it is answered', () => {
  it('lists the answers worth showing and counts the rest', () => {
    const product = answered({
      P1: {
        value: 'yes',
        note: 'By design',
        sources: [{ name: 'Data sheet', year: 2026, url: 'https://example.org/a' }],
      },
      P2: 'no',
      P4: 'unique',
    });
    const text = plain(sectionCard(aView(aDeal({ answers: { ...scoped, product } })), 'product'));
    expect(text).toContain(
      '- Is it made to collect data about people? Yes. Note: “By design.” Sources: “Data sheet, 2026” (example.org) <https://example.org/a>.',
    );
    expect(text).toContain('- How available is it? Unique or custom.');
    expect(text).toContain('No to the other question.');
    expect(text).not.toContain('analyse data');
    expect(text).toContain('No red flags');
  });

  it('shows no link that is not https', () => {
    const sources = [
      { name: 'Odd', url: 'javascript:alert(1)' },
      { name: 'Plain', url: 'http://example.org' },
    ];
    const product = answered({ P1: { value: 'yes', sources }, P2: 'no', P4: 'common' });
    const text = plain(sectionCard(aView(aDeal({ answers: { ...scoped, product } })), 'product'));
    expect(text).toContain('Sources: “Odd”; “Plain”.');
    expect(text).not.toContain('<');
  });

  it.each([
    [['Sample explanation.'], 'Sources: “Sample explanation.”\n'],
    [['Sample explanation'], 'Sources: “Sample explanation”.\n'],
    [['Who knows?'], 'Sources: “Who knows?”\n'],
    [['One.', 'Two.', 'Three.'], 'Sources: “One.”; “Two.” and 1 more source.\n'],
  ])('ends the sources %j in one full stop', (names, words) => {
    const value = { value: 'yes' as const, sources: names.map((name) => ({ name })) };
    const product = answered({ P1: value, P2: 'no', P4: 'common' });
    expect(plain(sectionCard(aView(aDeal({ answers: { ...scoped, product } })), 'product'))).toContain(words);
  });

  it('names a flag with its weight and source; "Why?" explains it', () => {
    const text = plain(sectionCard(aView(aDeal({ answers: allAnswers({ 'H-RF1': 'yes' }) })), 'record'));
    expect(text).toContain('## 1 red flag from these answers');
    expect(text).toContain('Reported misuse (severe). Guidance 2, red flag 1.');
    expect(text).not.toContain('Because:');
  });

  it("shows other sections' flags on their own cards only", () => {
    expect(plain(sectionCard(aView(aDeal({ answers: allAnswers({ 'H-RF1': 'yes' }) })), 'product'))).not.toContain(
      'misuse',
    );
  });

  it('shows "don\'t know" as an open question', () => {
    const text = plain(sectionCard(aView(aDeal({ answers: allAnswers({ 'H-RF5': 'unknown' }) })), 'record'));
    expect(text).toContain("- Is there no independent oversight? Don't know. Sample rule H-RF5.");
    expect(text.match(/Is there no independent oversight/g)).toHaveLength(1);
    expect(text).toContain('## 1 open question\n');
  });

  it('shows a "no" that raised a flag', () => {
    const policy = aPolicy();
    const raising = {
      ...policy,
      evaluate: (f: Parameters<typeof policy.evaluate>[0]) => ({
        ...policy.evaluate(f),
        flags: [aFlag('X', { because: ['P1'] })],
      }),
    };
    const text = plain(sectionCard(aView(aDeal({ answers: allAnswers() }), { policy: raising }), 'product'));
    expect(text).toContain('- Is it made to collect data about people? No.');
  });

  it('shows the five heaviest flags and folds the rest', () => {
    const policy = aPolicy();
    const flags: RaisedFlag[] = Array.from({ length: 8 }, (_, i) =>
      aFlag(`F${i}`, { because: ['P1'], weight: i === 7 ? 'severe' : 'light' }),
    );
    const many = {
      ...policy,
      evaluate: (f: Parameters<typeof policy.evaluate>[0]) => ({ ...policy.evaluate(f), flags }),
    };
    const text = plain(sectionCard(aView(aDeal({ answers: allAnswers() }), { policy: many }), 'product'));
    expect(text.match(/Sample flag/g)).toHaveLength(5);
    expect(text.indexOf('Sample flag F7')).toBeLessThan(text.indexOf('Sample flag F0'));
    expect(text).toContain('And 3 more: press Why?');
  });

  it('asks again when more questions apply', () => {
    const product = answered({ P1: 'yes', P2: 'no' });
    const card = sectionCard(aView(aDeal({ answers: { ...scoped, product } })), 'product');
    expect(plain(card)).toContain('1 more question now applies.');
    expect(presses(card)).toContain('deal.hand-over D-7K3QXM/product');
  });

  it('warns that a change voids votes, and offers no change once decided', () => {
    const deciding = aDecidingDeal({ votes: [aVote('compliance-1', 0)] });
    const card = sectionCard(aView(deciding), 'record');
    expect(plain(card)).toContain('A changed answer voids the votes made on it.');
    expect(plain(card)).toContain('[Change] [Why?]');
    const stopped = { ...aDeal({ answers: allAnswers() }), status: 'stopped', rule: 'r', at: NOW } as const;
    expect(presses(sectionCard(aView(stopped), 'record'))).toEqual(['deal.why D-7K3QXM']);
  });
});
