/** Ranges of reports of misuse: what the case room hands over, and whoever would hand over more. */

import { describe, expect, it } from 'vitest';
import { yearlyHtml } from '../../../blocks/yearly/html.ts';
import { yearlyReport } from '../../../blocks/yearly/report.ts';
import { yearlyText } from '../../../blocks/yearly/text.ts';
import { isKnown, isKnownEvent } from '../../../flows/known/shape.ts';
import { knownYearly } from '../../../flows/known/yearly.ts';
import { yearLines, type CaseCount } from '../../../flows/voices/counting.ts';
import { readComplaints, type PublishedComplaints } from '../../../flows/yearly/complaints.ts';
import { differencesIn } from '../../../flows/yearly/differences.ts';
import type { YearlyCommand, YearlyState } from '../../../flows/yearly/register-shapes.ts';
import { yearly } from '../../../flows/yearly/register.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { someFigures } from '../../support/yearly.ts';

const one: CaseCount = {
  year: 2026,
  found: 'credible',
  outcome: 'partly',
  remedied: true,
  acknowledged: 3,
  answered: 60,
  reopened: false,
};
const handed = (cases: number, credible = cases): string =>
  yearLines(
    Array.from({ length: cases }, (_, n) => ({
      ...one,
      found: n < credible ? ('credible' as const) : ('not ours' as const),
    })),
    2026,
  ).join('\n');
const read = (text: string): PublishedComplaints => {
  const found = readComplaints(text, 2026);
  if ('problem' in found) throw new Error(found.problem);
  return found.complaints;
};
const problem = (text: string): string => {
  const found = readComplaints(text, 2026);
  return 'problem' in found ? found.problem : 'taken';
};

describe('the lines of the case room', () => {
  it.each([0, 1, 4, 5, 9, 10, 30, 99, 100, 300, 700, 1500])('are read as it says them, %i of them', (cases) => {
    const { rows, days } = read(handed(cases));
    expect(rows.map(({ id }) => id)).toEqual(['closed', 'credible', 'substantiated', 'remedied', 'reopened']);
    expect(days.map(({ value }) => value)).toEqual(cases < 5 ? [null, null] : [3, 60]);
  });

  it('tell of none, one and four alike', () => {
    expect(read(handed(1))).toEqual(read(handed(0)));
    expect(read(handed(4))).toEqual(read(handed(0)));
    expect(read(handed(9, 1))).toEqual(read(handed(9, 4)));
    expect(read(handed(0)).rows[0]?.range).toBe('fewer than 5');
  });

  it('are refused where they say more, less, or something else', () => {
    const lines = handed(12).split('\n');
    expect(problem(lines.slice(1).join('\n'))).toContain('A line is missing: Arrived in the year, and closed.');
    expect(problem([...lines, lines[1]].join('\n'))).toContain('stands there twice');
    expect(problem([...lines, 'Acme Ltd: 5 to 9'].join('\n'))).toContain('is no line of the case room');
    expect(problem(handed(12).replace('credible: 10 to 24', 'credible: 12'))).toContain(
      'give the range as the case room says it',
    );
    expect(problem(handed(12).replace('credible: 10 to 24', 'credible: 25 to 49'))).toContain('can’t be more than all');
    expect(problem(handed(12).replace('2026', '2025'))).toContain('These lines are of 2025.');
    expect(problem(handed(12).replace(': 60', ': 99999999999999999'))).toContain('whole days');
    expect(problem('a\n'.repeat(40))).toContain('no more');
    expect(problem(lines.map((line) => `  • ${line}  `).join('\r\n'))).toBe('taken');
  });

  it('with few in all say no days, whoever wrote some in', () => {
    const forged = handed(3).replaceAll('not said of fewer than 5', '2');
    expect(read(forged).days.map(({ value }) => value)).toEqual([null, null]);
  });
});

