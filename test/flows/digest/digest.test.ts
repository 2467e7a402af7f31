import { describe, expect, it } from 'vitest';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import {
  keepMostUrgent,
  LINE_KINDS,
  mostUrgentFirst,
  shownFirst,
  type DigestLine,
} from '../../../flows/digest/digest.ts';
import { startQueues } from '../../../flows/digest/personal.ts';
import { isQuiet, startTally, totalOf } from '../../../flows/digest/tally.ts';
import { trainingLines } from '../../../flows/digest/training.ts';
import { aDeal, aDecidingDeal, anOrganisation, aView, aVote, NOW } from '../../support/deal-builders.ts';
import { saidOf } from '../../support/digests.ts';
import { anApproval, everyStatus, handedIn, lighterDeal, ownFlag, saidOut } from '../../support/every-deal.ts';

const DAY = 24 * 60 * 60 * 1000;
const later = (days: number): string => new Date(Date.parse(NOW) + days * DAY).toISOString();
const FROM = later(-35);
const condition = { id: 'c1', text: 'End access on misuse', owner: 'product-1', due: NOW.slice(0, 10) };

const tallied = (deals: readonly OpenedDeal[], now: string = NOW, beside: readonly DigestLine[] = []) => {
  const tally = startTally({ from: FROM });
  for (const deal of deals) tally.add(saidOf(aView(deal, { now })));
  return tally.digest({ since: later(-7), until: now }, { lines: beside });
};
const kinds = ({ lines }: { lines: readonly DigestLine[] }): string[] => lines.map(({ of }) => of);

