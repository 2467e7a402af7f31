/** Why a person gets a reminder, and when the next ones come: from the policy's own rule. */

import type { Acting, Owed } from '../../flows/deal/deal.ts';
import { AUTHORITY } from '../../flows/deal/owing/confirmations.ts';
import type { Duty } from '../../flows/deal/owing/owing.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { inGroup, person as personNamed } from '../../flows/organisation.ts';
import type { ReminderRule } from '../../flows/policy/reminders.ts';
import { awayAt } from '../../flows/registers/absences.ts';
import type { Span, Text } from '../card.ts';
import { capital, count, dayWords, groupName, listWords } from '../words.ts';
import { conditionOf } from './owed.ts';
import { CITATIONS, reassessmentNamed } from './reassessment-words.ts';
import { actingNote, actingText } from './stand-ins.ts';
import { stepName } from './steps.ts';

const ruleOf = ({ policy }: DealView, { kind }: Owed): ReminderRule => {
  const { sections, information, approvals, conditions, evidence, reassessments, licence } = policy.reminders;
  const rules = { section: sections, information, votes: approvals, condition: conditions, evidence };
  const every: ReminderRule = { after: licence ? [licence.every] : [], escalate: licence?.escalate };
  return {
    ...rules,
    reassessment: reassessments,
    licence: every,
    scope: approvals,
    lighter: approvals,
    flag: approvals,
    authority: AUTHORITY,
  }[kind];
};

/** `2 and 4 business days`; empty if there are none. */
const businessDays = (days: readonly number[]): string =>
  days.length === 0 ? '' : `${listWords(days)} business ${days.length === 1 && days[0] === 1 ? 'day' : 'days'}`;

const because = (view: DealView, owed: Owed, to: PersonId): string => {
  const { deal, policy } = view;
  switch (owed.kind) {
    case 'section': {
      const title = policy.sections.find((s) => s.id === owed.section)?.title ?? 'a section';
      return `${title} is yours to answer`;
    }
    case 'information':
      return 'an approver asked, and the answer is yours to give';
    case 'votes':
      return deal.status === 'deciding' || deal.status === 'decided'
        ? `your vote is missing in ${stepName(view, deal.route, owed.step)}`
        : 'your vote was asked for';
    case 'condition':
      return conditionOf(view, owed.condition)?.owner === to ? 'this condition is yours' : 'this deal is yours';
    case 'evidence':
      return 'this is yours to accept or return';
    case 'scope':
      return 'compliance confirms what is said to be out of scope';
    case 'lighter':
      return 'compliance confirms changes that make a deal lighter';
    case 'authority':
      return 'compliance notifies the authority';
    case 'flag':
      return 'this flag is yours to admit or dismiss';
    case 'reassessment': {
      const task = reassessmentNamed(view, owed.task);
      return `this deal is yours to reassess${task ? ` (${CITATIONS[task.trigger]})` : ''}`;
    }
    case 'licence':
      return 'this deal is approved, and its export licence is not settled';
    default: {
      const never: never = owed;
      return never;
    }
  }
};

const escalatedTo = (view: DealView, { escalate }: ReminderRule, whose: string): string => {
  if (!escalate) return '';
  if (escalate.to === 'manager') return `${whose} manager or compliance`;
  if (escalate.to === 'delegate')
    return `the person who acts for ${whose === 'your' ? 'you' : 'them'}, or ${whose} manager,`;
  return groupName(view.organisation, escalate.to);
};

/** `14 days before the date, on the morning after it, and 2 business days past it` */
const inOrder = (moments: readonly string[]): string =>
  moments.length < 2 ? moments.join('') : `${moments.slice(0, -1).join(', ')}, and ${moments.at(-1)}`;