describe('in the report', () => {
  it('they are ranges in every form of it, and said to be not recounted', () => {
    const figures = { ...someFigures(2026), complaints: read(handed(7, 2)) };
    const report = yearlyReport(figures, {}, { publishedOn: '2027-02-01', today: '2027-02-01' });
    expect(report.notAnswered.join(' ')).not.toContain('R2');
    for (const page of [yearlyHtml(report), yearlyText(report), report.sentences.join('\n')]) {
      expect(page).toContain('Not recounted from the record.');
      expect(page).toMatch(/closed(?:: |<\/th><td class="n">)5 to 9/);
      expect(page).toMatch(/Found credible(?:: |<\/th><td class="n">)fewer than 5/);
    }
    const without = yearlyReport(someFigures(2026), {}, { publishedOn: '2027-02-01', today: '2027-02-01' });
    expect(without.notAnswered.join(' ')).toContain('R2');
    expect(yearlyHtml(without)).not.toContain('Reports of misuse that arrived');
  });
});

describe('handing over', () => {
  const AT = '2027-02-01T09:00:00.000Z';
  const context = { organisation: anOrganisation(), policy: aPolicy() };
  const figures = someFigures(2026);
  const decide = (command: YearlyCommand, state: YearlyState, actor = 'compliance-1') =>
    yearly.decide(command, state, { actor, at: AT, id: 'id' }, context);
  const after = (command: YearlyCommand, state: YearlyState, actor = 'compliance-1'): YearlyState => {
    const decided = decide(command, state, actor);
    if (decided.kind === 'refused') throw new Error(decided.refusal.text);
    for (const event of decided.events) expect(isKnownEvent(knownYearly.events, event)).toBe(true);
    const next = decided.events.reduce(yearly.evolve, state);
    expect(isKnown(knownYearly.state, next)).toBe(true);
    return next;
  };
  const save = (cases: number): YearlyCommand => ({
    type: 'SaveYearComplaints',
    year: 2026,
    complaints: read(handed(cases)),
  });

  it('is for compliance, and not for the year that is published', () => {
    for (const actor of ['rep-1', 'counsel-1', 'system', 'operator'])
      expect(decide(save(9), yearly.none, actor)).toMatchObject({ refusal: { code: 'not allowed' } });
    const published = { ...yearly.none, years: { 2026: { figures, at: AT, by: 'operator' } } };
    expect(decide(save(9), published)).toMatchObject({ refusal: { code: 'not now' } });
    expect(decide({ type: 'SaveYearComplaints', year: 2026 }, yearly.none)).toMatchObject({
      refusal: { code: 'not now' },
    });
    expect(
      after({ type: 'SaveYearComplaints', year: 2026 }, after(save(9), yearly.none)).drafts[2026]?.complaints,
    ).toBeUndefined();
  });

  it('voids what was approved, says which range it was, and keeps who did it from approving', () => {
    const words = { foreword: 'This is our report of the year.' };
    const written = after({ type: 'SaveYearWords', year: 2026, from: 0, words, mayName: [], named: [] }, yearly.none);
    const first = after(save(3), written, 'chief-1');
    const all = { ...figures, complaints: first.drafts[2026]?.complaints?.lines };
    const refused = decide(
      { type: 'SendYear', year: 2026, version: 1, hash: 'h', figures: all, named: [], away: [] },
      first,
    );
    expect(refused).toMatchObject({ refusal: { text: expect.stringMatching(/Nobody of .*Chief.* could approve it/) } });
    const again = after(save(12), first);
    const now = { ...figures, complaints: again.drafts[2026]?.complaints?.lines };
    const sent = after(
      { type: 'SendYear', year: 2026, version: 1, hash: 'h', figures: now, named: [], away: [] },
      again,
    );
    const approve = { type: 'ApproveYear', year: 2026, hash: 'h', figures: now, away: [] } as const;
    const voted = after(approve, sent, 'chief-1');
    const other = after(save(30), voted);
    expect(other.drafts[2026]).toMatchObject({ voided: { because: 'figures', voters: ['chief-1'] } });
    expect(other.drafts[2026]?.sent).toBeUndefined();
    expect(other.drafts[2026]?.voided?.differences[0]).toMatchObject({
      row: 'Arrived in the year, and closed',
      wasSaid: '10 to 24',
      isSaid: '25 to 49',
    });
    expect(differencesIn(figures, now)).toHaveLength(7);
    expect(differencesIn(now, now)).toEqual([]);
  });
});
