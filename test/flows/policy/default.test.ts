/** Deals that anyone would judge the same way, and the effort of answering. */

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../flows/policy/compile.ts';
import type { EndUserKind, Facts, FactValue, Question } from '../../../flows/policy/policy.ts';
import {
  answersTo,
  best,
  defaultDocument,
  defaultPolicy as policy,
  defaultText,
  isOfScope,
  KINDS,
  walk,
  worst,
} from './deals.ts';

const good = (endUser: EndUserKind, answers: Record<string, FactValue> = {}, intermediaries = false): Facts => {
  const given = answersTo(answers);
  const { facts } = walk(policy, { endUser, intermediaries }, (q) => given[q.id] ?? best(q));
  return { ...facts, answers: { ...facts.answers, ...given } };
};
const judge = (endUser: EndUserKind, answers: Record<string, FactValue>) => policy.evaluate(good(endUser, answers));

describe('four deals', () => {
  test.each([{ G1: 'no' }, { G2: 'no' }, { G1: 'yes', G2: 'no' }])(
    'weather sensor, private co-operative: out (%o)',
    (answers) => {
      const { scope, tier, flags, openQuestions, scopeReasons } = judge('private', answers);
      expect({ scope, tier, flags, openQuestions }).toEqual({ scope: 'out', tier: null, flags: [], openQuestions: [] });
      expect(scopeReasons).not.toEqual([]);
    },
  );

  test('network protection, election commission under oversight: low', () => {
    expect(policy.evaluate(good('government'))).toMatchObject({
      scope: 'in',
      tier: 'low',
      flags: [],
      openQuestions: [],
    });
  });

  test('data analytics, telecom in part state-owned: elevated', () => {
    const few = { P2: 'yes', 'L-RF7': 'yes', 'L-RF8': 'yes', S2: 'unknown', S3: 'yes' };
    const { tier, flags, openQuestions } = judge('state-tied', few);
    expect(tier).toBe('elevated');
    expect(flags.map((f) => f.id)).toEqual(['L-RF7', 'L-RF8']);
    expect(openQuestions.map((q) => q.id)).toEqual(['S2-contracted']);
  });

  const police = {
    P1: 'yes',
    P2: 'yes',
    P4: 'yes',
    'P-RF1': 'yes',
    'H-RF1': 'yes',
    'H-RF4': 'yes',
    H5: 'yes',
    K1: 'no',
  };
  test('custom facial recognition, police with reported misuse: high, not prohibited', () => {
    expect(judge('security', police)).toMatchObject({ tier: 'high' });
    expect(judge('security', police).flags.map((f) => f.id)).toContain('H-RF6');
  });

  test('every good answer to a weighty question counts only with a basis, but for those that need none', () => {
    const exempt = new Set(['K1', 'G8', 'G10', 'S1', 'G1-capability']);
    for (const endUser of KINDS) {
      for (const more of [{}, { 'S2-contracted': 'yes', G2: 'yes' }]) {
        const { facts, asked } = walk(
          policy,
          { endUser, intermediaries: true },
          (q) => (more as Record<string, FactValue>)[q.id] ?? best(q),
        );
        const { openQuestions } = policy.evaluate({ ...facts, based: {} });
        const open = new Set(openQuestions.filter(({ why }) => why === 'no basis').map(({ id }) => id));
        const counts = asked.filter(
          (q) => q.weighty && !exempt.has(q.id) && policy.isBenign(q.id, facts.answers[q.id]!) && !open.has(q.id),
        );
        expect(counts.map(({ id }) => id)).toEqual([]);
        expect(open.size).toBeGreaterThan(20);
      }
    }
  });

  test('known repression: prohibited, by its own rule', () => {
    expect(judge('security', { ...police, K1: 'yes' })).toMatchObject({ tier: 'prohibited', rule: 'known-repression' });
    expect(policy.question('K1')).toMatchObject({ citation: 'EU Regulation 2021/821, Article 5', stops: true });
  });

  test('nothing but that rule prohibits', () => {
    for (const endUser of KINDS) {
      const { facts } = walk(policy, { endUser, intermediaries: true }, (q) => (q.id === 'K1' ? 'no' : worst(q)));
      expect(policy.evaluate(facts).tier).toBe('high');
    }
  });

  test('no policy line and no code names a sample deal', () => {
    const named = /weather|\bfarm\b|co-operative|election commission|telecom\b|interior ministry/i;
    expect(defaultText).not.toMatch(named);
    for (const room of ['src', 'flows', 'blocks', 'store']) {
      for (const file of readdirSync(new URL(`../../../${room}`, import.meta.url), {
        recursive: true,
        encoding: 'utf8',
      })) {
        // Common words of companies' names.
        if (!file.endsWith('.ts') || file.endsWith('screening/words.ts')) continue;
        const text = readFileSync(new URL(`../../../${room}/${file}`, import.meta.url), 'utf8');
        expect(named.exec(text)?.[0], `${room}/${file}`).toBeUndefined();
      }
    }
  });
});

