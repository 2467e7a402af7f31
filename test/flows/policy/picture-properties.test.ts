/** What must hold in the risk picture of the default policy, over generated deals; a break is cut down to its smallest. */

import { describe, expect, it } from 'vitest';
import { benignAnswer } from '../../../flows/policy/compile-picture.ts';
import { compile } from '../../../flows/policy/compile.ts';
import { TIERS, type Facts, type FactValue, type Tier } from '../../../flows/policy/policy.ts';
import type { QuestionDocument } from '../../../flows/policy/schema.ts';
import { runs } from '../../support/runs.ts';
import { defaultDocument, KINDS, numbersFrom } from './deals.ts';

const document = defaultDocument();
document.picture!.bases = 'required';
const policy = compile(document, '');
const questions = document.sections.flatMap((s) => s.questions);
const byId = new Map(questions.map((q) => [q.id, q]));

type Deal = Facts & { answers: Record<string, FactValue>; based: Record<string, number> };

const inScope = (q: QuestionDocument): FactValue =>
  q.id === 'G1-capability' || q.id === 'G2' ? 'yes' : (benignAnswer(q) ?? 'The police count cars.');
/** From the best to the worst. */
const ladder = ({ kind, worse, options }: QuestionDocument): FactValue[] => {
  const values = options.map((o) => o.value);
  if (kind === 'text') return ['The police count cars.', 'tbd'];
  if (kind === 'choice') return values;
  if (kind === 'choices') return [[], ...values.map((_, i) => values.slice(0, i + 1))];
  return worse === 'yes' ? ['no', 'yes'] : ['yes', 'no'];
};

/** A hospital in a repressive country: what the one exception is made for. */
const HOSPITAL: Record<string, FactValue> = {
  P1: 'yes',
  G8: 'yes',
  'H-RF4': 'yes',
  'H-RF5-oversight': 'yes',
  'L-RF1': 'yes',
};

const GOOD: Record<string, FactValue> = Object.fromEntries(questions.map((q) => [q.id, inScope(q)]));
const TWO_EACH = Object.fromEntries(questions.map((q) => [q.id, 2]));
const ladders = new Map(questions.map((q) => [q, ladder(q)]));

/** Good but for a few answers, now and then but for many; one in eight near the exception. */
const dealFrom = (seed: number): Deal => {
  const next = numbersFrom(seed);
  const hospital = next(8) === 0;
  const answers = { ...GOOD, ...(hospital ? HOSPITAL : {}) };
  const based = { ...TWO_EACH };
  for (let n = hospital ? next(4) : next(4) === 0 ? next(40) : next(9); n > 0; n--) {
    const q = questions[next(questions.length)]!;
    const how = next(10);
    if (how < 6) answers[q.id] = ladders.get(q)![next(ladders.get(q)!.length)]!;
    else if (how === 6) answers[q.id] = 'not-applicable';
    else if (how === 7) delete based[q.id];
    else answers[q.id] = 'unknown';
  }
  const accepted = questions.filter(() => next(30) === 0).map((q) => q.id);
  return {
    endUser: KINDS[next(KINDS.length)]!,
    intermediaries: next(2) === 0,
    answers,
    based,
    accepted: next(3) === 0 ? accepted : [],
    alert: next(6) === 0,
    confirmed: next(2) === 0 ? ['clean-benefit'] : [],
    ownFlags: next(9) === 0 ? [{ id: 'own', title: 'Heard at a fair', weight: 'heavy' }] : [],
  };
};

const says = (deal: Deal, ids: string[], value: string): boolean => ids.some((id) => deal.answers[id] === value);

interface Floors {
  /** Comparisons of a deal in scope with one that differs from it. */
  compared: number;
  /** Those in which the tier was high before, so that it could fall. */
  high: number;
  elevated: number;
  /** Those in which something was open before. */
  open: number;
  /** Those in which the tier rose. */
  rose: number;
}

