/** Effects of time, in a deal's history: reminders, conditions kept or not, an approval suspended or reassessed. */

import { licenceNow } from '../../flows/deal/approval/licence.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { ALERT_CITATION } from '../cards/alert-words.ts';
import { heldWords, HOLD_CITATIONS, stopWords } from '../cards/hold-words.ts';
import { conditionOf, owedWords } from '../cards/owed.ts';
import { CITATIONS, reassessmentNamed } from '../cards/reassessment-words.ts';
import { count, countryWords, dayWords, licenceWord, quoted } from '../words.ts';
import { bullet, type Line } from './parts.ts';
import { conditionText, forWords, instantWords, nameOf, namesOf, sourceWords } from './words.ts';

const NAMES = [
  'Reminded',
  'Snoozed',
  'ConditionMet',
  'ConditionAccepted',
  'ConditionHandedOver',
  'ConditionReturned',
  'DealSuspended',
  'SuspensionLifted',
  'RenewalsSet',
  'LicenceSet',
  'ReassessmentRequired',
  'ChangeTakenBack',
  'ReassessmentStarted',
  'AlertNoted',
  'AlertEnded',
  'HoldNoted',
  'HoldEnded',
] as const;
type TimeEvent = Extract<DealEvent, { type: (typeof NAMES)[number] }>;

export const isTimeEvent = (event: DealEvent): event is TimeEvent => NAMES.some((name) => name === event.type);

const overdueThings = ({ conditions, reassessments = [] }: Extract<TimeEvent, { type: 'DealSuspended' }>): string =>
  [
    ...(conditions.length > 0 ? [count(conditions.length, 'condition')] : []),
    ...(reassessments.length > 0 ? ['its reassessment'] : []),
  ].join(' and ');

const reminded = (view: DealView, event: Extract<TimeEvent, { type: 'Reminded' }>): string => {
  const acting = event.acting ? ` (for ${nameOf(view, event.acting.for)}, who was away)` : '';
  const who = event.to.length === 0 ? 'the thread' : `${namesOf(view, event.to)}${acting}`;
  const what = owedWords(view, event.owed);
  switch (event.of) {
    case 'delegated':
      return `told ${who} that ${what} waits`;
    case 'before':
      return `reminded ${who} that the date of ${what} comes near`;
    case 'reminder':
      return `reminded ${who} of ${what}`;
    case 'overdue':
      return `told ${who} that ${what} is overdue`;
    case 'escalation':
      return `told ${who} that ${what} still waits`;
    case 'suspension':
      return `told ${who} that ${what} holds the approval back`;
    default: {
      const never: never = event.of;
      return never;
    }
  }
};

/** When it was ended, where that was before the deal heard of it. */
const before = ({ on }: Extract<TimeEvent, { type: 'AlertEnded' | 'HoldEnded' }>): string =>
  on === undefined ? '' : ` on ${dayWords(on)}, before this deal heard of it`;

type Required = Extract<TimeEvent, { type: 'ReassessmentRequired' }>;

const required = ({ task, alert }: Required): { what: string; more: Line[] } => ({
  what: `${alert === undefined ? 'said what changed' : 'passed a country alert on'}, so a reassessment is due ${dayWords(task.due)}: ${task.why}`,
  more: [
    bullet('Asked for by', CITATIONS[task.trigger]),
    ...(task.source ? [bullet('Source', sourceWords(task.source))] : []),
  ],
});

