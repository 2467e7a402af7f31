/** What asks for a reassessment, and what its end leaves. */

import { describe, expect, it } from 'vitest';
import {
  askedAgain,
  decidedAnew,
  evolveRenewals,
  evolveRequired,
  evolveTakenBack,
  withoutApproval,
} from '../../../../flows/deal/approval/evolve-reassessments.ts';
import type { ConditionProgress } from '../../../../flows/deal/condition-shapes.ts';
import type { Opened, OpenedDeal, StandingApproval } from '../../../../flows/deal/state.ts';
import { aDeal, aDecidingDeal, answered, aRoute, NOW, TWO_DAYS_AGO } from '../../../support/deal-builders.ts';

const stamp = { by: 'rep-1', at: NOW };
const licence = { of: 'licence', on: '2027-06-01', at: TWO_DAYS_AGO } as const;
const contract = { of: 'contract', on: '2027-09-01', at: TWO_DAYS_AGO } as const;
const renewals = { dates: [licence, contract], by: 'rep-1', at: TWO_DAYS_AGO };
const task = (id: string) => ({ id, trigger: 'A3' as const, why: 'They want more of it', due: '2027-05-01' });
const asked = (id: string) => ({ ...task(id), by: 'rep-1', since: TWO_DAYS_AGO });

const condition = (id: string) => ({ id, text: `Condition ${id}`, owner: 'rep-1', due: '2027-04-11' });
const progress = (status: ConditionProgress['status']): ConditionProgress => ({ status, evidence: [] });
const approval = {
  rule: 'tier-low',
  route: aRoute('low'),
  decision: {
    outcome: 'approved with conditions' as const,
    votes: [],
    conditions: [condition('c1'), condition('c2'), condition('c3')],
    at: TWO_DAYS_AGO,
    tier: 'low' as const,
  },
  conditions: { c1: progress('accepted'), c2: progress('met') },
};
const standing = (covers: string[] = []): StandingApproval => ({
  ...approval,
  basis: { details: aDeal().details, answers: {}, ownFlags: [], requests: [] },
  since: TWO_DAYS_AGO,
  covers,
});

describe('renewals', () => {
  const set = (...dates: { of: 'licence' | 'contract'; on: string }[]) =>
    evolveRenewals({ ...aDeal(), renewals }, { ...stamp, type: 'RenewalsSet', dates }).renewals?.dates;

  it('that stay keep the moment at which they were set, and others are of now', () => {
    expect(set({ of: 'contract', on: contract.on }, { of: 'licence', on: '2027-07-01' })).toEqual([
      contract,
      { of: 'licence', on: '2027-07-01', at: NOW },
    ]);
    expect(set({ of: 'licence', on: contract.on })).toEqual([{ of: 'licence', on: contract.on, at: NOW }]);
    expect(evolveRenewals(aDeal(), { ...stamp, type: 'RenewalsSet', dates: [licence] }).renewals?.dates).toEqual([
      { of: 'licence', on: licence.on, at: NOW },
    ]);
  });
});

describe('what asks for a reassessment', () => {
  const required = (deal: Opened, alert?: string) =>
    evolveRequired(deal, {
      ...stamp,
      type: 'ReassessmentRequired',
      task: task('change-2'),
      ...(alert === undefined ? {} : { alert }),
    });

  it('is added, with the alert that did where one did', () => {
    const first = required(aDeal());
    expect(first.reassessments).toEqual([{ ...task('change-2'), by: 'rep-1', since: NOW }]);
    expect(first.alerts).toBeUndefined();
    expect(required(aDeal(), 'alert-2').alerts).toEqual(['alert-2']);
    const before = { ...aDeal(), alerts: ['alert-1'], reassessments: [asked('change-1')] };
    expect(required(before).alerts).toEqual(['alert-1']);
    expect(required(before, 'alert-2').alerts).toEqual(['alert-1', 'alert-2']);
    expect(required(before).reassessments?.map(({ id }) => id)).toEqual(['change-1', 'change-2']);
  });
  it('goes alone where it is taken back', () => {
    const back = (deal: Opened) =>
      evolveTakenBack(deal, { ...stamp, type: 'ChangeTakenBack', task: 'change-1', reason: 'Another customer' });
    const two = [asked('change-1'), asked('change-2')];
    expect(back({ ...aDeal(), reassessments: two }).reassessments).toEqual(two.slice(1));
    expect(back(aDeal()).reassessments).toBeUndefined();
  });
});

