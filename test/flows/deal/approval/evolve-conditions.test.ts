/** What becomes of a condition, and of the approval by it. */

import { describe, expect, it } from 'vitest';
import { conditionsIn, evolveCondition, progressOf } from '../../../../flows/deal/approval/evolve-conditions.ts';
import type { Approval } from '../../../../flows/deal/state.ts';
import { aRoute, NOW, TWO_DAYS_AGO } from '../../../support/deal-builders.ts';

const condition = (id: string) => ({ id, text: `Condition ${id}`, owner: 'rep-1', due: '2027-04-11' });
const approval = (more: Partial<Approval> = {}): Approval => ({
  rule: 'tier-low',
  route: aRoute('low'),
  decision: {
    outcome: 'approved with conditions',
    votes: [],
    conditions: [condition('c1'), condition('c2')],
    at: TWO_DAYS_AGO,
    tier: 'low',
  },
  ...more,
});
const stamp = { by: 'boss-1', at: NOW };
const met = { ...stamp, type: 'ConditionMet' as const, condition: 'c1', text: 'Signed', sources: [] };

describe('a condition', () => {
  it('is open until somebody says otherwise, and each for itself', () => {
    expect(progressOf(approval(), 'c1')).toEqual({ status: 'open', evidence: [] });
    const one = evolveCondition(approval(), met);
    expect(progressOf(one, 'c1').status).toBe('met');
    expect(progressOf(one, 'c2').status).toBe('open');
  });
  it('keeps all that was handed in for it', () => {
    const twice = evolveCondition(evolveCondition(approval(), met), { ...met, text: 'Signed again' });
    expect(progressOf(twice, 'c1').evidence.map(({ text }) => text)).toEqual(['Signed', 'Signed again']);
  });
  it('is met, accepted and returned by somebody, in the name of somebody else only where it was', () => {
    const own = progressOf(evolveCondition(approval(), met), 'c1').evidence;
    expect(own).toStrictEqual([{ ...stamp, text: 'Signed', sources: [] }]);
    expect(progressOf(evolveCondition(approval(), { ...met, for: undefined }), 'c1').evidence).toStrictEqual(own);
    const lent = progressOf(evolveCondition(approval(), { ...met, for: 'rep-1' }), 'c1').evidence;
    expect(lent).toStrictEqual([{ ...stamp, for: 'rep-1', text: 'Signed', sources: [] }]);
    const accepted = { ...stamp, type: 'ConditionAccepted' as const, condition: 'c1' };
    expect(progressOf(evolveCondition(approval(), accepted), 'c1')).toStrictEqual({
      status: 'accepted',
      evidence: [],
      accepted: stamp,
    });
    expect(progressOf(evolveCondition(approval(), { ...accepted, for: 'compliance-1' }), 'c1').accepted).toStrictEqual({
      ...stamp,
      for: 'compliance-1',
    });
  });
  it('that is returned may hold the approval back again; the others still do not', () => {
    const held = approval({ heldBackFor: ['c1', 'c2'] });
    const returned = { ...stamp, type: 'ConditionReturned' as const, condition: 'c1', reason: 'No date' };
    const next = evolveCondition(held, returned);
    expect(next.heldBackFor).toEqual(['c2']);
    expect(progressOf(next, 'c1')).toMatchObject({ status: 'open', returned: { ...stamp, reason: 'No date' } });
    expect(evolveCondition(approval(), returned).heldBackFor).toBeUndefined();
  });
  it('is of who has it now', () => {
    const handed = evolveCondition(approval(), {
      ...stamp,
      type: 'ConditionHandedOver',
      condition: 'c2',
      to: 'product-1',
      reason: 'She runs it',
    });
    expect(conditionsIn(handed).map(({ owner }) => owner)).toEqual(['rep-1', 'product-1']);
  });
});

describe('a suspension', () => {
  it('lasts from the first condition, for all of them, and is lifted as one', () => {
    const suspend = (conditions: string[], at: string) => ({
      ...stamp,
      at,
      type: 'DealSuspended' as const,
      conditions,
    });
    const once = evolveCondition(approval(), suspend(['c1'], TWO_DAYS_AGO));
    expect(once).toMatchObject({ suspended: { at: TWO_DAYS_AGO, conditions: ['c1'] }, heldBackFor: ['c1'] });
    const both = evolveCondition(once, suspend(['c1', 'c2'], NOW));
    expect(both.suspended).toEqual({ at: TWO_DAYS_AGO, conditions: ['c1', 'c2'] });
    const lifted = evolveCondition(both, { ...stamp, type: 'SuspensionLifted', reason: 'On its way' });
    expect(lifted).toMatchObject({ suspended: undefined, heldBackFor: ['c1', 'c2'] });
  });
});
