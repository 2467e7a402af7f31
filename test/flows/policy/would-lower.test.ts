/** The fewest open questions that would lower a deal's tier: held against every set there is, on small policies. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benignAnswer } from '../../../flows/policy/compile-picture.ts';
import { compile } from '../../../flows/policy/compile.ts';
import { TIERS, type Facts, type FactValue, type QuestionId, type Tier } from '../../../flows/policy/policy.ts';
import type { PolicyDocument } from '../../../flows/policy/schema.ts';
import { defaultDocument, defaultPolicy } from './deals.ts';
import { answersOf, asks, raises, smallDocument } from './small.ts';

const IDS = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7'];

type Role = 'row' | 'flag' | 'check' | 'rule' | 'lightens';

interface Drawn {
  id: string;
  role: Role;
  weight: string;
  worse: 'yes' | 'no';
  /** Asked only after the question before it was answered with its worse answer. */
  behind: boolean;
}

/** Rows by the first roles, a column by the flags and checks, and one rule that needs two things at once. */
const documentOf = (drawn: readonly Drawn[]): PolicyDocument => {
  const worst = ({ id, worse }: Drawn) => ({ question: id, is: [worse] });
  const of = (role: Role) => drawn.filter((d) => d.role === role);
  const [first] = drawn;
  const any = (some: readonly Drawn[]) => ({
    any: [...some, ...(some.length === 0 && first ? [first] : [])].map(worst),
  });
  const lighter = of('lightens').map((d) => ({
    id: `M-${d.id}`,
    text: `It is not ${d.id}.`,
    effect: 'lighter' as const,
    when: { question: d.id, is: [d.worse === 'yes' ? 'no' : 'yes'] },
  }));
  return smallDocument({
    sections: [
      { id: 'scope', title: 'Scope', intro: 'What it is.', questions: [asks('G1', { weighty: true })] },
      {
        id: 'use',
        title: 'Use',
        intro: 'What it does.',
        questions: drawn.map((d, i) => {
          const before = d.behind ? drawn[i - 1] : undefined;
          return asks(d.id, { weighty: true, worse: d.worse, ...(before ? { when: worst(before) } : {}) });
        }),
      },
    ],
    flags: [...of('flag'), ...of('lightens')].map((d) =>
      raises(d.id, { weight: d.weight, when: worst(d), ...(d.role === 'flag' ? { modifiers: lighter } : {}) }),
    ),
    tiers: undefined,
    picture: {
      bases: 'required',
      rows: [
        { id: 'little', title: 'Little', text: 'does little' },
        { id: 'some', title: 'Some', text: 'does some', when: any(of('row')) },
        { id: 'much', title: 'Much', text: 'does much', when: { all: [any(of('row')), any(of('rule'))] } },
      ],
      columns: [
        { id: 'good', title: 'Good', text: 'nothing is against it' },
        {
          id: 'doubts',
          title: 'Doubts',
          text: 'some doubt it',
          when: { any: [{ anyFlag: { atLeast: 'light' } }, ...any(of('check')).any] },
        },
        { id: 'bad', title: 'Bad', text: 'it is bad', when: { flags: { atLeast: 'heavy', count: 2 } } },
      ],
      cells: {
        little: ['low', 'elevated', 'elevated'],
        some: ['low', 'elevated', 'high'],
        much: ['elevated', 'high', 'high'],
      },
      rules: [
        {
          id: 'both',
          tier: 'high',
          text: 'both hold.',
          when: { all: of('rule').length > 0 ? of('rule').map(worst) : [any([])] },
        },
      ],
    },
  });
};

const drawnDeal = fc.record({
  drawn: fc
    .tuple(
      ...IDS.map((id) =>
        fc.record({
          id: fc.constant(id),
          role: fc.constantFrom<Role>('row', 'flag', 'flag', 'check', 'rule', 'lightens'),
          weight: fc.constantFrom('light', 'moderate', 'heavy', 'severe'),
          worse: fc.constantFrom('yes', 'no'),
          behind: fc.boolean(),
        }),
      ),
    )
    .map((all) => all.map((d, i) => ({ ...d, behind: i > 0 && d.behind })) as Drawn[]),
  // The last two mean: left out, and answered well on nothing.
  given: fc.array(fc.constantFrom('yes', 'no', 'unknown', 'not-applicable', 'left out', 'baseless'), {
    minLength: IDS.length,
    maxLength: IDS.length,
  }),
  accepted: fc.subarray(IDS, { maxLength: 2 }),
});

const factsOf = (drawn: readonly Drawn[], given: readonly string[], accepted: string[]): Facts => {
  const answers: Record<string, FactValue> = { G1: 'yes' };
  const based: Record<string, number> = { G1: 1 };
  for (const [i, { id, worse }] of drawn.entries()) {
    const how = given[i];
    if (how === undefined || how === 'left out') continue;
    answers[id] = how === 'baseless' ? (worse === 'yes' ? 'no' : 'yes') : how;
    if (how !== 'baseless') based[id] = 1;
  }
  return answersOf(answers, { based, accepted });
};

/** Facts in which these are known, and good. */
const known = (document: PolicyDocument, facts: Facts, ids: readonly QuestionId[]): Facts => {
  const questions = document.sections.flatMap((s) => s.questions).filter(({ id }) => ids.includes(id));
  return {
    ...facts,
    answers: { ...facts.answers, ...Object.fromEntries(questions.map((q) => [q.id, benignAnswer(q) ?? 'known'])) },
    based: { ...facts.based, ...Object.fromEntries(questions.map((q) => [q.id, q.publishersWhenHigh ?? 1])) },
  };
};

