import { describe, expect, it } from 'vitest';
import type { Written } from '../../../blocks/cards/ever-words.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import type { WordsElsewhere } from '../../../flows/deal/context/words-shapes.ts';
import { WEIGHTS } from '../../../flows/policy/policy.ts';
import { aDecidingDeal, aFlag, allAnswers, aPolicy, aView, NOW } from '../../support/deal-builders.ts';
import { brokenRules, wordsOf } from './support.ts';

describe('"Why?"', () => {
  it('tells tier, rule, weight, what moved it, which answers, source, safeguards', () => {
    const pending = {
      id: 'own-1',
      title: 'A worry of mine',
      by: 'senior-2',
      at: NOW,
      status: 'pending' as const,
      weight: 'moderate' as const,
    };
    const form = whyForm(
      aView(aDecidingDeal({ answers: allAnswers({ 'H-RF1': 'yes', 'H-RF5': 'unknown' }), ownFlags: [pending] })),
    );
    const words = wordsOf(form);
    for (const part of [
      'Tier: High',
      'Sample rule of the high tier',
      'Reported misuse',
      'severe (on its own: heavy)',
      'Made heavier',
      'the product is custom',
      'Are there reports of misuse',
      '"person":"rep-1"',
      'Guidance 2, red flag 1',
      'Right to end access',
      'Is there no independent oversight?',
      'A worry of mine',
      'Weighed, not counted',
      'Weights, what makes them heavier or lighter, tiers, routes and numbers of approvers are house rules.',
    ]) {
      expect(words).toContain(part);
    }
    expect(form).not.toHaveProperty('submit');
  });

  it('names the policy that the deal is judged by, of each deal its own', () => {
    for (const version of ['2026-11', '2027-02']) {
      const words = wordsOf(whyForm(aView(aDecidingDeal(), { policy: aPolicy({ version }) })));
      expect(words).toMatch(new RegExp(`Judged by the policy “[^”]+”, version ${version}\\.`));
    }
  });

  it('folds what does not fit, counts it, and leaves no flag out', () => {
    const long = 'Sample words that go on. '.repeat(40);
    const flags = Array.from({ length: 45 }, (_, i) =>
      aFlag(`F${i}`, {
        title: `Flag number ${i}. ${long}`,
        why: long,
        weight: WEIGHTS[i % 4] ?? 'light',
        because: Array.from({ length: 20 }, (_x, n) => `B${n}`),
        modifiers: Array.from({ length: 9 }, (_x, n) => ({ id: `M${n}`, text: long, effect: 'heavier' as const })),
      }),
    );
    const openQuestions = Array.from({ length: 70 }, (_, i) => ({
      id: `Q${i}`,
      text: `Open ${i}`,
      citation: 'Sample',
      weighty: true,
    }));
    const trace = Array.from({ length: 200 }, (_, i) => ({ id: `T${i}`, text: long }));
    const policy = aPolicy({
      evaluate: () => ({ scope: 'in', scopeReasons: [], flags, openQuestions, tier: 'high', rule: 'T0', trace }),
    });
    const form = whyForm(aView(aDecidingDeal(), { policy }));
    expect(brokenRules(form)).toEqual([]);
    const words = wordsOf(form);
    expect(words.length).toBeLessThan(90_000);
    const full = form.blocks.filter((b) => b.kind === 'heading' && b.text.startsWith('Flag number')).length;
    const brief = Number(/(\d+) more flags?, in brief/.exec(words)?.[1]);
    const folded = Number(/and (\d+) more flags?"/.exec(words)?.[1] ?? 0);
    const listed = new Set(words.match(/Flag number \d+/g)).size;
    expect(full + brief).toBe(45);
    expect(listed + folded).toBe(45);
    expect(words).toContain('and 11 more open questions');
    expect(words).toContain('and 141 more steps');

    // Floods of everything else, too: it opens, with what speaks against the deal, and says where the rest is.
    const many = <T>(one: (n: number) => T, most = 90): T[] => Array.from({ length: most }, (_, n) => one(n));
    const of = { deal: 'D-0THER1', by: 'rep-1', at: NOW, gone: false, grave: true };
    const said = many((n): WordsElsewhere => ({ ...of, of: 'withdrawn', text: `They said it ${n}. ${long}` }));
    const all = { words: said, unnamed: said, hidden: 3, left: 2 };
    const asked = many((n) => ({
      id: `a${n}`,
      on: '2027-02-01',
      about: long,
      came: long,
      by: 'compliance-1',
      at: NOW,
    }));
    const officers = many((n) => ({ of: 'hold' as const, text: `${n} ${long}`, by: 'compliance-1', at: NOW }));
    const flooded = aDecidingDeal({
      reopenings: many((n) => ({ by: 'rep-1', at: NOW, reason: `They came back, ${n}` }), 60),
      stood: many((n) => ({ of: 'report' as const, why: `Report ${n}`, by: 'senior-1', at: NOW })),
      ownFlags: many((n) => ({
        id: `own-${n}`,
        title: `A worry of mine ${n}`,
        by: 'senior-2',
        at: NOW,
        status: 'pending' as const,
        weight: 'moderate' as const,
      })),
    });
    const written: Written = { ...all, ofCompanies: all, ofProduct: all, beside: said, asked, officers };
    const page = whyForm(aView(flooded, { policy }), undefined, written, 'compliance-1');
    expect(brokenRules(page)).toEqual([]);
    expect(page.blocks.length).toBeLessThanOrEqual(96);
    expect(wordsOf(page)).toContain('They came back, 59');
    expect(wordsOf(page)).toContain('the dossier has them.');
  });

  it('goes step by step in words, without the ids of the policy', () => {
    const trace = [{ id: 'scope-sample', text: 'The product can follow people.' }];
    const policy = aPolicy({
      evaluate: () => ({ scope: 'in', scopeReasons: [], flags: [], openQuestions: [], tier: 'low', rule: null, trace }),
    });
    const words = wordsOf(whyForm(aView(aDecidingDeal(), { policy })));
    expect(words).toContain('The product can follow people.');
    expect(words).not.toContain('scope-sample');
  });

  it('speaks of a deal out of scope too', () => {
    const form = whyForm(aView(aDecidingDeal({ answers: allAnswers({ G1: 'no' }) })));
    expect(wordsOf(form)).toContain('Out of scope');
    expect(wordsOf(form)).toContain('cannot be used to watch people');
  });
});
