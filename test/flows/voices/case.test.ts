import { describe, expect, it } from 'vitest';
import { caseDays, decideOnCase, type Case, type CaseAction } from '../../../flows/voices/case.ts';

const made = (events: Case['events'] = []): Case => ({
  id: 'C-1',
  day: '2026-11-01',
  sealedTo: ['h-1', 'h-2'],
  events,
});

const ACTIONS: CaseAction[] = [
  { do: 'acknowledge' },
  { do: 'answer' },
  { do: 'feedback' },
  { do: 'note' },
  { do: 'ask' },
  { do: 'work' },
  { do: 'investigate', who: ['audit-1'], not: ['rep-1'] },
  { do: 'export' },
  { do: 'close' },
  { do: 'open again' },
];

describe('a case', () => {
  it('is hidden from whoever it was not sealed to, whatever they try', () => {
    for (const action of ACTIONS) {
      expect(decideOnCase(made(), action, 'h-3', '2026-11-02')).toEqual({ refused: 'There is no such case.' });
    }
  });

  it('is acted on no more once it was taken back', () => {
    const events: Case['events'] = [{ kind: 'withdrawn', day: '2026-11-02' }];
    for (const action of ACTIONS) {
      expect(decideOnCase(made(events), action, 'h-1', '2026-11-03')).toHaveProperty('refused');
    }
    expect(caseDays(made(events)).over).toBe('2026-11-02');
  });

  it('is not closed before who reported it was told what came of it', () => {
    expect(decideOnCase(made(), { do: 'close' }, 'h-1', '2026-11-02')).toHaveProperty('refused');
    const told: Case['events'] = [{ kind: 'feedback', by: 'h-1', day: '2026-11-02' }];
    expect(decideOnCase(made(told), { do: 'close' }, 'h-1', '2026-11-03')).toEqual({
      event: { kind: 'closed', by: 'h-1', day: '2026-11-03' },
    });
  });

  it('rests while it is closed, and is opened again', () => {
    const closed: Case['events'] = [
      { kind: 'feedback', by: 'h-1', day: '2026-11-02' },
      { kind: 'closed', by: 'h-1', day: '2026-11-03' },
    ];
    expect(caseDays(made(closed)).over).toBe('2026-11-03');
    expect(decideOnCase(made(closed), { do: 'answer' }, 'h-1', '2026-11-04')).toHaveProperty('refused');
    const again = decideOnCase(made(closed), { do: 'open again' }, 'h-2', '2026-11-04');
    expect(again).toEqual({ event: { kind: 'opened again', by: 'h-2', day: '2026-11-04' } });
    if ('event' in again && again.event) expect(caseDays(made([...closed, again.event])).over).toBeUndefined();
  });

  it('goes to a court when it is closed, too, and the record of the day does not say so', () => {
    const closed: Case['events'] = [
      { kind: 'feedback', by: 'h-1', day: '2026-11-02' },
      { kind: 'closed', by: 'h-1', day: '2026-11-03' },
    ];
    const asked = decideOnCase(made(closed), { do: 'export' }, 'h-1', '2026-11-04');
    expect(asked).toEqual({ event: { kind: 'worked', by: 'h-1', day: '2026-11-04' } });
    if ('event' in asked && asked.event) expect(caseDays(made([...closed, asked.event])).over).toBe('2026-11-03');
  });

  it('counts any answer as the word that it arrived', () => {
    expect(caseDays(made([{ kind: 'answered', by: 'h-1', day: '2026-11-05' }])).acknowledged).toBe('2026-11-05');
  });

  it('asks how it went on once they were told, also when it is closed', () => {
    expect(decideOnCase(made(), { do: 'ask' }, 'h-1', '2026-11-02')).toHaveProperty('refused');
    const closed: Case['events'] = [
      { kind: 'feedback', by: 'h-1', day: '2026-11-02' },
      { kind: 'closed', by: 'h-1', day: '2026-11-03' },
    ];
    expect(decideOnCase(made(closed), { do: 'ask' }, 'h-2', '2026-12-02')).toEqual({
      event: { kind: 'asked', by: 'h-2', day: '2026-12-02' },
    });
    expect(caseDays(made([...closed, { kind: 'asked', by: 'h-2', day: '2026-12-02' }]))).toMatchObject({
      told: '2026-11-02',
      asked: ['2026-12-02'],
    });
    // Told anew, it begins anew.
    const again: Case['events'] = [
      ...closed,
      { kind: 'asked', by: 'h-2', day: '2026-12-02' },
      { kind: 'opened again', by: 'h-1', day: '2026-12-10' },
      { kind: 'feedback', by: 'h-1', day: '2026-12-20' },
    ];
    expect(caseDays(made(again))).toMatchObject({ told: '2026-12-20', asked: [] });
  });

  it('keeps what is due until a step says otherwise', () => {
    const worked = (due?: string | null): Case['events'][number] => ({
      kind: 'worked',
      by: 'h-1',
      day: '2026-11-02',
      due,
    });
    expect(caseDays(made([worked('2026-12-01'), worked()])).work).toBe('2026-12-01');
    expect(caseDays(made([worked('2026-12-01'), worked(null)])).work).toBeUndefined();
  });

  it('takes notes, steps and answers from those it was sealed to', () => {
    expect(decideOnCase(made(), { do: 'note' }, 'h-2', '2026-11-02')).toEqual({ event: undefined });
    const worked = { kind: 'worked', by: 'h-2', day: '2026-11-02' };
    expect(decideOnCase(made(), { do: 'work' }, 'h-2', '2026-11-02')).toEqual({ event: worked });
    for (const due of ['2026-12-01', null]) {
      expect(decideOnCase(made(), { do: 'work', due }, 'h-2', '2026-11-02')).toEqual({ event: { ...worked, due } });
    }
    // Who investigates is looked at, and not kept in the clear.
    const action: CaseAction = { do: 'investigate', who: ['audit-1'], not: ['rep-1'] };
    expect(decideOnCase(made(), action, 'h-2', '2026-11-02')).toEqual({ event: worked });
  });
});