describe('scope', () => {
  test.each(['P1', 'P2', 'P3', 'P5', 'K1'])('%s yes contradicts a "no" to G1', (id) => {
    expect(judge('government', { G1: 'no' }).scope).toBe('out');
    expect(judge('government', { G1: 'no', [id]: 'yes' })).toMatchObject({
      scope: 'in',
      scopeReasons: expect.arrayContaining([expect.stringContaining('contradicts')]),
    });
    // Not known is no way out either, but for K1: nobody knows what somebody means to do.
    expect(judge('government', { G1: 'no', [id]: 'unknown' }).scope).toBe(id === 'K1' ? 'out' : 'in');
  });

  test.each(['S3', 'S-RF1', 'K1'])('%s yes contradicts a "no" to G2', (id) => {
    expect(judge('private', { G2: 'no', [id]: 'yes' }).scope).toBe('in');
  });

  test('what is missing or not known never puts a deal out of scope', () => {
    for (const endUser of KINDS) {
      expect(policy.evaluate({ endUser, answers: {} }).scope).toBe('in');
      expect(judge(endUser, { G1: 'unknown', G2: 'unknown' }).scope).toBe('in');
      if (endUser !== 'private') expect(judge(endUser, { G2: 'no' }).scope).toBe('in');
    }
  });

  test('out of scope, only the scope is asked', () => {
    const facts: Facts = { endUser: 'private', answers: { G1: 'yes', G2: 'no' } };
    expect(policy.sectionsFor(facts).map((s) => s.id)).toEqual(['scope']);
    expect(policy.questionsFor('laws', facts)).toEqual([]);
  });
});

