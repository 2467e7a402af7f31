/** A look at what moved tells what a look at all tells. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyKeys } from '../../../../flows/company-name.ts';
import { besideIn } from '../../../../flows/deal/context/beside.ts';
import { isSameProduct, isTwin, type SaidElsewhere } from '../../../../flows/deal/context/elsewhere.ts';
import { heardBy, listenersTo, type SaidChange } from '../../../../flows/deal/context/news-of-some.ts';
import { newsInTurn, newsOfOthers } from '../../../../flows/deal/context/news.ts';
import type { DealId } from '../../../../flows/ids.ts';
import { walked } from '../../../../flows/walk.ts';
import { runs } from '../../../support/runs.ts';

const NOW = '2027-03-12T09:00:00.000Z';
const IDS = Array.from({ length: 9 }, (_, n) => `D-DEAL0${n}`);

const oneOf = fc.constantFrom;
const at = oneOf('2025-01-01T09:00:00.000Z', '2026-10-01T09:00:00.000Z', '2027-02-01T09:00:00.000Z');
const kind = oneOf('private', 'state-tied', 'government', 'security', 'unknown');
const names = (min: number) =>
  fc.uniqueArray(oneOf('alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'), { minLength: min, maxLength: 2 });
const countries = fc.uniqueArray(oneOf('VN', 'SE', 'NO'), { minLength: 1, maxLength: 2 });
const products = fc.uniqueArray(oneOf('camera', 'analytics', 'other thing'), { minLength: 1, maxLength: 2 });
const topic = oneOf('country', 'product', 'end-user', 'sale');
const question = oneOf('Q1', 'Q2');
const says = fc.uniqueArray(oneOf('yes', 'more'), { minLength: 1, maxLength: 2 });
/** One in `freq` is undefined. */
const maybe = <T>(value: fc.Arbitrary<T>, freq = 2) => fc.option(value, { nil: undefined, freq });
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Some may be the same though their keys are not: a part of the other. */
const WRITTEN: Readonly<Record<string, string>> = {
  alpha: 'Sample Harbour Guard',
  beta: 'Border Unit of the Sample Harbour Guard',
  gamma: 'Quartz Telecom',
  delta: 'Quartz Telecom Holding',
  epsilon: 'Sample Institute',
  // A letter is another.
  zeta: 'Sample Harbor Guard',
};
const writtenAs = (key: string): string => WRITTEN[key] ?? key;

const anySaid = (id: DealId): fc.Arbitrary<SaidElsewhere> =>
  fc
    .record({
      endUsers: names(1),
      owner: oneOf('rep-1', 'rep-2', 'rep-3'),
      worker: oneOf('rep-1', 'rep-2', 'product-1', 'product-2'),
      others: names(0),
      countries,
      products,
      kinds: fc.tuple(kind, kind, at),
      scope: maybe(oneOf('in', 'out')),
      tiers: fc.tuple(maybe(fc.nat(3)), maybe(fc.nat(3))),
      listens: fc.boolean(),
      isOut: fc.boolean(),
      settled: maybe(oneOf('approved', 'confirmed', 'found')),
      rests: seldom(oneOf(...IDS)),
      ended: seldom(fc.record({ how: oneOf('declined', 'declined', 'stopped', 'withdrawn'), at })),
      worries: fc.array(
        fc.record({
          of: oneOf('flag', 'question', 'asked', 'hold', 'refused', 'stop', 'answer'),
          by: oneOf('rep-1', 'compliance-1'),
          at,
        }),
        { maxLength: 2 },
      ),
      milder: fc.array(fc.record({ question, topic, unsaid: says }), { maxLength: 2 }),
      otherwise: fc.array(fc.record({ question, topic, says, at }), { maxLength: 2 }),
      before: maybe(names(1), 3),
      spoke: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        {
          weight: 1,
          arbitrary: fc.array(
            fc.record({
              by: oneOf('rep-1', 'product-1', 'compliance-1'),
              at,
              heavy: maybe(fc.constant(true as const)),
              of: maybe(oneOf('product', 'country', 'name')),
              text: oneOf(
                'It leaks',
                ...Object.values(WRITTEN).map((name) => `They say that ${name} watches strikers`),
              ),
              names: maybe(products),
              places: maybe(countries),
            }),
            { minLength: 1, maxLength: 2 },
          ),
        },
      ),
      outAt: maybe(at),
      company: maybe(fc.record({ kind: oneOf('security', 'government'), at, by: oneOf('rep-1', 'product-1') }), 3),
    })
    .map(
      ({
        others,
        worker,
        countries: destinations,
        kinds: [now, gravest, since],
        tiers: [tier, tierEver],
        before: once,
        company,
        outAt,
        ...said
      }) => ({
        ...said,
        id,
        team: [said.owner, worker],
        parties: [...new Set([...said.endUsers, ...others])],
        called: { endUsers: said.endUsers.map(writtenAs), besides: others.map(writtenAs) },
        destinations,
        now: { destinations: destinations.slice(0, 1), products: said.products.slice(0, 1) },
        kind: { now, gravest, at: since },
        tier,
        tierEver,
        otherwise: said.otherwise.map((one) => ({
          ...one,
          about: one.topic === 'country' ? destinations : said.products,
        })),
        noted: undefined,
        ...(said.settled === 'found' ? { foundAt: outAt } : said.rests !== undefined ? { restsAt: outAt } : {}),
        once,
        ofCompanies:
          company &&
          others.map((key) => ({
            ...company,
            name: writtenAs(key),
            text: `${writtenAs(key)}, buys for the police`,
            keys: [key, ...companyKeys(writtenAs(key))],
          })),
      }),
    );

