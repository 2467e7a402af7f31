/** Reminders that a deal should bring, computed a second time and from the outside: from when each thing was seen. */

import type { Condition, Owed } from '../../flows/deal/deal.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import type { Approval, DecidingDeal, OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { ReminderRule } from '../../flows/policy/reminders.ts';
import { standIns } from './oracle-absences.ts';
import { businessDaysLater, DAY, morning, wallOf, type Clock } from './oracle-clock.ts';
import { suspensionClocks } from './oracle-suspensions.ts';

interface Wanted {
  id: string;
  stages: (since: number) => number[];
  /** Start of the count, if not the time it was first seen. */
  from?: number | undefined;
  /** The person reminded and their duty; absent: in the thread. An escalation is about a duty that they do not have. */
  person?: string | undefined;
  owed?: Owed | undefined;
  /** The people that an escalation is about. */
  owers?: readonly string[] | undefined;
  /** The stage from which a duty with a date waits; absent: at once. */
  waitsFrom?: ((since: number) => number) | undefined;
}

interface Item extends Omit<Wanted, 'stages'> {
  stages: number[];
  told: number;
  until: number;
  /** Earliest time of a stage that something made due earlier than it was. */
  floor: number;
}

export interface Tally {
  told: number;
  missed: number;
  doubled: number;
  /** Reminders a minute or more after their instant. */
  late: number;
  /** Reminders to the wrong person. */
  astray: number;
  /** Reminders to delegates. */
  delegated: number;
  suspensions: number;
}

export const noTally = (): Tally => ({
  told: 0,
  missed: 0,
  doubled: 0,
  late: 0,
  astray: 0,
  delegated: 0,
  suspensions: 0,
});

/** The oracle's name of a person's section: handed over, or in a reassessment, it counts as another thing. */
export const sectionThing = (deal: OpenedDeal, section: string, holder: string): string =>
  `section ${section}/${holder}/${deal.handOvers[section]?.at ?? deal.answeringSince ?? ''}`;

