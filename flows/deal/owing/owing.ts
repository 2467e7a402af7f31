/** Who owes what on a deal, since when. A vote, an answer, a withdrawal ends it: all of it follows from the state. */

import { addBusinessDays, calendarOf } from '../../calendar.ts';
import type { PersonId, Instant, ReminderStage } from '../../ids.ts';
import type { SectionId } from '../../policy/policy.ts';
import type { ReminderRule } from '../../policy/reminders.ts';
import type { DutyKey, Owed } from '../deal.ts';
import { openRequests, sectionProgress, standingOf, waitingFor } from '../rights/whose-turn.ts';
import type { DecidingDeal } from '../state.ts';
import type { DealView } from '../view.ts';

export interface Ower {
  /** Absent for messages in the thread. */
  person?: PersonId | undefined;
  key: DutyKey;
  since: Instant;
  /** Stages and their times, earliest first. */
  stages: readonly { of: ReminderStage; at: Instant }[];
  /** Returns the instant so many business days later, from which an escalation counts. Absent where there is none. */
  inDays?: ((days: number) => Instant) | undefined;
}

/** One task, owed by one person or by several. */
export interface Thing {
  key: string;
  owed: Owed;
  rule: ReminderRule;
  owers: readonly Ower[];
  /** Too few people can do it, so compliance is told then. */
  stuck?: { at: Instant; since: Instant } | undefined;
}

export const later = (first: Instant, ...others: readonly (Instant | undefined)[]): Instant =>
  others.reduce<Instant>((last, at) => (at !== undefined && at > last ? at : last), first);

/** Makes a duty with reminders so many business days after it began. */
export const reminded = (
  { organisation }: DealView,
  rule: ReminderRule,
  { person, key, since }: { person: PersonId; key: DutyKey; since: Instant },
): Ower => {
  const calendar = calendarOf(organisation, person);
  const inDays = (days: number): Instant => addBusinessDays(since, days, calendar);
  const stages = [...rule.after].sort((a, b) => a - b).map((days) => ({ of: 'reminder' as const, at: inDays(days) }));
  return { person, key, since, stages, inDays };
};

/**
 * Returns sections handed over, and the first of the owner's own. Without the scope's answers nothing else can be
 * answered. The owner's time counts from when the deal last moved; reminders already sent count from when the section
 * became theirs.
 */
export const sectionsOwed = (view: DealView): Thing[] => {
  const { deal, policy } = view;
  const rule = policy.reminders.sections;
  const all = sectionProgress(view).flatMap(({ section, done }) => (done ? [] : [section.id]));
  const open = all.includes(policy.scopeSection) ? [policy.scopeSection] : all;
  const asked = later(deal.openedAt, deal.answeringSince ?? deal.lastReopened?.at);
  const thing = (section: SectionId, person: PersonId, became: Instant, since: Instant): Thing => {
    const key = `section:${section}:${became}`;
    return {
      key,
      owed: { kind: 'section', section },
      rule,
      owers: [reminded(view, rule, { person, key: `${key}:${person}`, since })],
    };
  };
  const own = open.find((section) => deal.handOvers[section] === undefined);
  return open.flatMap((section) => {
    const held = deal.handOvers[section];
    if (held) {
      const since = later(held.at, asked);
      return [thing(section, held.to, since, since)];
    }
    if (section !== own) return [];
    const answered = Object.values(deal.answers[section] ?? {}).map(({ at }) => at);
    return [thing(section, deal.owner, later(asked, deal.ownedSince, ...answered), deal.waitingSince)];
  });
};

/** Returns this step's questions to the deal team, else the votes that it waits for. */
export const decisionOwed = (view: DealView, deal: DecidingDeal): Thing[] => {
  const { information, approvals } = view.policy.reminders;
  if (waitingFor(view).for === 'information') {
    return openRequests(deal).map(({ id, at: asked, again: at = asked }): Thing => {
      const since = later(at, deal.ownedSince);
      const key = `information:${id}`;
      const { owner } = deal;
      const ower = reminded(view, information, { person: owner, key: `${key}:${since}:${owner}`, since });
      // A new owner is reminded in their own time; the question has waited since it was asked.
      const inDays = (days: number): Instant => addBusinessDays(at, days, calendarOf(view.organisation, owner));
      return {
        key: `${key}:${at}`,
        owed: { kind: 'information', request: id },
        rule: information,
        owers: [{ ...ower, inDays }],
      };
    });
  }
  const key = `votes:${deal.round}:${deal.step}`;
  const since = deal.stepSince ?? deal.waitingSince;
  const { people, missing } = standingOf(view, deal);
  const owers = people.map((person): Ower => {
    const tookBack = deal.tookBack?.[person];
    return reminded(view, approvals, {
      person,
      key: tookBack === undefined ? `${key}:${person}` : `${key}:${person}:${tookBack}`,
      since: later(since, tookBack),
    });
  });
  const first = Math.min(...approvals.after, approvals.escalate?.after ?? Infinity);
  const stuck =
    people.length < missing && Number.isFinite(first)
      ? { since, at: addBusinessDays(since, first, calendarOf(view.organisation)) }
      : undefined;
  return [{ key, owed: { kind: 'votes', step: deal.step }, rule: approvals, owers, stuck }];
};
export interface Stage {
  of: ReminderStage;
  at: Instant;
  /** The recipients; a person who is away does not get it. Empty: in the thread. */
  to: readonly PersonId[];
}
export interface Duty {
  key: DutyKey;
  owed: Owed;
  /** The person who owes it, and may postpone its reminders. Absent: an escalation, or a message in the thread. */
  person?: PersonId | undefined;
  /** The people who owe the task: for an escalation, those whom it is about. */
  owers: readonly PersonId[];
  /** Since when it is owed. */
  since: Instant;
  /** Earliest first. */
  stages: readonly Stage[];
}
