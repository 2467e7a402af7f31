/** The register of gaps: what compliance accepted as not known of a country or a product, each until a day. */

import { addDays, addMonths, calendarOf, dayIn, isDay } from '../calendar.ts';
import { countryName } from '../countries.ts';
import type { AcceptanceId, AcceptedOf, AcceptedOver, EndedAcceptance, GapAcceptance } from '../gap-acceptance.ts';
import { KEPT_DAYS } from '../hold.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import { isOfCompliance, membersOf, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import type { CompiledPolicy, QuestionId } from '../policy/policy.ts';
import { reasonProblem } from '../policy/sentence.ts';
import { refuseRegister, toPeople, type Register, type RegisterDecided } from './register.ts';

const USUAL_MONTHS = 6;
const MOST_MONTHS = 12;
export const MIN_ACCEPTANCE_REASON = 10;

export interface GapsState {
  /** Not ended, oldest first. Some may have run out: for a year they say why they were accepted. */
  acceptances: Readonly<Record<AcceptanceId, GapAcceptance>>;
  /** Those that were ended before they ran out, until then, and for a year at least: open deals that took one lose it, and later ones read why. */
  ended: Readonly<Record<AcceptanceId, EndedAcceptance>>;
}

export type GapsCommand =
  | {
      type: 'AcceptGap';
      /** Of the deal on which it was accepted first; absent: a new one. */
      id?: AcceptanceId | undefined;
      on: AcceptedOf;
      questions: QuestionId[];
      reason: string;
      until: Day;
      over?: AcceptedOver | undefined;
    }
  | { type: 'EndGap'; acceptance: AcceptanceId; reason: string };

export type GapsEvent = { at: Instant; by: PersonId } & (
  | { type: 'GapAccepted'; acceptance: GapAcceptance }
  /** `kept`: until when deals show why. Absent in older events: its last day. */
  | { type: 'GapEnded'; acceptance: AcceptanceId; reason: string; kept?: Day }
);

export type GapsFact =
  | { fact: 'gap accepted'; acceptance: GapAcceptance }
  | { fact: 'gap ended'; acceptance: GapAcceptance; reason: string; by: PersonId };

export const usualUntil = (today: Day): Day => addMonths(today, USUAL_MONTHS);

/** Returns those that have not run out. */
export const standingAcceptances = ({ acceptances }: GapsState, today: Day): GapAcceptance[] =>
  Object.values(acceptances).filter(({ until }) => until >= today);

/** Returns those that ran out within a year. */
export const acceptancesOver = ({ acceptances }: GapsState, today: Day): GapAcceptance[] =>
  Object.values(acceptances).filter(({ until }) => until < today && isKept(until, today));

const isKept = (until: Day, today: Day): boolean => addDays(until, KEPT_DAYS) >= today;

const endedAs = (
  { on, until, reason, by, at }: GapAcceptance,
  ended: Pick<EndedAcceptance, 'by' | 'at' | 'reason' | 'kept'>,
): EndedAcceptance => ({ on, until, ...ended, was: { reason, by, at } });

/** Returns why that day can't be the last, or undefined. */
export const untilProblem = (until: Day, today: Day): string | undefined => {
  if (!isDay(until)) return 'Please give a date of the calendar.';
  if (until <= today) return 'Please choose a day to come.';
  return until > addMonths(today, MOST_MONTHS) ? `At most ${MOST_MONTHS} months: then look at it again.` : undefined;
};

const ONLY_COMPLIANCE = 'Only compliance can accept that something is not known. Ask them.';

const problem = (
  { on, questions, reason, until }: Extract<GapsCommand, { type: 'AcceptGap' }>,
  policy: CompiledPolicy | undefined,
  organisation: Organisation,
  today: Day,
): RegisterDecided<never> | undefined => {
  const there =
    on.of === 'country'
      ? countryName(on.country) !== undefined
      : organisation.products.some(({ id, name }) => id === on.product && name === on.name);
  if (!there) return refuseRegister('not valid', 'Please choose a country, or a product of the catalogue.');
  if (questions.length === 0) return refuseRegister('not valid', 'Please choose what you accept.');
  // What an end-user did is never known from its country, nor from the product.
  if (questions.some((id) => policy?.question(id)?.about !== on.of || policy.question(id)?.mustBeKnown)) {
    return refuseRegister('not valid', `One of these is not about the ${on.of}. Accept it for a single deal.`);
  }
  const silent = reasonProblem(reason, 'Please say in a sentence why. Every later approver reads it.');
  if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
  if (reason.trim().length < MIN_ACCEPTANCE_REASON) {
    return refuseRegister('not valid', 'Please say in a sentence why. Every later approver reads it.', 'reason');
  }
  const late = untilProblem(until, today);
  return late === undefined ? undefined : refuseRegister('not valid', late, 'until');
};

