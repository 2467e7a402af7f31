/** Filters beside free words: every value against an oracle over the deals themselves; and mistakes, with what is near. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalOf } from '../../../flows/deal/approval/in-force.ts';
import { allReassessments, isOverdue } from '../../../flows/deal/approval/reassessments.ts';
import { tierShown } from '../../../flows/deal/context/tier.ts';
import { canRead } from '../../../flows/deal/rights/access.ts';
import { conditionStanding, waitingFor } from '../../../flows/deal/rights/whose-turn.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { clausesIn, clauseText } from '../../../flows/lists/clauses.ts';
import type { Asking } from '../../../flows/lists/filters.ts';
import { asksNothing, find, findPage, readQuery, type Query } from '../../../flows/lists/query.ts';
import { searchable } from '../../../flows/lists/search.ts';
import { STAGES, stageOf } from '../../../flows/lists/stage.ts';
import { summaryOf } from '../../../flows/lists/summary.ts';
import { aDeal, aDecidingDeal, aView } from '../../support/deal-builders.ts';
import { standingInDigest } from '../../support/digest-by-state.ts';
import { everyReminder, everyStatus, saidOut } from '../../support/every-deal.ts';
import { dealHold } from '../../support/holds.ts';
import { absencesOf, acts, approved, play, waitingForVotes, yearActs } from '../../support/model.ts';
import { TIMED } from '../../support/ticking.ts';

const { details } = aDeal();
const askingOf = (view: DealView, person = 'compliance-1'): Asking => ({
  organisation: view.organisation,
  now: view.now,
  person,
  isFlag: (id) => /^[HL]-RF[1-9]$/u.test(id),
  flags: () => ['H-RF1', 'H-RF3', 'X-OLD'],
});
const today = aView();
const query = (text: string, asking = askingOf(today)): Query => {
  const read = readQuery(text, asking);
  if (!read.ok) throw new Error(read.text);
  return read.query;
};
const problem = (text: string, asking = askingOf(today)): string => {
  const read = readQuery(text, asking);
  return read.ok ? 'understood' : read.text;
};

const deals = [
  aDeal({
    id: 'D-NORD01',
    openedAt: '2026-05-04T09:00:00.000Z',
    details: {
      ...details,
      customer: 'Nordwetter GmbH',
      endUser: { name: 'Polizei', kind: 'security' },
      destination: 'VN',
    },
  }),
  {
    ...aDecidingDeal(),
    id: 'D-HIGH01',
    openedAt: '2026-02-04T09:00:00.000Z',
    details: { ...details, endUser: { name: 'Bộ Công an', kind: 'government' as const }, destination: 'VN' },
  },
  {
    ...everyStatus.decided,
    id: 'D-DONE01',
    openedAt: '2025-11-04T09:00:00.000Z',
    details: { ...details, product: { id: 'sensor', name: 'Weather sensor two' }, destination: 'US' },
  },
  { ...everyStatus.withdrawn, id: 'D-GONE01', owner: 'product-1', details: { ...details, destination: 'CI' } },
  { ...everyStatus['out of scope'], id: 'D-OUT001', details: { ...details, destination: 'NO' } },
  { ...saidOut, id: 'D-SAID01', details: { ...details, destination: 'NO' } },
];
const all = deals.map((deal) => searchable(summaryOf(aView(deal))));
const found = (text: string, person?: string): string[] =>
  find(all, query(text, askingOf(today, person)), today, 'compliance-1').toSorted();

it.each([
  ['opened in May 2026', ['D-NORD01']],
  ['November 2025', ['D-DONE01']],
  ['this month', found(today.now.slice(0, 7))],
  ['last month', []],
])('%j is a date', (words, ids) => {
  expect(query(words).terms.some(({ date }) => date !== undefined)).toBe(true);
  expect(found(words.replace('opened ', ''))).toEqual(ids);
});

describe('filters find deals', () => {
  it.each([
    ['all high deals to Vietnam with flag H-RF1 in 2026', ['D-HIGH01']],
    ['tier:high country:Vietnam flag:H-RF1 year:2026', ['D-HIGH01']],
    ['country:Vietnam', ['D-HIGH01', 'D-NORD01']],
    ['country:vn', ['D-HIGH01', 'D-NORD01']],
    ['Country: "Việt Nam"', ['D-HIGH01', 'D-NORD01']],
    ['country:“Ivory Coast”', ['D-GONE01']],
    ['country:vietnam,US', ['D-DONE01', 'D-HIGH01', 'D-NORD01']],
    ['country:Vietnam, US nordwetter', ['D-NORD01']],
    ['country:Vietnam country:US', []],
    ['country：越南', ['D-HIGH01', 'D-NORD01']],
    ['product:sensor', ['D-DONE01']],
    ['product:"sensor two"', ['D-DONE01']],
    ['product:ensor', []],
    ['kind:police country:VN', ['D-NORD01']],
    ['kind:security,government country:VN', ['D-HIGH01', 'D-NORD01']],
    ['owner:@product', ['D-GONE01']],
    ['owner:product-1', ['D-GONE01']],
    ['owner:me', []],
    ['status:in-review', ['D-HIGH01']],
    ['status:"In review"', ['D-HIGH01']],
    ['status:open', ['D-HIGH01', 'D-NORD01', 'D-SAID01']],
    ['status:closed', ['D-GONE01', 'D-OUT001']],
    ['status:approved', ['D-DONE01']],
    ['scope:out', ['D-OUT001']],
    ['scope:to-confirm', ['D-SAID01']],
    ['waiting:compliance', ['D-HIGH01', 'D-SAID01']],
    ['waiting:requester country:VN', ['D-NORD01']],
    ['year:2025', ['D-DONE01']],
    ['since:2026-05-01 until:2026-05 country:VN', ['D-NORD01']],
    ['since:2026-05-05 until:2026-12 country:VN', []],
    ['hold:no kind:police nordwetter', ['D-NORD01']],
    ['hold:yes', []],
    ['"nordwetter gmbh"', ['D-NORD01']],
    ['all deals, country:Vietnam tier:high', ['D-HIGH01']],
    ['flag:x-old', []],
  ])('%j', (text, ids) => {
    expect(found(text)).toEqual(ids);
  });

  it('of whoever asks', () => {
    expect(found('owner:me', 'product-1')).toEqual(['D-GONE01']);
    expect(found('waiting:me', 'compliance-1')).toContain('D-SAID01');
  });
});

describe('whom deals wait for is read without a filter, too', () => {
  it.each([
    ['waiting for compliance', 'waiting:compliance'],
    ['waiting for the owner', 'waiting:owner'],
    ['waits on rep-1?', 'waiting:rep-1'],
    ['Vietnam awaiting compliance', 'Vietnam waiting:compliance'],
    ['deals waiting for me in Vietnam', 'waiting:me Vietnam'],
  ])('%j is %j', (words, filters) => {
    expect(found(filters, 'compliance-1')).not.toEqual([]);
    expect(found(words, 'compliance-1')).toEqual(found(filters, 'compliance-1'));
  });

  it('and only where it is somebody', () => {
    const asking = askingOf(today);
    const people = [...asking.organisation.people, { id: 'anna', name: 'Anna Sommer' }];
    const named = { ...asking, organisation: { ...asking.organisation, people } };
    for (const words of ['waiting for Nordwetter', 'waiting for a decision', 'waiting for so long', 'waits for some'])
      expect([words, query(words, named).clauses]).toEqual([words, []]);
    expect(query('waiting for Anna', named).clauses).toEqual([{ filter: 'waiting', values: ['Anna'] }]);
    expect(query('waiting').clauses).toEqual([]);
    expect(found('waiting for approval')).toEqual(['D-HIGH01']);
  });
});

describe('mistakes are named, with what is near', () => {
  it.each([
    ['contry:Vietnam', /no filter “contry:”\. Did you mean country:\?/],
    ['https://example.org', /no filter “https:”/],
    ['tier:hgih', /“hgih” is no tier\. Did you mean high\? There is prohibited, high, elevated, low, none\./],
    ['tier:', /say what after “tier:”, as in tier:high/],
    ['country:Vietnma', /No country is called “Vietnma”\. Did you mean Vietnam\?/],
    ['country:Viet', /Did you mean Vietnam\?/],
    ['flag:H-RF', /no flag “H-RF”\. Did you mean H-RF1\?/],
    ['kind:goverment', /Did you mean government\?/],
    ['owner:@Complaince', /Nobody is called “Complaince”\. Did you mean Compliance\?/],
    ['status:reveiw', /Did you mean review\?/],
    ['waiting:complianse', /Did you mean compliance\?[^]*Senior approvers/],
    ['overdue:maybe', /“maybe” is no answer to “overdue:”\.[^]*There is yes, no\./],
    ['since:yesterday', /“yesterday” is no date\. Write a year/],
    ['since:2026-02-30', /“2026-02-30” is no date/],
    ['year:2026-03', /is no year/],
    ['since:2026-05 until:2026-04', /No day is both since 2026-05-01 and until 2026-04-30/],
  ])('%s', (text, words) => {
    expect(problem(text)).toMatch(words);
  });

  it('nobody is “me” on the command line', () => {
    const { person: _, ...nobody } = askingOf(today);
    expect(problem('owner:me', nobody)).toContain('nobody is “me” here');
    expect(problem('waiting:me', nobody)).toContain('nobody is “me” here');
  });

  it('whatever is typed is answered, and a text in quotation marks is never a filter', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z":, “”;]{0,40}$/)), (text) => {
        const read = readQuery(text, askingOf(today));
        if (!read.ok) expect(read.text.length).toBeGreaterThan(10);
      }),
    );
    expect(asksNothing(query(''))).toBe(true);
    expect(asksNothing(query('"tier:high"'))).toBe(false);
  });
});

it('a filter that was written is read as it was meant', () => {
  const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => /\p{L}/u.test(text));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
      const bare = values.map((one) => one.replaceAll(/["“”„«»]/gu, ' ').trim()).filter((one) => one !== '');
      expect(clausesIn(`x ${clauseText('product', values)} y`)).toEqual({
        clauses: bare.length === 0 ? [] : [{ filter: 'product', values: bare }],
        words: ['x', 'y'],
        quoted: [],
      });
    }),
  );
});

/** By the deal itself, whatever its summary says. */
const ORACLE: Readonly<Record<string, (view: DealView) => boolean>> = {
  'tier:high': (view) => tierShown(view) === 'high',
  'tier:none': (view) => tierShown(view) === undefined,
  'flag:h-rf1': ({ deal, assessment }) =>
    deal.status !== 'out of scope' && assessment.flags.some(({ id }) => id === 'H-RF1'),
  'country:Norway kind:security': ({ deal }) =>
    deal.details.destination === 'NO' && deal.details.endUser.kind === 'security',
  'owner:"Sample Rep"': ({ deal }) => deal.owner === 'rep-1',
  'status:open': ({ deal }) => deal.status === 'answering' || deal.status === 'deciding',
  'status:in-review': ({ deal }) => deal.status === 'deciding',
  'status:approved': ({ deal }) => deal.status === 'decided' && deal.decision.outcome !== 'declined',
  'status:conditions': (view) => conditionStanding(view).some(({ progress }) => progress.status !== 'accepted'),
  'status:suspended': ({ deal }) => approvalOf(deal)?.suspended !== undefined,
  'status:closed': (view) => 'closed' in standingInDigest(view),
  'overdue:yes': (view) =>
    conditionStanding(view).some(({ overdue }) => overdue) ||
    allReassessments(view).some((task) => isOverdue(view, task)),
  'hold:yes': ({ deal }) => Object.keys(deal.holds ?? {}).length > 0,
  'scope:to-confirm': ({ deal }) => deal.status === 'answering' && deal.scopeSaid !== undefined,
  'scope:out': ({ deal }) => deal.status === 'out of scope',
  'waiting:approvers': (view) => view.deal.status === 'deciding' && waitingFor(view).for !== 'information',
  'year:2027': ({ deal }) =>
    [deal.openedAt, approvalOf(deal)?.decision.at, 'at' in deal ? deal.at : undefined].some((at) =>
      at?.startsWith('2027'),
    ) ||
    (deal.status === 'decided' && deal.decision.at.startsWith('2027')),
};

