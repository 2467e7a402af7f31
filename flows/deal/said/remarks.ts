/** What people wrote beside what they did to a deal: whoever confirms the scope reads it. House rule. */

import type { PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { DealEvent } from '../events.ts';
import { isOwnSlip, looksAfter, scopeGivers } from '../rights/set-aside.ts';
import type { Remark } from '../said-shapes.ts';
import type { DealState, Opened, OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { isMoved } from './says-more.ts';

/** More of one person than anybody reads. */
const MOST_KEPT = 40;

const remarkIn = (
  deal: Opened,
  event: DealEvent,
): { of: Remark['of']; text: string | undefined; moves?: true } | undefined => {
  switch (event.type) {
    case 'DetailsCorrected':
      return {
        of: 'corrected',
        text: event.reason,
        ...(isMoved(deal.details, event.details) ? { moves: true } : {}),
      };
    case 'OwnerReassigned':
      return { of: 'handed over', text: event.reason };
    case 'SectionHandedOver':
      return { of: 'handed over', text: event.handOver.note };
    case 'DealWithdrawn':
      return { of: 'withdrawn', text: event.reason };
    case 'DealReopened':
      return { of: 'reopened', text: event.reason };
    case 'Recused':
      return { of: 'recused', text: event.reason };
    case 'ConditionReturned':
      return { of: 'returned', text: event.reason };
    case 'ConditionHandedOver':
      return { of: 'handed over', text: event.reason };
    case 'LicenceSet':
    case 'RenewalsSet':
      return { of: 'set', text: event.reason };
    default:
      return undefined;
  }
};

/** Keeps it, of each person what moved the deal, then the latest: many of one push out none of another. One that is kept already is not kept again: nothing. */
export const remarkOn = (deal: DealState, event: DealEvent): Pick<Opened, 'remarks'> => {
  if (deal.status === 'none' || !deal.keepsWords) return {};
  const { by, at } = event;
  const { of, text = '', moves } = (by === SYSTEM ? undefined : remarkIn(deal, event)) ?? {};
  const { remarks = [] } = deal;
  if (!of || text.trim() === '' || remarks.some((one) => one.by === by && one.text === text)) return {};
  const theirs = remarks.filter((one) => one.by === by);
  const least = theirs.find((one) => !one.moves) ?? theirs[0];
  const kept = theirs.length < MOST_KEPT ? remarks : remarks.filter((one) => one !== least);
  return { remarks: [...kept, { of, text, by, at, ...(moves ? { moves } : {}) }] };
};

/**
 * Returns those of others than who sells the deal now: whoever asked for it and gave it away is another, and so is whoever sells it
 * where somebody else says that it is out of scope, or lighter.
 */
export const remarksOfOthers = (view: Pick<DealView, 'deal' | 'policy'>): Remark[] => {
  const { deal } = view;
  const over = [...scopeGivers(view), ...(deal.lighterSaid?.changes.map(({ by }) => by) ?? [])];
  return (deal.remarks ?? []).filter(({ by }) => !isOwnSlip(deal, by, over));
};

/**
 * Returns the last of each who does not own the deal now and was not alone with it, the latest first: whoever got it with a warning covers
 * that with no word of their own.
 */
export const remarksOfColleagues = (deal: OpenedDeal): Remark[] => {
  const last = new Map<PersonId, Remark>();
  for (const remark of deal.remarks ?? [])
    if (remark.by !== deal.owner && !looksAfter(deal, remark.by)) last.set(remark.by, remark);
  return [...last.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1));
};
