import { describe, expect, it } from 'vitest';
import { bestFirst, precedentsFor, similarity, type Traits } from '../../../../flows/deal/context/precedent.ts';
import type { Vote } from '../../../../flows/deal/deal.ts';
import type { DecidedDeal } from '../../../../flows/deal/state.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { aDeal, aDecidingDeal, anOrganisation, aRoute, aView, aVote } from '../../../support/deal-builders.ts';
import { anApproval, everyStatus } from '../../../support/every-deal.ts';
import { weighed } from '../../../support/picture-deal.ts';
import { dealNamed } from '../../../support/twins.ts';

const organisation = anOrganisation({
  products: [
    { id: 'analytics', name: 'Sample Analytics', category: 'Data analytics' },
    { id: 'graphs', name: 'Sample Graphs', category: 'Data analytics' },
    { id: 'cameras', name: 'Sample Cameras', category: 'Cameras' },
  ],
});

const under: Traits = {
  product: 'analytics',
  country: 'NO',
  endUser: 'security',
  flags: ['a', 'b', 'c', 'd'],
  names: ['police'],
};
const unlike: Traits = { product: 'cameras', country: 'CI', endUser: 'private', flags: [], names: ['shop'] };

describe('two deals', () => {
  it.each<[string, Partial<Traits>, object]>([
    ['nothing', {}, { score: 0, product: undefined, country: false, endUser: false, flags: [] }],
    ['the product', { product: 'analytics' }, { score: 3, product: 'same product' }],
    ['its category', { product: 'graphs' }, { score: 2, product: 'same category' }],
    ['the country', { country: 'NO' }, { score: 2, country: true }],
    ['the kind of end-user', { endUser: 'security' }, { score: 1, endUser: true }],
    ['one flag', { flags: ['x', 'b'] }, { score: 1, flags: ['b'] }],
    ['four flags, of which three count', { flags: ['d', 'c', 'b', 'a'] }, { score: 3, flags: ['a', 'b', 'c', 'd'] }],
    ['the very end-user', { names: ['police'] }, { score: 20, named: true }],
    ['everything', under, { score: 29, product: 'same product', country: true, endUser: true }],
  ])('have %s in common', (_what, traits, expected) => {
    expect(similarity(under, { ...unlike, ...traits }, organisation)).toMatchObject(expected);
  });

  it('are not alike in what is not known, nor in products that are in no catalogue', () => {
    const vague: Traits = { ...under, product: 'other', endUser: 'unknown' };
    expect(similarity(vague, vague, organisation)).toMatchObject({ product: undefined, endUser: false });
  });

  it('are as alike one way round as the other', () => {
    const other: Traits = { ...under, product: 'graphs', flags: ['d', 'x', 'a'] };
    expect(similarity(under, other, organisation).score).toBe(similarity(other, under, organisation).score);
  });
});

const decided = anApproval([]);
/** Like the deal under review in product, country and kind of end-user. */
const past = (id: string, decision: Partial<DecidedDeal['decision']> = {}, more: Partial<DecidedDeal> = {}): DealView =>
  aView({ ...decided, id, ...more, decision: { ...decided.decision, ...decision } });
const view = aView(aDecidingDeal());
const ids = (others: DealView[], person = 'compliance-1', of = view): string[] =>
  precedentsFor(of, others, person).map(({ id }) => id);
const elsewhere = { ...aDeal().details, destination: 'CI' };

