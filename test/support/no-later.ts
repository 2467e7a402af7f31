/** What an approval owes, and what whoever sells it does about it without doing it. */

import { addDays } from '../../flows/calendar.ts';
import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { dutiesOf, nextDueAt } from '../../flows/deal/owing/duties.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { answeredDeal, story, type Story } from './story.ts';
import { TIMED } from './ticking.ts';

const { reminders } = TIMED.policy;
const STRICT = {
  ...TIMED,
  policy: { ...TIMED.policy, reminders: { ...reminders, reassessments: { ...reminders.reassessments, suspend: 20 } } },
};

const CONDITION = { id: 'c-1', text: 'Keep the access with us.', owner: 'rep-1', due: '2027-03-10' };
const approved = (): Story => story(answeredDeal(), STRICT).vote('compliance-1');
const bound = (): Story =>
  story(answeredDeal(), STRICT).vote('compliance-1', { outcome: 'approve-with-conditions', conditions: [CONDITION] });
const CHANGE: DealCommand = { type: 'ReportChange', what: 'service', why: 'They want border cameras, too' };

export const OWED: Readonly<Record<string, () => Story>> = {
  'a condition': bound,
  'a change that compliance reported': () => approved().and('compliance-1', CHANGE),
  'a renewal that compliance set': () =>
    approved().and('compliance-2', { type: 'SetRenewals', licence: '2027-03-20', reason: 'We look early.' }),
  'a renewal whose reassessment is begun': () =>
    approved().and('rep-1', { type: 'SetRenewals', licence: '2027-03-20' }).and('rep-1', { type: 'StartReassessment' }),
  'a look that is due at the latest': () => {
    const reassessments = { ...reminders.reassessments, suspend: 20, atMost: { high: 12, others: 24 } };
    const policy = { ...TIMED.policy, reminders: { ...reminders, reassessments } };
    return until(story(answeredDeal(), { ...TIMED, policy }).vote('compliance-1'), '2029-02-20T00:00:00.000Z').told;
  },
  'an alert': () =>
    approved().and('system', {
      type: 'RequireReassessment',
      trigger: 'A5',
      alert: 'a-1',
      why: 'Elections were called off.',
    }),
  'a condition and a change': () => bound().and('compliance-1', CHANGE),
  'a condition, once suspended over it': () => {
    const { told, end } = until(bound(), LAST);
    return told.and('compliance-2', { type: 'LiftSuspension', reason: 'They do it this week' }, end);
  },
  'a condition whose evidence was returned': () =>
    bound()
      .and('rep-1', { type: 'MeetCondition', condition: 'c-1', text: 'It is with us.', sources: [] })
      .and('compliance-2', { type: 'ReturnCondition', condition: 'c-1', reason: 'A ministry read it.' }),
};

/** Whoever owns it may live elsewhere: hours are no matter. */
export const dayOf = (at: string): string => at.slice(0, 10);
const due = (at: string, days: number): string => addDays(dayOf(at), days);
type Makes = (view: DealView, at: string) => DealCommand;

const reassign = (to: string): [string, Makes] => [
  'rep-1',
  () => ({ type: 'ReassignOwner', to, reason: 'I am on leave' }),
];