const toldOf = (all: readonly SaidElsewhere[], listeners: readonly SaidElsewhere[]) =>
  new Map([...newsInTurn(walked(heardBy(all, listeners)), NOW, listeners)].filter((found) => found !== undefined));

/** Of one party each, against which nobody speaks: they hear of each other by their names and scopes alone. */
const quietly = (id: DealId): fc.Arbitrary<SaidElsewhere> =>
  fc.tuple(anySaid(id), oneOf('private', 'security')).map(([{ endUsers, called, ...said }, quiet]) => ({
    ...said,
    endUsers: endUsers.slice(0, 1),
    parties: endUsers.slice(0, 1),
    called: { endUsers: called.endUsers.slice(0, 1), besides: [] },
    kind: { ...said.kind, now: quiet, gravest: quiet },
    products: said.products.slice(0, 1),
    rests: undefined,
    ended: undefined,
    worries: [],
    otherwise: [],
    spoke: undefined,
    once: undefined,
    ofCompanies: undefined,
  }));

/** A company of deals, and one that moves on, is opened, or is erased. */
const movingOf = (ids: readonly DealId[], some: (id: DealId) => fc.Arbitrary<SaidElsewhere>) =>
  fc.tuple(...ids.map(some)).chain((all) =>
    fc.nat(all.length - 1).chain((n) =>
      fc.record({
        all: fc.constant(all),
        n: fc.constant(n),
        now: maybe(some(ids[n] ?? ''), 5),
        isNew: oneOf(false, false, false, true),
      }),
    ),
  );

describe('a look at what moved', () => {
  it.each([
    ['', 500, movingOf(IDS, anySaid)],
    [', of deals with nothing in common but names that may be the same', 1500, movingOf(IDS.slice(0, 4), quietly)],
  ])('tells what a look at all tells, and no others have news that was not there before%s', (_name, most, moving) => {
    const seen = { listeners: 0, left: 0, told: 0, speakers: 0 };
    fc.assert(
      fc.property(moving, ({ all, n, now, isNew }) => {
        const rest = all.filter((_, i) => i !== n);
        const was = isNew ? rest : all;
        const is = now ? all.map((one, i) => (i === n ? now : one)) : rest;
        const changes: SaidChange[] = [{ before: isNew ? undefined : all[n], now }];
        const listeners = walked(listenersTo(is, changes));
        const [before, whole] = [newsOfOthers(was, NOW), newsOfOthers(is, NOW)];
        const told = toldOf(is, listeners);
        for (const one of is) {
          if (listeners.includes(one)) expect(told.get(one.id)).toEqual(whole.get(one.id));
          else if (one.listens) expect(whole.get(one.id)).toEqual(before.get(one.id));
        }
        seen.listeners += listeners.length;
        seen.left += is.length - listeners.length;
        seen.told += told.size;
        seen.speakers += is.length - walked(heardBy(is, listeners.slice(0, 1))).length;
      }),
      { numRuns: runs(most) },
    );
    // A look that always looked at all, or never told anything, would prove nothing.
    expect(Math.min(seen.left, seen.told, seen.listeners, seen.speakers)).toBeGreaterThan(200);
  });
});

