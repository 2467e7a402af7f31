/** Deciding on time: who is reminded when it has passed, and who may postpone a reminder. */

import { addDays, calendarOf, dayIn, isDay, morningOf } from '../../calendar.ts';
import { SYSTEM } from '../../organisation.ts';
import { MOST_SNOOZED } from '../../registers/due-day.ts';
import { approvalOf } from '../approval/in-force.ts';
import { overdueInWords } from '../approval/suspension.ts';
import type { DealFact } from '../events.ts';
import { dueNow, dutiesOf } from '../owing/duties.ts';
import { completesAt } from '../owing/filled.ts';
import { suspensionsOf } from '../owing/suspensions.ts';
import { completedNow } from './completing.ts';
import { endedByTime } from './consequences.ts';
import { accept, refuse, unfit, type Case, type Decided } from './decision.ts';
import { confirmationOver } from './ending.ts';
import { factsText } from './facts.ts';
import { findingFacts } from './gaps.ts';

export const decideTick = ({ view, meta, context }: Case<'Tick'>): Decided => {
  if (meta.actor !== SYSTEM) return refuse('not allowed', 'Only time itself does this.');
  const completes = completesAt(view);
  if (completes !== undefined && completes <= view.now) return accept(meta, completedNow(view));
  const told = dueNow(view).map(({ duty, stage, index, acting, also }): DealFact => ({
    type: 'Reminded',
    duty: duty.key,
    owed: duty.owed,
    stage: index + 1,
    of: stage.of,
    to: [...stage.to],
    ...(acting ? { acting } : {}),
    ...(also ? { also } : {}),
  }));
  const late = suspensionsOf(view).filter(({ at }) => at <= view.now);
  const lateOf = (of: (typeof late)[number]['over']): string[] =>
    late.flatMap(({ over, id }) => (over === of ? [id] : []));
  const reassessments = lateOf('reassessment');
  const over = { conditions: lateOf('condition'), ...(reassessments.length > 0 ? { reassessments } : {}) };
  const joins = approvalOf(view.deal)?.suspended ? { joins: true as const } : {};
  const suspended: DealFact[] =
    late.length > 0 ? [{ type: 'DealSuspended', ...over, why: overdueInWords(view, over), ...joins }] : [];
  const finding = findingFacts(view, meta, context);
  const scope = confirmationOver(view, context.hash(factsText(view)));
  const facts = [...told, ...suspended, ...finding, ...endedByTime(view, meta, context), ...scope];
  if (facts.length === 0) return refuse('not now', 'Nothing is due on this deal right now.');
  return accept(meta, facts);
};

export const decideSnooze = ({ command, view, meta }: Case<'Snooze'>): Decided => {
  const no = unfit(view, meta, command);
  const duty = dutiesOf(view).find(({ key }) => key === command.duty);
  if (no || !duty) return no ?? refuse('not now', 'This is done, so nothing reminds you of it any more.');
  const calendar = calendarOf(view.organisation, meta.actor);
  const today = dayIn(meta.at, calendar);
  if (!isDay(command.until)) return refuse('not valid', 'Please give a date of the calendar.', 'until');
  if (command.until <= today) return refuse('not valid', 'Please choose a day after today.', 'until');
  if (command.until > addDays(today, MOST_SNOOZED)) {
    return refuse('not valid', `Please choose a day within the next ${MOST_SNOOZED} days.`, 'until');
  }
  return accept(meta, [
    { type: 'Snoozed', duty: duty.key, owed: duty.owed, until: morningOf(command.until, calendar) },
  ]);
};