describe('weighing', () => {
  test.each([
    ['government', 'heavy', { H4: 'yes', H5: 'yes' }],
    ['government', 'severe', { H4: 'yes', 'H-RF1': 'yes', P1: 'yes' }],
    ['unknown', 'heavy', { H4: 'yes', H5: 'yes' }],
  ] as const)('H-RF7 for %s is %s when %o', (endUser, weight, answers) => {
    const flag = judge(endUser, answers).flags.find((f) => f.id === 'H-RF7');
    expect(flag?.weight).toBe(weight);
    expect(flag?.because).toEqual(Object.keys(answersTo(answers)).filter((id) => id.startsWith('H')));
  });

  test('no flag leaves the scale of weights, however much makes it heavier or lighter', () => {
    const weighed = (weight: 'light' | 'severe', effect: 'heavier' | 'lighter') => {
      const document = defaultDocument();
      const flag = document.flags.find(({ id }) => id === 'H-RF3')!;
      for (const q of document.sections.flatMap((part) => part.questions)) q.weighty = false;
      flag.weight = weight;
      flag.modifiers = ['a', 'b'].map((id) => ({ id, text: 'Always.', effect, when: flag.when }));
      return compile(document, 'hash').evaluate({ endUser: 'government', answers: answersTo({ 'H-RF3': 'yes' }) })
        .flags;
    };
    expect(weighed('severe', 'heavier')).toMatchObject([{ id: 'H-RF3', weight: 'severe', baseWeight: 'severe' }]);
    expect(weighed('light', 'lighter')).toMatchObject([{ id: 'H-RF3', weight: 'light', baseWeight: 'light' }]);
  });

  test('H-RF6 and H-RF7 need both facts', () => {
    const ids = (endUser: EndUserKind, answers: Record<string, string>) =>
      judge(endUser, answers).flags.map((f) => f.id);
    expect(ids('security', { H5: 'yes' })).toEqual(['H-RF6']);
    expect(ids('unknown', { H5: 'yes' })).toContain('H-RF6');
    expect(ids('government', { H5: 'yes' })).toEqual(['H-RF8']);
    expect(ids('government', { H4: 'yes' })).toEqual([]);
    expect(ids('security', { H4: 'yes', H5: 'yes' })).toEqual(['H-RF6', 'H-RF7']);
  });

  test('misuse by this end-user is high with a product that works on people, whoever oversees it', () => {
    const tier = (oversight: string) => judge('security', { P1: 'yes', H5: 'yes', 'H-RF5': oversight }).tier;
    expect([tier('no'), tier('unknown'), tier('yes')]).toEqual(['high', 'high', 'high']);
  });

  test('don’t know weighs as much as the worse answer, or more', () => {
    const rank = (tier: string | null) => ['low', 'elevated', 'high', 'prohibited'].indexOf(tier ?? '');
    const questions = defaultDocument().sections.flatMap((s) => s.questions.filter((q) => q.kind === 'yes-no'));
    for (const endUser of KINDS) {
      const facts = good(endUser);
      for (const { id, worse } of questions) {
        if (facts.answers[id] === undefined || id === 'K1') continue;
        const tier = (value: string) =>
          rank(policy.evaluate({ ...facts, answers: { ...facts.answers, [id]: value } }).tier);
        expect([id, tier('unknown') >= tier(worse)]).toEqual([id, true]);
      }
    }
  });

  test('an end-user of unknown kind is an open question', () => {
    const { openQuestions, tier, placed } = policy.evaluate(good('unknown', { P1: 'yes' }));
    expect(openQuestions).toMatchObject([{ id: 'end-user-kind', weighty: true }]);
    expect([tier, placed?.column]).toEqual(['elevated', 'concerns']);
  });

  test('flags that people raised count with their weight', () => {
    const own = (weight: 'light' | 'moderate' | 'severe') =>
      policy.evaluate({ ...good('government'), ownFlags: [{ id: 'own-1', title: 'A worry', weight }] });
    expect([own('light').tier, own('moderate').tier, own('severe').tier]).toEqual(['low', 'low', 'elevated']);
    const watching = policy.evaluate({
      ...good('government', { P1: 'yes' }),
      ownFlags: [{ id: 'own-1', title: 'A worry', weight: 'severe' }],
    });
    expect(watching.tier).toBe('high');
    expect(own('light').flags).toMatchObject([{ id: 'own-1', because: ['own-1'] }]);
  });

  test('an answer whose question is not asked does not count', () => {
    expect(judge('government', { 'S-RF1': 'yes' })).toMatchObject({ flags: [], tier: 'low' });
    expect(judge('government', { 'S1-resellers': 'unknown' }).openQuestions).toEqual([]);
  });

  test('every flag is cited, explained and answered by safeguards', () => {
    for (const endUser of KINDS) {
      const { facts } = walk(policy, { endUser, intermediaries: true }, worst);
      const { flags, trace } = policy.evaluate(facts);
      for (const flag of flags) {
        expect(flag.because.length, flag.id).toBeGreaterThan(0);
        expect(trace.some((line) => line.id === flag.id && line.text.includes(flag.citation))).toBe(true);
        if (flag.id !== 'K1') expect(flag.safeguards.length, flag.id).toBeGreaterThan(0);
        if (/RF/.test(flag.id)) expect(flag.citation).toBe(cited(flag.id));
      }
    }
  });
});

const cited = (id: string): string => {
  const [, letter, flag] = /^([PHLS])-RF(\d)$/.exec(id) ?? [];
  return `Guidance ${'PHLS'.indexOf(letter ?? '') + 1}, red flag ${flag}`;
};

