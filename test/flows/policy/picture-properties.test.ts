/** What must hold in the risk picture of the default policy, over generated deals; a break is cut down to its smallest. */

import { describe, expect, it } from 'vitest';
import { benignAnswer } from '../../../flows/policy/compile-picture.ts';
import { compile } from '../../../flows/policy/compile.ts';
import { TIERS, type Facts, type FactValue, type Tier } from '../../../flows/policy/policy.ts';
import type { QuestionDocument } from '../../../flows/policy/schema.ts';
import { defaultDocument, KINDS } from './deals.ts';

const document = defaultDocument();
document.picture!.bases = 'required';
const policy = compile(document, '');
const questions = document.sections.flatMap((s) => s.questions);
const byId = new Map(questions.map((q) => [q.id, q]));

type Deal = Facts & { answers: Record<string, FactValue>; based: Record<string, number> };

const random = (seed: number) => {
  let a = seed;
  return (below: number): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const inScope = (q: QuestionDocument): FactValue =>
  q.id === 'G1-capability' || q.id === 'G2' ? 'yes' : (benignAnswer(q) ?? 'Counting cars.');
/** From the best to the worst. */
const ladder = ({ kind, worse, options }: QuestionDocument): FactValue[] => {
  const values = options.map((o) => o.value);
  if (kind === 'text') return ['Counting cars.'];
  if (kind === 'choice') return values;
  if (kind === 'choices') return [[], ...values.map((_, i) => values.slice(0, i + 1))];
  return worse === 'yes' ? ['no', 'yes'] : ['yes', 'no'];
};

/** Good but for a few answers, now and then but for many. */
const dealFrom = (seed: number): Deal => {
  const next = random(seed);
  const answers = Object.fromEntries(questions.map((q) => [q.id, inScope(q)]));
  const based = Object.fromEntries(questions.map((q) => [q.id, 2]));
  for (let n = next(4) === 0 ? next(40) : next(9); n > 0; n--) {
    const q = questions[next(questions.length)]!;
    const how = next(10);
    if (how < 6) answers[q.id] = ladder(q)[next(ladder(q).length)]!;
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

/** Whatever is worse than it was: each names the change, and does it. */
const steps: { name: string; worsen: (deal: Deal, q: QuestionDocument) => Deal | undefined }[] = [
  {
    name: 'a worse answer',
    worsen: (deal, q) => {
      const values = ladder(q);
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
  { name: 'an end-user of unknown kind', worsen: (deal) => ({ ...deal, endUser: 'unknown' }) },
  { name: 'intermediaries', worsen: (deal) => ({ ...deal, intermediaries: true }) },
  { name: 'a country alert', worsen: (deal) => ({ ...deal, alert: true }) },
  {
    name: 'one more flag',
    worsen: (deal) => ({
      ...deal,
      ownFlags: [...(deal.ownFlags ?? []), { id: 'more', title: 'Seen at the border', weight: 'heavy' }],
    }),
  },
  { name: 'an exception not confirmed', worsen: (deal) => ({ ...deal, confirmed: [] }) },
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

const DEALS = 24_000;
/** Comparisons that every property together must have made. */
let comparisons = 0;

describe('1: nothing that is worse, or not known, is lighter', () => {
  for (const [n, { name, worsen }] of steps.entries()) {
    it(`holds for ${name}`, () => {
      const broken: string[] = [];
      let made = 0;
      for (let seed = 0; seed < DEALS && broken.length < 3; seed++) {
        const deal = dealFrom(seed * 17 + n);
        const q = questions[random(seed)(questions.length)]!;
        const worse = worsen(deal, q);
        if (!worse) continue;
        made += 1;
        if (!falls(deal, worse)) continue;
        const breaks = (d: Deal): boolean => {
          const w = worsen(d, q);
          return w !== undefined && falls(d, w);
        };
        broken.push(`${q.id}: ${smallest(deal, breaks)}`);
      }
      comparisons += made;
      expect(broken).toEqual([]);
    });
  }

  it('was compared at least 200,000 times', () => {
    expect(comparisons).toBeGreaterThan(200_000);
  });
});

/** Looks for a deal that breaks what `holds` says, and cuts it down. */
const always = (
  holds: (deal: Deal) => boolean,
  more: (deal: Deal, seed: number) => Deal = (deal) => deal,
): string[] => {
  const broken: string[] = [];
  for (let seed = 0; seed < DEALS && broken.length < 3; seed++) {
    const deal = more(dealFrom(seed * 31 + 7), seed);
    if (!holds(deal)) broken.push(smallest(deal, (d) => !holds(more(d, seed))));
  }
  return broken;
};

const OWN_MISUSE = ['H3', 'H5', 'H-RF1', 'H-RF6', 'H-RF7', 'H-RF8'];
const LIGHT = ['G8', 'P4', 'H-RF5-oversight'];

describe('2: a promise, a benefit or an overseer is no discount on misuse', () => {
  it('leaves the weight of what this end-user did', () => {
    const weights = (deal: Deal): string =>
      JSON.stringify(
        policy
          .evaluate(deal)
          .flags.filter((f) => OWN_MISUSE.includes(f.id) || f.id === 'L-RF1')
          .map(({ id, weight }) => [id, weight]),
      );
    const with_ = (deal: Deal, value: 'good' | 'unknown'): Deal => ({
      ...deal,
      answers: {
        ...deal.answers,
        ...Object.fromEntries(LIGHT.map((id) => [id, value === 'good' ? inScope(byId.get(id)!) : 'unknown'])),
      },
      based: { ...deal.based, 'H-RF5-oversight': 2 },
    });
    // Good answers against ones that nobody knows: what is not known raises nothing in the flags as they are shown.
    expect(always((deal) => weights(with_(deal, 'good')) === weights(with_(deal, 'unknown')))).toEqual([]);
  });

  it('lightens what concerns the country only where oversight stands on something', () => {
    const deal: Deal = { ...dealFrom(0), accepted: [], endUser: 'government', based: {} };
    deal.answers = { ...Object.fromEntries(questions.map((q) => [q.id, inScope(q)])), 'H-RF4': 'yes' };
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

  it('is high, but for the one exception that is named and confirmed', () => {
    const holds = (deal: Deal): boolean => {
      if (heavyFlags(deal) < 2 || policy.evaluate(deal).scope === 'out') return true;
      const { placed } = policy.evaluate(deal);
      return placed?.exception?.confirmed === true || graverThan(deal, 'elevated');
    };
    expect(always(holds, onPeople)).toEqual([]);
  });

  it('makes no exception for a security service, an unclean record, an accepted or an open gap', () => {
    const holds = (deal: Deal): boolean => {
      const { placed, openQuestions } = policy.evaluate({ ...deal, confirmed: ['clean-benefit'] });
      if (!placed?.exception) return true;
      return (
        !['security', 'unknown', 'state-tied'].includes(deal.endUser) &&
        !says(deal, ['H3-targeted', 'H4', 'H5-legitimate', 'H-RF1', 'H-RF8', 'S5', 'S-RF2'], 'yes') &&
        (deal.endUser === 'government' || !says(deal, ['S-RF1', 'G2'], 'yes')) &&
        deal.answers['G8'] === 'yes' &&
        openQuestions.every((q) => !q.weighty)
      );
    };
    expect(always(holds, onPeople)).toEqual([]);
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
    expect(always((deal) => policy.evaluate(deal).scope === 'out' || graverThan(deal, 'elevated'), misuse)).toEqual([]);
  });

  it('takes the misuse of similar products as a concern, no more', () => {
    for (const endUser of KINDS) {
      for (const product of ['P1', 'P2', 'P3', 'P5', 'none']) {
        const deal = { ...dealFrom(0), accepted: [], ownFlags: [], alert: false, endUser };
        deal.based = Object.fromEntries(questions.map((q) => [q.id, 2]));
        deal.answers = {
          ...Object.fromEntries(questions.map((q) => [q.id, inScope(q)])),
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
        ...Object.fromEntries(questions.map((q) => [q.id, inScope(q)])),
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
    expect(always((deal) => !graverThan(deal, 'elevated'), nothing)).toEqual([]);
  });

  it('weighs that it could end up elsewhere no more than lightly by itself', () => {
    const answers = { ...Object.fromEntries(questions.map((q) => [q.id, inScope(q)])), S4: 'yes' };
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
    expect(always((deal) => !asked(deal) || !weighs(deal) || graverThan(deal, 'elevated'), ours)).toEqual([]);
  });

  it('takes a standing country alert as a concern', () => {
    expect(
      always((deal) => {
        const { placed } = policy.evaluate({ ...deal, alert: true });
        return placed === undefined || placed.column !== 'nothing';
      }),
    ).toEqual([]);
  });
});

describe('6: what is asked of whom', () => {
  const asks = (endUser: Facts['endUser'], id: string): boolean =>
    policy
      .questionsFor('end-user', { endUser, answers: { 'G1-capability': 'yes', G2: 'yes' } })
      .some((q) => q.id === id);

  it('asks everybody about security services and their own record', () => {
    const missing = KINDS.flatMap((kind) =>
      ['H3-targeted', 'H4', 'H5-legitimate', 'H-RF1', 'H-RF8']
        .filter((id) => !asks(kind, id))
        .map((id) => `${kind} ${id}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(['private', 'state-tied'] as const)('can raise H-RF7 and H-RF8 for a %s end-user', (endUser) => {
    const answers = {
      ...Object.fromEntries(questions.map((q) => [q.id, inScope(q)])),
      H4: 'yes',
      'H5-legitimate': 'yes',
    };
    const { flags } = policy.evaluate({ endUser, answers, based: {} });
    expect(flags.map((f) => f.id)).toEqual(expect.arrayContaining(['H-RF7', 'H-RF8']));
  });
});