describe('a digest for compliance', () => {
  it('counts deals by tier and stage, and those that are closed apart', () => {
    const digest = tallied(Object.values(everyStatus));
    const stages = Object.values(digest.cells).flatMap((row) => Object.entries(row).filter(([, n]) => n > 0));
    expect(stages.map(([stage]) => stage).toSorted()).toEqual(['answering', 'conditions', 'review']);
    expect(digest.closed).toEqual({ declined: 0, stopped: 1, withdrawn: 1, 'out of scope': 1 });
  });

  it('sorts waiting approvals by their age', () => {
    const since = (days: number): OpenedDeal => aDecidingDeal({ stepSince: later(-days) });
    expect(tallied([0, 2, 3, 7, 8, 14, 15, 400].map(since)).ages).toEqual([2, 2, 2, 2]);
  });

  it('tells of decisions since the last one only', () => {
    const approval = anApproval([]);
    const decided = (days: number): OpenedDeal => ({
      ...approval,
      decision: { ...approval.decision, outcome: 'approved', at: later(-days) },
    });
    const digest = tallied([decided(1), decided(6.9), decided(7), decided(30)]);
    expect(digest.decisions).toEqual({ approved: 2, 'approved with conditions': 0, declined: 0 });
    expect(kinds(digest)).toEqual(['decided', 'decided']);
  });

  it('names deals that were found out of scope or stopped since the last one, and those that wait for compliance', () => {
    const out = (days: number): OpenedDeal => ({
      ...aDeal(),
      status: 'out of scope',
      reasons: [],
      by: 'rep-1',
      at: later(-20),
      confirmed: { by: 'compliance-1', at: later(-days) },
    });
    const stopped: OpenedDeal = { ...aDeal(), status: 'stopped', rule: 'known-repression', at: later(-1) };
    const unread: OpenedDeal = { ...aDeal(), status: 'out of scope', reasons: [], by: 'rep-1', at: later(-2) };
    expect(kinds(tallied([out(1), out(9), stopped, unread, saidOut, lighterDeal]))).toEqual([
      'scope to confirm',
      'change to confirm',
      'waiting for votes',
      'stopped',
      'out of scope',
      'out of scope',
    ]);
    const queues = startQueues();
    queues.add(saidOf(aView(saidOut)));
    expect(kinds({ lines: queues.of('compliance-1', NOW).mine })).toEqual(['scope to confirm']);
    expect(isQuiet(tallied([out(1)]))).toBe(false);
  });

  it('counts from the oldest decision that it looks at, and says so, where nobody had one for long', () => {
    const tally = startTally({ from: FROM });
    expect(tally.digest({ since: later(-400), until: NOW }, { lines: [] }).since).toBe(FROM);
  });

  it('puts first what needs somebody most', () => {
    const overdue = anApproval([condition], {});
    const digest = tallied(
      [
        aDecidingDeal({ stepSince: later(-20) }),
        { ...overdue, decision: { ...overdue.decision, at: later(-60) } },
        anApproval([condition], { c1: handedIn }),
        {
          ...overdue,
          suspended: { at: later(1), conditions: ['c1'] },
          decision: { ...overdue.decision, at: later(-60) },
        },
        aDecidingDeal({ ownFlags: [ownFlag], stepSince: later(-2) }),
        aDeal({ waitingSince: later(-9) }),
      ],
      later(3),
      [{ of: 'messages failed', people: [], days: 2 }],
    );
    expect(kinds(digest)).toEqual([
      'suspended',
      'condition overdue',
      'condition overdue',
      'messages failed',
      'evidence to look at',
      'flag to settle',
      'waiting for votes',
      'waiting for votes',
      'waiting for answers',
      'decided',
    ]);
    expect(digest.lines.filter(({ of }) => of === 'waiting for votes').map(({ days }) => days)).toEqual([23, 5]);
  });

  it('says whose move it is', () => {
    const [overdue] = tallied([anApproval([condition])], later(5)).lines;
    expect(overdue).toMatchObject({ of: 'condition overdue', people: ['product-1'], days: 5, about: 'c1' });
    const [votes] = tallied([aDecidingDeal({ step: 1, votes: [aVote('senior-1', 1)] })]).lines;
    expect(votes).toMatchObject({ of: 'waiting for votes', people: ['counsel-1'] });
  });

  it('leaves out answers that were asked this week', () => {
    expect(kinds(tallied([aDeal({ waitingSince: later(-7) })]))).toEqual([]);
    expect(kinds(tallied([aDeal({ waitingSince: later(-8) })]))).toEqual(['waiting for answers']);
  });

  it('tells of reassessments that are overdue, or due within 90 days', () => {
    const renewed = (on: string): OpenedDeal => ({
      ...anApproval([]),
      decision: { ...anApproval([]).decision, at: later(-100) },
      renewals: { by: 'rep-1', at: later(-100), dates: [{ of: 'licence', on, at: later(-100) }] },
    });
    const day = (days: number): string => later(days).slice(0, 10);
    const digest = tallied([renewed(day(-3)), renewed(day(20)), renewed(day(90)), renewed(day(91))]);
    expect(digest.lines.map(({ of, days }) => `${of} ${days}`)).toEqual([
      'reassessment overdue 3',
      'reassessment due 20',
      'reassessment due 90',
    ]);
    expect(digest.reassessments).toEqual([1, 1, 2]);
  });

  it('counts one reassessment once, however many reasons it has, and not one that is under way', () => {
    const dates = [20, 30].map((n) => ({ of: 'licence' as const, on: later(n).slice(0, 10), at: later(-100) }));
    const renewals = { by: 'rep-1', at: later(-100), dates };
    const deal: OpenedDeal = { ...anApproval([]), renewals };
    expect(kinds(tallied([deal])).filter((of) => of.startsWith('reassessment'))).toEqual(['reassessment due']);
  });

  it('counts reassessments that are due within 30, 60 and 90 days', () => {
    const due = (days: number): DigestLine => ({ of: 'reassessment due', deal: 'D-1', people: [], days });
    const digest = tallied([], NOW, [due(3), due(30), due(31), due(90), due(91)]);
    expect(digest.reassessments).toEqual([2, 3, 4]);
  });

  it('is quiet where nothing was decided and nothing waits', () => {
    expect(isQuiet(tallied([everyStatus.withdrawn]))).toBe(true);
    for (const open of [aDeal({ waitingSince: NOW }), aDecidingDeal(), anApproval([condition])])
      expect(isQuiet(tallied([open]))).toBe(false);
    expect(isQuiet(tallied([], NOW, [{ of: 'messages failed', people: [], days: 1 }]))).toBe(false);
  });

  it('keeps the most urgent lines, counts all, and is the same whatever the order', () => {
    const lines = Array.from({ length: 1000 }, (_, i): DigestLine => {
      const of = LINE_KINDS[(i * 7) % LINE_KINDS.length] ?? 'decided';
      return { of, deal: `D-${i}`, people: [], days: (i * 13) % 50 };
    });
    const keep = (given: readonly DigestLine[]): DigestLine[] => {
      const keeper = keepMostUrgent(40);
      for (const line of given) keeper.add(line);
      return keeper.kept();
    };
    expect(keep(lines)).toEqual(shownFirst(lines.toSorted(mostUrgentFirst), 40));
    expect(keep(lines.toReversed())).toEqual(keep(lines));
    const digest = tallied([], NOW, lines);
    expect(digest.lines).toHaveLength(200);
    expect(totalOf(digest)).toBe(1000);
  });
});

