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
  { do: 'find', as: 'credible' },
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

  it('counts any answer as the word that it arrived', () => {
    expect(caseDays(made([{ kind: 'answered', by: 'h-1', day: '2026-11-05' }])).acknowledged).toBe('2026-11-05');
  });

  it('takes notes, findings and answers from those it was sealed to', () => {
    expect(decideOnCase(made(), { do: 'note' }, 'h-2', '2026-11-02')).toEqual({ event: undefined });
    expect(decideOnCase(made(), { do: 'find', as: 'not ours' }, 'h-2', '2026-11-02')).toEqual({
      event: { kind: 'found', by: 'h-2', day: '2026-11-02', as: 'not ours' },
    });
  });
});