it('every filter says what the deals say, for everybody, and hides what they may not read', () => {
  const views = fc
    .tuple(fc.oneof(acts, yearActs), absencesOf, fc.constantFrom([], waitingForVotes, approved))
    .map(([script, absences, start]) => {
      const organisation = { ...TIMED.organisation, absences };
      const made: DealView[] = [];
      let n = 0;
      play(
        script,
        ({ now, at }) => {
          n += 1;
          if (now.status !== 'none' && n % 6 === 0)
            made.push(dealView({ ...now, id: `D-${1000 + n}` }, TIMED.policy, organisation, at));
        },
        start,
        absences,
      );
      return made;
    });
  const seen = new Map<string, number>();
  const check = (some: readonly DealView[]): void => {
    for (const view of some) {
      const searched = [searchable(summaryOf(view))];
      const stage = stageOf(summaryOf(view));
      expect(STAGES.filter((one) => one === stage)).toHaveLength(1);
      for (const [text, fits] of Object.entries(ORACLE)) {
        const isIn = fits(view);
        seen.set(text, (seen.get(text) ?? 0) + Number(isIn));
        const asked = query(text, askingOf(view));
        for (const { id: person } of [...TIMED.organisation.people, { id: 'stranger' }]) {
          expect([text, view.deal.status, person, find(searched, asked, view, person).length]).toEqual([
            text,
            view.deal.status,
            person,
            Number(isIn && canRead(view, person)),
          ]);
        }
      }
    }
  };
  fc.assert(fc.property(views, check), { numRuns: 30 });
  // What the model's policy does not lead to.
  const held = { ...aDecidingDeal(), holds: { [dealHold.id]: dealHold } };
  const more = [...Object.values(everyStatus), saidOut, ...everyReminder.map(({ deal }) => deal), held];
  for (let n = 0; n < 3; n += 1) check(more.map((deal) => aView(deal, { organisation: TIMED.organisation })));
  // A filter that never fitted would prove nothing.
  const never = Object.keys(ORACLE).filter((text) => (seen.get(text) ?? 0) < 3);
  expect(never).toEqual([]);
});

