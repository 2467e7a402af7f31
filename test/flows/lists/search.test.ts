/** Finding deals by words: what fits, in which script, and never a deal that the person may not read. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canRead } from '../../../flows/deal/rights/access.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { findNamed, nearWord } from '../../../flows/lists/name-rank.ts';
import { find, readQuery, type Query } from '../../../flows/lists/query.ts';
import { searchable, type Searchable } from '../../../flows/lists/search.ts';
import { summaryOf } from '../../../flows/lists/summary.ts';
import { isSlip } from '../../../flows/nearest.ts';
import { aDeal, aDecidingDeal, aView } from '../../support/deal-builders.ts';
import { everyStatus } from '../../support/every-deal.ts';
import { absencesOf, acts, approved, play, waitingForVotes } from '../../support/model.ts';
import { TIMED } from '../../support/ticking.ts';

const { details } = aDeal();
type Made = Partial<typeof details> & { id: string; openedAt?: string; owner?: string };
const made = (
  { id, openedAt = '2026-05-04T09:00:00.000Z', owner = 'rep-1', ...more }: Made,
  of: OpenedDeal = aDeal(),
): OpenedDeal => ({
  ...of,
  id,
  openedAt,
  owner,
  details: { ...details, ...more },
});
const deals: OpenedDeal[] = [
  made({
    id: 'D-NORD01',
    customer: 'Nordwetter GmbH',
    endUser: { name: 'Polizeidirektion Süd', kind: 'security' },
    destination: 'VN',
  }),
  made(
    { id: 'D-HIGH01', endUser: { name: 'Bộ Công an', kind: 'government' }, destination: 'VN' },
    { ...aDecidingDeal() },
  ),
  made({ id: 'D-DUTCH1', endUser: { name: '國家警察', kind: 'security' }, destination: 'NL' }),
  made({
    id: 'D-KOSOV1',
    endUser: { name: 'Министарство', kind: 'private' },
    destination: 'XK',
    openedAt: '2025-12-31T09:00:00.000Z',
  }),
  made({ id: 'D-GONE01', destination: 'CI', product: { id: 'sensor', name: 'Weather sensor' } }, everyStatus.withdrawn),
  made({ id: 'D-DONE01', destination: 'US' }, everyStatus.decided),
];
const all: Searchable[] = deals.map((deal) => searchable(summaryOf(aView(deal))));
const today = aView();
const asked = (text: string, view: DealView = today): Query => {
  const { organisation, now } = view;
  const read = readQuery(text, { organisation, now, isFlag: () => false, flags: () => [] });
  if (!read.ok) throw new Error(read.text);
  return read.query;
};
const found = (text: string, person = 'compliance-1'): string[] => find(all, asked(text), today, person).toSorted();

describe('words find deals', () => {
  it.each([
    ['nordwetter', ['D-NORD01']],
    ['POLIZEI sud', ['D-NORD01']],
    ['süd nordwetter', ['D-NORD01']],
    ['bo cong', ['D-HIGH01']],
    ['Vietnam', ['D-HIGH01', 'D-NORD01']],
    ['việt nam', ['D-HIGH01', 'D-NORD01']],
    ['越南', ['D-HIGH01', 'D-NORD01']],
    ['VN', ['D-HIGH01', 'D-NORD01']],
    ['vietnam high', ['D-HIGH01']],
    ['all high deals to Vietnam with flag H-RF1 in 2026', ['D-HIGH01']],
    ['h-rf1 vietnam', ['D-HIGH01']],
    ['L-RF1', []],
    ['rf1', []],
    ['Holland', ['D-DUTCH1']],
    ['the Netherlands', ['D-DUTCH1']],
    ['警察', ['D-DUTCH1']],
    ['Kosovo', ['D-KOSOV1']],
    ['Косово', ['D-KOSOV1']],
    ['министарство', ['D-KOSOV1']],
    ['2025', ['D-KOSOV1']],
    ['2025-12', ['D-KOSOV1']],
    ['2025-11', []],
    ["cote d'ivoire", ['D-GONE01']],
    ['Ivory Coast', ['D-GONE01']],
    ['United States', ['D-DONE01']],
    ['withdrawn', ['D-GONE01']],
    ['weather', ['D-GONE01']],
    ['sensor', ['D-GONE01']],
    ['in review', ['D-HIGH01']],
    ['approved', ['D-DONE01']],
    ['government', ['D-HIGH01']],
    ['d-nord01', ['D-NORD01']],
    ['rep vietnam', ['D-HIGH01', 'D-NORD01']],
    ['compliance vietnam', []],
    ['nordwetter Norway', []],
    ['ordwetter', []],
    ['constructor', []],
    ['?!', []],
  ])('%j', (text, ids) => {
    expect(found(text)).toEqual(ids);
  });

  it('open deals first, then the newest', () => {
    const order = find(all, asked('sample telecom'), today, 'compliance-1');
    expect(order.slice(-2).toSorted()).toEqual(['D-DONE01', 'D-GONE01']);
  });

  it('but the best names before them', () => {
    expect(find(all, asked('sample'), today, 'compliance-1').at(-1)).toBe('D-NORD01');
  });

  it('in names alone, where a text may be a name', () => {
    const named = (text: string) => findNamed(all, text, today, 'compliance-1');
    expect(named('Nordwetter')).toEqual(['D-NORD01']);
    expect(named('vietnam')).toEqual([]);
    expect(named('')).toEqual([]);
  });

  it('is quick at a hundred thousand deals, however many words there are', () => {
    const many = Array.from({ length: 100_000 }, () => all[0]).flatMap((one) => one ?? []);
    const query = asked('polizei high 2026 vietnam nordwetter h-rf4 one two three four five six');
    const start = performance.now();
    find(many, query, today, 'compliance-1');
    // Some 30 ms; a scan that grew with the product of both would take minutes.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

it('nobody finds a deal that they may not read, and everybody every other', () => {
  const views = fc
    .tuple(acts, absencesOf, fc.constantFrom([], waitingForVotes, approved))
    .map(([script, absences, start]) => {
      const organisation = { ...TIMED.organisation, absences };
      const made: DealView[] = [];
      play(
        script,
        ({ now, at }) => {
          if (now.status !== 'none' && made.length < 6)
            made.push(dealView({ ...now, id: `D-${1000 + made.length}` }, TIMED.policy, organisation, at));
        },
        start,
        absences,
      );
      return made;
    });
  const seen = { found: 0, hidden: 0 };
  fc.assert(
    fc.property(views, fc.constantFrom('sample', 'norway', 'ministry telecom', '2027', 'open'), (some, text) => {
      for (const view of some) {
        const searched = [searchable(summaryOf(view))];
        const query = asked(text, view);
        const fits = find(searched, query, view, 'chief-1').length > 0;
        for (const { id: person } of [...TIMED.organisation.people, { id: 'stranger' }]) {
          const ids = find(searched, query, view, person);
          expect([person, ids.length > 0]).toEqual([person, fits && canRead(view, person)]);
          expect(findNamed(searched, 'sample', view, person).length > 0).toBe(canRead(view, person));
          seen.found += ids.length;
          seen.hidden += Number(fits && ids.length === 0);
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(seen.found).toBeGreaterThan(100);
  expect(seen.hidden).toBeGreaterThan(100);
});

it('a word that is one letter away is found among names as word by word, wherever the slip is', () => {
  const letters = (minLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength, maxLength: 8 });
  let slips = 0;
  fc.assert(
    fc.property(letters(5), fc.array(letters(1), { maxLength: 4 }), fc.nat(), letters(1), (asked, others, n, typed) => {
      const at = n % asked.length;
      const swapped = [...asked.slice(0, at), asked[at + 1] ?? '', asked[at], ...asked.slice(at + 2)].join('');
      const replaced = asked.slice(0, at) + typed.slice(0, 1) + asked.slice(at + 1);
      const dropped = asked.slice(0, at) + asked.slice(at + 1);
      const added = asked.slice(0, at) + typed.slice(0, 1) + asked.slice(at);
      for (const near of [swapped, replaced, dropped, added]) {
        const words = [...others, near].filter((word) => word !== '');
        const oracle = words.find((word) => isSlip(asked, word));
        if (oracle !== undefined) slips += 1;
        expect(nearWord(words.map((word) => ` ${word}`).join(''), [asked])).toBe(oracle);
      }
    }),
  );
  expect(slips).toBeGreaterThan(50);
});
