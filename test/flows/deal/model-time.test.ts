/** Random commands under a clock that leaps and steps back: the reminders, their times, recipients and number. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../flows/deal/decide.ts';
import type { DealEvent } from '../../../flows/deal/events.ts';
import { dueNow, dutiesOf, nextDueAt } from '../../../flows/deal/owing/duties.ts';
import { isPossible } from '../../../flows/deal/refusing/refused.ts';
import { sectionProgress, waitingFor } from '../../../flows/deal/rights/whose-turn.ts';
import type { Approval, OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { inGroup, membersOf } from '../../../flows/organisation.ts';
import {
  acts,
  answered,
  approved,
  changed,
  play,
  timeActs,
  yearActs,
  type Act,
  type Make,
} from '../../support/model.ts';
import { runs } from '../../support/runs.ts';
import { TIMED } from '../../support/ticking.ts';

type Reminded = Extract<DealEvent, { type: 'Reminded' }>;

const viewOf = (deal: OpenedDeal, now: string): DealView => dealView(deal, TIMED.policy, TIMED.organisation, now);
const remindersOf = ({ events }: Act): Reminded[] => events.filter((e) => e.type === 'Reminded');
const ENDS: ReadonlySet<DealEvent['type']> = new Set(['DealDecided', 'FoundOutOfScope', 'DealStopped']);
const isCompliance = (id: string): boolean => ['compliance', 'chief'].some((g) => inGroup(TIMED.organisation, g, id));

/** The decision in force: that of a decided deal, or the previous one while it is asked and decided again. */
const inForce = (deal: OpenedDeal): Approval | undefined => (deal.status === 'decided' ? deal : deal.standing);

/** Tells whether that person owes this, read from the deal alone. */
const owes = (view: DealView, { owed }: Reminded, person: string): boolean => {
  const { deal } = view;
  switch (owed.kind) {
    case 'section': {
      const open = sectionProgress(view).some((s) => s.section.id === owed.section && !s.done);
      return deal.status === 'answering' && open && person === (deal.handOvers[owed.section]?.to ?? deal.owner);
    }
    case 'information': {
      const asked = deal.requests.find((r) => r.id === owed.request);
      return deal.status === 'deciding' && asked?.answer === undefined && person === deal.owner;
    }
    case 'scope':
    case 'lighter':
    case 'authority':
      return membersOf(TIMED.organisation, 'compliance').includes(person) && !deal.team.includes(person);
    case 'flag': {
      const flag = deal.ownFlags.find(({ id }) => id === owed.flag);
      const group = flag?.stops === undefined ? 'compliance' : 'chief';
      const may = membersOf(TIMED.organisation, group).filter((id) => !deal.team.includes(id) && id !== flag?.by);
      const can = (id: string, type: 'DismissFlag' | 'AdmitFlag'): boolean =>
        isPossible(view, id, { type, flag: owed.flag });
      // What is said against a decision is dismissed by who did not make it: the chief, where nobody else is left.
      const isOthers = !may.some((id) => can(id, 'DismissFlag')) && inGroup(TIMED.organisation, 'chief', person);
      const owing = may.includes(person) || isOthers;
      return flag?.status === 'pending' && owing && (can(person, 'DismissFlag') || can(person, 'AdmitFlag'));
    }
    case 'votes': {
      const waiting = waitingFor(view);
      return waiting.for === 'votes' && waiting.step === owed.step && waiting.people.includes(person);
    }
    case 'reassessment': {
      const known =
        deal.reassessments?.some(({ id }) => id === owed.task) === true ||
        deal.renewals?.dates.some(({ of, on }) => owed.task === `renewal-${of}-${on}`) === true;
      return inForce(deal) !== undefined && known && person === deal.owner;
    }
    case 'licence':
      return inForce(deal) !== undefined && person === deal.owner;
    case 'condition':
    case 'evidence': {
      const approval = inForce(deal);
      if (!approval) return false;
      const condition = approval.decision.conditions.find((c) => c.id === owed.condition);
      const progress = approval.conditions?.[owed.condition];
      const owner = progress?.handed?.to ?? condition?.owner;
      if (owed.kind === 'condition') {
        return (progress?.status ?? 'open') === 'open' && (person === owner || person === deal.owner);
      }
      const author = progress?.evidence.at(-1)?.by;
      const [first, last] = ['compliance', 'chief'].map((group) =>
        membersOf(TIMED.organisation, group).filter((id) => !deal.team.includes(id) && id !== owner && id !== author),
      );
      return progress?.status === 'met' && (first?.length ? first : last)?.includes(person) === true;
    }
    default: {
      const never: never = owed;
      return never;
    }
  }
};

const asked: [string, Make][] = [
  ...answered,
  ['compliance-1', () => ({ type: 'AskForInformation', step: 0, question: 'Who runs it?' })],
];

type Each = (act: Act, run: { seen: Reminded[] }) => void;

/** Random deals, and the time of deals that wait for information or are approved with two conditions. */
const KINDS = [
  [acts, [], 150],
  [timeActs, asked, 150],
  [timeActs, approved, 150],
  [yearActs, changed, 75],
] as const;

const looking = (each: Each): ((act: Act) => void) => {
  const run = { seen: [] as Reminded[] };
  return (act) => {
    each(act, run);
    run.seen.push(...remindersOf(act));
  };
};

/** Played once for all that is to hold of them, which takes most of the time. */
const kept: Act[][] = [];
const played = (): Act[][] => {
  if (kept.length > 0) return kept;
  for (const [script, from, usual] of KINDS) {
    for (const lines of fc.sample(script, runs(usual))) {
      const all: Act[] = [];
      play(lines, (act) => void all.push(act), from);
      kept.push(all);
    }
  }
  return kept;
};

