/** What the conditions of an approval ask of whom, by when. Guidance: T and C items. */
import { independentCompliance } from '../access.ts';
import { addBusinessDays, addDays, calendarOf, dayIn, morningOf } from '../calendar.ts';
import { membersOf, type PersonId } from '../organisation.ts';
import type { Condition, Instant } from './deal.ts';
import { progressOf } from './evolve-conditions.ts';
import { later, reminded, type Ower, type Thing } from './owing.ts';
import type { DecidedDeal } from './state.ts';
import type { DealView } from './view.ts';

/** Since when an open condition is owed: since the approval, or since compliance gave it back. */
const openSince = (deal: DecidedDeal, { id }: Condition): Instant =>
  progressOf(deal, id).returned?.at ?? deal.decision.at;

const openConditions = (deal: DecidedDeal): Condition[] =>
  deal.decision.conditions.filter(({ id }) => progressOf(deal, id).status === 'open');

interface Late {
  /** The morning after the due day. */
  overdueAt: Instant;
  /** The morning of that business day past due. */
  past: (days: number) => Instant;
}

/** What began to be owed when its date had passed already is late one business day after that. */
const lateness = ({ organisation }: DealView, { due }: Condition, person: PersonId, since: Instant): Late => {
  const calendar = calendarOf(organisation, person);
  const overdueAt =
    dayIn(since, calendar) > due ? addBusinessDays(since, 1, calendar) : morningOf(addDays(due, 1), calendar);
  return { overdueAt, past: (days) => addBusinessDays(overdueAt, Math.max(0, days - 1), calendar) };
};

const openThing = (view: DealView, deal: DecidedDeal, condition: Condition): Thing => {
  const rule = view.policy.reminders.conditions;
  const since = openSince(deal, condition);
  const key = `condition:${condition.id}:${since}`;
  const calendar = calendarOf(view.organisation, condition.owner);
  const { overdueAt, past } = lateness(view, condition, condition.owner, since);
  const before = [...rule.before].sort((a, b) => b - a);
  // The first business day past due is the morning on which it is overdue.
  const after = rule.after.filter((days) => days > 1).sort((a, b) => a - b);
  const owner: Ower = {
    person: condition.owner,
    key: `${key}:${condition.owner}`,
    since,
    stages: [
      ...before.map((days) => ({ of: 'before' as const, at: morningOf(addDays(condition.due, -days), calendar) })),
      { of: 'overdue', at: overdueAt },
      ...after.map((days) => ({ of: 'reminder' as const, at: past(days) })),
    ],
    inDays: past,
  };
  const thread: Ower = { key: `${key}:thread`, since, stages: [{ of: 'overdue', at: overdueAt }] };
  const owers = [owner, thread];
  if (deal.owner !== condition.owner) {
    const owned = later(since, deal.ownedSince);
    const at = lateness(view, condition, deal.owner, owned).overdueAt;
    owers.push({ person: deal.owner, key: `${key}:${deal.owner}`, since: owned, stages: [{ of: 'overdue', at }] });
  }
  return { key, owed: { kind: 'condition', condition: condition.id }, rule, owers };
};

/** Who accepts or returns what was handed in: compliance that is not on the deal, and never its author or the condition's owner. */
export const judgesOf = (view: DealView, deal: DecidedDeal, condition: Condition): PersonId[] => {
  const author = progressOf(deal, condition.id).evidence.at(-1)?.by;
  const { organisation } = view;
  const fit = (id: PersonId): boolean => id !== condition.owner && id !== author && !deal.team.includes(id);
  const judges = independentCompliance(view).filter(fit);
  return judges.length > 0 ? judges : membersOf(organisation, organisation.roles.chief).filter(fit);
};

const metThing = (view: DealView, deal: DecidedDeal, condition: Condition): Thing[] => {
  const { status, evidence } = progressOf(deal, condition.id);
  const since = evidence.at(-1)?.at;
  if (status !== 'met' || since === undefined) return [];
  const rule = view.policy.reminders.evidence;
  const key = `evidence:${condition.id}:${evidence.length}:${since}`;
  return [
    {
      key,
      owed: { kind: 'evidence', condition: condition.id },
      rule,
      owers: judgesOf(view, deal, condition).map((person) =>
        reminded(view, rule, { person, key: `${key}:${person}`, since }),
      ),
    },
  ];
};

export const conditionsOwed = (view: DealView, deal: DecidedDeal): Thing[] => [
  ...openConditions(deal).map((condition) => openThing(view, deal, condition)),
  ...deal.decision.conditions.flatMap((condition) => metThing(view, deal, condition)),
];

/** From when each open condition holds the approval back, where the policy says so and it did not already. */
export const suspensionsOf = (view: DealView): { condition: string; at: Instant }[] => {
  const { deal } = view;
  const { suspend } = view.policy.reminders.conditions;
  if (deal.status !== 'decided' || suspend === undefined) return [];
  return openConditions(deal)
    .filter(({ id }) => !deal.heldBackFor?.includes(id))
    .map((condition) => ({
      condition: condition.id,
      at: lateness(view, condition, condition.owner, openSince(deal, condition)).past(suspend),
    }));
};