const lighter = (now: Tier | null, before: Tier | null): boolean =>
  now !== null && before !== null && TIERS.indexOf(now) < TIERS.indexOf(before);

/** All sets of these, the small ones first. */
const subsets = (ids: readonly string[]): string[][] =>
  Array.from({ length: 2 ** ids.length }, (_, bits) => ids.filter((_id, i) => (bits >> i) % 2 === 1)).toSorted(
    (a, b) => a.length - b.length,
  );

describe('what would lower the tier', () => {
  it('lowers it, and no smaller set of what is open does', () => {
    let found = 0;
    let several = 0;
    fc.assert(
      fc.property(drawnDeal, ({ drawn, given, accepted }) => {
        const document = documentOf(drawn);
        const policy = compile(document, 'small');
        const facts = factsOf(drawn, given, accepted);
        const before = policy.evaluate(facts).tier;
        const lowers = (ids: readonly string[]): boolean =>
          lighter(policy.evaluate(known(document, facts, ids)).tier, before);
        const said = policy.wouldLower(facts);
        // An answer that was given, and that counts, is not open.
        const bad = drawn.filter((d, i) => given[i] === d.worse && d.worse === 'yes').map(({ id }) => id);
        const asked = policy.questionsFor('use', facts).map(({ id }) => id);
        expect(said.filter((id) => bad.includes(id) && asked.includes(id))).toEqual([]);
        const open = drawn
          .filter(({ id }, i) => {
            const { worse } = drawn[i]!;
            const counts = given[i] === worse ? worse === 'yes' : given[i] === (worse === 'yes' ? 'no' : 'yes');
            return !(counts && asked.includes(id));
          })
          .map(({ id }) => id);
        const smallest = subsets(open).find((ids) => ids.length > 0 && lowers(ids));
        if (said.length > 0) expect(lowers(said)).toBe(true);
        expect(said).toHaveLength(smallest?.length ?? 0);
        found += said.length > 0 ? 1 : 0;
        several += said.length > 1 ? 1 : 0;
      }),
      { numRuns: 2000, seed: 10 },
    );
    expect(found).toBeGreaterThan(200);
    expect(several).toBeGreaterThan(50);
  });
});

describe('under the default policy', () => {
  const document = defaultDocument();
  const questions = document.sections.flatMap((s) => s.questions);
  const well: Facts = {
    endUser: 'security',
    intermediaries: true,
    answers: Object.fromEntries(
      questions.map((q) => [
        q.id,
        ['G1-capability', 'G2'].includes(q.id) ? 'yes' : (benignAnswer(q) ?? 'Counting cars.'),
      ]),
    ),
    based: Object.fromEntries(questions.map((q) => [q.id, 2])),
  };
  const but = (changed: Record<string, FactValue>, more: Partial<Facts> = {}): Facts => ({
    ...well,
    ...more,
    answers: { ...well.answers, ...changed },
  });

  it('is nothing where everything is known, or the deal is low, prohibited or out of scope', () => {
    expect(defaultPolicy.wouldLower(but({ P1: 'yes', 'H-RF1': 'yes' }))).toEqual([]);
    expect(defaultPolicy.wouldLower(well)).toEqual([]);
    expect(defaultPolicy.wouldLower(but({ K1: 'yes', 'H-RF1': 'unknown' }))).toEqual([]);
    expect(defaultPolicy.wouldLower(but({ 'G1-capability': 'no', 'H-RF1': 'unknown' }))).toEqual([]);
  });

  it('never names the scope: that is no way to a lighter deal', () => {
    const unknown = Object.fromEntries(questions.map((q) => [q.id, 'unknown']));
    for (const endUser of ['government', 'private', 'unknown'] as const) {
      const ids = defaultPolicy.wouldLower(but(unknown, { endUser }));
      expect(ids.length).toBeGreaterThan(0);
      expect(ids).not.toContain('G1-capability');
      expect(ids).not.toContain('G2');
    }
  });

  it('names what is not asked yet but would be, were what is open as bad as it counts', () => {
    const ids = defaultPolicy.wouldLower(but({ 'H-RF1': 'unknown', P1: 'yes', G10: 'unknown' }));
    expect(ids).toContain('H-RF1');
    expect(
      lighter(
        defaultPolicy.evaluate(known(document, but({ 'H-RF1': 'unknown', P1: 'yes', G10: 'unknown' }), ids)).tier,
        'high',
      ),
    ).toBe(true);
  });

  it('needs no basis of what it names: they would be answered on one', () => {
    const baseless = { ...well, based: {} };
    const ids = defaultPolicy.wouldLower(baseless);
    expect(defaultPolicy.evaluate(baseless).tier).toBe('high');
    expect(ids).toEqual(['P1', 'P2', 'P3', 'P5', 'P-RF2']);
    for (const id of ids) {
      const rest = ids.filter((other) => other !== id);
      expect(defaultPolicy.evaluate(known(document, baseless, rest)).tier).toBe('high');
    }
  });

  it('is the same in whatever order the answers were given', () => {
    const given = Object.entries(but({ 'H-RF1': 'unknown', 'H-RF8': 'unknown', P1: 'yes', L1: 'unknown' }).answers);
    const facts = (answers: [string, FactValue][]): Facts => ({ ...well, answers: Object.fromEntries(answers) });
    expect(defaultPolicy.wouldLower(facts(given.toReversed()))).toEqual(defaultPolicy.wouldLower(facts(given)));
  });
});
