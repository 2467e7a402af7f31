import { describe, expect, it } from 'vitest';
import {
  barred,
  closingProblem,
  stepIn,
  stepProblem,
  workDue,
  workOf,
  type Step,
  type Taken,
} from '../../../flows/voices/steps.ts';

const finding = (as: 'credible' | 'significant' | 'false alarm' | 'not ours'): Step => ({
  kind: 'finding',
  as,
  why: 'It fits.',
});
const help = { asked: false, words: 'It would show who spoke.' };
const place = {
  on: 'D-7K3QXM and D-1234AB',
  stop: ['support' as const],
  reason: 'Use is checked.',
  day: '2026-12-03',
  review: '2027-01-10',
};
const hold: Step = { kind: 'hold', infer: 'Two engineers.', help, place, why: '' };
const noHold: Step = { kind: 'hold', infer: 'Two engineers.', help, why: 'One of them could be found by it.' };
const rep = { id: 'rep-1', name: 'Sample Rep' };
const auditor = { id: 'audit-1', name: 'Sample Auditor' };
const investigation: Step = { kind: 'investigation', who: [auditor], outside: '', not: [rep] };
const result = (of?: 'lift' | 'keep'): Step => ({ kind: 'result', words: 'It was so.', ...(of && { hold: of }) });
const outcome = (as: 'substantiated' | 'not'): Step => ({ kind: 'outcome', as, deal: 'reassess', why: 'Logs.' });
const remedy: Step = { kind: 'remedy', what: 'Their phones are cleaned.', who: 'Support', by: '2027-02-01' };
const lifted: Step = { kind: 'lifted', words: 'On 4 January.' };

/** Steps one after the other; each has to be possible. */
const taken = (...steps: Step[]): Taken[] =>
  steps.reduce<Taken[]>((before, step, i) => {
    const problem = stepProblem(workOf(before), step);
    if (problem !== undefined) throw new Error(`${step.kind}: ${problem}`);
    return [...before, { number: i + 1, by: 'h-1', step }];
  }, []);
const refused = (before: Taken[], step: Step): string => stepProblem(workOf(before), step) ?? 'it was possible';
const closing = (before: Taken[], by = 'h-1', readers = 2): string | undefined =>
  closingProblem(workOf(before), { by, readers });