/** What a "yes" or a "don't know" alone brings: which rights and how, in which forms, whom, and to whom. */
const FOLLOW_UPS = ['P6-rights', 'P6-how', 'P-RF1-forms', 'H2-whom', 'S2-record'];
const withoutFollowUps = (asked: readonly Question[]): Question[] => asked.filter((q) => !FOLLOW_UPS.includes(q.id));

describe('what answering costs', () => {
  test('no path has more than 45 questions and five follow-ups', () => {
    let longest = 0;
    const value = fc.constantFrom('yes', 'no', 'unknown');
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.option(fc.boolean(), { nil: undefined }),
        fc.array(value, { minLength: 60, maxLength: 60 }),
        fc.constantFrom<FactValue | undefined>(undefined, 'yes', 'unknown'),
        (endUser, intermediaries, values, mostly) => {
          let i = 0;
          const { asked } = walk(policy, { endUser, intermediaries }, (q) => {
            const drawn = mostly !== undefined && i % 5 !== 0 ? mostly : values[i]!;
            i += 1;
            if (isOfScope(q)) return 'yes';
            return q.kind === 'yes-no' ? drawn : worst(q);
          });
          longest = Math.max(longest, asked.length);
          expect(withoutFollowUps(asked).length).toBeLessThanOrEqual(45);
        },
      ),
      { numRuns: 400, seed: 7 },
    );
    expect(longest).toBeGreaterThan(40);
  });

  test('the longest path there can be, with each part of a pair of follow-ups', () => {
    for (const P1 of ['yes', 'no', 'unknown']) {
      const choose = (q: Question) => (q.id === 'P1' || q.id === 'P2' ? P1 : worst(q));
      const { asked } = walk(policy, { endUser: 'unknown', intermediaries: true }, choose);
      expect(withoutFollowUps(asked).length).toBeLessThanOrEqual(45);
    }
  });

  test.each(KINDS)('a harmless deal (%s) takes few clicks', (endUser) => {
    const { facts } = walk(policy, { endUser, intermediaries: false }, best);
    const clicks = Object.fromEntries(
      policy.sectionsFor(facts).map((section) => {
        const asked = policy.questionsFor(section.id, facts).map((q) => q.id);
        const lists = section.checklists.filter((c) => c.questions.some((id) => asked.includes(id)));
        const alone = asked.filter((id) => !lists.some((c) => c.questions.includes(id)));
        return [section.id, lists.length + alone.length];
      }),
    );
    const expected = { product: 1, 'end-user': endUser === 'private' ? 1 : 2, laws: 2, stakeholders: 2, context: 1 };
    expect(clicks).toEqual({ scope: endUser === 'private' ? 2 : 1, ...expected });
  });

  test('a checklist answers what its section asks, and never with the worse answer', () => {
    const { facts } = walk(policy, { endUser: 'government', intermediaries: false }, best);
    for (const list of policy.sections.flatMap((s) => s.checklists)) {
      for (const id of list.questions) if (facts.answers[id] !== undefined) expect(facts.answers[id]).toBe(list.answer);
    }
  });

  test('only what applies is asked', () => {
    const ids = (endUser: EndUserKind, intermediaries: boolean | undefined) =>
      walk(policy, { endUser, intermediaries }, best).asked.map((q) => q.id);
    expect(ids('government', false)).not.toContain('S1-resellers');
    expect(ids('government', true)).toContain('S1-resellers');
    expect(ids('government', undefined)).toContain('S1-resellers');
    expect(ids('private', false)).toEqual(expect.arrayContaining(['G2', 'S3', 'S-RF1']));
    expect(ids('private', false).filter((id) => /^H[12]$|H-RF9/.test(id))).toEqual([]);
    expect(ids('government', false).filter((id) => /^(G2|S3|S-RF1)$/.test(id))).toEqual([]);
    expect(ids('security', false)).toContain('H4');
    expect(ids('government', false)).not.toContain('G10');
    expect(ids('government', false)).not.toContain('G11');
  });
});