interface Step {
  name: string;
  worsen: (deal: Deal, q: QuestionDocument) => Deal | undefined;
  /** Makes a deal that has room for it. */
  before?: (deal: Deal, q: QuestionDocument) => Deal;
  floors?: Partial<Floors>;
}

/** Whatever is worse than it was: each names the change, and does it. */
const steps: Step[] = [
  {
    name: 'a worse answer',
    // An answer on nothing is not known. A worse one that is known may leave nothing open, as the exception asks for.
    before: (deal, { id }) => (deal.based[id] === undefined ? { ...deal, confirmed: [] } : deal),
    worsen: (deal, q) => {
      const values = ladders.get(q)!;
      const at = values.findIndex((v) => JSON.stringify(v) === JSON.stringify(deal.answers[q.id]));
      const worse = at < 0 ? undefined : values[at + 1];
      return worse === undefined ? undefined : { ...deal, answers: { ...deal.answers, [q.id]: worse } };
    },
  },
  // That K1 is not known counts as "no": only who knows stops a deal.
  {
    name: 'don’t know',
    worsen: (deal, q) =>
      q.id === 'K1' || deal.accepted?.includes(q.id)
        ? undefined
        : { ...deal, answers: { ...deal.answers, [q.id]: 'unknown' } },
  },
  {
    name: 'doesn’t apply',
    worsen: (deal, q) => {
      if (q.id === 'K1' || deal.accepted?.includes(q.id)) return undefined;
      const now = { ...deal, answers: { ...deal.answers, [q.id]: 'not-applicable' } };
      const good = q.notApplicableWhen !== undefined && !policy.evaluate(now).openQuestions.some((o) => o.id === q.id);
      return good ? undefined : now;
    },
  },
  {
    name: 'no answer',
    worsen: (deal, q) => {
      // Said to be out of scope: another answer contradicts that only once it is given.
      if (
        says(deal, ['G1-capability', 'G2'], 'no') ||
        ['K1', 'G1-capability', 'G2', ...(deal.accepted ?? [])].includes(q.id)
      )
        return undefined;
      const { [q.id]: _, ...answers } = deal.answers;
      return { ...deal, answers };
    },
  },
  {
    name: 'no basis',
    worsen: (deal, q) => {
      if (deal.based[q.id] === undefined || deal.accepted?.includes(q.id)) return undefined;
      const { [q.id]: _, ...based } = deal.based;
      return { ...deal, based };
    },
  },
  {
    name: 'an end-user of unknown kind',
    before: (deal) => (deal.endUser === 'unknown' ? { ...deal, endUser: 'private' } : deal),
    worsen: (deal) => ({ ...deal, endUser: 'unknown' }),
    floors: { rose: 500 },
  },
  {
    name: 'intermediaries',
    before: (deal) => ({ ...deal, intermediaries: false }),
    worsen: (deal) => ({ ...deal, intermediaries: true }),
    floors: { rose: 10 },
  },
  {
    name: 'a country alert',
    before: (deal) => ({ ...deal, alert: false }),
    worsen: (deal) => ({ ...deal, alert: true }),
    floors: { rose: 200 },
  },
  {
    name: 'one more flag',
    worsen: (deal) => ({
      ...deal,
      ownFlags: [...(deal.ownFlags ?? []), { id: 'more', title: 'Seen at the border', weight: 'heavy' }],
    }),
  },
  {
    name: 'an exception not confirmed',
    before: (deal) => ({ ...deal, confirmed: ['clean-benefit'] }),
    worsen: (deal) => ({ ...deal, confirmed: [] }),
    floors: { rose: 100 },
  },
  {
    name: 'a gap in place of a good answer, accepted',
    worsen: (deal, q) =>
      q.mustBeKnown ||
      q.id === 'K1' ||
      q.id === 'G1-capability' ||
      q.id === 'G2' ||
      deal.answers[q.id] !== benignAnswer(q) ||
      !deal.based[q.id]
        ? undefined
        : { ...deal, accepted: [...(deal.accepted ?? []), q.id], answers: { ...deal.answers, [q.id]: 'unknown' } },
    floors: { rose: 200 },
  },
];