describe('deals of the same sale through the same company', () => {
  const since = '2026-03-12T09:00:00.000Z';
  /** The same by one look at each pair. */
  const pairwise = (one: SaidElsewhere, all: readonly SaidElsewhere[]): { beside: DealId[]; transit: DealId[] } => {
    const last = ({ ended, worries }: SaidElsewhere): string =>
      [ended?.at ?? '', ...worries.map((worry) => worry.at)].toSorted((a, b) => (a < b ? -1 : 1)).at(-1) ?? '';
    const doubted = ({ owner, askedBy, ended, worries, settled }: SaidElsewhere): boolean =>
      ended?.how === 'declined' ||
      ended?.how === 'stopped' ||
      ended?.after !== undefined ||
      ended?.unconfirmed === true ||
      worries.some(
        ({ of, by, also = [] }) =>
          (of !== 'asked' || settled !== 'approved') &&
          (of === 'listed' ||
            of === 'suspended' ||
            askedBy !== undefined ||
            [by, ...also].some((person) => person !== owner)),
      );
    const grave = ({ ended, worries }: SaidElsewhere): boolean =>
      ended?.how === 'declined' ||
      ended?.how === 'stopped' ||
      worries.some(({ of }) => ['flag', 'hold', 'stop', 'answer'].includes(of));
    const rank = (other: SaidElsewhere): string => `${other.ended?.how === 'declined' ? 1 : 0} ${last(other)}`;
    // Five of each who sells them.
    const most = (found: readonly SaidElsewhere[]): DealId[] => {
      const rest = found.filter((other) => !doubted(other));
      const sellers = rest.map(({ askedBy, owner }) => askedBy ?? owner);
      const few = rest.filter((_, i) => sellers.slice(0, i).filter((id) => id === sellers[i]).length < 5);
      return [...found.filter(doubted).slice(0, 50), ...few.slice(0, 50)].map(({ id }) => id);
    };
    const near = all
      .filter((other) => other !== one && last(other) > since)
      .filter((other) => [...other.parties, ...(other.once ?? [])].some((key) => one.parties.includes(key)))
      .toSorted((a, b) => (rank(a) === rank(b) ? (a.id < b.id ? -1 : 1) : rank(a) > rank(b) ? -1 : 1));
    return {
      beside: most(near.filter((other) => isTwin(one, other))),
      transit: most(near.filter((other) => !isTwin(one, other) && isSameProduct(one, other) && grave(other))),
    };
  };

  it('are those that a look at each pair finds', () => {
    const many = fc
      .integer({ min: 2, max: 90 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anySaid(`D-S${String(i).padStart(3, '0')}`))));
    let most = 0;
    fc.assert(
      fc.property(many, (all) => {
        const beside = walked(besideIn(all, since));
        for (const one of all.slice(0, 5)) {
          const found = beside(one, () => true);
          const ids = { beside: found.beside.map(({ id }) => id), transit: found.transit.map(({ id }) => id) };
          expect(ids).toEqual(pairwise(one, all));
          most = Math.max(most, Math.min(ids.beside.length, ids.transit.length));
        }
      }),
      { numRuns: runs(60) },
    );
    expect(most).toBeGreaterThan(8);
  });

  it('of a reseller of thousands take no time that grows with their square', () => {
    const [first] = fc.sample(anySaid('D-0'), 1);
    if (!first) throw new Error('no sample');
    const flagged = (n: number): SaidElsewhere => ({
      ...first,
      id: `D-R${n}`,
      listens: true,
      settled: undefined,
      rests: undefined,
      endUsers: [`end-user ${n}`],
      parties: [`end-user ${n}`, 'reseller'],
      worries: [{ of: 'flag', by: 'compliance-1', at: '2027-02-01T09:00:00.000Z' }],
    });
    const all = Array.from({ length: 6000 }, (_, n) => flagged(n));
    const costOf = (deals: SaidElsewhere[]): number => {
      const cpu = process.cpuUsage();
      expect(newsOfOthers(deals, NOW).size).toBe(deals.length);
      return process.cpuUsage(cpu).user;
    };
    costOf(all.slice(0, 500));
    const [some, four] = [costOf(all.slice(0, 1500)), costOf(all)];
    expect(four / some).toBeLessThan(10);
  });
});
