/** Gaps accepted of a country or a product, each until a day. */

import { describe, expect, it } from 'vitest';
import {
  acceptancesOver,
  gaps,
  standingAcceptances,
  type GapsCommand,
  type GapsState,
} from '../../../flows/registers/gaps.ts';
import type { RegisterContext } from '../../../flows/registers/register.ts';
import { pictureContext } from '../../support/picture-deal.ts';

const { organisation, policy } = pictureContext();
const CONTEXT: RegisterContext = { organisation, policy };
const AT = '2027-03-01T09:00:00.000Z';
const REASON = 'No court there publishes what it decides.';

const decide = (command: GapsCommand, state: GapsState = gaps.none, actor = 'compliance-1') =>
  gaps.decide(command, state, { actor, at: AT, id: 'id1' }, CONTEXT);
const refused = (command: GapsCommand, actor?: string): string => {
  const decided = decide(command, gaps.none, actor);
  return decided.kind === 'refused' ? decided.refusal.text : decided.kind;
};
const accept: Extract<GapsCommand, { type: 'AcceptGap' }> = {
  type: 'AcceptGap',
  on: { of: 'country', country: 'CI' },
  questions: ['H-RF3-conflict', 'L-RF1', 'L1'],
  reason: REASON,
  until: '2027-09-01',
};
const accepted = (): GapsState => {
  const decided = decide(accept);
  if (decided.kind === 'refused') throw new Error(decided.refusal.text);
  return decided.events.reduce(gaps.evolve, gaps.none);
};

describe('an acceptance', () => {
  it('stands until its day', () => {
    expect(standingAcceptances(accepted(), '2027-09-01')).toMatchObject([
      { id: 'gap-id1', on: { country: 'CI' }, by: 'compliance-1', at: AT, reason: REASON },
    ]);
    expect(standingAcceptances(accepted(), '2027-09-02')).toEqual([]);
  });

  it('says for a year after its day why it was accepted, and is not ended then', () => {
    const state = accepted();
    expect(acceptancesOver(state, '2027-09-01')).toEqual([]);
    expect(acceptancesOver(state, '2027-09-02')).toMatchObject([{ reason: REASON }]);
    expect(acceptancesOver(state, '2028-09-02')).toEqual([]);
    const end = { type: 'EndGap', acceptance: 'gap-id1', reason: 'A court publishes now.' } as const;
    const ask = (at: string) => gaps.decide(end, state, { actor: 'compliance-2', at, id: 'id2' }, CONTEXT);
    expect(ask('2027-09-20T09:00:00.000Z')).toMatchObject({ refusal: { text: expect.stringContaining('ran out') } });
    const ended = ask('2027-09-01T09:00:00.000Z');
    if (ended.kind === 'refused') throw new Error(ended.refusal.text);
    expect(ended.events.reduce(gaps.evolve, state).ended).toMatchObject({
      'gap-id1': { reason: end.reason, was: { reason: REASON, by: 'compliance-1', at: AT } },
    });
  });

  it('is given by compliance, for at most twelve months', () => {
    expect(refused(accept, 'rep-1')).toMatch(/Only compliance/);
    expect(refused(accept, 'senior-1')).toMatch(/Only compliance/);
    expect(refused({ ...accept, until: '2028-03-01' })).toBe('accepted');
    expect(refused({ ...accept, until: '2028-03-02' })).toMatch(/At most 12 months/);
    expect(refused({ ...accept, until: '2027-03-01' })).toMatch(/to come/);
    expect(refused({ ...accept, until: 'soon' })).toMatch(/date/);
    expect(refused({ ...accept, reason: 'ok' })).toMatch(/why/);
    expect(refused({ ...accept, questions: [] })).toMatch(/choose/);
    expect(refused({ ...accept, on: { of: 'country', country: 'Atlantis' } })).toMatch(/choose a country/);
  });

  it.each(['H3-targeted', 'H5-legitimate', 'H-RF1', 'H-RF8', 'P4', 'P1', 'constructor'])(
    'of a country covers no %s',
    (id) => {
      expect(refused({ ...accept, questions: ['H-RF3-conflict', id] })).toMatch(/not about the country/);
    },
  );

  it.each(['P1', 'P2', 'P3', 'P5', 'H3-targeted', 'H-RF3-conflict', 'K1'])('of a product covers no %s', (id) => {
    const on = { of: 'product', product: 'analytics', name: 'Sample Analytics' } as const;
    expect(refused({ ...accept, on, questions: ['P4', 'P6', 'P-RF1'] })).toBe('accepted');
    expect(refused({ ...accept, on, questions: ['P4', id] })).toMatch(/not about the product/);
    expect(refused({ ...accept, on: { ...on, product: 'other' }, questions: ['P4'] })).toMatch(/catalogue/);
  });

  it('is ended early by any of compliance, with a reason, once', () => {
    const end: GapsCommand = { type: 'EndGap', acceptance: 'gap-id1', reason: 'A report came out.' };
    expect(decide(end, accepted(), 'rep-1').kind).toBe('refused');
    expect(decide({ ...end, reason: ' ' }, accepted()).kind).toBe('refused');
    const ended = decide(end, accepted(), 'compliance-2');
    if (ended.kind === 'refused') throw new Error(ended.refusal.text);
    const after = ended.events.reduce(gaps.evolve, accepted());
    expect(standingAcceptances(after, '2027-03-02')).toEqual([]);
    expect(decide(end, after).kind).toBe('refused');
  });

  it('is told to the colleagues of who gave it, and to the chief', () => {
    const decided = decide(accept);
    const [event] = decided.kind === 'accepted' ? decided.events : [];
    const [[, targets] = []] = event ? gaps.tell(event, accepted(), CONTEXT, gaps.none) : [];
    expect(targets).toMatchObject([{ person: 'compliance-1' }, { person: 'compliance-2' }, { person: 'chief-1' }]);
  });
});