const rank = (tier: Tier | null): number => (tier === null ? -1 : TIERS.indexOf(tier));
const falls = (a: Deal, b: Deal): boolean => rank(policy.evaluate(b).tier) < rank(policy.evaluate(a).tier);

/** Makes each answer good again that the break doesn't need. */
const smallest = (deal: Deal, breaks: (deal: Deal) => boolean): string => {
  let now = deal;
  for (const q of questions) {
    const good: Deal = { ...now, answers: { ...now.answers, [q.id]: inScope(q) }, based: { ...now.based, [q.id]: 2 } };
    if (breaks(good)) now = good;
  }
  for (const less of [
    { accepted: [] },
    { ownFlags: [] },
    { alert: false },
    { intermediaries: false },
    { confirmed: [] },
  ]) {
    if (breaks({ ...now, ...less })) now = { ...now, ...less };
  }
  const odd = questions.filter(
    (q) => JSON.stringify(now.answers[q.id]) !== JSON.stringify(inScope(q)) || !now.based[q.id],
  );
  const { endUser, intermediaries, accepted, alert, confirmed, ownFlags } = now;
  const answers = Object.fromEntries(
    odd.map((q) => [q.id, [now.answers[q.id] ?? 'no answer', now.based[q.id] ?? 'no basis']]),
  );
  return JSON.stringify({ endUser, intermediaries, accepted, alert, confirmed, ownFlags, answers });
};

/** A step changes one answer or its basis, or something of the whole deal. */
const isSame = (a: Deal, b: Deal, { id }: QuestionDocument): boolean => {
  const changeable = ({ answers, based, ...whole }: Deal): string =>
    JSON.stringify([answers[id] ?? null, based[id] ?? null, whole]);
  return changeable(a) === changeable(b);
};

/** Of each property: more than 200,000 comparisons in all. What must be among them is named for twice as many. */
const DEALS = runs(12_000);
const NAMED_FOR = 24_000;
/** Comparisons that all properties together made. */
let comparisons = 0;

describe('1: nothing that is worse, or not known, is lighter', () => {
  for (const [n, { name, before = (deal: Deal) => deal, worsen, floors }] of steps.entries()) {
    it(`holds for ${name}`, () => {
      const broken: string[] = [];
      const seen: Floors = { compared: 0, high: 0, elevated: 0, open: 0, rose: 0 };
      for (let seed = 0; seed < DEALS && broken.length < 3; seed++) {
        const q = questions[numbersFrom(seed)(questions.length)]!;
        const deal = before(dealFrom(seed * 17 + n), q);
        const worse = worsen(deal, q);
        if (!worse || isSame(worse, deal, q)) continue;
        const [was, now] = [policy.evaluate(deal), policy.evaluate(worse)];
        if (was.tier === null) continue;
        seen.compared += 1;
        if (was.tier === 'high') seen.high += 1;
        if (was.tier === 'elevated') seen.elevated += 1;
        if (was.openQuestions.length > 0) seen.open += 1;
        if (rank(now.tier) > rank(was.tier)) seen.rose += 1;
        if (rank(now.tier) >= rank(was.tier)) continue;
        const breaks = (d: Deal): boolean => {
          const ready = before(d, q);
          const w = worsen(ready, q);
          return w !== undefined && falls(ready, w);
        };
        broken.push(`${q.id}: ${smallest(deal, breaks)}`);
      }
      comparisons += seen.compared;
      expect(broken).toEqual([]);
      const atLeast: Floors = { compared: 12_000, high: 2000, elevated: 3000, open: 8000, rose: 2000, ...floors };
      expect(tooFew(seen, atLeast)).toEqual({});
    });
  }
});

/** Names what was looked at less often than it should have been: else a property could hold of nothing. */
const tooFew = <T extends object>(seen: T, atLeast: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(seen).filter(
      ([what, many]) => many < ((atLeast as Record<string, number>)[what]! * DEALS) / NAMED_FOR,
    ),
  ) as Partial<T>;