/** Describes an event. `deal` is the deal before it: a reopened one has lost its conditions since. */
export const timeTold = (
  now: DealView,
  deal: OpenedDeal | undefined,
  event: TimeEvent,
): { what: string; more?: Line[]; by?: PersonId } => {
  const view = deal ? { ...now, deal } : now;
  const named = (id: string): string => {
    const text = conditionOf(view, id)?.text;
    return text === undefined ? 'a condition' : `the condition ${quoted(text, 300)}`;
  };
  switch (event.type) {
    case 'Reminded':
      return { what: reminded(view, event) };
    case 'Snoozed':
      return { what: `put reminders of ${owedWords(view, event.owed)} off until ${instantWords(event.until)}` };
    case 'ConditionMet':
      return {
        what: `handed in evidence for ${named(event.condition)}${forWords(view, event)}: ${event.text}`,
        more: event.sources.map((s) => bullet('Source', sourceWords(s))),
      };
    case 'ConditionAccepted':
      return { what: `accepted what was done for ${named(event.condition)}${forWords(view, event)}` };
    case 'ConditionHandedOver':
      return { what: `handed ${named(event.condition)} to ${nameOf(view, event.to)}. Reason: ${event.reason}` };
    case 'ConditionReturned':
      return { what: `returned ${named(event.condition)}${forWords(view, event)}. Reason: ${event.reason}` };
    case 'DealSuspended':
      return {
        what: `suspended the approval, as the policy asks: ${overdueThings(event)} overdue`,
        more: event.conditions.flatMap((id) => {
          const condition = conditionOf(view, id);
          return condition ? [bullet('Overdue', conditionText(view, condition))] : [];
        }),
      };
    case 'SuspensionLifted':
      return { what: `lifted the suspension of the approval. Reason: ${event.reason}` };
    case 'RenewalsSet': {
      const dates = event.dates.map(({ of, on }) => `${of} on ${dayWords(on)}`).join(', ');
      const reason = event.reason === undefined ? '' : `. Reason: ${event.reason}`;
      return { what: `set the renewals: ${dates === '' ? 'none' : dates}${reason}` };
    }
    case 'LicenceSet':
      return {
        what: `said of the export licence: ${licenceWord(event.licence)}. It stands on: ${event.reason}`,
        ...(deal ? { more: [bullet('Before', licenceWord(licenceNow(deal)))] } : {}),
      };
    case 'ReassessmentRequired':
      return required(event);
    case 'ChangeTakenBack': {
      const task = reassessmentNamed(view, event.task);
      const what =
        task === undefined ? 'a change that was reported' : `that something changed (${quoted(task.why, 300)})`;
      return { what: `took back ${what}. Reason: ${event.reason}` };
    }
    case 'ReassessmentStarted':
      return {
        what: 'started the reassessment; the approval stands meanwhile',
        more: event.tasks.flatMap((id) => {
          const task = reassessmentNamed(view, id);
          return task
            ? [bullet('Asked for by', `${task.why} ${CITATIONS[task.trigger]}, due ${dayWords(task.due)}`)]
            : [];
        }),
      };
    case 'AlertNoted': {
      const { country, why, source, on } = event.alert;
      return {
        by: event.alert.by,
        what: `issued a country alert for ${countryWords(country)}, shown while the deal was asked or decided: ${why}`,
        more: [
          bullet('Happened on', dayWords(on)),
          ...(source ? [bullet('Evidence', sourceWords(source))] : []),
          bullet('Source', ALERT_CITATION),
        ],
      };
    }
    case 'AlertEnded':
      return { by: event.ended, what: `ended the country alert${before(event)}. Reason: ${event.reason}` };
    case 'HoldNoted': {
      const { hold } = event;
      return {
        by: hold.by,
        what: `put ${heldWords(hold, true)} on hold: ${stopWords(hold.stop)}`,
        more: [
          bullet('Reason', hold.reason),
          bullet('Source', HOLD_CITATIONS[hold.because]),
          bullet('To be looked at again by', dayWords(hold.review)),
        ],
      };
    }
    case 'HoldEnded':
      return {
        by: event.lifted,
        what: `lifted the hold${event.name === undefined ? '' : ` on ${event.name}`}${before(event)}. Reason: ${event.reason}`,
        ...(event.on === undefined || event.why === undefined ? {} : { more: [bullet('It said', event.why)] }),
      };
    default: {
      const never: never = event;
      return never;
    }
  }
};