/** `Reminders come after 2 and 4 business days. After 6, Compliance is told.` */
const rhythm = (view: DealView, owed: Owed, whose: 'your' | 'their'): string => {
  const rule = ruleOf(view, owed);
  const days = [...rule.after].sort((a, b) => a - b);
  const told = escalatedTo(view, rule, whose);
  if (owed.kind !== 'condition' && owed.kind !== 'reassessment') {
    const after = businessDays(days);
    const when = owed.kind === 'licence' ? `every ${after} until it is settled` : `after ${after}`;
    return [
      after === '' ? '' : `Reminders come ${when}.`,
      rule.escalate ? `After ${businessDays([rule.escalate.after])}, ${told} is told.` : '',
    ]
      .filter((line) => line !== '')
      .join(' ');
  }
  const { conditions, reassessments } = view.policy.reminders;
  const { before } = owed.kind === 'condition' ? conditions : reassessments;
  const { suspend } = owed.kind === 'condition' ? conditions : reassessments;
  // The first business day past the date is the morning after it.
  const after = businessDays(days.filter((n) => n > 1));
  const moments = [
    ...(before.length === 0
      ? []
      : [`${listWords(before)} ${before.length === 1 && before[0] === 1 ? 'day' : 'days'} before the date`]),
    'on the morning after it',
    ...(after === '' ? [] : [`${after} past it`]),
  ];
  return [
    `Reminders come ${inOrder(moments)}.`,
    rule.escalate ? `${capital(businessDays([rule.escalate.after]))} past it, ${told} is told.` : '',
    suspend === undefined ? '' : `${count(suspend, 'business day')} past it, the approval is suspended.`,
  ]
    .filter((line) => line !== '')
    .join(' ');
};

/** Tells whether nobody who owes it is in the organisation any more. */
export const hasLeft = ({ organisation }: DealView, owers: readonly PersonId[]): boolean =>
  owers.length > 0 && owers.every((id) => personNamed(organisation, id) === undefined);

/** Relation of a person who does not owe it to those who do. */
const escalationText = (view: DealView, owed: Owed, duty: Duty | undefined, to: PersonId): Text => {
  const owers = duty?.owers ?? [];
  const { organisation } = view;
  const { escalate } = ruleOf(view, owed);
  const managed = owers.find((id) => personNamed(organisation, id)?.manager === to);
  const group = [escalate?.to, organisation.roles.compliance, organisation.roles.chief].find(
    (id) => id !== undefined && inGroup(organisation, id, to),
  );
  const away =
    escalate?.to === 'delegate' ? owers.find((id) => awayAt(organisation, id, view.now)?.delegate === to) : undefined;
  const who: Span[] =
    away !== undefined
      ? ['you act for ', { person: away }, ', and ']
      : (escalate?.to === 'manager' || escalate?.to === 'delegate') && managed !== undefined
        ? ['you are the manager of ', { person: managed }, ', and ']
        : group === undefined
          ? []
          : [`you are in ${groupName(organisation, group)}, and `];
  if (duty && owers.length === 0) return ['You get this because ', ...who, 'too few are left who can vote.'];
  if (hasLeft(view, owers)) return ['You get this because ', ...who, 'somebody has to take it over.'];
  if (!escalate) return ['You get this because ', ...who, 'it still waits.'];
  const days = businessDays([escalate.after]);
  const late =
    owed.kind === 'condition' || owed.kind === 'reassessment'
      ? `it is ${days} past its date`
      : `it has waited for ${days}`;
  return ['You get this because ', ...who, late, '.'];
};

interface Told {
  /** Absent in the thread. */
  to: PersonId | undefined;
  /** Absent if the deal has moved on since. */
  duty: Duty | undefined;
  escalation: boolean;
  /** Set if the person acts for somebody. */
  acting: Acting | undefined;
}

export const whyReminded = (view: DealView, owed: Owed, { to, duty, escalation, acting }: Told): Text => {
  if (to === undefined) return rhythm(view, owed, 'their');
  if (escalation) {
    return acting ? actingNote(acting) : escalationText(view, owed, duty, to);
  }
  if (acting) return [...actingText(acting), `. ${rhythm(view, owed, 'their')}`];
  const when = duty === undefined ? '' : `, since ${dayWords(duty.since)}`;
  return `You get this because ${because(view, owed, to)}${when}. ${rhythm(view, owed, 'your')}`.trim();
};
