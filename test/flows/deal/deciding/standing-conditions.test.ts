/** Conditions of the approval under reassessment: plays of whoever wants them to end without a word. */

import { describe, expect, it } from 'vitest';
import { carriedItems } from '../../../../blocks/cards/carried-words.ts';
import { settleConditionForm } from '../../../../blocks/forms/condition.ts';
import { carriedBlocks } from '../../../../blocks/forms/review-carried.ts';
import { approvalOf } from '../../../../flows/deal/approval/in-force.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Ballot, Condition, DealDetails, Vote } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { isTakenOver, openCarried, stillPossible } from '../../../../flows/deal/rights/carried.ts';
import { placersOf } from '../../../../flows/deal/telling/concerned.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { aView } from '../../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

const LIMIT: Condition = { id: 'limit', text: 'Limit use in the contract', owner: 'product-1', due: '2027-12-01' };
const TRAIN: Condition = { id: 'train', text: 'Train the users', owner: 'rep-1', due: '2027-12-01' };
const RULED = { ...TIMED, policy: { ...TIMED.policy, lighter: 'confirm' as const } };
const SILENT = { leftOut: undefined };

const withThese = (...conditions: Condition[]): Partial<Ballot> =>
  conditions.length > 0 ? { outcome: 'approve-with-conditions', conditions, ...SILENT } : SILENT;
const approved = (conditions: Condition[], context: DealContext = RULED): Story =>
  story(answeredDeal(), context).vote('compliance-1', withThese(...conditions));
/** Reassessed for a change, with all answers as they were: it waits for votes. */
const again = (told: Story): Story =>
  (
    [
      { type: 'ReportChange', what: 'service', why: 'They want to connect it to their cameras' },
      { type: 'StartReassessment' },
      ...['scope', 'product', 'record'].map((section) => ({ type: 'ConfirmSection' as const, section })),
    ] satisfies DealCommand[]
  ).reduce((now, command) => now.and('rep-1', command), told);
const ready = (...conditions: Condition[]): Story => again(approved(conditions));
const open = ({ view }: Story): string[] => openCarried(view).map(({ condition }) => condition.id);
const decisionOf = ({ state }: Story) => {
  if (state.status !== 'decided') throw new Error(`it is ${state.status}`);
  return state.decision;
};
const leaving = (told: Story, reason: string): Partial<Ballot> => ({
  leftOut: openCarried(told.view).map(({ condition, by }) => ({ condition, askedBy: by, reason })),
});