type Seen<T extends string> = Record<T, number>;

/**
 * Looks for a deal that breaks what `holds` says, and cuts it down. `holds` names the cases that the deal is one of; none:
 * it says nothing of such a deal.
 */
const always = <T extends string>(
  atLeast: Seen<T>,
  holds: (deal: Deal) => { holds: boolean; cases: readonly (T | false)[] },
  more: (deal: Deal, seed: number) => Deal = (deal) => deal,
): void => {
  const broken: string[] = [];
  const seen = Object.fromEntries(Object.keys(atLeast).map((name) => [name, 0])) as Seen<T>;
  for (let seed = 0; seed < DEALS && broken.length < 3; seed++) {
    const deal = more(dealFrom(seed * 31 + 7), seed);
    const found = holds(deal);
    const cases = found.cases.filter((name) => name !== false);
    if (cases.length > 0) comparisons += 1;
    for (const name of cases) seen[name] += 1;
    if (!found.holds) broken.push(smallest(deal, (d) => !holds(more(d, seed)).holds));
  }
  expect(broken).toEqual([]);
  expect(tooFew(seen, atLeast)).toEqual({});
};

const OWN_MISUSE = ['H3', 'H5', 'H-RF1', 'H-RF6', 'H-RF7', 'H-RF8'];
const LIGHT = ['G8', 'P4', 'H-RF5-oversight'];

/** Those that weigh less with independent oversight: they concern the country. */
const OVERSEEN = ['H-RF4', 'S5'];

describe('2: a promise, a benefit or an overseer is no discount on misuse', () => {
  const weights = (deal: Deal, of: (id: string) => boolean): string =>
    JSON.stringify(policy.evaluate(deal).flags.flatMap(({ id, weight }) => (of(id) ? [[id, weight]] : [])));
  const given = (deal: Deal, id: string, value: FactValue, basis: boolean): Deal => {
    const answers = { ...deal.answers, [id]: value };
    if (basis) return { ...deal, answers, based: { ...deal.based, [id]: 2 } };
    const { [id]: _, ...based } = deal.based;
    return { ...deal, answers, based };
  };

  it('leaves the weight of what this end-user did', () => {
    const own = (id: string): boolean => OWN_MISUSE.includes(id);
    const fixed = (id: string): boolean => own(id) || id === 'L-RF1';
    // Good answers against ones that nobody knows: what is not known raises nothing in the flags as they are shown.
    const with_ = (deal: Deal, value: 'good' | 'unknown'): Deal =>
      LIGHT.reduce((d, id) => given(d, id, value === 'good' ? inScope(byId.get(id)!) : 'unknown', true), deal);
    const misused = (deal: Deal, seed: number): Deal =>
      given(deal, ['H3-targeted', 'H5-legitimate', 'H-RF1', 'H-RF8', 'L-RF1', 'H4'][seed % 6]!, 'yes', true);
    const check = (deal: Deal) => {
      const [good, open] = [with_(deal, 'good'), with_(deal, 'unknown')];
      const { flags, tier } = policy.evaluate(good);
      const misuse = flags.some(({ id }) => own(id));
      return {
        holds: weights(good, fixed) === weights(open, fixed),
        cases: [
          misuse && 'misuse',
          flags.some(({ id }) => id === 'L-RF1') && 'L-RF1',
          misuse && tier === 'high' && 'high with misuse',
        ] as const,
      };
    };
    always({ misuse: 10_000, 'L-RF1': 4000, 'high with misuse': 4000 }, check, misused);
  });

  it('lightens what concerns the country only where oversight stands on something', () => {
    const all = (): boolean => true;
    always({ lightened: 2000, 'tier differs': 200 }, (deal) => {
      const plain = { ...deal, accepted: [] };
      const overseen = given(plain, 'H-RF5-oversight', 'no', true);
      const baseless = given(plain, 'H-RF5-oversight', 'no', false);
      const open = given(plain, 'H-RF5-oversight', 'unknown', true);
      const [a, b] = [policy.evaluate(overseen), policy.evaluate(baseless)];
      const differ = a.flags.filter(({ id, weight }) => b.flags.find((f) => f.id === id)?.weight !== weight);
      return {
        holds:
          weights(baseless, all) === weights(open, all) &&
          rank(b.tier) === rank(policy.evaluate(open).tier) &&
          rank(a.tier) <= rank(b.tier) &&
          differ.every(({ id }) => OVERSEEN.includes(id)),
        cases: [differ.length > 0 && 'lightened', rank(a.tier) < rank(b.tier) && 'tier differs'],
      };
    });
  });

  it('lightens it by one step, no further', () => {
    const deal: Deal = { ...dealFrom(0), accepted: [], endUser: 'government', based: {} };
    deal.answers = { ...GOOD, 'H-RF4': 'yes' };
    const weight = (based: Record<string, number>): string | undefined =>
      policy.evaluate({ ...deal, based }).flags.find((f) => f.id === 'H-RF4')?.weight;
    expect([weight({ 'H-RF5-oversight': 1 }), weight({})]).toEqual(['moderate', 'heavy']);
  });
});