it('a page has the same deals as the whole list, in every order, and a page beyond the last is the last', () => {
  const many = Array.from({ length: 500 }, (_, n) => {
    const { summary } = all[(n * 7) % all.length]!;
    const openedAt = new Date(Date.parse('2026-01-01') + ((n * 37) % 90) * 86_400_000).toISOString();
    return searchable({ ...summary, id: `D-${1000 + n}`, openedAt, since: openedAt });
  });
  fc.assert(
    fc.property(
      fc.constantFrom('', 'status:open', 'country:VN', 'tier:high'),
      fc.constantFrom('usual', 'waiting', 'newest', 'oldest', 'tier'),
      fc.constantFrom('compliance-1', 'senior-1', 'rep-1', 'stranger'),
      fc.integer({ min: 0, max: 70 }),
      (filters, sort, person, page) => {
        const asked = query(`${filters} sort:${sort}`);
        const whole = find(many, asked, today, person);
        const one = findPage(many, asked, today, person, { page, size: 8 });
        const last = Math.max(1, Math.ceil(whole.length / 8));
        expect(one.page).toBe(Math.min(Math.max(1, page), last));
        expect(one.all).toBe(whole.length);
        expect(one.ids).toEqual(whole.slice((one.page - 1) * 8, one.page * 8));
      },
    ),
  );
  expect(problem('sort:newst')).toBe(
    '“newst” is no order. Did you mean newest? There is usual, waiting, newest, oldest, tier.',
  );
});

it('is quick at a hundred thousand deals', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => all[i % all.length]).flatMap((one) => one ?? []);
  const asked = query('tier:high country:Vietnam flag:H-RF1 waiting:compliance overdue:no product:sample since:2026');
  const start = performance.now();
  find(many, asked, today, 'compliance-1');
  // Some 30 ms; a scan that folded each name again would take seconds.
  expect(performance.now() - start).toBeLessThan(2000);
});