describe('sections that are asked again', () => {
  const answers = {
    product: answered({ P1: { value: 'yes', note: 'As sold', sources: [] } }),
    record: answered({ 'H-RF1': 'no' }),
  };
  it('turn answers into drafts, without who gave them', () => {
    const { answers: left, drafts } = askedAgain(aDeal({ answers }), ['product']);
    expect(left).toEqual({ record: answers.record });
    expect(drafts).toEqual({ product: { P1: { value: 'yes', note: 'As sold', sources: [] } } });
  });
  it('leave the drafts of those that were not answered', () => {
    const scope = { G1: { value: 'yes', sources: [] } };
    const { answers: left, drafts } = askedAgain(aDeal({ answers, drafts: { scope } }), ['scope', 'laws']);
    expect(left).toEqual(answers);
    expect(drafts).toEqual({ scope });
  });
});

describe('an approval that ends', () => {
  it('is remembered with the conditions that were open', () => {
    const decided: OpenedDeal = { ...aDeal({ renewals }), ...approval, status: 'decided' };
    expect(withoutApproval(decided)).toEqual({
      standing: undefined,
      reassessments: undefined,
      renewals: undefined,
      licence: undefined,
      // It waited for its licence since the approval: a reopening starts no new time.
      licenceOpenFirst: TWO_DAYS_AGO,
      pastApproval: { at: TWO_DAYS_AGO, ended: [condition('c2'), condition('c3')], by: [] },
    });
  });
  it('of a deal that has none is the one of before', () => {
    const past = { at: TWO_DAYS_AGO, ended: [] };
    expect(withoutApproval(aDeal({ pastApproval: past })).pastApproval).toEqual(past);
    expect(withoutApproval(aDeal()).pastApproval).toBeUndefined();
  });
});

describe('a deal that is decided again', () => {
  const decide = (outcome: 'approved with conditions' | 'declined', kept: string[], covers: string[] = []) =>
    decidedAnew(
      aDecidingDeal({
        standing: standing(covers),
        renewals,
        reassessments: [asked('change-1'), asked('change-2')],
      }),
      { ...stamp, type: 'DealDecided', outcome, conditions: kept.map(condition), tier: 'low' },
    );

  it('for the first time ends nothing', () => {
    const first = {
      ...stamp,
      type: 'DealDecided' as const,
      outcome: 'approved' as const,
      conditions: [],
      tier: 'low' as const,
    };
    expect(decidedAnew(aDecidingDeal({ renewals }), first)).toEqual({});
  });
  it('keeps what became of the conditions that it takes over, and ends those that were open', () => {
    const again = decide('approved with conditions', ['c1', 'c2']);
    expect(again.conditions).toEqual({ c1: progress('accepted'), c2: progress('met') });
    expect(again.pastApproval?.ended).toEqual([condition('c3')]);
    expect(decide('approved with conditions', []).pastApproval?.ended).toEqual([condition('c2'), condition('c3')]);
  });
  it('gives conditions to whom the new decision names, whoever had them', () => {
    const handed = { to: 'product-1', by: 'rep-1', at: TWO_DAYS_AGO, reason: 'She runs it' };
    const before = { ...standing(), conditions: { c1: { ...progress('met'), handed } } };
    const again = decidedAnew(aDecidingDeal({ standing: before }), {
      ...stamp,
      type: 'DealDecided',
      outcome: 'approved with conditions',
      conditions: [condition('c1')],
      tier: 'low',
    });
    expect(again.conditions).toEqual({ c1: progress('met') });
  });
  it('ends what the approval covers, and leaves what came since', () => {
    const again = decide('approved with conditions', [], ['change-1', `renewal-licence-${licence.on}`]);
    expect(again.reassessments?.map(({ id }) => id)).toEqual(['change-2']);
    expect(again.renewals).toEqual({ ...renewals, dates: [contract] });
    const all = [`renewal-licence-${licence.on}`, `renewal-contract-${contract.on}`];
    expect(decide('approved with conditions', [], all).renewals).toBeUndefined();
  });
  it('ends all of it where it is declined', () => {
    const again = decide('declined', []);
    expect(again.reassessments).toEqual([]);
    expect(again.renewals).toBeUndefined();
  });
});
