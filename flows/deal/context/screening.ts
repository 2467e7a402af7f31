/** With which lists the parties of a deal have to be compared, and with which they were. House rule; Guidance: X1. */

import type { ListNow } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { ComparedList, PartyName } from '../screened-shapes.ts';
import { comparedAs, comparedWith, partiesOf } from '../screened/screened.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';

/** Tells whether something may still be sold on the deal. */
export const isScreened = (deal: OpenedDeal): boolean =>
  isOpen(deal) || deal.status === 'out of scope' || approvalOf(deal) !== undefined;

const listsNow = ({ organisation }: Pick<DealView, 'organisation'>): readonly ListNow[] => organisation.lists ?? [];

/** Returns the lists in use with which somebody was not compared yet whom the deal names. */
export const listsToCompare = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): ListNow[] => {
  const lists = listsNow({ organisation });
  if (lists.length === 0 || !isScreened(deal)) return [];
  const done = comparedWith(deal);
  return lists.filter(({ name }) => !done.includes(name));
};

/**
 * Returns the versions with which a name was compared last. Once all deals were compared with a newer version, and nothing was
 * new for this one, that counts: nothing is written on a deal for each day's list.
 */
export const lastCompared = (view: Pick<DealView, 'deal' | 'organisation'>, party: PartyName): ComparedList[] => {
  const lists = listsNow(view);
  return (comparedAs(view.deal, party)?.lists ?? []).map((list) => {
    const now = lists.find(({ name }) => name === list.name);
    return now?.walked && isScreened(view.deal) ? { name: now.name, sha256: now.sha256, asOf: now.asOf } : list;
  });
};

/** A party of the deal as it was compared. */
export interface PartyCompared {
  party: PartyName;
  lists: ComparedList[];
  /** Set where the name has nothing that could be compared. */
  nothing: boolean;
  /** True where somebody on a list may be meant: settled or not, and still there. */
  hit: boolean;
}

/** Returns everybody whom the deal names and who was compared, without names that were read together. */
export const partiesCompared = (view: Pick<DealView, 'deal' | 'organisation'>): PartyCompared[] =>
  partiesOf(view.deal.details).flatMap((party) => {
    const compared = comparedAs(view.deal, party);
    if (!compared || party.together) return [];
    const { nothing = false } = compared;
    const hit = (view.deal.screened?.hits ?? []).some(
      (one) => one.gone === undefined && one.party.name === party.name && one.party.country === party.country,
    );
    return [{ party, lists: lastCompared(view, party), nothing, hit }];
  });
