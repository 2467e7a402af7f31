/** A carried condition that is taken over later, or by somebody else, is not what was asked for: that needs a reason. */

import { describe, expect, it } from 'vitest';
import { carriedItems, leftOutItems, weakenedItems } from '../../../../blocks/cards/carried-words.ts';
import { leftOutWhy } from '../../../../blocks/cards/spans.ts';
import { ballotLines } from '../../../../blocks/dossier/words.ts';
import type { Ballot, Condition } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import type { DiscardedVote } from '../../../../flows/deal/discarded-vote.ts';
import { askersOf } from '../../../../flows/deal/rights/asked-together.ts';
import { keepCarried, keptConditions, openCarried } from '../../../../flows/deal/rights/carried.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { aDecidingDeal, aView } from '../../../support/deal-builders.ts';
import { answeredDeal, ballot, story, voteOf, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

const LIMIT: Condition = { id: 'limit', text: 'Limit use', owner: 'rep-1', due: '2027-06-01' };
const LATER: Condition = { ...LIMIT, due: '2028-06-01' };
const OTHERS: Condition = { ...LIMIT, owner: 'product-1' };
const REASON = 'They move in May.';
const asking = (...conditions: Condition[]) =>
  ({ outcome: 'approve-with-conditions', conditions, leftOut: undefined }) satisfies Partial<Ballot>;
const because = (reason = REASON) => ({ leftOut: [{ condition: LIMIT, askedBy: 'nobody', reason }] });
const typo = (told: Story, customer = 'Sample B'): Story =>
  told.and('rep-1', (v) => ({
    type: 'CorrectDetails',
    details: { ...v.deal.details, customer },
    reason: 'A typing error',
  }));
const again = (told: Story): Story => told.and('compliance-1', { type: 'Reopen', reason: 'That was too easy' });
const carried = (context: DealContext = TIMED): Story =>
  again(story(answeredDeal(), context).vote('compliance-1', asking(LIMIT)));
const leftOutIn = ({ events }: Story) => {
  const cast = events.findLast((e) => e.type === 'VoteCast');
  return cast?.type === 'VoteCast' ? cast.ballot.leftOut : undefined;
};
const open = ({ view }: Story): Condition[] => openCarried(view).map(({ condition }) => condition);

describe('a condition that is taken over', () => {
  it('is so with the same words, the same owner, and the same or an earlier date', () => {
    for (const taken of [LIMIT, { ...LIMIT, due: '2027-05-01' }, { ...LIMIT, id: 'mine', text: ' limit USE ' }]) {
      const told = carried().when('compliance-2', (v) => voteOf(v, asking(taken)));
      expect(leftOutIn(told.then('VoteCast', 'StepCompleted', 'DealDecided'))).toBeUndefined();
    }
  });
  it('needs a reason where it is later or somebody else’s, under its own id or a new one', () => {
    for (const taken of [LATER, OTHERS, { ...LATER, id: 'mine' }, { ...OTHERS, due: '2027-05-01' }]) {
      for (const more of [{}, because('  ')]) {
        carried()
          .when('compliance-2', (v) => voteOf(v, { ...asking(taken), ...more }))
          .refused('not valid', /Sample Compliance asked for .*“Limit use”.*later, or somebody else’s.*say why/, {
            condition: 'limit',
            part: 'carried',
          });
      }
    }
  });
  it('is recorded as it was asked for, as it is now, and why', () => {
    for (const taken of [LATER, OTHERS, { ...LATER, id: 'mine' }]) {
      const told = carried().vote('compliance-2', { ...asking(taken), ...because(` ${REASON} `) });
      expect(leftOutIn(told)).toEqual([
        {
          condition: LIMIT,
          askedBy: 'compliance-1',
          reason: REASON,
          instead: { owner: taken.owner, due: taken.due },
        },
      ]);
      expect(told.state).toMatchObject({ decision: { conditions: [taken] } });
    }
  });
  it('stays theirs who put its date nearer, once that vote is void: they hear where it is made later again', () => {
    const sooner = { ...LIMIT, due: '2027-05-01' };
    const told = again(carried().vote('compliance-2', asking(sooner)));
    expect(openCarried(told.view)).toMatchObject([
      { by: 'compliance-1', condition: { due: '2027-05-01', dueBy: 'compliance-2' } },
    ]);
    const [item] = carriedItems(openCarried(told.view));
    expect(item).toEqual(expect.arrayContaining([{ person: 'compliance-2' }, ' set. Asked for by ']));
    const later = told.vote('compliance-1', { ...asking(LIMIT), ...because() });
    const cast = later.events.findLast((e) => e.type === 'VoteCast')!;
    const people = factNoticesOf(cast, told.view, later.view).flatMap(([fact, to]) =>
      fact.fact === 'conditions left out' ? to : [],
    );
    expect(people).toContainEqual(expect.objectContaining({ person: 'compliance-2' }));
    expect(weakenedItems(leftOutIn(later)!)[0]).toEqual(expect.arrayContaining([{ person: 'compliance-2' }]));
    // Taken over as it is, it is still theirs; and whoever asked for it first is nobody else.
    const kept = again(told.vote('compliance-1', asking(sooner)));
    expect(openCarried(kept.view)).toMatchObject([
      { by: 'compliance-1', condition: { due: '2027-05-01', dueBy: 'compliance-2' } },
    ]);
    const own = again(carried().vote('compliance-1', asking(sooner)));
    expect(openCarried(own.view)[0]?.condition).not.toHaveProperty('dueBy');
  });
  it('may be somebody else’s where its owner left, and later where its date passed, by a month', () => {
    const left: DealContext = {
      ...TIMED,
      organisation: { ...TIMED.organisation, people: TIMED.organisation.people.filter((p) => p.id !== 'senior-2') },
    };
    const gone = { ...LIMIT, owner: 'senior-2' };
    const told = again(story(answeredDeal(), TIMED).vote('compliance-1', asking(gone)));
    const now = story([], left).resume(told);
    now.when('compliance-2', (v) => voteOf(v, asking(LIMIT))).then('VoteCast', 'StepCompleted', 'DealDecided');
    now.when('compliance-2', (v) => voteOf(v, asking(LATER))).refused('not valid', /say why/);
    const day = (due: string) => asking({ ...LIMIT, due });
    const on = '2027-06-10T09:00:00.000Z';
    carried()
      .when('compliance-2', (v) => voteOf(v, day('2027-07-10')), on)
      .then('VoteCast', 'StepCompleted', 'DealDecided');
    carried()
      .when('compliance-2', (v) => voteOf(v, day('2027-07-11')), on)
      .refused('not valid', /say why/);
  });
});

describe('a condition that was asked for, if the vote that weakened it is discarded', () => {
  const weakened = (taken = LATER): Story => carried().vote('compliance-2', { ...asking(taken), ...because() });

  it('is offered as it was first asked for, however often', () => {
    for (const taken of [LATER, OTHERS, { ...LATER, id: 'mine' }]) {
      let told = again(weakened(taken));
      expect(open(told)).toContainEqual(LIMIT);
      for (let i = 0; i < 3; i += 1) {
        told = again(typo(told, `Sample ${i}`).vote('compliance-1', { ...asking(taken), ...because() }));
        expect(open(told).filter(({ id }) => id === 'limit')).toEqual([LIMIT]);
      }
      told.when('compliance-2', (v) => voteOf(v, asking(LATER))).refused('not valid', /say why/);
    }
  });
  it('is offered of whom somebody gave it to, too, beside whom it was asked of first', () => {
    const told = again(weakened(OTHERS));
    expect(openCarried(told.view)).toMatchObject([
      { by: 'compliance-1', condition: { owner: 'product-1', ownerBy: 'compliance-2' } },
      { by: 'compliance-1', condition: LIMIT },
    ]);
    expect(carriedItems(openCarried(told.view))[0]).toEqual(
      expect.arrayContaining([', whom ', { person: 'compliance-2' }, ' named']),
    );
    // Nobody takes the first over in silence about the second, and whoever changed it hears.
    told.when('compliance-1', (v) => voteOf(v, asking(LIMIT))).refused('not valid', /“Limit use”/);
    const [gave] = openCarried(told.view);
    const left = told.vote('compliance-1', {
      ...asking(LIMIT),
      leftOut: [{ condition: gave!.condition, askedBy: 'nobody', reason: 'He may.' }],
    });
    expect(leftOutIn(left)?.flatMap(askersOf)).toContain('compliance-2');
  });
  it('is that of everybody who asked for the same: each hears where it is left out', () => {
    const vote = (by: string): DiscardedVote => ({
      by,
      at: '2027-03-01T09:00:00.000Z',
      outcome: 'approve-with-conditions' as const,
      rationale: 'Only so.',
      conditions: [{ ...LIMIT, id: `limit-${by}` }],
    });
    const view = aView(aDecidingDeal({ carried: [vote('compliance-1'), vote('senior-2')] }));
    expect(openCarried(view)).toMatchObject([{ by: 'compliance-1', condition: { askedAlso: ['senior-2'] } }]);
    expect(carriedItems(openCarried(view))[0]).toEqual(expect.arrayContaining([' and ', { person: 'senior-2' }]));
    const [one] = openCarried(view);
    expect(askersOf({ condition: one!.condition, askedBy: one!.by })).toEqual(['compliance-1', 'senior-2']);
    const left = { condition: one!.condition, askedBy: one!.by, reason: 'It is in the contract.' };
    for (const said of [leftOutItems([left])[0], leftOutWhy({ leftOut: [left] })])
      expect(said).toEqual(expect.arrayContaining([' and ', { person: 'senior-2' }]));
    expect(
      ballotLines(view, { ...ballot(view), leftOut: [left] })
        .map(({ text }) => text)
        .join(' '),
    ).toContain('Asked for by Sample Compliance, Sample Senior');
    // Whoever takes it over is not who asked for it alone.
    const [kept] = keptConditions([one!.condition], openCarried(view), 'compliance-1');
    expect(kept).toMatchObject({ askedAlso: ['senior-2'] });
  });
  it('is not offered again once it is met in its weaker form', () => {
    const met = weakened()
      .and('rep-1', { type: 'MeetCondition', condition: 'limit', text: 'Done.', sources: [] })
      .and('compliance-1', { type: 'AcceptCondition', condition: 'limit' });
    expect(open(again(met))).toEqual([]);
  });
  it('is offered beside the same for somebody else, whom another vote asked too, each under its own id', () => {
    const mine = { ...LIMIT, id: 'mine' };
    // The carried one goes to somebody else, and the same words stand beside it: nothing is weaker.
    const voted = carried().vote('compliance-2', asking(OTHERS, mine));
    expect(leftOutIn(voted)).toBeUndefined();
    const told = again(voted);
    expect(open(told)).toEqual([
      { ...OTHERS, askedBy: 'compliance-1', ownerBy: 'compliance-2' },
      { ...mine, askedBy: 'compliance-1' },
    ]);
    const both = [OTHERS, { ...LIMIT, id: OTHERS.id }].map((condition, i) => ({
      by: `senior-${i + 1}`,
      at: '2027-03-01T09:00:00.000Z',
      outcome: 'approve-with-conditions' as const,
      rationale: 'Only so.',
      conditions: [condition],
    }));
    expect(openCarried(aView(aDecidingDeal({ carried: both }))).map(({ condition }) => condition)).toEqual([
      OTHERS,
      { ...LIMIT, id: 'limit:rep-1' },
    ]);
  });
  it('is the strictest of what votes asked for in the same words of the same person', () => {
    const vote = (by: string, condition: Condition): DiscardedVote => ({
      by,
      at: '2027-03-01T09:00:00.000Z',
      outcome: 'approve-with-conditions',
      rationale: `Reasons of ${by}.`,
      conditions: [condition],
    });
    const kept = keepCarried([vote('senior-1', LIMIT)], [vote('senior-1', { ...LATER, id: 'mine' })]);
    expect(openCarried(aView(aDecidingDeal({ carried: kept }))).map(({ condition }) => condition)).toEqual([LIMIT]);
    for (const votes of [
      [vote('senior-1', { ...LATER, id: 'mine' }), vote('senior-2', LIMIT)],
      [vote('senior-2', LIMIT), vote('senior-1', { ...LATER, id: 'mine' })],
    ]) {
      expect(openCarried(aView(aDecidingDeal({ carried: votes })))).toMatchObject([
        { condition: LIMIT, by: 'senior-2' },
      ]);
    }
  });
});
