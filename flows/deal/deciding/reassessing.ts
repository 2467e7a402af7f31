/** Deciding on renewals and on new reviews of an approved deal. Guidance: A2 to A5. */

import { addMonths, calendarOf, dayIn, dayInWords, isDay } from '../../calendar.ts';
import type { Day } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import {
  allReassessments,
  askedReassessments,
  dueFromToday,
  hasPassed,
  isOwed,
  renewalId,
  reportedChanges,
} from '../approval/reassessments.ts';
import type { ChangeKind } from '../commands.ts';
import type { Reassessment, Renewal } from '../deal.ts';
import { isIndependentCompliance } from '../rights/access.ts';
import { confirmable } from '../taking/asked-again.ts';
import { decideAnswers } from './answering.ts';
import { withToday } from './consequences.ts';
import { accept, refuse, unfit, unreasoned, type Case, type Decided } from './decision.ts';
import { renewalsShown } from './waiting-shown.ts';

const NOT_APPROVED = 'This deal is not approved now, so there is nothing to reassess.';

type Dates = Pick<Renewal, 'of' | 'on'>[];

const datesOf = ({ licence, contract }: { licence?: Day | undefined; contract?: Day | undefined }): Dates => [
  ...(licence === undefined ? [] : [{ of: 'licence' as const, on: licence }]),
  ...(contract === undefined ? [] : [{ of: 'contract' as const, on: contract }]),
];

const LATE =
  'The reassessment that this asks for is overdue: only compliance outside the deal can move it now. Please start it, or ask them.';

/** Somebody may have said something against it in that already. */
const BEGUN =
  'The deal is looked at again right now: until that is decided only compliance outside the deal sets a later day, or none. You may set an earlier one.';

const isBy = (latest: Day, of: Renewal['of'], dates: Dates): boolean =>
  dates.some((date) => date.of === of && date.on <= latest);

/** `Compliance set 20 March 2027 here: …` */
const heldText = ({ on, latest = on }: Renewal): string =>
  `Compliance set ${dayInWords(latest)} here: only they set a later day, or none. You may set an earlier one.`;

export const decideRenewals = ({ command, view, meta }: Case<'SetRenewals'>): Decided => {
  const { deal } = view;
  const no = unfit(view, meta, command);
  if (no) return no;
  if (command.seen !== undefined && command.seen !== renewalsShown(view))
    return refuse('facts changed', 'The dates were set while you were reading. Please look at them first.');
  const dates = datesOf(command);
  const before = deal.renewals?.dates ?? [];
  const was = (of: Renewal['of']): Day | undefined => before.find((d) => d.of === of)?.on;
  for (const { of, on } of dates) {
    if (!isDay(on)) return refuse('not valid', 'Please give a date of the calendar.', of);
    // A missed date stays as it is while the other one is set.
    if (on !== was(of) && hasPassed(view, on)) return refuse('not valid', 'Please choose a day after today.', of);
  }
  const isCompliance = isIndependentCompliance(view, meta.actor);
  const owed = allReassessments(view).filter((task) => task.trigger === 'A2' && isOwed(view, task));
  const moved = owed.some(({ id }) => !dates.some((date) => renewalId(date) === id));
  if (moved && !isCompliance) return refuse('not allowed', LATE);
  const held = before.find((date) => date.latest !== undefined && !isBy(date.latest, date.of, dates));
  if (held && !isCompliance) return refuse('not allowed', heldText(held), held.of);
  const later = deal.standing && before.find(({ of, on }) => !isBy(on, of, dates));
  if (later && !isCompliance) return refuse('not allowed', BEGUN, later.of);
  const same = dates.length === before.length && dates.every(({ of, on }) => was(of) === on);
  // Compliance makes the same days its own, and somebody else has a reason of their own for them.
  const isTheirs = isCompliance ? before.some(({ latest }) => latest === undefined) : deal.renewals?.by !== meta.actor;
  const again = isTheirs && (command.reason?.trim() ?? '') !== '';
  if (deal.renewals && same && !again) return refuse('not valid', 'Nothing was changed.', 'reason');
  const reason = command.reason?.trim() ?? '';
  if (reason === '' && (before.length > 0 || dates.length === 0)) {
    const why = dates.length === 0 ? 'Please say why nothing is renewed.' : 'Please say why the date changes.';
    return refuse('not valid', why, 'reason');
  }
  const silent = reason === '' ? undefined : unreasoned(reason, '');
  if (silent) return silent;
  const judged = isCompliance ? { judged: true as const, holds: true as const } : {};
  return accept(meta, [{ type: 'RenewalsSet', dates, reason: reason === '' ? undefined : reason, ...judged }]);
};

