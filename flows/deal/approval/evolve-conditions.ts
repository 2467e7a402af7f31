/** Evolves an approval's conditions, and the approval by them. */

import { own } from '../../own.ts';
import type { ConditionProgress } from '../condition-shapes.ts';
import type { Condition } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import type { Approval } from '../state.ts';

export type ConditionEvent = Extract<
  DealEvent,
  {
    type:
      | 'ConditionMet'
      | 'ConditionHandedOver'
      | 'ConditionAccepted'
      | 'ConditionReturned'
      | 'DealSuspended'
      | 'SuspensionLifted';
  }
>;

/** Returns a condition's progress: open, until somebody says otherwise. */
export const progressOf = (approval: Approval, condition: string): ConditionProgress =>
  own(approval.conditions, condition) ?? { status: 'open', evidence: [] };

/** Returns the conditions of an approval, each with its present owner. */
export const conditionsIn = (approval: Approval): Condition[] =>
  approval.decision.conditions.map((condition) => {
    const to = progressOf(approval, condition.id).handed?.to;
    return to === undefined ? condition : { ...condition, owner: to };
  });

/** Sorts by due date; those of one day stay in the order of the decision. It is the order in which they are numbered. */
export const dueFirst = (a: Pick<Condition, 'due'>, b: Pick<Condition, 'due'>): number =>
  a.due < b.due ? -1 : Number(a.due > b.due);

/** Returns the texts of these conditions. */
export const conditionsInWords = ({ decision }: Approval, ids: readonly string[]): string =>
  decision.conditions.flatMap(({ id, text }) => (ids.includes(id) ? [text] : [])).join('; ');

const withProgress = <A extends Approval>(approval: A, condition: string, change: Partial<ConditionProgress>): A => ({
  ...approval,
  conditions: { ...approval.conditions, [condition]: { ...progressOf(approval, condition), ...change } },
});

const united = (some: readonly string[] | undefined, more: readonly string[]): string[] => [
  ...new Set([...(some ?? []), ...more]),
];

/** @param keepsWords - deals of before that was kept have the last hand-over and the last return alone */
export const evolveCondition = <A extends Approval>(approval: A, event: ConditionEvent, keepsWords?: true): A => {
  const { at } = event;
  const by = 'for' in event && event.for !== undefined ? { by: event.by, for: event.for } : { by: event.by };
  switch (event.type) {
    case 'ConditionMet': {
      const { condition, text, sources, of } = event;
      const { evidence } = progressOf(approval, condition);
      const given = { ...by, at, text, sources, ...(of ? { of } : {}) };
      return withProgress(approval, condition, { status: 'met', evidence: [...evidence, given] });
    }
    case 'ConditionHandedOver': {
      const { condition, to, reason } = event;
      const { handed: last, handedBefore = [] } = progressOf(approval, condition);
      const before = keepsWords && last ? { handedBefore: [...handedBefore, last] } : {};
      return withProgress(approval, condition, { handed: { to, by: event.by, at, reason }, ...before });
    }
    case 'ConditionAccepted':
      return withProgress(approval, event.condition, {
        status: 'accepted',
        accepted: { ...by, at, ...(event.of ? { of: event.of } : {}) },
      });
    case 'ConditionReturned': {
      const { condition, reason, again } = event;
      const { returned: before, returnedBefore = [] } = progressOf(approval, condition);
      const first = again && before ? { first: before.first ?? before.at } : {};
      const kept = keepsWords && before ? { returnedBefore: [...returnedBefore, before] } : {};
      const returned = { ...by, at, reason, ...first };
      const next = withProgress(approval, condition, { status: 'open', returned, ...kept });
      // It is suspended over it already, and a lift counts anew.
      if (again && approval.suspended?.conditions.includes(condition)) return next;
      // Its time starts over the first time; it may suspend the approval again.
      return { ...next, heldBackFor: approval.heldBackFor?.filter((id) => id !== condition) };
    }
    case 'DealSuspended': {
      const { conditions, reassessments = [], why } = event;
      const late = united(approval.suspended?.reassessments, reassessments);
      const words = [approval.suspended?.why, reassessments.length > 0 ? why : undefined].filter((text) => text);
      return {
        ...approval,
        suspended: {
          at: approval.suspended?.at ?? at,
          ...(event.joins ? { joined: at } : {}),
          conditions: united(approval.suspended?.conditions, conditions),
          ...(late.length > 0 ? { reassessments: late, why: words.join('; ') } : {}),
        },
        heldBackFor: united(approval.heldBackFor, [...conditions, ...reassessments]),
      };
    }
    case 'SuspensionLifted': {
      const { conditions = [], reassessments = [] } = (event.returns && approval.suspended) || {};
      const ids = [...conditions, ...reassessments];
      const lifted = conditions.reduce((now, id) => withProgress(now, id, { lifted: at }), approval);
      const heldBackFor = approval.heldBackFor?.filter((id) => !ids.includes(id));
      return {
        ...lifted,
        suspended: undefined,
        ...(ids.length > 0 ? { heldBackFor } : {}),
        ...(reassessments.length > 0 && !keepsWords ? { lookPutOff: at } : {}),
        ...(reassessments.length > 0 && keepsWords
          ? { putOff: { ...approval.putOff, ...Object.fromEntries(reassessments.map((id) => [id, at])) } }
          : {}),
      };
    }
    default: {
      const never: never = event;
      return never;
    }
  }
};
