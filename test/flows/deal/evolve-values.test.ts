/** What a deal remembers of each event: the values, beside those that the event is not about. */

import { describe, expect, it } from 'vitest';
import type { DealEvent, DealEventType } from '../../../flows/deal/events.ts';
import { evolve, replay } from '../../../flows/deal/evolve.ts';
import { noDeal, type DealState, type OpenedDeal } from '../../../flows/deal/state.ts';
import { aDeal, aDecidingDeal, aRoute, aVote, TWO_DAYS_AGO } from '../../support/deal-builders.ts';
import { dealHold } from '../../support/holds.ts';

type Of<T extends DealEventType> = Omit<Extract<DealEvent, { type: T }>, 'type' | 'at' | 'by'> & { by?: string };

const LATER = '2027-03-15T10:00:00.000Z';

const after = <T extends DealEventType>(state: DealState, type: T, { by = 'senior-1', ...event }: Of<T>): OpenedDeal =>
  evolve(state, { ...event, type, by, at: LATER } as unknown as DealEvent) as OpenedDeal;
const deciding = (state: OpenedDeal) => {
  if (state.status !== 'deciding') throw new Error(`It is ${state.status}.`);
  return state;
};

const details = aDeal().details;
const opening = (by: string, owner: string): Of<'DealOpened'> => ({
  by,
  deal: 'D-7K3QXM',
  home: { platform: 'slack', channel: 'C0CLEAR' },
  owner,
  details,
  policy: 'policy-hash',
});

describe('a deal that was not opened', () => {
  it('remembers nothing', () => {
    expect(after(noDeal, 'Nudged', { people: ['rep-1'] })).toBe(noDeal);
    expect(replay([])).toBe(noDeal);
  });
});

describe('a new deal', () => {
  it('involves who asked for it and its owner, each once', () => {
    const both = ['rep-1', 'product-1'];
    expect(after(noDeal, 'DealOpened', opening('rep-1', 'product-1'))).toMatchObject({ involved: both, team: both });
    expect(after(noDeal, 'DealOpened', opening('rep-1', 'rep-1'))).toMatchObject({
      involved: ['rep-1'],
      team: ['rep-1'],
    });
  });
});

describe('what was said last', () => {
  it('of a correction and of reopening is who, when and why', () => {
    const said = { by: 'rep-1', at: LATER, reason: 'A typing error' };
    expect(after(aDeal(), 'DetailsCorrected', { by: 'rep-1', details, reason: said.reason }).lastCorrection).toEqual(
      said,
    );
    const withdrawn: OpenedDeal = { ...aDeal(), status: 'withdrawn', reason: 'x', by: 'rep-1', at: TWO_DAYS_AGO };
    expect(after(withdrawn, 'DealReopened', { by: 'rep-1', reason: said.reason, askAgain: [] }).lastReopened).toEqual(
      said,
    );
  });
  it('of an export is nothing', () => {
    const deal = aDeal();
    expect(after(deal, 'RecordExported', { format: 'json' })).toBe(deal);
  });
});

describe('of several', () => {
  const flag = (id: string) =>
    ({ id, title: id, by: 'senior-2', at: TWO_DAYS_AGO, status: 'pending', weight: 'heavy' }) as const;
  const flagged = aDeal({ ownFlags: [flag('own-1'), flag('own-2')] });

  it('flags, only the one that is meant is admitted or dismissed', () => {
    expect(after(flagged, 'FlagAdmitted', { flag: 'own-2', weight: 'light' }).ownFlags).toEqual([
      flag('own-1'),
      { ...flag('own-2'), status: 'admitted', weight: 'light', reason: undefined },
    ]);
    expect(after(flagged, 'FlagDismissed', { flag: 'own-1', reason: 'Another agency' }).ownFlags).toEqual([
      { ...flag('own-1'), status: 'dismissed', reason: 'Another agency' },
      flag('own-2'),
    ]);
  });
  it('flags, when they were settled, where words are kept', () => {
    const kept = aDecidingDeal({ ownFlags: [flag('own-1')], keepsWords: true });
    expect(after(kept, 'FlagDismissed', { flag: 'own-1', reason: 'x' }).ownFlags).toMatchObject([{ settledAt: LATER }]);
  });
  it('questions, only the one that is meant is answered', () => {
    const request = (id: string) => ({ id, step: 0, round: 1, by: 'senior-1', at: TWO_DAYS_AGO, question: id });
    const asked = aDecidingDeal({ requests: [request('ask-1'), request('ask-2')] });
    const given = after(asked, 'InformationGiven', { by: 'rep-1', request: 'ask-2', text: 'We do.', sources: [] });
    expect(given.requests).toEqual([
      request('ask-1'),
      { ...request('ask-2'), answer: { by: 'rep-1', at: LATER, text: 'We do.', sources: [] } },
    ]);
  });
  it('alerts and holds, only the one that is meant ends', () => {
    expect(
      after(aDeal({ warned: ['a1', 'a2'] }), 'AlertEnded', { alert: 'a1', reason: 'x', ended: 'y' }).warned,
    ).toEqual(['a2']);
    const other = { ...dealHold, id: 'hold-9' };
    const held = aDeal({ holds: { [dealHold.id]: dealHold, [other.id]: other } });
    expect(after(held, 'HoldEnded', { hold: dealHold.id, reason: 'x', lifted: 'y' }).holds).toEqual({
      [other.id]: other,
    });
  });
});