const heavyFlags = (deal: Deal): number =>
  policy.evaluate(deal).flags.filter((f) => f.weight === 'heavy' || f.weight === 'severe').length;
const graverThan = (deal: Deal, tier: Tier): boolean => rank(policy.evaluate(deal).tier) > TIERS.indexOf(tier);

describe('3: two heavy flags and a product that works on people', () => {
  const onPeople = (deal: Deal, seed: number): Deal => ({
    ...deal,
    answers: { ...deal.answers, [seed % 2 ? 'P1' : 'P2']: 'yes' },
  });
  const hospital = (deal: Deal): Deal => ({
    ...deal,
    endUser: deal.intermediaries ? 'government' : 'private',
    accepted: [],
    answers: { ...deal.answers, ...HOSPITAL },
  });

  it('is high, but for the one exception that is named and confirmed', () => {
    always(
      { 'two heavy': 3000, 'just two': 500, 'by the exception': 100 },
      (deal) => {
        const { placed, scope, tier } = policy.evaluate(deal);
        const heavy = heavyFlags(deal);
        if (heavy < 2 || scope === 'out') return { holds: true, cases: [] };
        const excepted = placed?.exception?.confirmed === true && tier === 'elevated';
        return {
          holds: excepted || graverThan(deal, 'elevated'),
          cases: [!excepted && 'two heavy', !excepted && heavy === 2 && 'just two', excepted && 'by the exception'],
        };
      },
      (deal, seed) => (seed % 4 === 0 ? hospital(deal) : onPeople(deal, seed)),
    );
  });

  it('makes no exception for a security service, an unclean record, an accepted or an open gap', () => {
    // Near the exception, but for one thing that rules it out.
    const spoiled: ((deal: Deal) => Deal)[] = [
      (deal) => deal,
      (deal) => ({ ...deal, endUser: 'security' }),
      (deal) => ({ ...deal, accepted: ['H-RF2'], answers: { ...deal.answers, 'H-RF2': 'unknown' } }),
      (deal) => given(deal, 'H-RF9', 'unknown'),
      (deal) => given(deal, 'H-RF1', 'yes'),
      (deal) => ({ ...deal, based: { ...deal.based, H4: 0 } }),
      (deal) => given(deal, 'G8', 'unknown'),
    ];
    const given = (deal: Deal, id: string, value: FactValue): Deal => ({
      ...deal,
      answers: { ...deal.answers, [id]: value },
    });
    always(
      { excepted: 300, spoiled: 8000, 'high, and spoiled': 4000 },
      (deal) => {
        const all = { ...deal, confirmed: ['clean-benefit'] };
        const { placed, openQuestions, tier } = policy.evaluate(all);
        if (!placed?.exception)
          return { holds: true, cases: [tier !== null && 'spoiled', tier === 'high' && 'high, and spoiled'] };
        return {
          holds:
            (deal.endUser === 'government' || deal.endUser === 'private') &&
            !says(deal, ['H3-targeted', 'H4', 'H5-legitimate', 'H-RF1', 'H-RF8', 'S5', 'S-RF2'], 'yes') &&
            (deal.endUser === 'government' || !says(deal, ['S-RF1', 'G2'], 'yes')) &&
            deal.answers['G8'] === 'yes' &&
            openQuestions.every((q) => !q.weighty && !q.accepted),
          cases: ['excepted'],
        };
      },
      (deal, seed) => spoiled[seed % spoiled.length]!(hospital(deal)),
    );
  });

  it('is high for a security service with misuse behind it, whatever else', () => {
    const misuse = (deal: Deal, seed: number): Deal => {
      const id = ['H3-targeted', 'H5-legitimate', 'H-RF1', 'H-RF8'][seed % 4]!;
      return {
        ...onPeople(deal, seed),
        endUser: 'security',
        answers: { ...onPeople(deal, seed).answers, [id]: 'yes' },
      };
    };
    always(
      { 'in scope': 15_000, 'with oversight and benefit': 3000 },
      (deal) => {
        const { scope } = policy.evaluate(deal);
        const good = says(deal, ['H-RF5-oversight'], 'no') && says(deal, ['G8'], 'yes');
        return {
          holds: scope === 'out' || graverThan(deal, 'elevated'),
          cases: [scope === 'in' && 'in scope', scope === 'in' && good && 'with oversight and benefit'],
        };
      },
      misuse,
    );
  });

  it('takes the misuse of similar products as a concern, no more', () => {
    for (const endUser of KINDS) {
      for (const product of ['P1', 'P2', 'P3', 'P5', 'none']) {
        const deal = { ...dealFrom(0), accepted: [], ownFlags: [], alert: false, endUser };
        deal.based = Object.fromEntries(questions.map((q) => [q.id, 2]));
        deal.answers = {
          ...GOOD,
          [product]: 'yes',
          'P-RF1': 'yes',
        };
        expect(policy.evaluate(deal).placed?.column).toBe('concerns');
        expect(graverThan(deal, 'elevated')).toBe(false);
      }
    }
  });
});