export const DUTY_ACTS: Readonly<Record<string, [by: string, Makes]>> = {
  'hands the condition over': [
    'rep-1',
    () => ({ type: 'HandOverCondition', condition: 'c-1', to: 'product-1', reason: 'They know it' }),
  ],
  'hands the condition back': [
    'product-1',
    () => ({ type: 'HandOverCondition', condition: 'c-1', to: 'rep-1', reason: 'I do not' }),
  ],
  'gives the deal away': reassign('product-1'),
  'gets the deal back': ['product-1', reassign('rep-1')[1]],
  'is reminded later': [
    'rep-1',
    (view, at) => ({ type: 'Snooze', duty: dutiesOf(view)[0]?.key ?? '', until: due(at, 14) }),
  ],
  'reports a change': ['rep-1', () => ({ type: 'ReportChange', what: 'service', why: 'They want more seats' })],
  'reports a change to come': [
    'rep-1',
    (_, at) => ({ type: 'ReportChange', what: 'service', why: 'They want more, later', on: due(at, 60) }),
  ],
  'takes a report back': [
    'rep-1',
    (view) => ({ type: 'TakeChangeBack', task: view.deal.reassessments?.at(-1)?.id ?? '', reason: 'It is no matter' }),
  ],
  'takes the first report back': [
    'rep-1',
    (view) => ({ type: 'TakeChangeBack', task: view.deal.reassessments?.[0]?.id ?? '', reason: 'It is no matter' }),
  ],
  'sets a renewal late': ['rep-1', (_, at) => ({ type: 'SetRenewals', licence: due(at, 200), reason: 'It is later' })],
  'sets a renewal early': [
    'rep-1',
    (_, at) => ({ type: 'SetRenewals', licence: due(at, 2), contract: due(at, 300), reason: 'It is sooner' }),
  ],
  'foresees no renewal': ['rep-1', () => ({ type: 'SetRenewals', reason: 'None is foreseen' })],
  'says where the licence stands': [
    'rep-1',
    () => ({ type: 'SetLicence', licence: 'granted', reason: 'No. 7 of today' }),
  ],
  'begins to look again': ['rep-1', () => ({ type: 'StartReassessment' })],
  'says that nothing changed': [
    'rep-1',
    (view) => ({
      type: 'ConfirmSection',
      section: Object.keys(view.deal.drafts ?? {}).find((id) => view.deal.answers[id] === undefined) ?? 'scope',
    }),
  ],
  'corrects the deal': [
    'rep-1',
    (view) => ({
      type: 'CorrectDetails',
      details: { ...view.deal.details, customer: `${view.deal.details.customer} Ltd` },
      reason: 'Its whole name',
    }),
  ],
  'withdraws it': ['rep-1', () => ({ type: 'Withdraw', reason: 'They bought elsewhere' })],
  'reopens it': ['rep-1', () => ({ type: 'Reopen', reason: 'They came back' })],
  'raises a flag': ['rep-1', () => ({ type: 'RaiseFlag', title: 'Somebody wrote about it' })],
  nudges: ['rep-1', () => ({ type: 'Nudge' })],
  'hands a section over': ['rep-1', () => ({ type: 'HandOverSection', section: 'record', to: 'legal-1' })],
};

export interface Act {
  day: number;
  act: string;
}

const isOver = ({ deal }: DealView): boolean =>
  approvalOf(deal) === undefined || approvalOf(deal)?.suspended !== undefined;

const LAST = '2029-09-01T00:00:00.000Z';

/** When no approval is in force any more, and when others than the team first hear that it is overdue. */
export interface Ends {
  end?: string | undefined;
  escalated?: string | undefined;
}

/** Ticks until then, or until no approval is in force. */
const until = (told: Story, last: string, known: Ends = {}): Ends & { told: Story } => {
  let [now, { escalated }] = [told, known];
  for (let at = nextDueAt(now.view); at !== null && at <= last; at = nextDueAt(now.view)) {
    const next = now.and('system', { type: 'Tick' }, at);
    // That somebody begins to answer puts off the call for the next answers.
    const isTold = next.events
      .slice(now.events.length)
      .some(
        (e) => e.type === 'Reminded' && e.of === 'escalation' && ['condition', 'reassessment'].includes(e.owed.kind),
      );
    if (isTold) escalated ??= at;
    now = next;
    if (isOver(now.view)) return { told: now, end: at, escalated: escalated ?? at };
  }
  return { told: now, end: undefined, escalated };
};

export const endOf = (start: Story): Ends => until(start, LAST);

export const play = (start: Story, acts: readonly Act[]): Ends & { done: string[] } => {
  let told = start;
  let known: Ends = {};
  const first = addDays(dayOf(start.events.at(-1)!.at), 1);
  const done: string[] = [];
  for (const { day, act } of acts.toSorted((a, b) => a.day - b.day)) {
    const at = `${addDays(first, day)}T08:00:00.000Z`;
    const { told: then, ...before } = until(told, at, known);
    if (before.end !== undefined) return { ...before, done };
    [told, known] = [then, before];
    const [by, makes] = DUTY_ACTS[act]!;
    try {
      told = told.and(by, (view) => makes(view, at), at);
      done.push(`${day} ${act}`);
    } catch (error) {
      if (!(error as Error).message.startsWith('refused: ')) throw error;
    }
    if (isOver(told.view)) return { end: at, escalated: known.escalated ?? at, done };
  }
  return { ...until(told, LAST, known), done };
};