describe('a deal stored before there were alerts and holds', () => {
  const alert = { id: 'a1', country: 'NO', why: 'x', on: '2027-03-14', by: 'compliance-1', at: LATER };
  it('takes the first, and the end of one that it never showed', () => {
    expect(after(aDeal(), 'AlertNoted', { alert }).warned).toEqual(['a1']);
    expect(after(aDeal(), 'AlertEnded', { alert: 'a1', reason: 'x', ended: 'y' }).warned).toEqual([]);
    expect(after(aDeal(), 'HoldEnded', { hold: 'hold-1', reason: 'x', lifted: 'y' }).holds).toEqual({});
  });
});

describe('a routed deal', () => {
  const differences = [{ what: 'answer' as const, id: 'P1', before: 'no', after: 'yes' }];
  const routed = (lastVoided: OpenedDeal['lastVoided'], more: Partial<Of<'DealRouted'>> = {}): OpenedDeal =>
    after(aDecidingDeal({ lastVoided, votes: [aVote('compliance-1', 0)], passed: [0] }), 'DealRouted', {
      tier: 'low',
      rule: 'tier-low',
      route: aRoute('low'),
      ...more,
    });
  const voided = { voters: ['compliance-1'], differences: [], at: TWO_DAYS_AGO };

  it('starts a new round at the first step, without votes', () => {
    expect(routed(undefined)).toMatchObject({ round: 2, step: 0, votes: [], passed: [] });
    expect(deciding(routed(undefined)).passed).toEqual([]);
  });
  it('tells to whom votes were voided what changed since, where anything did', () => {
    expect(routed(voided, { differences }).lastVoided).toEqual({ ...voided, differences });
    expect(routed({ ...voided, differences }).lastVoided).toEqual({ ...voided, differences });
    expect(routed(undefined, { differences }).lastVoided).toBeUndefined();
  });
});

