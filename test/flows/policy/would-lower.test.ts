/** The fewest open questions that would lower a deal's tier: held against every set there is, on small policies. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perObject } from '../../../flows/per-object.ts';
import { benignAnswer } from '../../../flows/policy/compile-picture.ts';
import { compile } from '../../../flows/policy/compile.ts';
import { TIERS, type Facts, type FactValue, type QuestionId, type Tier } from '../../../flows/policy/policy.ts';
import type { PolicyDocument } from '../../../flows/policy/schema.ts';
import { SOME_WORDS } from '../../../flows/policy/sentence.ts';
import { fewest } from '../../../flows/policy/would-lower.ts';
import { runs } from '../../support/runs.ts';
import { defaultDocument, defaultPolicy, KINDS, numbersFrom } from './deals.ts';
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

const questionsOf = perObject(
  ({ sections }: PolicyDocument) => new Map(sections.flatMap((s) => s.questions.map((q) => [q.id, q] as const))),
);

/** Facts in which these are known, and good. */
const known = (document: PolicyDocument, facts: Facts, ids: readonly QuestionId[]): Facts => {
  const answers = { ...facts.answers };
  const based = { ...facts.based };
  for (const id of ids) {
    const question = questionsOf(document).get(id);
    if (!question) continue;
    answers[id] = benignAnswer(question) ?? SOME_WORDS;
    based[id] = question.publishersWhenHigh ?? 1;
  }
  return { ...facts, answers, based };
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
        const said = policy.wouldLower(facts).ids;
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
        expect(policy.wouldLower(facts).fewest).toBe(true);
        expect(said).toHaveLength(smallest?.length ?? 0);
        found += said.length > 0 ? 1 : 0;
        several += said.length > 1 ? 1 : 0;
      }),
      { numRuns: runs(800), seed: 10 },
    );
    expect(found).toBeGreaterThan(80);
    expect(several).toBeGreaterThan(20);
  });
});

/** Holds for whatever has all of one of the sets. */
const holdsFor =
  (sets: readonly (readonly string[])[]) =>
  (ids: ReadonlySet<string>): boolean =>
    sets.some((set) => set.every((id) => ids.has(id)));

describe('a search for the fewest', () => {
  const some = fc.array(fc.subarray(IDS, { minLength: 1 }), { minLength: 1, maxLength: 8 });
  const size = (sets: readonly (readonly string[])[]): number => Math.min(...sets.map((set) => set.length));

  it('finds them', () => {
    fc.assert(
      fc.property(some, (sets) => {
        const { ids, fewest: sure } = fewest(IDS, holdsFor(sets));
        expect(sure).toBe(true);
        expect(holdsFor(sets)(new Set(ids))).toBe(true);
        expect(ids).toHaveLength(size(sets));
        expect(ids).toEqual(IDS.filter((id) => ids.includes(id)));
      }),
      { numRuns: runs(800), seed: 4 },
    );
  });

  it('that is cut off says so, and names what suffices, with nothing to leave out', () => {
    let cut = 0;
    let more = 0;
    for (const most of [
      { rounds: 0, steps: 1000 },
      { rounds: 2, steps: 1000 },
      { rounds: 400, steps: 3 },
    ]) {
      fc.assert(
        fc.property(some, (sets) => {
          const { ids, fewest: sure } = fewest(IDS, holdsFor(sets), most);
          expect(holdsFor(sets)(new Set(ids))).toBe(true);
          for (const id of ids) expect(holdsFor(sets)(new Set(ids.filter((other) => other !== id)))).toBe(false);
          if (sure) expect(ids).toHaveLength(size(sets));
          cut += sure ? 0 : 1;
          more += ids.length > size(sets) ? 1 : 0;
        }),
        { numRuns: 500, seed: 4 },
      );
    }
    expect(cut).toBeGreaterThan(300);
    // Else cutting it off would cost nothing, and the word would never be needed.
    expect(more).toBeGreaterThan(30);
  });

  it('ends soon where there is much to choose from', () => {
    const ids = Array.from({ length: 60 }, (_, i) => `Q${i}`);
    // Any forty of sixty: there are more than 10¹⁵ ways to miss them.
    const found = fewest(ids, (chosen) => chosen.size >= 40);
    expect(found.fewest).toBe(false);
    expect(found.ids).toHaveLength(40);
  });
});