describe('4: a product that does nothing on people', () => {
  it('is never above elevated on the country’s account', () => {
    const country = new Set(questions.filter((q) => /^(H|L|S)/.test(q.id)).map((q) => q.id));
    const nothing = (deal: Deal): Deal => ({
      ...deal,
      confirmed: [],
      answers: {
        ...GOOD,
        ...Object.fromEntries(Object.entries(deal.answers).filter(([id]) => country.has(id))),
        P1: 'no',
        P2: 'no',
        P3: 'no',
        P5: 'no',
        G10: 'linked',
        K1: 'no',
      },
      based: { ...deal.based, P1: 1, P2: 1, P3: 1, P5: 1, 'P-RF2': 1 },
    });
    always(
      { serious: 3000, shown: 3000, elevated: 6000 },
      (deal) => {
        const { placed, tier } = policy.evaluate(deal);
        return {
          holds: !graverThan(deal, 'elevated'),
          cases: [
            placed?.column === 'serious' && 'serious',
            placed?.column === 'shown' && 'shown',
            tier === 'elevated' && 'elevated',
          ],
        };
      },
      nothing,
    );
  });

  it('weighs that it could end up elsewhere no more than lightly by itself', () => {
    const answers = { ...GOOD, S4: 'yes' };
    const based = Object.fromEntries(questions.map((q) => [q.id, 2]));
    const { flags } = policy.evaluate({ endUser: 'government', intermediaries: true, answers, based });
    expect(flags.map((f) => [f.id, f.weight])).toEqual([['S4', 'light']]);
  });
});