const always = (each: Each): void => {
  const holds = played().every((all) => {
    try {
      all.forEach(looking(each));
      return true;
    } catch {
      return false;
    }
  });
  if (holds) return;
  // Played anew, for the shortest play in which it does not hold.
  for (const [script, from, usual] of KINDS) {
    const shortest = fc.property(script, (lines) => void play(lines, looking(each), from));
    fc.assert(shortest, { numRuns: runs(usual) });
  }
  throw new Error('It did not hold, and does when it is played again.');
};

describe('whenever time passes, whatever happened before', () => {
  it('no stage is told twice, unless the person asked for it later', () => {
    let [told, again] = [0, 0];
    always(({ before, events }, { seen }) => {
      if (before.status === 'none') return;
      for (const event of events) {
        if (event.type === 'Snoozed') seen.splice(0, seen.length, ...seen.filter((r) => r.duty !== event.duty));
        if (event.type !== 'Reminded') continue;
        told += 1;
        const last = seen.filter((r) => r.duty === event.duty).at(-1)?.stage ?? 0;
        if (last > 0) again += 1;
        expect(event.stage).toBeGreaterThan(last);
      }
      const duties = events.flatMap((e) => (e.type === 'Reminded' ? [e.duty] : []));
      expect(new Set(duties).size).toBe(duties.length);
    });
    expect([told > 500, again > 20]).toEqual([true, true]);
  });

  it('an escalation reaches nobody twice for one thing', () => {
    let told = 0;
    always((act, { seen }) => {
      for (const event of remindersOf(act)) {
        if (event.of !== 'escalation') continue;
        told += 1;
        expect(seen.some((r) => r.duty === event.duty)).toBe(false);
      }
    });
    expect(told).toBeGreaterThan(100);
  });

  it('nothing is told early, nor what was put off before its day', () => {
    let put = 0;
    always((act) => {
      const { before, at } = act;
      if (before.status === 'none') return;
      for (const { duty, stage, of, to } of remindersOf(act)) {
        const found = dutiesOf(viewOf(before, at)).find((d) => d.key === duty);
        const until = before.snoozed?.[duty];
        if (until !== undefined) put += 1;
        expect(found?.stages[stage - 1]).toMatchObject({ of, to });
        expect((found?.stages[stage - 1]?.at ?? 'never') <= at && (until ?? '') <= at).toBe(true);
        // The latest: after a longer sleep the older one is not told.
        expect(found?.stages.slice(stage).every((s) => s.at > at)).toBe(true);
      }
    });
    expect(put).toBeGreaterThan(20);
  });

  it('nobody is told who does not owe it; an escalation tells nobody who does', () => {
    const kinds = new Set<string>();
    always((act) => {
      const { before, at } = act;
      if (before.status === 'none') return;
      for (const event of remindersOf(act)) {
        kinds.add(`${event.owed.kind} ${event.of === 'escalation'}`);
        for (const person of event.to) {
          expect(owes(viewOf(before, at), event, person)).toBe(event.of !== 'escalation');
        }
        if (event.to.length > 0) continue;
        expect([event.of, ['condition', 'reassessment'].includes(event.owed.kind)]).toEqual(['overdue', true]);
      }
    });
    expect([...kinds].sort()).toEqual(
      ['condition', 'evidence', 'flag', 'information', 'reassessment', 'section', 'votes'].flatMap((k) => [
        `${k} false`,
        `${k} true`,
      ]),
    );
  });

  it('a tick leaves nothing due, and a clock that steps back finds nothing to do', () => {
    let ticks = 0;
    always(({ before, command, at, events, now }) => {
      if (now.status === 'none') return;
      const due = nextDueAt(viewOf(now, at));
      if (before.status !== 'none') {
        const was = nextDueAt(viewOf(before, at));
        if (command.type === 'Tick') expect(events.length > 0).toBe(was !== null && was <= at);
        if (was !== null && was > at) expect(dueNow(viewOf(before, at))).toEqual([]);
      }
      if (command.type !== 'Tick') return;
      ticks += 1;
      expect(due === null || due > at).toBe(true);
      for (const back of [0, 48]) {
        const earlier = new Date(Date.parse(at) - back * 3_600_000).toISOString();
        const decided = decide({ type: 'Tick' }, now, { actor: 'system', at: earlier, id: 'again' }, TIMED);
        expect(decided).toMatchObject({ kind: 'refused', refusal: { code: 'not now' } });
      }
    });
    expect(ticks).toBeGreaterThan(1000);
  });

  it('a condition is accepted by somebody free, and a suspension ends by a person', () => {
    let [accepted, suspended] = [0, 0];
    always(({ before, events, now }) => {
      const approval = before.status === 'none' ? undefined : inForce(before);
      if (before.status === 'none' || !approval) return;
      for (const event of events) {
        if (event.type !== 'ConditionAccepted') continue;
        accepted += 1;
        const condition = approval.decision.conditions.find((c) => c.id === event.condition);
        const { handed, evidence } = approval.conditions?.[event.condition] ?? { evidence: [] };
        const author = evidence.at(-1)?.by;
        expect([handed?.to ?? condition?.owner, author, ...before.team]).not.toContain(event.by);
      }
      if (!approval.suspended || (now.status !== 'none' && inForce(now)?.suspended)) return;
      suspended += 1;
      // A new decision, or no decision at all, ends the approval itself.
      if (events.some((e) => ENDS.has(e.type))) return;
      expect(events.some((e) => e.type === 'SuspensionLifted' || e.type === 'DealReopened')).toBe(true);
      expect(events.every((e) => isCompliance(e.by))).toBe(true);
    });
    expect([accepted > 10, suspended > 10]).toEqual([true, true]);
  });
});