describe('conditions of the approval under reassessment', () => {
  it('do not end by a plain approval', () => {
    const told = ready(LIMIT);
    told
      .when('compliance-2', (v) => voteOf(v, SILENT))
      .refused(
        'not valid',
        /asked for this condition in the approval .*“Limit use in the contract” Please take it over/,
      );
    expect(openCarried(told.view)).toMatchObject([
      { condition: LIMIT, by: 'compliance-1', approval: told.view.deal.standing?.decision.at },
    ]);
  });
  it('are taken over as they were, with what was handed in for them', () => {
    const met: DealCommand = { type: 'MeetCondition', condition: 'limit', text: 'Clause 7.', sources: [] };
    const told = again(approved([LIMIT, TRAIN]).and('product-1', met));
    const done = told.vote('compliance-2', withThese(LIMIT, { ...TRAIN, due: '2027-11-01' }));
    expect(decisionOf(done).votes[0]).not.toHaveProperty('leftOut');
    expect(done.view.deal).toMatchObject({
      decision: { outcome: 'approved with conditions' },
      conditions: { limit: { status: 'met' } },
      pastApproval: { ended: [] },
    });
  });
  it('are asked for again though they were kept, where the deal is of others or of more than was approved', () => {
    const accepted = (told: Story): Story =>
      told
        .and('product-1', { type: 'MeetCondition', condition: 'limit', text: 'Clause 7.', sources: [] })
        .and('compliance-2', ({ deal }) => ({
          type: 'AcceptCondition',
          condition: 'limit',
          evidence: approvalOf(deal)!.conditions!['limit']!.evidence.length,
        }));
    const same = again(accepted(approved([LIMIT, TRAIN])));
    expect(open(same)).toEqual(['train']);
    const more = (told: Story): Story =>
      told.and('rep-1', ({ deal }) => ({
        type: 'CorrectDetails',
        details: { ...deal.details, valueBand: 'over-10m' },
        reason: 'They take it all.',
      }));
    for (const told of [more(same), more(accepted(ready(LIMIT, TRAIN)))]) {
      expect(open(told)).toEqual(['limit', 'train']);
      expect(openCarried(told.view)).toMatchObject([{ kept: true }, { condition: TRAIN }]);
      expect(JSON.stringify(carriedItems(openCarried(told.view)))).toContain(
        'accepted as kept of what the deal was then',
      );
      told.when('compliance-2', (v) => voteOf(v, withThese(TRAIN))).refused('not valid', /Limit use in the contract/);
      const done = told.vote('compliance-2', withThese(LIMIT, TRAIN));
      expect(decisionOf(done).conditions.map(({ id }) => id)).toEqual(['limit', 'train']);
      // It is to be met anew.
      expect(done.view.deal).not.toMatchObject({ conditions: { limit: { status: 'accepted' } } });
    }
  });
  it('become later, or somebody else’s, with a reason only', () => {
    const told = ready(LIMIT);
    for (const weaker of [
      { ...LIMIT, due: '2027-12-24' },
      { ...LIMIT, owner: 'rep-1' },
    ]) {
      told
        .when('compliance-2', (v) => voteOf(v, withThese(weaker)))
        .refused('not valid', /keep it as it was, or say why/);
      const done = told.vote('compliance-2', { ...withThese(weaker), ...leaving(told, 'They sign later.') });
      expect(decisionOf(done).votes[0]?.leftOut).toMatchObject([
        { condition: LIMIT, instead: { due: weaker.due, owner: weaker.owner } },
      ]);
    }
  });
  it('are left out with a reason that the record keeps', () => {
    const told = ready(LIMIT, TRAIN);
    told.when('compliance-2', (v) => voteOf(v, leaving(told, ' '))).refused('not valid', /say why/);
    const done = told.vote('compliance-2', { ...withThese(TRAIN), ...leaving(told, 'The border part was dropped.') });
    expect(decisionOf(done).votes[0]?.leftOut).toEqual([
      { condition: LIMIT, askedBy: 'compliance-1', reason: 'The border part was dropped.' },
    ]);
    expect(done.view.deal).toMatchObject({ pastApproval: { ended: [LIMIT] } });
  });
  it('are nothing to a decline', () => {
    const done = ready(LIMIT).vote('compliance-2', { outcome: 'decline', ...SILENT });
    expect(done.view.deal).toMatchObject({ decision: { outcome: 'declined' }, pastApproval: { ended: [LIMIT] } });
  });
  it('are not asked about once they are accepted as kept', () => {
    const kept = approved([LIMIT, TRAIN])
      .and('product-1', { type: 'MeetCondition', condition: 'limit', text: 'Clause 7.', sources: [] })
      .and('compliance-2', { type: 'AcceptCondition', condition: 'limit' });
    expect(open(again(kept))).toEqual(['train']);
    expect(open(kept)).toEqual([]);
  });
  it('are those of their present owner, with a new date where theirs has passed', () => {
    const handed = approved([LIMIT]).and('product-1', {
      type: 'HandOverCondition',
      condition: 'limit',
      to: 'rep-1',
      reason: 'On leave',
    });
    const told = again(handed);
    expect(openCarried(told.view)).toMatchObject([{ condition: { id: 'limit', owner: 'rep-1' } }]);
    const { deal, policy, organisation } = told.view;
    // Whoever judges it after that still reads why it was handed over.
    const done = told.vote('compliance-2', withThese({ ...LIMIT, owner: 'rep-1' }));
    const met = done.and('rep-1', { type: 'MeetCondition', condition: 'limit', text: 'Clause 7.', sources: [] });
    expect(JSON.stringify(settleConditionForm(met.view, 'limit').blocks)).toContain('On leave');
    const later = aView(deal, { policy, organisation, now: '2028-01-10T09:00:00.000Z' });
    expect(openCarried(later)).toMatchObject([{ condition: { due: '2027-12-01' } }]);
    expect(stillPossible(later, LIMIT).due).toBe('2028-02-09');
  });
  it('keep whose they were first, however often the deal is looked at again', () => {
    const give: DealCommand = { type: 'HandOverCondition', condition: 'limit', to: 'rep-1', reason: 'It lies with us' };
    const told = again(approved([{ ...LIMIT, owner: 'counsel-1' }]).and('rep-1', give));
    const first = { owner: 'counsel-1', due: LIMIT.due };
    expect(openCarried(told.view)).toMatchObject([{ condition: { owner: 'rep-1', first } }]);
    const done = again(told.vote('compliance-2', withThese({ ...LIMIT, owner: 'rep-1' })));
    expect(openCarried(done.view)).toMatchObject([{ condition: { owner: 'rep-1', first } }]);
    const twice = done
      .vote('compliance-1', withThese({ ...LIMIT, owner: 'rep-1' }))
      .and('rep-1', { type: 'MeetCondition', condition: 'limit', text: 'Clause 7.', sources: [] });
    const form = JSON.stringify(settleConditionForm(twice.view, 'limit').blocks);
    expect(form).toContain('" At first: ",{"person":"counsel-1"}');
    expect(form).toContain('from ",{"person":"counsel-1"}');
  });
  it('are put off by nobody without a reason once their date has passed: it was owed all the while', () => {
    const at = (told: Story, now: string) => aView(told.view.deal, { ...RULED, now });
    const told = ready(LIMIT);
    const late = at(told, '2028-01-10T09:00:00.000Z');
    const [carried] = openCarried(late);
    expect(carried).toMatchObject({ condition: { due: LIMIT.due } });
    expect(isTakenOver({ ...LIMIT, due: '2028-02-09' }, carried!)).toBe(false);
    const form = JSON.stringify(carriedBlocks(late, [carried!], {}));
    expect(form).toMatch(/which has passed[^]*Why later, or somebody else/);
    const once = again(
      told.vote('compliance-2', { ...withThese({ ...LIMIT, due: '2028-02-09' }), ...leaving(told, 'So.') }),
    );
    expect(openCarried(at(once, '2028-03-10T09:00:00.000Z'))[0]).toMatchObject({
      condition: { due: '2028-02-09', first: { due: LIMIT.due } },
    });
  });
  it('come back where they were left out of another deal than it is by now', () => {
    const of = (told: Story, destination: DealDetails['destination']): Story => {
      const other = told.and('rep-1', (v) => ({
        type: 'CorrectDetails',
        details: { ...v.deal.details, destination },
        reason: 'They build it there',
      }));
      const confirm = ({ lighterSaid }: DealView): DealCommand => ({
        type: 'ConfirmLighter',
        asOf: lighterSaid?.at ?? '',
      });
      return other.view.lighterSaid ? other.and('compliance-1', confirm) : other;
    };
    const elsewhere = of(again(approved([LIMIT])), 'SE');
    const left = elsewhere.vote('compliance-2', {
      ...SILENT,
      ...leaving(elsewhere, 'Nobody there has a border.'),
    });
    expect(left.view.deal).toMatchObject({ decision: { outcome: 'approved', conditions: [] } });
    // Of the same deal nobody asks again.
    expect(openCarried(again(left).view)).toEqual([]);
    const back = of(again(left), approved([LIMIT]).view.deal.details.destination);
    const [carried] = openCarried(back.view);
    expect(carried).toMatchObject({
      by: 'compliance-1',
      condition: { id: LIMIT.id },
      left: { by: 'compliance-2', reason: 'Nobody there has a border.' },
    });
    // Nor does it get lost by one more look at the other deal.
    const later = of(again(again(left).vote('compliance-2', SILENT)), approved([LIMIT]).view.deal.details.destination);
    expect(openCarried(later.view)).toMatchObject([{ condition: { id: LIMIT.id }, left: { by: 'compliance-2' } }]);
    // Once it is taken over again and kept, nobody asks for it elsewhere.
    const kept = back
      .vote('compliance-2', withThese(LIMIT))
      .and('product-1', { type: 'MeetCondition', condition: LIMIT.id, text: 'Clause 7.', sources: [] })
      .and('compliance-1', { type: 'AcceptCondition', condition: LIMIT.id });
    expect(openCarried(of(again(kept), 'FI').view)).toMatchObject([{ kept: true, condition: { id: LIMIT.id } }]);
    const said = JSON.stringify([carriedBlocks(back.view, [carried!], {}), carriedItems([carried!])]);
    expect(said.match(/Left out of the approval of something else by .*?Nobody there has a border/g)).toHaveLength(2);
  });
  it('stay those of whoever asked for them, however often others take them over', () => {
    const asked = again(approved([LIMIT]));
    const { by } = openCarried(asked.view)[0]!;
    expect(by).toBe('compliance-1');
    const once = again(asked.vote('compliance-2', withThese({ ...LIMIT, askedBy: 'rep-1' })));
    expect(openCarried(once.view)).toMatchObject([{ by: 'compliance-1', condition: { id: LIMIT.id } }]);
    const twice = again(once.vote('compliance-2', withThese(LIMIT)));
    expect(openCarried(twice.view)).toMatchObject([{ by: 'compliance-1' }]);
    // Nor do they become anybody else's who writes the same as a condition of their own.
    const own = again(twice.vote('compliance-2', withThese({ ...LIMIT, id: 'mine' })));
    expect(openCarried(own.view)).toMatchObject([{ by: 'compliance-1' }]);
    const done = once.vote('compliance-2', withThese(LIMIT));
    expect(placersOf(done.view, [LIMIT.id]).toSorted()).toEqual(['compliance-1', 'compliance-2']);
  });
  it('wait for the first vote of each round, and again where it no longer counts', () => {
    const told = ready(LIMIT);
    const settled = (destination: DealDetails['destination']): Story =>
      told.and('rep-1', (v) => ({
        type: 'CorrectDetails',
        details: { ...v.deal.details, destination },
        reason: 'A typing error',
      }));
    expect(open(settled('SE'))).toEqual(['limit']);
    const { deal } = told.view;
    if (deal.status !== 'deciding') throw new Error(`it is ${deal.status}`);
    const { factsHash } = deal.route;
    const vote = (more: Partial<Ballot>): Vote => ({
      outcome: 'approve',
      flags: {},
      conditions: [],
      rationale: 'It is right.',
      ...more,
      step: 0,
      by: 'compliance-1',
      at: told.view.now,
      factsHash,
    });
    const seen = (more: Partial<Ballot>) => openCarried({ ...told.view, deal: { ...deal, votes: [vote(more)] } });
    expect(seen({})).toHaveLength(1);
    expect(seen({ conditions: [LIMIT] })).toEqual([]);
    expect(seen(leaving(told, 'The border part was dropped.'))).toEqual([]);
    const carried = [vote({ conditions: [LIMIT] })];
    expect(openCarried({ ...told.view, deal: { ...deal, carried } })).toMatchObject([
      { condition: LIMIT, approval: deal.standing?.decision.at },
    ]);
  });
  it('are asked about once in a round of several steps', () => {
    const first = story(answeredDeal({ 'H-RF1': 'yes' }), RULED)
      .vote('compliance-1', withThese(LIMIT))
      .vote('senior-1')
      .vote('counsel-1');
    const told = again(first).vote('compliance-2', leaving(again(first), 'The border part was dropped.'));
    expect(open(told)).toEqual([]);
    const done = told.vote('senior-1', SILENT).vote('counsel-1', SILENT);
    expect(decisionOf(done).votes.map(({ leftOut }) => leftOut?.length ?? 0)).toEqual([1, 0, 0]);
  });
  it('are asked about again where the approver who settled them steps back', () => {
    const told = ready(LIMIT);
    const { deal } = told.view;
    if (deal.status !== 'deciding') throw new Error(`it is ${deal.status}`);
    const [step] = deal.route.steps;
    if (!step) throw new Error('no step');
    const two = { ...deal, route: { ...deal.route, steps: [{ ...step, quorum: 2 }] } };
    const wider = { ...told, state: two } as Story;
    const voted = story([], RULED).resume(wider).vote('compliance-1', leaving(told, 'The border part was dropped.'));
    expect(open(voted)).toEqual([]);
    const back = voted.and('compliance-1', { type: 'Recuse', reason: 'My brother works there' });
    expect(open(back)).toEqual(['limit']);
    back.when('compliance-2', (v) => voteOf(v, SILENT)).refused('not valid', /“Limit use in the contract”/);
  });
  it('end as before under a policy from before this was asked', () => {
    const done = again(approved([LIMIT], TIMED)).vote('compliance-2', SILENT);
    expect(done.view.deal).toMatchObject({ decision: { outcome: 'approved' }, pastApproval: { ended: [LIMIT] } });
  });
});