describe('5: what we would do ourselves, and what is going on there', () => {
  it('is high where we would cause or contribute, and a flag weighs', () => {
    const ours = (deal: Deal, seed: number): Deal => ({
      ...deal,
      answers: { ...deal.answers, G10: seed % 2 ? 'cause' : 'contribute' },
    });
    const asked = (deal: Deal): boolean => policy.questionsFor('context', deal).some((q) => q.id === 'G10');
    const weighs = (deal: Deal): boolean => policy.evaluate(deal).flags.some((f) => f.weight !== 'light');
    always(
      { weighs: 8000, 'high by this alone': 1000 },
      (deal) => {
        const { scope } = policy.evaluate(deal);
        if (scope === 'out' || !asked(deal) || !weighs(deal)) return { holds: true, cases: [] };
        const linked = { ...deal, answers: { ...deal.answers, G10: 'linked' } };
        return {
          holds: graverThan(deal, 'elevated'),
          cases: ['weighs', !graverThan(linked, 'elevated') && 'high by this alone'],
        };
      },
      ours,
    );
  });

  it('takes a standing country alert as a concern', () => {
    always({ alone: 2000, 'beside others': 8000 }, (deal) => {
      const calm = policy.evaluate({ ...deal, alert: false }).placed?.column;
      const { placed } = policy.evaluate({ ...deal, alert: true });
      return {
        holds: placed?.column !== 'nothing' && (calm !== 'nothing' || placed?.column === 'concerns'),
        cases: [calm === 'nothing' && 'alone', calm !== undefined && calm !== 'nothing' && 'beside others'],
      };
    });
  });
});

describe('6: what is asked of whom', () => {
  const asks = (endUser: Facts['endUser'], id: string): boolean =>
    policy
      .questionsFor('end-user', { endUser, answers: { 'G1-capability': 'yes', G2: 'yes' } })
      .some((q) => q.id === id);

  const RECORD = ['H3-targeted', 'H4', 'H5-legitimate', 'H-RF1', 'H-RF8'];

  it('asks everybody about security services and their own record', () => {
    const missing = KINDS.flatMap((kind) => RECORD.filter((id) => !asks(kind, id)).map((id) => `${kind} ${id}`));
    expect(missing).toEqual([]);
  });

  it('asks so whatever else was answered, and counts what is left out as the worst', () => {
    const some = Object.fromEntries(KINDS.map((kind) => [kind, 2000])) as Seen<Facts['endUser']>;
    always({ ...some, 'column shown': 8000 }, (deal) => {
      if (policy.evaluate(deal).scope === 'out') return { holds: true, cases: [] };
      const asked = new Set(policy.questionsFor('end-user', deal).map(({ id }) => id));
      const silent = { ...deal, accepted: [], answers: { ...deal.answers } };
      delete silent.answers['H-RF8'];
      const { placed } = policy.evaluate(silent);
      return {
        holds: RECORD.every((id) => asked.has(id)) && placed?.column === 'shown',
        cases: [deal.endUser, placed?.column === 'shown' && 'column shown'],
      };
    });
  });

  it('can raise H-RF7 and H-RF8 for private and state-tied end-users', () => {
    always(
      { private: 8000, 'state-tied': 8000 },
      (deal) => {
        const { flags, scope } = policy.evaluate(deal);
        if (scope === 'out') return { holds: true, cases: [] };
        const ids = new Set(flags.map(({ id }) => id));
        return {
          holds: ids.has('H-RF7') && ids.has('H-RF8'),
          cases: [deal.endUser === 'private' ? 'private' : 'state-tied'],
        };
      },
      (deal, seed) => ({
        ...deal,
        endUser: seed % 2 ? 'private' : 'state-tied',
        answers: { ...deal.answers, H4: 'yes', 'H5-legitimate': 'yes' },
      }),
    );
  });
});

it('was compared at least 200,000 times, in all', () => {
  expect(comparisons).toBeGreaterThan(200_000);
});