const others = ({ organisation }: { organisation: Organisation }) =>
  toPeople([
    ...membersOf(organisation, organisation.roles.compliance),
    ...membersOf(organisation, organisation.roles.chief),
  ]);

export const gaps: Register<GapsState, GapsCommand, GapsEvent, GapsFact> = {
  name: 'gaps',
  none: { acceptances: {}, ended: {} },
  evolve: ({ acceptances, ended }, event) => {
    switch (event.type) {
      case 'GapAccepted': {
        const today = event.at.slice(0, 10);
        const left = Object.entries(acceptances).filter(([, { until }]) => isKept(until, today));
        return { acceptances: { ...Object.fromEntries(left), [event.acceptance.id]: event.acceptance }, ended };
      }
      case 'GapEnded': {
        const { acceptance: id, reason, by, at, kept } = event;
        const today = at.slice(0, 10);
        const was = own(acceptances, id);
        const known = Object.entries(ended).filter(([, one]) => (one.kept ?? one.until) >= today);
        return {
          acceptances: Object.fromEntries(Object.entries(acceptances).filter(([other]) => other !== id)),
          ended: {
            ...Object.fromEntries(known),
            ...(was ? { [id]: endedAs(was, { by, at, reason, ...(kept ? { kept } : {}) }) } : {}),
          },
        };
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at, id }, { organisation, policy }) => {
    if (!isOfCompliance(organisation, actor)) return refuseRegister('not allowed', ONLY_COMPLIANCE);
    const stamp = { at, by: actor };
    switch (command.type) {
      case 'AcceptGap': {
        const today = dayIn(at, calendarOf(organisation, actor));
        const wrong = problem(command, policy, organisation, today);
        if (wrong) return wrong;
        const acceptanceId = command.id ?? `gap-${id}`;
        if (own(state.acceptances, acceptanceId) ?? own(state.ended, acceptanceId))
          return refuseRegister('not now', 'This was accepted already.');
        const { on, questions, reason, until, over } = command;
        const what = { on, questions, reason: reason.trim(), until, ...(over ? { over } : {}) };
        const acceptance = { id: acceptanceId, ...what, by: actor, at };
        return { kind: 'accepted', events: [{ ...stamp, type: 'GapAccepted', acceptance }] };
      }
      case 'EndGap': {
        const was = own(state.acceptances, command.acceptance);
        if (!was) return refuseRegister('not now', 'This was ended already.');
        if (was.until < addDays(at.slice(0, 10), -1))
          return refuseRegister('not now', 'It ran out already: no deal takes it any more.');
        const reason = command.reason.trim();
        const silent = reasonProblem(reason, 'Please say why. It stays on the record.');
        if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
        const year = addDays(at.slice(0, 10), KEPT_DAYS);
        const kept = was.until > year ? was.until : year;
        return { kind: 'accepted', events: [{ ...stamp, type: 'GapEnded', acceptance: was.id, reason, kept }] };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  // It reaches every later deal there, so compliance colleagues and the chief hear of it.
  tell: (event, _now, context, before) => {
    switch (event.type) {
      case 'GapAccepted':
        return [[{ fact: 'gap accepted', acceptance: event.acceptance }, others(context)]];
      case 'GapEnded': {
        const acceptance = own(before.acceptances, event.acceptance);
        const { reason, by } = event;
        return acceptance ? [[{ fact: 'gap ended', acceptance, reason, by }, others(context)]] : [];
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  // A day that has passed is looked at when a deal comes.
  nextDueAt: () => null,
  tick: undefined,
};
