import { describe, expect, it } from 'vitest';
import type { DealEvent } from '../../../flows/deal/events.ts';
import type { DealSummary } from '../../../flows/lists/summary.ts';
import { dealInYear, decidedIn, needsEvents, yearOf } from '../../../flows/yearly/deal-year.ts';

const event = (at: string, more: object): DealEvent => ({ at: `${at}T12:00:00.000Z`, by: 'x', ...more }) as DealEvent;
const decided = (at: string, outcome: string, tier: string): DealEvent =>
  event(at, { type: 'DealDecided', outcome, tier, conditions: [] });
const again = (at: string): DealEvent => event(at, { type: 'ReassessmentStarted', tasks: [], askAgain: [] });
const opened = event('2025-02-01', { type: 'DealOpened' });

describe('the decision of a year', () => {
  it('is the last of it, whatever came later', () => {
    const events = [
      opened,
      decided('2025-03-01', 'approved', 'low'),
      again('2026-02-01'),
      decided('2026-03-01', 'declined', 'low'),
    ];
    expect(decidedIn(events, yearOf(2025))).toMatchObject({ outcome: 'approved' });
    expect(decidedIn(events, yearOf(2025))).not.toHaveProperty('again');
    expect(decidedIn(events, yearOf(2026))).toMatchObject({
      outcome: 'declined',
      again: 'stricter',
      asked: '2026-02-01T12:00:00.000Z',
    });
    expect(decidedIn(events, yearOf(2027))).toBeUndefined();
  });

  it.each([
    ['approved', 'low', 'same'],
    ['approved', 'high', 'stricter'],
    ['approved with conditions', 'low', 'stricter'],
  ])('says what a reassessment changed: %s, %s is %s', (outcome, tier, changed) => {
    const events = [
      opened,
      decided('2026-03-01', 'approved', 'low'),
      again('2026-04-01'),
      decided('2026-05-01', outcome, tier),
    ];
    expect(decidedIn(events, yearOf(2026))?.again).toBe(changed);
  });

  it('is lighter where nothing is heavier; a deal that was reopened is not reassessed', () => {
    const first = decided('2026-03-01', 'approved with conditions', 'high');
    const lighter = [opened, first, again('2026-04-01'), decided('2026-05-01', 'approved', 'high')];
    expect(decidedIn(lighter, yearOf(2026))?.again).toBe('lighter');
    const reopened = [
      opened,
      decided('2026-03-01', 'declined', 'high'),
      event('2026-04-01', { type: 'DealReopened' }),
      decided('2026-05-01', 'approved', 'low'),
    ];
    expect(decidedIn(reopened, yearOf(2026))).not.toHaveProperty('again');
  });
});

describe('a summary', () => {
  const summary = (more: Partial<DealSummary>): DealSummary =>
    ({ id: 'D-1', status: 'decided', openedAt: '2026-01-05T00:00:00.000Z', ...more }) as DealSummary;
  const decision = {
    outcome: 'approved',
    tier: 'low',
    at: '2026-02-01T00:00:00.000Z',
    asked: '2026-01-05T00:00:00.000Z',
  } as const;

  it('suffices for a deal that was decided once', () => {
    const deal = { summary: summary({ decision }) };
    expect(needsEvents(deal, yearOf(2026))).toBe(false);
    expect(dealInYear(deal, yearOf(2026)).decided).toEqual(decision);
    expect(dealInYear(deal, yearOf(2027)).decided).toBeUndefined();
  });

  it('does not where it was decided anew, or later, or the approval ended', () => {
    const later = summary({ decision: { ...decision, at: '2027-02-01T00:00:00.000Z' } });
    const renewed = summary({ decision: { ...decision, asked: '2026-01-20T00:00:00.000Z' } });
    const ended = { as: 'approved', at: '2026-09-01T00:00:00.000Z' } as const;
    expect([
      needsEvents({ summary: later }, yearOf(2026)),
      needsEvents({ summary: renewed }, yearOf(2026)),
      needsEvents({ summary: summary({ status: 'withdrawn' }), end: ended }, yearOf(2026)),
    ]).toEqual([true, true, true]);
  });

  it('of a deal that ended says when, but not of one that was declined', () => {
    const at = '2026-09-01T00:00:00.000Z';
    const withdrawn = { summary: summary({ status: 'withdrawn', endedAt: at }), end: { as: 'withdrawn', at } as const };
    expect(dealInYear(withdrawn, yearOf(2026)).ended).toEqual({ as: 'withdrawn', at });
    const declined = {
      summary: summary({ decision: { ...decision, outcome: 'declined' } }),
      end: { as: 'declined', at } as const,
    };
    expect(dealInYear(declined, yearOf(2026))).not.toHaveProperty('ended');
  });
});