describe('what a message shows first', () => {
  const line = (of: DigestLine['of'], n: number): DigestLine => ({ of, deal: `D-${of}-${n}`, people: [], days: 9 });
  const many = (of: DigestLine['of'], n: number): DigestLine[] => Array.from({ length: n }, (_, i) => line(of, i));

  it('is not filled by dozens of one kind while others wait', () => {
    const all = [...many('suspended', 1), ...many('flag to settle', 42), ...many('waiting for votes', 6)];
    const shown = shownFirst(all);
    expect(shown).toHaveLength(15);
    expect(shown.filter(({ of }) => of === 'waiting for votes')).toHaveLength(4);
    expect(shown[0]).toEqual(line('suspended', 0));
    // In their order, which is that of all.
    expect(shown).toEqual(all.filter((one) => shown.includes(one)));
  });

  it('is filled by them where nothing else waits, and leaves out nothing that fits', () => {
    expect(shownFirst(many('flag to settle', 42))).toEqual(many('flag to settle', 15));
    const few = [...many('suspended', 9), ...many('decided', 3)];
    expect(shownFirst(few)).toEqual(few);
  });

  it('is kept of however many deals were looked at', () => {
    const keeper = keepMostUrgent(30);
    for (const one of [...many('flag to settle', 500), ...many('waiting for votes', 3)]) keeper.add(one);
    expect(keeper.kept().filter(({ of }) => of === 'waiting for votes')).toHaveLength(3);
  });
});

describe('a personal digest', () => {
  const queues = (deals: readonly OpenedDeal[], now = NOW) => {
    const all = startQueues();
    for (const deal of deals) all.add(saidOf(aView(deal, { now })));
    return (person: string) => all.of(person, now);
  };

  it('has what waits for somebody, and what of theirs waits for others', () => {
    const of = queues([
      aDecidingDeal({ id: 'D-VOTES', step: 1, votes: [aVote('senior-1', 1)] }),
      aDeal({ id: 'D-MINE' }),
      { ...anApproval([condition]), id: 'D-KEEP' },
    ]);
    expect(of('rep-1').mine.map(({ of: kind, deal }) => `${kind} ${deal}`)).toEqual(['waiting for answers D-MINE']);
    expect(of('rep-1').others.map(({ deal }) => deal)).toEqual(['D-VOTES', 'D-KEEP']);
    expect(of('counsel-1').mine.map(({ deal }) => deal)).toEqual(['D-VOTES']);
    expect(of('product-1').mine.map(({ of: kind }) => kind)).toEqual(['condition open']);
    expect(of('senior-1').counts).toEqual({ mine: 0, others: 0 });
  });

  it('has a section that was handed over, for whoever has it now', () => {
    const of = queues([everyStatus.answering]);
    expect(of('product-1').mine.map(({ of: kind }) => kind)).toEqual(['waiting for answers']);
  });
});

describe('training in a digest', () => {
  it('is a line for each course, with everybody it is about', () => {
    const standing = (person: string, status: 'missing' | 'expired' | 'expiring' | 'to take', until: string) =>
      ({ person, course: 'hr', title: 'Human rights', status, until }) as const;
    const lines = trainingLines(
      [
        standing('rep-1', 'missing', later(-20).slice(0, 10)),
        standing('senior-1', 'missing', later(-3).slice(0, 10)),
        standing('counsel-1', 'expiring', later(9).slice(0, 10)),
        standing('senior-2', 'expiring', later(2).slice(0, 10)),
        standing('chief-1', 'to take', later(9).slice(0, 10)),
      ],
      anOrganisation(),
      NOW,
    );
    expect(lines).toEqual([
      { of: 'training missing', people: ['rep-1', 'senior-1'], days: 20, about: 'Human rights' },
      { of: 'training expiring', people: ['counsel-1', 'senior-2'], days: 2, about: 'Human rights' },
    ]);
  });
});