describe('the work on a case', () => {
  it('goes from a finding to remedy', () => {
    const all = taken(
      finding('significant'),
      hold,
      investigation,
      result('lift'),
      lifted,
      outcome('substantiated'),
      remedy,
      { kind: 'remedied', remedy: 7, words: 'All of them.' },
    );
    expect(closing(all)).toBeUndefined();
    expect(workDue(workOf(all.slice(0, 7)))).toBe('2027-02-01');
    expect(workDue(workOf(all))).toBeUndefined();
  });

  it('considers a hold for what is credible and significant, and for nothing else', () => {
    for (const as of ['credible', 'false alarm', 'not ours'] as const) {
      expect(refused(taken(finding(as)), hold)).toMatch(/credible and significant/);
    }
    expect(refused(taken(finding('significant')), investigation)).toMatch(/Consider a hold first/);
    expect(refused(taken(finding('false alarm')), investigation)).toMatch(/credible/);
    expect(workOf(taken(finding('credible'), investigation)).investigation).toEqual(investigation);
    expect(workOf(taken(finding('significant'), noHold, investigation)).stands).toBe(false);
    expect(refused(taken(finding('significant'), hold), hold)).toMatch(/stands already/);
  });

  it('takes no reason that says in chat that somebody spoke', () => {
    const told: Step = {
      kind: 'hold',
      infer: 'Nobody.',
      help,
      place: { ...place, reason: 'A complaint came.' },
      why: '',
    };
    expect(refused(taken(finding('significant')), told)).toMatch(/somebody spoke/);
  });

  it('is never investigated by somebody of the deals, or whom it concerns', () => {
    const by = (who: typeof auditor): Step => ({ kind: 'investigation', who: [who], outside: '', not: [rep] });
    expect(refused(taken(finding('credible')), by(rep))).toMatch(/Sample Rep is of the deals/);
    expect(barred([rep, auditor], [], ['  sample  AUDITOR '])).toEqual([auditor]);
    expect(refused(taken(finding('credible')), { ...investigation, who: [] } as Step)).toMatch(/who investigates/);
  });

  it('says at its end what becomes of a hold, and has an outcome after it alone', () => {
    const runs = taken(finding('significant'), hold, investigation);
    expect(refused(runs, result())).toMatch(/lifted or kept/);
    expect(refused(runs, outcome('not'))).toMatch(/once its investigation ended/);
    expect(refused(runs, finding('false alarm'))).toMatch(/investigation began/);
    expect(refused(runs, remedy)).toMatch(/once misuse was found/);
    expect(refused([...runs, ...taken()], investigation)).toMatch(/runs already/);
    const found = taken(finding('credible'), investigation, result(), outcome('not'));
    expect(refused(found, remedy)).toMatch(/once misuse was found/);
    expect(refused(found, { kind: 'remedied', remedy: 9, words: 'Done.' })).toMatch(/never planned/);
  });

  it('is not closed while anything stands: a hold, an investigation, a remedy, a claim', () => {
    expect(closing([])).toMatch(/what you make of it/);
    expect(closing(taken(finding('credible')))).toMatch(/what its investigation found/);
    const runs = taken(finding('significant'), hold, investigation);
    expect(closing(runs)).toMatch(/runs/);
    const ended = taken(finding('significant'), hold, investigation, result('keep'), outcome('substantiated'));
    expect(closing(ended)).toMatch(/A hold stands/);
    const free = taken(finding('credible'), investigation, result(), outcome('substantiated'));
    expect(closing(free)).toMatch(/makes it good/);
    const none: Step = { kind: 'remedy', what: 'Nobody was harmed.', who: '' };
    expect(closing([...free, { number: 9, by: 'h-1', step: none }])).toBeUndefined();
    expect(closing([...free, { number: 9, by: 'h-1', step: remedy }])).toMatch(/not done/);
    const claim: Step = { kind: 'claim', stands: true, words: 'Before a court.' };
    expect(closing([...free, { number: 9, by: 'h-1', step: none }, { number: 10, by: 'h-1', step: claim }])).toMatch(
      /claim/,
    );
  });

  it('takes two to find that nothing is to be done, where two can read it', () => {
    for (const lighter of [
      taken(finding('false alarm')),
      taken(finding('not ours')),
      taken(finding('credible'), investigation, result(), outcome('not')),
    ]) {
      expect(closing(lighter)).toMatch(/Another handler/);
      expect(closing(lighter, 'h-2')).toBeUndefined();
      expect(closing(lighter, 'h-1', 1)).toBeUndefined();
    }
  });

  it('is counted with another case that tells of the same, which is investigated', () => {
    expect(closing(taken({ ...finding('credible'), same: 'C-OTHER123' } as Step))).toBeUndefined();
  });

  it('counts no investigation by somebody whom it concerns, even where the step itself leaves them out', () => {
    const sealed = taken(finding('credible'), investigation);
    expect(workOf(sealed, ['Sample Auditor'])).not.toHaveProperty('investigation');
    expect(stepProblem(workOf(taken(finding('credible'))), investigation, ['sample auditor'])).toMatch(
      /Sample Auditor/,
    );
  });

  it('counts nothing for a step that was not possible when it was taken, whatever a browser sealed', () => {
    const skipped: Taken[] = [
      { number: 1, by: 'h-1', step: outcome('not') },
      { number: 2, by: 'h-1', step: finding('significant') },
      { number: 3, by: 'h-1', step: { ...investigation, who: [rep] } as Step },
    ];
    expect(workOf(skipped)).toMatchObject({ finding: { as: 'significant' }, stands: false });
    expect(workOf(skipped)).not.toHaveProperty('outcome');
    expect(workOf(skipped)).not.toHaveProperty('investigation');
  });
});

it('reads a step that is whole, and nothing else', () => {
  const steps = [finding('credible'), hold, noHold, investigation, result('keep'), outcome('not'), remedy, lifted];
  for (const step of steps) expect(stepIn({ kind: 'step', step })).toEqual(step);
  for (const step of [
    { ...finding('credible'), as: 'great' },
    { ...finding('credible'), why: ' ' },
    { kind: 'hold', infer: '', help, why: 'No.' },
    { ...hold, place: { ...place, stop: ['everything'] } },
    { ...hold, place: { ...place, day: 'soon' } },
    { ...investigation, who: ['rep-1'] },
    { kind: 'remedy', what: 'Something.', who: '', by: '2027-01-01' },
    { kind: 'constructor' },
    { kind: 'toString' },
    null,
    'finding',
  ]) {
    expect(stepIn({ kind: 'step', step })).toBeUndefined();
  }
  expect(stepIn({ kind: 'words', step: finding('credible') })).toBeUndefined();
});