export const oracle = (organisation: Pick<Organisation, 'people' | 'groups' | 'timeZone' | 'holidays'>) => {
  const tally = noTally();
  const seen = new Map<string, number>();
  const items = new Map<string, Item>();
  const escalated = new Set<string>();
  const handedOn = new Set<string>();
  const clockOf = (id: string): Clock => ({
    zone: organisation.people.find((p) => p.id === id)?.timeZone ?? organisation.timeZone,
    holidays: organisation.holidays,
  });
  const members = (group: string): string[] => organisation.groups.find((g) => g.id === group)?.members ?? [];

  const thing = (
    id: string,
    owed: Owed,
    owers: readonly string[],
    { after, escalate }: ReminderRule,
    from?: number,
  ): Wanted[] => {
    const mine = owers.map((person): Wanted => ({
      id: `${id} ${person}`,
      from,
      person,
      owed,
      stages: (since) => after.map((days) => businessDaysLater(since, days, clockOf(person))),
    }));
    const bosses = new Map<string, string[]>();
    for (const ower of owers) {
      const boss = organisation.people.find((p) => p.id === ower)?.manager ?? 'nobody';
      bosses.set(boss, [...(bosses.get(boss) ?? []), ower]);
    }
    const theirs = [...bosses].map(([boss, about]): Wanted => ({
      id: `${id} escalation ${boss}`,
      person: boss,
      owers: about,
      stages: () => {
        const first = about.map((ower) =>
          businessDaysLater(from ?? seen.get(`${id} ${ower}`)!, escalate!.after, clockOf(ower)),
        );
        return [Math.min(...first.map((at) => businessDaysLater(at, 0, clockOf(boss))))];
      },
    }));
    return [...mine, ...theirs];
  };

  /** Too few voters are left: compliance members who are not on the deal hear of it, or the chief. */
  const stuck = (id: string, deal: DecidingDeal, owing: readonly string[], { after }: ReminderRule): Wanted[] => {
    const free = (group: string): string[] =>
      members(group).filter((member) => !deal.team.includes(member) && !owing.includes(member));
    const since = Date.parse(deal.stepSince!);
    const clock = { zone: organisation.timeZone, holidays: organisation.holidays };
    return (free('compliance').length > 0 ? free('compliance') : free('chief')).map((person) => ({
      id: `${id} escalation ${person}`,
      person,
      owers: [],
      stages: () => [businessDaysLater(businessDaysLater(since, after[0]!, clock), 0, clockOf(person))],
    }));
  };

  const open = ({ deal, policy, ...view }: DealView): Wanted[] => {
    const rules = policy.reminders;
    if (deal.status === 'answering') {
      const left = ['scope', 'product', 'record'].filter((s) => deal.answers[s] === undefined);
      const asked = left[0] === 'scope' ? ['scope'] : left;
      const own = asked.find((s) => !deal.handOvers[s]);
      return asked.flatMap((s) => {
        const holder = deal.handOvers[s]?.to;
        const owed = { kind: 'section' as const, section: s };
        if (holder) return thing(sectionThing(deal, s, holder), owed, [holder], rules.sections);
        const from = Date.parse(deal.waitingSince);
        return s === own ? thing(sectionThing(deal, s, deal.owner), owed, [deal.owner], rules.sections, from) : [];
      });
    }
    if (deal.status !== 'deciding') return [];
    const waiting = waitingFor({ deal, policy, ...view });
    if (waiting.for === 'information') {
      const owed = { kind: 'information' as const, request: waiting.request };
      return thing(`information ${waiting.request}`, owed, [deal.owner], rules.information);
    }
    if (waiting.for !== 'votes' && waiting.for !== 'nothing') return [];
    const owed = { kind: 'votes' as const, step: deal.step };
    const id = `votes ${deal.round}.${deal.step}`;
    return [
      ...thing(id, owed, waiting.people, rules.approvals),
      ...(waiting.for === 'votes' && waiting.people.length < waiting.needed
        ? stuck(id, deal, waiting.people, rules.approvals)
        : []),
    ];
  };

  const late = (person: string, due: number, since: number): number => {
    const clock = clockOf(person);
    return wallOf(since, clock.zone) >= due + DAY ? businessDaysLater(since, 1, clock) : morning(due + DAY, clock);
  };

  /** A person's duty with a date: before it, past it, in the thread, and finally told to a group. */
  const dated = (
    id: string,
    owed: Owed,
    person: string,
    day: string,
    rule: ReminderRule & { before: readonly number[] },
  ): Wanted[] => {
    const { before, after, escalate } = rule;
    const due = Date.parse(day);
    const past = (since: number, days: number): number =>
      businessDaysLater(late(person, due, since), days - 1, clockOf(person));
    // Whoever has it since, others are told when they would have been.
    const began = (): number =>
      Math.min(...[...seen].flatMap(([key, at]) => (key.split(' ').slice(0, -1).join(' ') === id ? [at] : [])));
    return [
      {
        id: `${id} ${person}`,
        person,
        owed,
        waitsFrom: () => morning(due - Math.max(...before) * DAY, clockOf(person)),
        stages: (from) => [
          ...before.map((days) => morning(due - days * DAY, clockOf(person))).filter((at) => at > from),
          late(person, due, from),
          ...after.map((days) => past(from, days)),
        ],
      },
      { id: `${id} thread`, stages: () => [late(person, due, seen.get(`${id} ${person}`)!)] },
      // Only members of the group who do not owe it.
      ...members(escalate!.to)
        .filter((m) => m !== person)
        .map((told): Wanted => ({
          id: `${id} escalation ${told}`,
          person: told,
          owers: [person],
          stages: () => [businessDaysLater(past(began(), escalate!.after), 0, clockOf(told))],
        })),
    ];
  };

  const clocks = suspensionClocks();

  const conditionWanted = ({ deal, policy }: DealView, approval: Approval, condition: Condition): Wanted[] => {
    const rules = policy.reminders;
    const progress = approval.conditions?.[condition.id];
    const cycle = progress?.evidence.length ?? 0;
    if (progress?.status === 'accepted') return [];
    const { owner } = condition;
    const due = Date.parse(condition.due);
    const counted = `condition ${condition.id} ${clocks.of(condition.id)} suspension`;
    const held = (): number =>
      businessDaysLater(late(owner, due, clocks.since(counted)), rules.conditions.suspend! - 1, clockOf(owner));
    const suspension: Wanted = { id: counted, stages: () => (clocks.isOver(counted) ? [] : [held()]) };
    if (progress?.status === 'met') {
      const author = progress.evidence.at(-1);
      const own = [condition.owner, author?.by, author?.for, ...deal.team];
      const fit = (id: string): boolean => !own.includes(id);
      const judges = members('compliance').filter(fit);
      const owed = { kind: 'evidence' as const, condition: condition.id };
      const owers = judges.length > 0 ? judges : members('chief').filter(fit);
      const judged = thing(`evidence ${condition.id} ${cycle}`, owed, owers, rules.evidence);
      return clocks.isReturned(condition.id) ? [...judged, suspension] : judged;
    }
    const id = `condition ${condition.id} ${cycle}`;
    const owed = { kind: 'condition' as const, condition: condition.id };
    const told = dated(id, owed, owner, condition.due, rules.conditions);
    if (deal.owner !== owner) {
      told.push({
        id: `${id} ${deal.owner}`,
        person: deal.owner,
        owed,
        waitsFrom: (since) => late(deal.owner, due, since),
        stages: (from) => [late(deal.owner, due, from)],
      });
    }
    return [...told, suspension];
  };

  const wanted = (view: DealView): Wanted[] => {
    const { deal, policy } = view;
    const approval = deal.status === 'decided' ? deal : deal.standing;
    if (!approval) return open(view);
    const rule = policy.reminders.reassessments;
    const dates = deal.renewals?.dates ?? [];
    const task = (id: string): Owed => ({ kind: 'reassessment', task: id });
    return [
      ...open(view),
      ...approval.decision.conditions.flatMap((condition) => conditionWanted(view, approval, condition)),
      ...dates.flatMap(({ of, on, at }) => {
        const id = `renewal-${of}-${on}`;
        return dated(`reassessment ${id}/${at}`, task(id), deal.owner, on, rule);
      }),
      ...(deal.reassessments ?? []).flatMap(({ id, since, due }) =>
        dated(`reassessment ${id}/${since}`, task(id), deal.owner, due, rule),
      ),
    ];
  };

  let around: ReturnType<typeof standIns> | undefined;

  const due = ({ stages, told, until, floor, person, owed, owers = [], id }: Item): number => {
    const nominal = Math.max(stages[told] ?? Infinity, until);
    if (nominal === Infinity || person === undefined || !around || id.includes(' delegated ')) {
      return Math.max(nominal, floor);
    }
    return Math.max(around.reach(person, owed, owers, nominal), floor);
  };

  const ring = (id: string, at: number, to: string | undefined): void => {
    const item = items.get(id);
    tally.told += 1;
    if (!item || due(item) > at || escalated.has(id)) {
      tally.doubled += 1;
      return;
    }
    if (at - due(item) >= 60_000) tally.late += 1;
    const { person, owed, owers = [] } = item;
    const wantedReader =
      person === undefined || id.includes(' delegated ') ? person : around?.reader(person, owed, owers, at);
    if (wantedReader !== to) tally.astray += 1;
    if (id.includes(' delegated ') || (person !== undefined && to !== person)) tally.delegated += 1;
    item.told = item.stages.findLastIndex((stage) => stage <= at) + 1;
    item.until = 0;
    item.floor = 0;
    if (id.includes(' escalation ')) escalated.add(id);
    if (id.includes(' delegated ')) handedOn.add(id);
  };

  const named = (owed: Owed): string | null => {
    if ('section' in owed) return owed.section;
    if ('request' in owed) return owed.request;
    if ('task' in owed) return owed.task;
    return 'condition' in owed ? owed.condition : null;
  };

  /** The oracle's name of a duty in an event. */
  const thingOf = (owed: Owed): string | undefined => {
    const name = named(owed);
    for (const id of items.keys()) {
      const [kind, what] = id.split(' ');
      // It stands while evidence waits, too, and is nobody's to be reminded of.
      if (id.endsWith(' suspension')) continue;
      if (kind !== owed.kind || (name !== null && what?.split('/')[0] !== name)) continue;
      return id
        .split(' ')
        .slice(0, kind === 'condition' || kind === 'evidence' ? 3 : 2)
        .join(' ');
    }
    return undefined;
  };

  const told = (event: Extract<DealEvent, { type: 'Reminded' }>, at: number): void => {
    const { owed, of, acting, also } = event;
    const thingId = thingOf(owed);
    const [to] = event.to;
    const whose = acting?.for ?? to ?? 'thread';
    if (of === 'delegated') return ring(`${thingId} ${whose} delegated ${to}`, at, to);
    ring(`${thingId} ${of === 'escalation' ? 'escalation ' : ''}${whose}`, at, to);
    for (const _ of also ?? []) {
      const id = `${thingId} ${whose} delegated ${to}`;
      if (!items.has(id) || handedOn.has(id)) tally.doubled += 1;
      handedOn.add(id);
      items.delete(id);
    }
  };

  /** Duties that waited before an absence are told once to the delegate. */
  const handingOn = (view: DealView, { id, person, owed, from, waitsFrom }: Wanted): Wanted[] => {
    const absence = person === undefined ? undefined : around?.absenceOf(person);
    if (person === undefined || !owed || !absence || !around) return [];
    const clock = clockOf(person);
    const now = Date.parse(view.now);
    const since = from ?? seen.get(id)!;
    const said = absence.said === undefined ? since : Date.parse(absence.said);
    if (wallOf(now, clock.zone) >= Date.parse(absence.until) + DAY) return [];
    if (since >= said && around.awayAt(person, since)) return [];
    const begins = Math.max(morning(Date.parse(absence.from), clock), said, since);
    if (waitsFrom && waitsFrom(since) > begins) return [];
    const at = businessDaysLater(begins, 0, clockOf(absence.delegate));
    if (around.reader(person, owed, [], at) !== absence.delegate) return [];
    const named = `${id} delegated ${absence.delegate}`;
    return handedOn.has(named) ? [] : [{ id: named, person: absence.delegate, owed, stages: () => [at] }];
  };

  /** Recomputes what is owed from now on. */
  const refresh = (view: DealView): void => {
    const at = Date.parse(view.now);
    const was = new Map([...items].map(([id, item]) => [id, due(item)]));
    around = standIns(view);
    const first = wanted(view);
    for (const { id } of first) if (!items.has(id)) seen.set(id, at);
    const all = view.organisation.absences?.length ? [...first, ...first.flatMap((w) => handingOn(view, w))] : first;
    const still = new Set(all.map(({ id }) => id));
    for (const id of items.keys()) if (!still.has(id)) items.delete(id);
    for (const { stages, ...rest } of all) {
      const { id, from } = rest;
      const known = items.get(id);
      const item: Item = {
        ...rest,
        stages: escalated.has(id) ? [] : stages(from ?? seen.get(id) ?? at),
        told: known?.told ?? 0,
        until: known?.until ?? 0,
        floor: 0,
      };
      // A stage that this makes due earlier is due from now on; one that was due already keeps its time.
      if (due(item) < at) item.floor = (was.get(id) ?? at) < at ? (known?.floor ?? 0) : at;
      items.set(id, item);
    }
  };

  /** Called after each commit, with its events. */
  const observe = (view: DealView, events: readonly DealEvent[]): void => {
    const at = Date.parse(view.now);
    for (const event of events) {
      if (event.type === 'Reminded') told(event, at);
      if (event.type === 'DealSuspended') {
        for (const condition of event.conditions) {
          tally.suspensions += 1;
          const id = `condition ${condition} ${clocks.of(condition)} suspension`;
          ring(id, at, undefined);
        }
      }
      clocks.observe(event, at);
    }
    // A reminder changes no duty.
    if (events.some((e) => e.type !== 'Reminded')) refresh(view);
  };

  return {
    tally,
    observe,
    /** Called when somebody goes away or comes back. */
    refresh,
    /** Postpones a duty: its last stage that was told counts as not told. */
    snooze: (id: string, until: number): void => {
      const item = items.get(id);
      if (item) Object.assign(item, { told: Math.max(0, item.told - 1), until });
    },
    /** Checks, before anything else happens at `at`, that everything due by then was told. */
    check: (at: number): void => {
      for (const item of items.values()) if (due(item) <= at - 60_000) tally.missed += 1;
    },
  };
};
