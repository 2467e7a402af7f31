import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseDue, type CaseDays } from '../../../flows/voices/clocks.ts';

describe('the clocks of a case', () => {
  it('ask for an acknowledgement within seven days', () => {
    expect(caseDue({ received: '2026-11-27' }, '2026-11-27')).toEqual({
      what: 'acknowledge',
      by: '2026-12-04',
      left: 7,
    });
    expect(caseDue({ received: '2026-11-27' }, '2026-12-05')).toEqual({
      what: 'acknowledge',
      by: '2026-12-04',
      left: -1,
    });
  });

  it('then for feedback within three months, at the end of a shorter month too', () => {
    const days: CaseDays = { received: '2026-11-27', acknowledged: '2026-11-30' };
    expect(caseDue(days, '2026-12-01')).toEqual({ what: 'feedback', by: '2027-02-28', left: 89 });
  });

  it('give nobody more time for a late acknowledgement', () => {
    expect(caseDue({ received: '2026-01-01', acknowledged: '2026-03-01' }, '2026-03-01')?.by).toBe('2026-04-08');
  });

  it('are quiet once feedback was given, or the case is over', () => {
    expect(
      caseDue({ received: '2026-01-01', acknowledged: '2026-01-02', feedback: '2026-02-01' }, '2027-01-01'),
    ).toBeUndefined();
    expect(caseDue({ received: '2026-01-01', over: '2026-01-05' }, '2027-01-01')).toBeUndefined();
  });

  it('ask after one and six months how it went on for who spoke, closed or not, and until it was asked', () => {
    const told: CaseDays = {
      received: '2026-01-01',
      acknowledged: '2026-01-02',
      feedback: '2026-01-31',
      told: '2026-01-31',
    };
    expect(caseDue(told, '2026-02-01')).toEqual({ what: 'ask', by: '2026-02-28', left: 27 });
    const once: CaseDays = { ...told, over: '2026-02-03', asked: ['2026-03-10'] };
    expect(caseDue(once, '2026-08-01')).toEqual({ what: 'ask', by: '2026-07-31', left: -1 });
    expect(caseDue({ ...once, asked: ['2026-03-10', '2026-08-01'] }, '2026-08-02')).toBeUndefined();
    expect(caseDue({ ...once, erased: true }, '2026-08-01')).toBeUndefined();
  });

  it('say the first of what is due', () => {
    const days: CaseDays = { received: '2026-01-01', acknowledged: '2026-01-02', work: '2026-02-01' };
    expect(caseDue(days, '2026-01-20')).toEqual({ what: 'work', by: '2026-02-01', left: 12 });
    expect(caseDue({ ...days, work: '2026-12-01' }, '2026-01-20')).toMatchObject({ what: 'feedback' });
    expect(caseDue({ ...days, over: '2026-01-10' }, '2026-01-20')).toBeUndefined();
  });

  it('count two years of days: each case is due on each day until it is answered, never twice for one day', () => {
    const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(
        fc.nat(400),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 200 }),
        (at, after, later) => {
          const acknowledged = at + after;
          const feedback = acknowledged + later;
          let last = Number.POSITIVE_INFINITY;
          for (let now = at; now < 730; now++) {
            const days: CaseDays = {
              received: day(at),
              ...(now >= acknowledged ? { acknowledged: day(acknowledged) } : {}),
              ...(now >= feedback ? { feedback: day(feedback) } : {}),
            };
            const due = caseDue(days, day(now));
            expect(due?.what).toBe(now < acknowledged ? 'acknowledge' : now < feedback ? 'feedback' : undefined);
            if (due?.what === 'acknowledge') {
              expect(due.left).toBe(at + 7 - now);
              expect(due.left).toBeLessThan(last);
              last = due.left;
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
