/** What stood against a deal and was ended: it stays visible, with who made it and who ended it. */

import type { PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { evolveCondition, type ConditionEvent } from '../approval/evolve-conditions.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { DealEvent } from '../events.ts';
import type { EndedAgainst, Overturned, StoodAgainst } from '../said-shapes.ts';
import type { OpenedDeal } from '../state.ts';

type Ending = Extract<DealEvent, { type: 'AlertEnded' | 'HoldEnded' | 'ChangeTakenBack' | 'SuspensionLifted' }>;
type Standing = Extract<DealEvent, { type: 'ReassessmentRequired' | 'DealSuspended' }>;

const endedBy = (event: Ending): Pick<EndedAgainst, 'of' | 'by'> => {
  switch (event.type) {
    case 'AlertEnded':
      return { of: 'alert', by: event.ended };
    case 'HoldEnded':
      return { of: 'hold', by: event.lifted };
    case 'ChangeTakenBack':
      return { of: 'report', by: event.by };
    case 'SuspensionLifted':
      return { of: 'suspension', by: event.by };
    default: {
      const never: never = event;
      return never;
    }
  }
};

/** Older events do not say what they end. */
export const endedAgainst = (state: OpenedDeal, event: Ending): Pick<OpenedDeal, 'endedAgainst'> => {
  const { reason, why } = event;
  const at = ('on' in event ? event.on : undefined) ?? event.at;
  const from = 'from' in event ? event.from : undefined;
  if (why === undefined) return {};
  const name = 'name' in event && event.name !== undefined ? { hold: event.hold, name: event.name } : {};
  return { endedAgainst: [...(state.endedAgainst ?? []), { ...endedBy(event), why, from, at, reason, ...name }] };
};

/** A decline, or another end without an approval, ends one with what was reported against it, and settles none of that. */
const reportsLeft = (deal: OpenedDeal): StoodAgainst[] => {
  const { pastApproval } = deal;
  return pastApproval ? settledSince(deal).filter(({ of, at }) => of === 'report' && at > pastApproval.at) : [];
};

/** Returns what colleagues of whoever reopens a deal said against it, which that sets aside: declines, and reports that nobody settled. */
export const overturnedBy = (deal: OpenedDeal, actor: PersonId): Overturned[] => {
  const declines = deal.status === 'decided' && deal.decision.outcome === 'declined' ? deal.decision.votes : [];
  const reports = approvalOf(deal) ? (deal.reassessments ?? []) : reportsLeft(deal);
  return [
    ...declines.flatMap(({ outcome, by, rationale: why }): Overturned[] =>
      outcome === 'decline' ? [{ of: 'decline', why, from: by }] : [],
    ),
    ...reports.flatMap(({ by, why }): Overturned[] => (by === SYSTEM ? [] : [{ of: 'report', why, from: by }])),
  ].filter(({ from }) => from !== actor);
};

/** Older events do not say over what a deal was reopened. */
export const overReopened = (
  { endedAgainst: before = [] }: OpenedDeal,
  { over = [], by, at, reason }: Extract<DealEvent, { type: 'DealReopened' }>,
): Pick<OpenedDeal, 'endedAgainst'> =>
  over.length === 0
    ? {}
    : { endedAgainst: [...before, ...over.map((one) => ({ ...one, by, at, reason, reopened: true as const }))] };

/** Counts how often the suspension that was lifted last was lifted, over the same. */
export const timesLifted = ({ endedAgainst = [] }: Pick<OpenedDeal, 'endedAgainst'>): number => {
  const lifted = endedAgainst.filter(({ of }) => of === 'suspension');
  return lifted.filter(({ why }) => why === lifted.at(-1)?.why).length;
};

/** A report or a suspension is kept when it comes, whatever ends it. */
export const stoodAgainst = (state: OpenedDeal, event: Standing): Pick<OpenedDeal, 'stood'> => {
  const { by, at } = event;
  const of = event.type === 'DealSuspended' ? 'suspension' : 'report';
  const why = event.type === 'DealSuspended' ? event.why : event.stays && event.task.why;
  return why === undefined ? {} : { stood: [...(state.stood ?? []), { of, why, by, at }] };
};

/** What a suspension and its end leave on the deal; other news of its conditions leave nothing here. */
const suspensionKept = (state: OpenedDeal, event: ConditionEvent): Pick<OpenedDeal, 'stood' | 'endedAgainst'> => {
  if (event.type === 'DealSuspended') return stoodAgainst(state, event);
  return event.type === 'SuspensionLifted' ? endedAgainst(state, event) : {};
};

/** Evolves the approval in force; what suspended it, and its end, stay on the deal. */
export const evolveApproval = (state: OpenedDeal, event: ConditionEvent): OpenedDeal => {
  const kept = suspensionKept(state, event);
  if (state.status === 'decided') return { ...evolveCondition(state, event, state.keepsWords), ...kept };
  return state.standing
    ? { ...state, ...kept, standing: evolveCondition(state.standing, event, state.keepsWords) }
    : state;
};

/** Returns those that stand no more, but for what `endedAgainst` tells. */
export const settledSince = ({ stood = [], endedAgainst: ended = [], ...deal }: OpenedDeal): StoodAgainst[] => {
  // Two people may have reported the same, in the same words.
  const told = new Set(ended.map(({ of, why, from }) => `${of} ${why} ${of === 'report' ? from : ''}`));
  const stands = new Set((deal.reassessments ?? []).map(({ since, why }) => `${since} ${why}`));
  const suspended = (deal.status === 'decided' ? deal.suspended : deal.standing?.suspended)?.at;
  return stood.filter(
    ({ of, why, by, at }) =>
      !told.has(`${of} ${why} ${of === 'report' ? by : ''}`) &&
      (of === 'report' ? !stands.has(`${at} ${why}`) : suspended === undefined),
  );
};