describe('precedents', () => {
  it('keep places for what was decided more gravely of other owners: many deals of one push out nobody’s', () => {
    const by = (owner: string, outcome: DecidedDeal['decision']['outcome'], far = false): DealView => {
      seen += 1;
      const id = `D-${owner.toUpperCase()}-${seen}`;
      return past(id, { outcome }, { owner, ...(far ? { details: elsewhere } : {}) });
    };
    let seen = 0;
    const dummies = (owner: string): DealView[] => [1, 2, 3, 4].map(() => by(owner, 'approved with conditions'));
    const bound = by('rep-7', 'approved with conditions', true);
    const declined = by('rep-7', 'declined', true);
    const [mine, friends] = [dummies('rep-1'), dummies('rep-3')];
    const three = ids(mine.slice(0, 3));
    expect(ids([...mine, bound])).toEqual([...three, bound.deal.id]);
    expect(ids([bound, declined, ...mine])).toEqual([...three, declined.deal.id]);
    // One friend’s, too; and of the owner whose deals are shown what is graver.
    expect(ids([...mine, ...friends, bound])).toHaveLength(5);
    expect(ids([...mine, ...friends, bound])).toContain(bound.deal.id);
    const suspended = past(
      'D-SUSPENDED',
      { outcome: 'approved' },
      { owner: 'rep-7', details: elsewhere, suspended: { at: '2027-06-01T09:00:00.000Z', conditions: [] } },
    );
    expect(ids([...mine, bound, suspended])).toContain('D-SUSPENDED');
    const own = by('rep-1', 'declined', true);
    expect(ids([...mine, own])).toEqual([...three, own.deal.id]);
    expect(ids([...[1, 2, 3].map(() => by('rep-1', 'approved')), by('rep-7', 'approved', true)])).toHaveLength(3);
  });

  it('are at most three, the most alike first, and of equals the newest', () => {
    const day = (n: number): { at: string } => ({ at: `2026-0${n}-01T09:00:00.000Z` });
    const others = [
      past('D-FAR', day(9), { details: elsewhere }),
      past('D-OLD', day(1)),
      past('D-NEW', day(3)),
      past('D-MIDDLE', day(2)),
    ];
    expect(ids(others)).toEqual(['D-NEW', 'D-MIDDLE', 'D-OLD']);
    expect(ids(others.slice(0, 2))).toEqual(['D-OLD', 'D-FAR']);
    expect(bestFirst({ similarity: { score: 1 }, at: 'a' }, { similarity: { score: 1 }, at: 'a' })).toBe(0);
  });

  it('are first those with the very same end-user, whatever else was decided since', () => {
    const other = { ...aDeal().details, endUser: { ...aDeal().details.endUser, name: 'Another agency' } };
    const dummies = ['D-ONE', 'D-TWO', 'D-THREE'].map((id) =>
      past(id, { at: '2027-02-01T09:00:00.000Z' }, { details: other }),
    );
    const same = past('D-SAME', { at: '2026-02-01T09:00:00.000Z' }, { details: { ...elsewhere } });
    expect(ids([...dummies, same])[0]).toBe('D-SAME');
  });

  it('are other deals, decided ones, and alike ones', () => {
    const details = { ...elsewhere, product: { id: 'other', name: 'Sample other' } };
    const others = [
      past(view.deal.id),
      past('D-UNLIKE', {}, { details: { ...details, endUser: { name: 'Another', kind: 'private' } }, answers: {} }),
      ...Object.values(everyStatus)
        .filter(({ status }) => status !== 'decided')
        .map((deal) => aView({ ...deal, id: `D-${deal.status}` })),
    ];
    expect(ids(others)).toEqual([]);
  });

  it.each([
    ['senior-1', ['D-HIGH']],
    ['compliance-1', ['D-HIGH', 'D-LOW', 'D-OWNED']],
    ['product-1', ['D-OWNED']],
    ['nobody-1', []],
  ])('are those that %s may read, and no word of others', (person, readable) => {
    const condition = { id: 'c1', text: 'Name the risks.', owner: 'product-1', due: '2027-05-01' };
    const others = [
      past('D-HIGH', { at: '2027-03-03T09:00:00.000Z' }),
      past('D-LOW', { at: '2027-03-02T09:00:00.000Z' }, { route: aRoute('low') }),
      past('D-OWNED', { at: '2027-03-01T09:00:00.000Z', conditions: [condition] }, { route: aRoute('low') }),
    ];
    expect(ids(others, person)).toEqual(readable);
  });

  it.each<[DecidedDeal['decision']['outcome'], Vote['outcome'][], number[]]>([
    ['approved', ['approve', 'approve'], []],
    ['approved with conditions', ['approve', 'approve-with-conditions', 'approve'], [0, 2]],
    ['declined', ['approve', 'approve-with-conditions', 'decline'], [0, 1]],
  ])('that were %s tell who voted otherwise', (outcome, votedFor, dissenting) => {
    const votes = votedFor.map((vote, i) => aVote(`senior-${i}`, 0, { outcome: vote }));
    const [found] = precedentsFor(view, [past('D-SPLIT', { outcome, votes })], 'compliance-1');
    expect(found?.dissent.map(({ by }) => by)).toEqual(dissenting.map((i) => `senior-${i}`));
  });

  it('stay while they are looked at again, as they were approved', () => {
    const approved = dealNamed('D-F1RST1', { P1: 'yes', 'H-RF8': 'yes' })
      .vote('compliance-1', weighed)
      .vote('senior-1', weighed)
      .vote('counsel-1', weighed);
    expect(approved.view.deal.status).toBe('decided');
    const begun = approved
      .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want two more.' })
      .and('rep-1', { type: 'StartReassessment' });
    const next = dealNamed('D-SEC0ND', { P1: 'yes', 'H-RF8': 'yes' }).view;
    const [before] = precedentsFor(next, [approved.view], 'compliance-2');
    const [now] = precedentsFor(next, [begun.view], 'compliance-2');
    expect(now).toEqual({ ...before, reassessed: true, reported: true });
    expect(before?.similarity.flags).not.toEqual([]);
  });

  it('tell whether somebody reported a change of an approval', () => {
    const report = {
      id: 'r1',
      trigger: 'A2' as const,
      since: '2027-03-01T09:00:00.000Z',
      due: '2027-04-01',
      why: 'They sold it.',
    };
    const reassessments = (by: string): Partial<DecidedDeal> => ({ reassessments: [{ ...report, by }] });
    const found = precedentsFor(
      view,
      [past('D-KEPT', {}, reassessments(SYSTEM)), past('D-TOLD', {}, reassessments('product-1'))],
      'compliance-1',
    );
    expect(found.map(({ id, reported }) => [id, reported])).toEqual([
      ['D-KEPT', undefined],
      ['D-TOLD', true],
    ]);
  });

  it('tell whether an approval is suspended', () => {
    const suspended = { at: '2027-03-01T09:00:00.000Z', conditions: ['c1'] };
    const found = precedentsFor(view, [past('D-KEPT'), past('D-HELD', {}, { suspended })], 'compliance-1');
    expect(found.map(({ id, suspended: held }) => [id, held])).toEqual([
      ['D-KEPT', false],
      ['D-HELD', true],
    ]);
  });
});