describe('votes', () => {
  const ballot = { outcome: 'approve' as const, flags: {}, conditions: [], rationale: 'The use is narrow and agreed.' };
  const cast = (state: OpenedDeal, by: string, absent?: string): OpenedDeal =>
    after(state, 'VoteCast', {
      by,
      step: 1,
      factsHash: 'facts-1',
      ballot,
      ...(absent === undefined ? {} : { for: absent }),
    });
  const three = [aVote('compliance-1', 0), aVote('senior-1', 1), aVote('senior-2', 1)];
  const secondStep = (more: Parameters<typeof aDecidingDeal>[0] = {}) =>
    aDecidingDeal({ step: 1, passed: [0], votes: three, ...more });

  it('are kept with who cast them and, only where it was another, in whose name', () => {
    const expected = { ...ballot, step: 1, by: 'boss-1', at: LATER, factsHash: 'facts-1' };
    expect(deciding(cast(secondStep(), 'boss-1')).votes.at(-1)).toStrictEqual(expected);
    expect(deciding(cast(secondStep(), 'boss-1', 'counsel-1')).votes.at(-1)).toStrictEqual({
      ...expected,
      for: 'counsel-1',
    });
  });
  it('that are taken back go, and those of other people and other steps stay', () => {
    const back = deciding(after(secondStep(), 'VoteTakenBack', { by: 'senior-2', step: 1 }));
    expect(back.votes).toEqual(three.slice(0, 2));
    expect(back.tookBack).toEqual({ 'senior-2': LATER });
    const twice = [aVote('senior-1', 0), aVote('senior-1', 1)];
    expect(deciding(after(secondStep({ votes: twice }), 'VoteTakenBack', { by: 'senior-1', step: 1 })).votes).toEqual(
      twice.slice(0, 1),
    );
  });
  it('that are voided go, and it is kept whose they were', () => {
    const event = { voters: ['senior-1'], differences: [], factsHash: 'facts-2' };
    const without = deciding(after(secondStep(), 'VotesVoided', event));
    expect(without.votes.map(({ by }) => by)).toEqual(['compliance-1', 'senior-2']);
    expect(without.lastVoided).toStrictEqual({ voters: ['senior-1'], differences: [], at: LATER });
    const seats = { 'boss-1': 'senior-1' };
    expect(after(secondStep(), 'VotesVoided', { ...event, seats }).lastVoided).toStrictEqual({
      voters: ['senior-1'],
      differences: [],
      at: LATER,
      seats,
    });
  });
  it('that are still owed keep the facts on which they were cast before', () => {
    const baseline = { details: { ...details, customer: 'Before' }, answers: {}, ownFlags: [], requests: [] };
    const voided = {
      voters: ['senior-1', 'boss-1'],
      seats: { 'boss-1': 'senior-2' },
      differences: [],
      at: TWO_DAYS_AGO,
    };
    const open = secondStep({ votes: [], baseline, lastVoided: voided });
    const first = cast(open, 'senior-1');
    expect(first.baseline).toEqual(baseline);
    // Not the one who stood in, but whose seat it was.
    expect(cast(first, 'boss-1').baseline).toEqual(baseline);
    expect(cast(first, 'senior-2').baseline?.details).toEqual(details);
    expect(cast(secondStep({ votes: [], baseline }), 'senior-1').baseline?.details).toEqual(details);
  });
});

describe('a step', () => {
  const completed = (outcome: 'passed' | 'declined', state: OpenedDeal = aDecidingDeal()): OpenedDeal =>
    after(state, 'StepCompleted', { step: 0, group: 'compliance', outcome });

  it('that passed opens the next, and one that was declined does not', () => {
    expect(completed('passed')).toMatchObject({ step: 1, passed: [0], stepSince: LATER });
    const deal = aDecidingDeal();
    expect(completed('declined', deal)).toBe(deal);
  });
});

describe('a reassessment', () => {
  it('starts of a decided deal only', () => {
    for (const deal of [aDeal(), aDecidingDeal()]) {
      expect(after(deal, 'ReassessmentStarted', { tasks: ['change-1'], askAgain: [] })).toBe(deal);
    }
  });
});

describe('reminders', () => {
  const owed = { kind: 'section' as const, section: 'record' };
  const told = (reminded: Record<string, number> | undefined, also?: string[]): OpenedDeal =>
    after(aDeal({ reminded }), 'Reminded', {
      duty: 'one',
      owed,
      stage: 2,
      of: 'reminder',
      to: ['rep-1'],
      ...(also ? { also } : {}),
    });

  it('count for their duty, and once for each that was told with it', () => {
    expect(told(undefined).reminded).toEqual({ one: 2 });
    expect(told({ one: 1, other: 3 }).reminded).toEqual({ one: 2, other: 3 });
    expect(told({ other: 3 }, ['two', 'three']).reminded).toEqual({ one: 2, two: 1, three: 1, other: 3 });
  });
  it('that are put off come again: the last one that was told, or the first', () => {
    const snooze = (reminded: Record<string, number> | undefined): OpenedDeal =>
      after(aDeal({ reminded, snoozed: { other: LATER } }), 'Snoozed', { duty: 'one', owed, until: LATER });
    expect(snooze({ one: 3, other: 1 })).toMatchObject({ reminded: { one: 2, other: 1 } });
    expect(snooze({ other: 1 }).reminded).toEqual({ one: 0, other: 1 });
    expect(snooze(undefined)).toMatchObject({ reminded: { one: 0 }, snoozed: { one: LATER, other: LATER } });
  });
});