const TRIGGERS: Record<ChangeKind, Reassessment['trigger']> = {
  activity: 'A3',
  service: 'A3',
  relationship: 'A3',
  major: 'A4',
};

/** How far off a reported change may begin, in months. House rule. */
const FURTHEST_MONTHS = 12;

export const decideChange = ({ command, view, meta }: Case<'ReportChange'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const why = command.why.trim();
  const silent = unreasoned(why, 'Please say in a sentence what changed.', 'why', { tells: 'what changed' });
  if (silent) return silent;
  if (command.on !== undefined) {
    if (!isDay(command.on)) return refuse('not valid', 'Please give a date of the calendar.', 'on');
    const today = dayIn(meta.at, calendarOf(view.organisation, view.deal.owner));
    if (command.on < today) return refuse('not valid', 'This day is past. Leave it empty if it has begun.', 'on');
    // A far one would put the new review off as far.
    if (command.on > addMonths(today, FURTHEST_MONTHS)) {
      return refuse(
        'not valid',
        'This is more than a year off. Choose a day within a year: the deal is looked at then.',
        'on',
      );
    }
  }
  const task = { id: `change-${meta.id}`, trigger: TRIGGERS[command.what], why, due: command.on ?? dueFromToday(view) };
  return accept(meta, [{ type: 'ReassessmentRequired', task, stays: true }]);
};

export const decideTakeChangeBack = ({ command, view, meta }: Case<'TakeChangeBack'>): Decided => {
  const no = unfit(view, meta, command);
  const reported = reportedChanges(view.deal).find(({ id }) => id === command.task);
  if (no || !reported) return no ?? refuse('not now', 'This change does not ask for a reassessment any more.');
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say why.');
  if (silent) return silent;
  return accept(meta, [{ type: 'ChangeTakenBack', task: command.task, reason, why: reported.why, from: reported.by }]);
};

export const decideRequired = ({ command, view, meta }: Case<'RequireReassessment'>): Decided => {
  if (meta.actor !== SYSTEM) return refuse('not allowed', 'Only a country alert of compliance does this.');
  if (!approvalOf(view.deal)) return refuse('not now', NOT_APPROVED);
  const { trigger, alert, why, source } = command;
  if (view.deal.alerts?.includes(alert)) return refuse('not now', 'This alert has asked for a reassessment already.');
  const task = { id: `alert-${alert}`, trigger, why: why.trim(), source, due: dueFromToday(view) };
  return accept(meta, [{ type: 'ReassessmentRequired', task, alert }]);
};

export const decideStart = ({ command, view, meta }: Case<'StartReassessment'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const tasks = askedReassessments(view).map(({ id }) => id);
  const started = { type: 'ReassessmentStarted' as const, tasks, askAgain: Object.keys(view.deal.answers) };
  return accept(meta, withToday(view, meta, [started]));
};

export const decideConfirm = ({ command, view, ...rest }: Case<'ConfirmSection'>): Decided => {
  const { section } = command;
  const no = unfit(view, rest.meta, command);
  if (no) return no;
  const answers = confirmable(view, section) ?? {};
  return decideAnswers({ ...rest, view, command: { type: 'AnswerSection', section, answers } });
};