describe('under the default policy', () => {
  const document = defaultDocument();
  const questions = document.sections.flatMap((s) => s.questions);
  const well: Facts = {
    endUser: 'security',
    intermediaries: true,
    answers: Object.fromEntries(
      questions.map((q) => [q.id, ['G1-capability', 'G2'].includes(q.id) ? 'yes' : (benignAnswer(q) ?? SOME_WORDS)]),
    ),
    based: Object.fromEntries(questions.map((q) => [q.id, 2])),
  };
  const but = (changed: Record<string, FactValue>, more: Partial<Facts> = {}): Facts => ({
    ...well,
    ...more,
    answers: { ...well.answers, ...changed },
  });

  it('is nothing where everything is known, or the deal is low, prohibited or out of scope', () => {
    expect(defaultPolicy.wouldLower(but({ P1: 'yes', 'H-RF1': 'yes' })).ids).toEqual([]);
    expect(defaultPolicy.wouldLower(well).ids).toEqual([]);
    expect(defaultPolicy.wouldLower(but({ K1: 'yes', 'H-RF1': 'unknown' })).ids).toEqual([]);
    expect(defaultPolicy.wouldLower(but({ 'G1-capability': 'no', 'H-RF1': 'unknown' })).ids).toEqual([]);
  });

  it('never names the scope: that is no way to a lighter deal', () => {
    const unknown = Object.fromEntries(questions.map((q) => [q.id, 'unknown']));
    for (const endUser of ['government', 'private', 'unknown'] as const) {
      const ids = defaultPolicy.wouldLower(but(unknown, { endUser })).ids;
      expect(ids.length).toBeGreaterThan(0);
      expect(ids).not.toContain('G1-capability');
      expect(ids).not.toContain('G2');
    }
  });

  it('names what is not asked yet but would be, were what is open as bad as it counts', () => {
    const ids = defaultPolicy.wouldLower(but({ 'H-RF1': 'unknown', P1: 'yes', G10: 'unknown' })).ids;
    expect(ids).toContain('H-RF1');
    expect(
      lighter(
        defaultPolicy.evaluate(known(document, but({ 'H-RF1': 'unknown', P1: 'yes', G10: 'unknown' }), ids)).tier,
        'high',
      ),
    ).toBe(true);
  });

  /** Mostly answered well, and what is not asked is not answered. */
  const generated = (seed: number): Facts => {
    const next = numbersFrom(seed);
    const often = 2 + next(12);
    const answers: Record<string, FactValue> = {};
    const based: Record<string, number> = {};
    const facts: Facts = {
      endUser: KINDS[next(KINDS.length)]!,
      intermediaries: next(2) === 0,
      answers,
      based,
      alert: next(5) === 0,
      confirmed: next(2) === 0 ? ['clean-benefit'] : [],
      accepted: next(4) === 0 ? questions.filter(() => next(10) === 0).map(({ id }) => id) : [],
    };
    for (const section of defaultPolicy.sections) {
      for (const { id } of section.questions) {
        if (!defaultPolicy.questionsFor(section.id, facts).some((q) => q.id === id)) continue;
        const q = questions.find((one) => one.id === id)!;
        const good = well.answers[id]!;
        const how = ['G1-capability', 'G2'].includes(id) ? 9 : next(often) === 0 ? next(5) : 9;
        if (how === 0) continue;
        answers[id] =
          how === 1 ? 'unknown' : how === 2 ? (q.options.at(-1)?.value ?? (q.worse === 'no' ? 'no' : 'yes')) : good;
        if (how !== 3) based[id] = q.publishersWhenHigh ?? 1;
      }
    }
    return facts;
  };

  it('is as few as any way there is, by trying them all', () => {
    const sizes: number[] = [];
    let tried = 0;
    for (let seed = 0; seed < runs(800); seed++) {
      const facts = generated(seed);
      const { tier, openQuestions, placed } = defaultPolicy.evaluate(facts);
      const { ids, fewest: sure } = defaultPolicy.wouldLower(facts);
      expect(sure).toBe(true);
      if (tier === null || tier === 'low' || tier === 'prohibited') {
        expect(ids).toEqual([]);
        continue;
      }
      const asked = new Set(
        defaultPolicy.sections.flatMap((s) => defaultPolicy.questionsFor(s.id, facts).map((q) => q.id)),
      );
      const open = questions
        .map(({ id }) => id)
        .filter(
          (id) =>
            !['G1-capability', 'G2'].includes(id) &&
            (!asked.has(id) ||
              placed?.unanswered.includes(id) ||
              openQuestions.some((o) => o.id === id && o.why !== 'one publisher')),
        );
      const lowers = (some: readonly string[]): boolean =>
        lighter(defaultPolicy.evaluate(known(document, facts, some)).tier, tier);
      if (ids.length > 0) expect({ seed, lowers: lowers(ids) }).toEqual({ seed, lowers: true });
      else expect({ seed, lowers: lowers(open) }).toEqual({ seed, lowers: false });
      sizes.push(ids.length);
      // All that are smaller, up to three; where nothing would lower it, pairs.
      const most = ids.length === 0 ? 2 : Math.min(ids.length - 1, 3);
      const search = (chosen: string[], from: number): void => {
        if (chosen.length > 0) {
          tried += 1;
          if (lowers(chosen)) throw new Error(`${seed}: ${chosen.join()} would do in place of ${ids.join()}`);
        }
        if (chosen.length < most) for (let i = from; i < open.length; i++) search([...chosen, open[i]!], i + 1);
      };
      search([], 0);
    }
    const many = (least: number, top = 99): number => sizes.filter((n) => n >= least && n <= top).length;
    expect([many(0, 0), many(1, 1), many(2, 2), many(3, 3), many(4)].map((n) => n >= 10)).toEqual(Array(5).fill(true));
    expect(tried).toBeGreaterThan(30_000);
  });

  it('needs no basis of what it names: they would be answered on one', () => {
    const baseless = { ...well, based: {} };
    const ids = defaultPolicy.wouldLower(baseless).ids;
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
    expect(defaultPolicy.wouldLower(facts(given.toReversed())).ids).toEqual(defaultPolicy.wouldLower(facts(given)).ids);
  });
});
