/** Evolves reassessments of an approved deal: the reasons for one, its start and its end. */

import { own } from '../../own.ts';
import type { ConditionProgress } from '../condition-shapes.ts';
import type { Renewal } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import type { Approval, DecidedDeal, DecidingDeal, Opened, OpenedDeal } from '../state.ts';
import { conditionsIn, progressOf } from './evolve-conditions.ts';
import { basisOf } from './evolve-gaps.ts';
import { approvalOf, approvedOther } from './in-force.ts';
import { detailsNow, keptOpen, openAfterDecision } from './licence.ts';
import { renewalId } from './reassessments.ts';
import { usedBy } from './used-by.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;

/**
 * Sets the dates. A date that stays keeps the moment at which it was set: its reminders go on; and an earlier one the day that
 * compliance set.
 */
export const evolveRenewals = (
  { renewals }: Opened,
  { dates, by, at, reason, judged, holds }: Of<'RenewalsSet'>,
): Partial<Opened> => ({
  renewals: {
    dates: dates.map(({ of, on }): Renewal => {
      const was = renewals?.dates.find((date) => date.of === of);
      if (was?.on === on) return holds && was.latest === undefined ? { ...was, latest: on } : was;
      const latest = judged ? on : was?.latest;
      return { of, on, at, ...(latest === undefined ? {} : { latest }) };
    }),
    by,
    at,
    reason,
  },
});

export const evolveRequired = (
  { reassessments, alerts }: Opened,
  { task, alert, by, at }: Of<'ReassessmentRequired'>,
): Partial<Opened> => ({
  reassessments: [...(reassessments ?? []), { ...task, by, since: at }],
  alerts: alert === undefined ? alerts : [...(alerts ?? []), alert],
});

export const evolveTakenBack = ({ reassessments }: Opened, { task }: Of<'ChangeTakenBack'>): Partial<Opened> => ({
  reassessments: reassessments?.filter(({ id }) => id !== task),
});

/**
 * Turns these sections' answers into drafts: they are shown, and count again when somebody gives them again. What somebody saved
 * for later since they were given stays, and is theirs.
 */
export const askedAgain = (
  { answers, drafts, keepsWords }: Opened,
  sections: readonly string[],
): Pick<Opened, 'answers' | 'drafts'> => {
  const again = sections.filter((section) => answers[section] !== undefined);
  return {
    answers: Object.fromEntries(Object.entries(answers).filter(([section]) => !again.includes(section))),
    drafts: {
      ...drafts,
      ...Object.fromEntries(
        again.map((section) => [
          section,
          {
            ...Object.fromEntries(
              Object.entries(answers[section] ?? {}).map(([id, { value, note, sources, basis }]) => [
                id,
                { value, note, sources, ...(basis ? { basis } : {}) },
              ]),
            ),
            ...(keepsWords ? own(drafts, section) : {}),
          },
        ]),
      ),
    },
  };
};

export const evolveStarted = (deal: DecidedDeal, event: Of<'ReassessmentStarted'>): Partial<Opened> => {
  const { rule, route, decision, conditions, suspended, heldBackFor, lookPutOff, putOff } = deal;
  return {
    ...askedAgain(deal, event.askAgain),
    // A licence that came since the approval is one of the differences that approvers see.
    details: detailsNow(deal),
    standing: {
      rule,
      route,
      decision,
      conditions,
      suspended,
      heldBackFor,
      lookPutOff,
      ...(putOff ? { putOff } : {}),
      basis: basisOf(deal),
      since: event.at,
      covers: event.tasks,
    },
    reassessed: (deal.reassessed ?? 0) + 1,
    // A new review accepts and confirms again.
    gaps: undefined,
    finding: undefined,
    exceptions: undefined,
    // The decision settles the differences over which earlier votes were voided.
    baseline: undefined,
    lastVoided: undefined,
    answeringSince: event.at,
    waitingSince: event.at,
  };
};

const openConditions = (approval: Approval): Approval['decision']['conditions'] =>
  conditionsIn(approval).filter(({ id }) => progressOf(approval, id).status !== 'accepted');

/** Days that compliance set for an approval that ended: they stand for the next one, as its open conditions are offered. */
const keptDays = ({ renewals, renewalsHeld, keepsWords }: Opened): Pick<Opened, 'renewalsHeld'> => {
  if (!keepsWords || !renewals) return renewalsHeld ? { renewalsHeld } : {};
  const dates = renewals.dates.flatMap((date) => (date.latest === undefined ? [] : [{ ...date, on: date.latest }]));
  return dates.length > 0 ? { renewalsHeld: { ...renewals, dates } } : {};
};

