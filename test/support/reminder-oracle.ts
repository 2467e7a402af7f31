/** What a deal should be reminded of, worked out a second time and from the outside: since when is what was seen. */
import { waitingFor } from '../../flows/deal/next.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import type { Condition } from '../../flows/deal/deal.ts';
import type { Approval, OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { ReminderRule } from '../../flows/policy/policy.ts';
import type { Organisation } from '../../flows/organisation.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone at an instant, as if it were UTC. */
const wallOf = (at: number, timeZone: string): number => {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  const [, day, month, year, hour, minute, second] =
    /(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)/u.exec(format.format(at))?.map(Number) ?? [];
  return Date.UTC(year!, month! - 1, day, hour, minute, second) + (at % 1000);
};

/** When a wall clock between 09:00 and 17:00 shows that. No zone changes its clocks then. */
const instantOf = (wall: number, zone: string): number => {
  const first = wall - (wallOf(wall, zone) - wall);
  return wall - (wallOf(first, zone) - first);
};

interface Clock {
  zone: string;
  holidays: readonly string[];
}

const works = (wall: number, { holidays }: Clock): boolean => {
  const date = new Date(wall);
  return date.getUTCDay() % 6 !== 0 && !holidays.includes(date.toISOString().slice(0, 10));
};

const businessDaysLater = (since: number, days: number, clock: Clock): number => {
  let wall = wallOf(since, clock.zone);
  const day = (w: number): number => w - (w % DAY);
  if (!works(wall, clock) || wall % DAY >= 17 * HOUR) {
    do wall = day(wall) + DAY;
    while (!works(wall, clock));
  }
  wall = Math.max(wall, day(wall) + 9 * HOUR);
  for (let left = days; left > 0; left -= 1) {
    do wall += DAY;
    while (!works(wall, clock));
  }
  return instantOf(wall, clock.zone);
};

const morning = (day: number, clock: Clock): number => {
  let wall = day;
  while (!works(wall, clock)) wall += DAY;
  return instantOf(wall + 9 * HOUR, clock.zone);
};

interface Item {
  stages: number[];
  told: number;
  until: number;
}

interface Wanted {
  id: string;
  stages: (since: number) => number[];
  /** Counts from here instead of when it was first seen. */
  from?: number | undefined;
}

export interface Tally {
  told: number;
  missed: number;
  doubled: number;
  /** A minute or more after its instant. */
  late: number;
  suspensions: number;
}

/** The oracle's name of a section that somebody is asked: handed over, or in a reassessment, it is another thing. */
export const sectionThing = (deal: OpenedDeal, section: string, holder: string): string =>
  `section ${section}/${holder}/${deal.handOvers[section]?.at ?? deal.answeringSince ?? ''}`;

export const oracle = (organisation: Organisation) => {
  const tally: Tally = { told: 0, missed: 0, doubled: 0, late: 0, suspensions: 0 };
  const seen = new Map<string, number>();
  const items = new Map<string, Item>();
  const escalated = new Set<string>();
  const clockOf = (id: string): Clock => ({
    zone: organisation.people.find((p) => p.id === id)?.timeZone ?? organisation.timeZone,
    holidays: organisation.holidays,
  });
  const members = (group: string): string[] => organisation.groups.find((g) => g.id === group)?.members ?? [];

  const thing = (id: string, owers: readonly string[], { after, escalate }: ReminderRule, from?: number): Wanted[] => {
    const mine = owers.map((person): Wanted => ({
      id: `${id} ${person}`,
      from,
      stages: (since) => after.map((days) => businessDaysLater(since, days, clockOf(person))),
    }));
    const bosses = new Map<string, string[]>();
    for (const ower of owers) {
      const boss = organisation.people.find((p) => p.id === ower)?.manager ?? 'nobody';
      bosses.set(boss, [...(bosses.get(boss) ?? []), ower]);
    }
    const theirs = [...bosses].map(([boss, about]): Wanted => ({
      id: `${id} escalation ${boss}`,
      stages: () => {
        const first = about.map((ower) =>
          businessDaysLater(from ?? seen.get(`${id} ${ower}`)!, escalate!.after, clockOf(ower)),
        );
        return [Math.min(...first.map((at) => businessDaysLater(at, 0, clockOf(boss))))];
      },
    }));
    return [...mine, ...theirs];
  };

  const open = ({ deal, policy, ...view }: DealView): Wanted[] => {
    const rules = policy.reminders;
    if (deal.status === 'answering') {
      const left = ['scope', 'product', 'record'].filter((s) => deal.answers[s] === undefined);
      const asked = left[0] === 'scope' ? ['scope'] : left;
      const own = asked.find((s) => !deal.handOvers[s]);
      return asked.flatMap((s) => {
        const holder = deal.handOvers[s]?.to;
        if (holder) return thing(sectionThing(deal, s, holder), [holder], rules.sections);
        return s === own
          ? thing(sectionThing(deal, s, deal.owner), [deal.owner], rules.sections, Date.parse(deal.waitingSince))
          : [];
      });
    }
    if (deal.status !== 'deciding') return [];
    const waiting = waitingFor({ deal, policy, ...view });
    if (waiting.for === 'information') return thing(`information ${waiting.request}`, [deal.owner], rules.information);
    return thing(`votes ${deal.round}.${deal.step}`, waiting.people, rules.approvals);
  };

  const late = (person: string, due: number, since: number): number => {
    const clock = clockOf(person);
    return wallOf(since, clock.zone) >= due + DAY ? businessDaysLater(since, 1, clock) : morning(due + DAY, clock);
  };

  /** What one person owes by a day: before it, past it, in the thread, and told to a group in the end. */
  const dated = (
    id: string,
    person: string,
    day: string,
    rule: ReminderRule & { before: readonly number[] },
  ): Wanted[] => {
    const { before, after, escalate } = rule;
    const due = Date.parse(day);
    const past = (since: number, days: number): number =>
      businessDaysLater(late(person, due, since), days - 1, clockOf(person));
    return [
      {
        id: `${id} ${person}`,
        stages: (from) => [
          ...before.map((days) => morning(due - days * DAY, clockOf(person))).filter((at) => at > from),
          late(person, due, from),
          ...after.map((days) => past(from, days)),
        ],
      },
      { id: `${id} thread`, stages: () => [late(person, due, seen.get(`${id} ${person}`)!)] },
      // Only those of the group who do not owe it.
      ...members(escalate!.to)
        .filter((m) => m !== person)
        .map((told): Wanted => ({
          id: `${id} escalation ${told}`,
          stages: () => [businessDaysLater(past(seen.get(`${id} ${person}`)!, escalate!.after), 0, clockOf(told))],
        })),
    ];
  };

  const conditionWanted = ({ deal, policy }: DealView, approval: Approval, condition: Condition): Wanted[] => {
    const rules = policy.reminders;
    const progress = approval.conditions?.[condition.id];
    const cycle = progress?.evidence.length ?? 0;
    if (progress?.status === 'accepted') return [];
    if (progress?.status === 'met') {
      const author = progress.evidence.at(-1)?.by;
      const judges = members('compliance').filter((id) => id !== condition.owner && id !== author);
      return thing(`evidence ${condition.id} ${cycle}`, judges, rules.evidence);
    }
    const id = `condition ${condition.id} ${cycle}`;
    const { owner } = condition;
    const due = Date.parse(condition.due);
    const told = dated(id, owner, condition.due, rules.conditions);
    if (deal.owner !== owner) {
      told.push({ id: `${id} ${deal.owner}`, stages: (from) => [late(deal.owner, due, from)] });
    }
    const held = (): number =>
      businessDaysLater(late(owner, due, seen.get(`${id} ${owner}`)!), rules.conditions.suspend! - 1, clockOf(owner));
    return [...told, { id: `${id} suspension`, stages: () => [held()] }];
  };

  const wanted = (view: DealView): Wanted[] => {
    const { deal, policy } = view;
    const approval = deal.status === 'decided' ? deal : deal.standing;
    if (!approval) return open(view);
    const rule = policy.reminders.reassessments;
    const dates = deal.renewals?.dates ?? [];
    return [
      ...open(view),
      ...approval.decision.conditions.flatMap((condition) => conditionWanted(view, approval, condition)),
      ...dates.flatMap(({ of, on, at }) => dated(`reassessment renewal-${of}-${on}/${at}`, deal.owner, on, rule)),
      ...(deal.reassessments ?? []).flatMap(({ id, since, due }) =>
        dated(`reassessment ${id}/${since}`, deal.owner, due, rule),
      ),
    ];
  };

  const due = ({ stages, told, until }: Item): number => Math.max(stages[told] ?? Infinity, until);

  const ring = (id: string, at: number): void => {
    const item = items.get(id);
    tally.told += 1;
    if (!item || due(item) > at || escalated.has(id)) {
      tally.doubled += 1;
      return;
    }
    if (at - due(item) >= 60_000) tally.late += 1;
    item.told = item.stages.findLastIndex((stage) => stage <= at) + 1;
    item.until = 0;
    if (id.includes(' escalation ')) escalated.add(id);
  };

  /** What is owed from `at` on. Called after each commit, and with what has happened before. */
  const observe = (view: DealView, events: readonly DealEvent[]): void => {
    const at = Date.parse(view.now);
    for (const event of events) {
      if (event.type === 'Reminded') {
        const { owed } = event;
        const [, thingId] =
          [...items.keys()]
            .map((id) =>
              /^((?:section|information|votes|condition|evidence|reassessment) .*?) (?:escalation )?\S+$/u.exec(id),
            )
            .find((m) => {
              const [kind, what] = (m?.[1] ?? '').split(' ');
              const name =
                'section' in owed
                  ? owed.section
                  : 'request' in owed
                    ? owed.request
                    : 'task' in owed
                      ? owed.task
                      : 'step' in owed
                        ? null
                        : owed.condition;
              return kind === owed.kind && (name === null || what?.split('/')[0] === name);
            }) ?? [];
        const who = event.to[0] ?? 'thread';
        ring(`${thingId} ${event.of === 'escalation' ? 'escalation ' : ''}${who}`, at);
      }
      if (event.type === 'DealSuspended') {
        for (const condition of event.conditions) {
          tally.suspensions += 1;
          ring(
            [...items.keys()].find((id) => id.startsWith(`condition ${condition} `) && id.endsWith(' suspension')) ??
              '',
            at,
          );
        }
      }
    }
    // Being told changes nothing of what is owed.
    if (events.every((e) => e.type === 'Reminded')) return;
    const all = wanted(view);
    for (const { id } of all) if (!items.has(id)) seen.set(id, at);
    const still = new Set(all.map(({ id }) => id));
    for (const id of items.keys()) if (!still.has(id)) items.delete(id);
    for (const { id, stages, from } of all) {
      const known = items.get(id);
      items.set(id, {
        stages: escalated.has(id) ? [] : stages(from ?? seen.get(id)!),
        told: known?.told ?? 0,
        until: known?.until ?? 0,
      });
    }
  };

  return {
    tally,
    observe,
    /** Somebody puts it off: the last stage that was told counts as not told. */
    snooze: (id: string, until: number): void => {
      const item = items.get(id);
      if (item) Object.assign(item, { told: Math.max(0, item.told - 1), until });
    },
    /** Before anything else happens at `at`: what should have been told by then and was not. */
    check: (at: number): void => {
      for (const item of items.values()) if (due(item) <= at - 60_000) tally.missed += 1;
    },
  };
};