/** Returns such days of an approval that are still to come. */
const daysAfterDecision = (
  { renewalsHeld: held, renewals }: Opened,
  { at, outcome }: Of<'DealDecided'>,
): Pick<Opened, 'renewals' | 'renewalsHeld'> => {
  if (!held || outcome === 'declined') return {};
  const dates = held.dates.flatMap((date) => (date.on > at.slice(0, 10) ? [{ ...date, at }] : []));
  return { renewalsHeld: undefined, ...(dates.length > 0 && !renewals ? { renewals: { ...held, dates } } : {}) };
};

const pastOf = (
  { decision: { at, votes } }: Pick<Approval, 'decision'>,
  ended: Approval['decision']['conditions'],
): NonNullable<Opened['pastApproval']> => ({ at, ended, by: [...new Set(votes.flatMap(usedBy))] });

/** Returns members of a deal whose approval no longer counts, nor its renewals and reasons for a reassessment. */
export const withoutApproval = (deal: OpenedDeal): Partial<Opened> => {
  const approval = approvalOf(deal);
  return {
    standing: undefined,
    reassessments: undefined,
    renewals: undefined,
    ...keptDays(deal),
    licence: undefined,
    ...(deal.standing && deal.keepsWords ? { lastSaid: { ...deal.standing.basis.answers, ...deal.lastSaid } } : {}),
    ...(approval ? keptOpen(deal) : {}),
    ...(deal.licence ? { details: detailsNow(deal) } : {}),
    pastApproval: approval ? pastOf(approval, openConditions(approval)) : deal.pastApproval,
  };
};

/** Why it was handed over stays to be read, whoever has it now. */
const withNewOwner = (
  { handed, handedBefore = [], ...progress }: ConditionProgress,
  keepsWords: true | undefined,
): ConditionProgress => {
  const before = [...handedBefore, ...(keepsWords && handed ? [handed] : [])];
  return { ...progress, ...(before.length > 0 ? { handedBefore: before } : {}) };
};

/** Tells whether it was looked at again before half of the time to a day that compliance set: they wanted to see what comes until then. */
const isEarlyFor = ({ latest, on, at }: Renewal, { at: decided }: Of<'DealDecided'>): boolean =>
  latest === on && 2 * Date.parse(decided) < Date.parse(at) + Date.parse(on);

/**
 * Returns members of a deal that is decided again while an approval stood. Conditions that were taken over keep their
 * progress, all others end. A decline also ends the reasons for a reassessment; an approval ends those it covers.
 */
export const decidedAnew = (deal: DecidingDeal, event: Of<'DealDecided'>): Partial<DecidedDeal> => {
  const { standing } = deal;
  if (!standing)
    return {
      ...(deal.licenceOpenFirst === undefined ? {} : openAfterDecision(deal, event)),
      ...daysAfterDecision(deal, event),
    };
  const kept = new Set(event.conditions.map(({ id }) => id));
  const declined = event.outcome === 'declined';
  // What was kept of something else is to be met anew.
  const isOther = deal.keepsWords === true && approvedOther(deal) !== undefined;
  const open = ({ id }: { id: string }): boolean => !declined && !standing.covers.includes(id);
  const dates = (deal.renewals?.dates ?? []).flatMap((date) => {
    if (open({ id: renewalId(date) }) || (!declined && isEarlyFor(date, event))) return [date];
    // It was looked at again before an earlier day, which somebody else gave: the day that compliance set is still to come.
    return !declined && date.latest !== undefined && date.latest > date.on
      ? [{ ...date, on: date.latest, at: event.at }]
      : [];
  });
  return {
    standing: undefined,
    licence: undefined,
    ...openAfterDecision(deal, event),
    pastApproval: pastOf(
      standing,
      openConditions(standing).filter(({ id }) => !kept.has(id)),
    ),
    // The new decision has set the owner from now on.
    conditions: Object.fromEntries(
      Object.entries(standing.conditions ?? {}).flatMap(([id, progress]) =>
        kept.has(id) && !(isOther && progress.status === 'accepted')
          ? [[id, withNewOwner(progress, deal.keepsWords)]]
          : [],
      ),
    ),
    reassessments: deal.reassessments?.filter(open),
    // "None is foreseen" was said of the previous approval: with the last date gone, the next one is asked for.
    renewals: deal.renewals && dates.length > 0 ? { ...deal.renewals, dates } : undefined,
    // It may be reopened.
    ...(declined ? keptDays(deal) : {}),
  };
};
