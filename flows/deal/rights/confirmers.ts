/** Who confirms what makes a deal lighter, or that it is out of scope. House rule. */

import type { PersonId } from '../../ids.ts';
import { membersOf } from '../../organisation.ts';
import { awayAt } from '../../registers/absences.ts';
import type { DealView } from '../view.ts';
import { recusedFrom, type Apart } from './apart.ts';
import { settersAside } from './set-aside.ts';

const outside = ({ deal, organisation }: Apart, group: string): PersonId[] =>
  membersOf(organisation, group).filter((id) => !deal.team.includes(id) && !recusedFrom(deal).includes(id));

/** Returns who confirms what makes a deal lighter: compliance outside the deal, else the chief. */
export const confirmers = (apart: Apart): PersonId[] => {
  const { compliance, chief } = apart.organisation.roles;
  return [compliance, chief].map((group) => outside(apart, group)).find((ids) => ids.length > 0) ?? [];
};

/**
 * Returns those who are here and set aside nothing that others said against a deal; where several of compliance did, and all who are
 * here, it is for the chief: a second flag that another officer dismisses lets nobody judge over the first one. Empty: whoever is here.
 */
export const freeForScope = (view: DealView): PersonId[] => {
  const { deal, organisation, policy, now } = view;
  if (policy.managerAlone !== false) return [];
  const aside = settersAside(deal);
  const all = confirmers(view);
  const free = all.filter((id) => !aside.includes(id) && !awayAt(organisation, id, now));
  if (free.length > 0 || all.filter((id) => aside.includes(id)).length < 2) return free;
  // It waits for a chief who is away, too.
  return outside(view, organisation.roles.chief).filter((id) => !aside.includes(id));
};

/** Returns who is asked whether a deal is out of scope. */
export const whoConfirmsScope = (view: DealView): PersonId[] => {
  const [all, free] = [confirmers(view), freeForScope(view)];
  return free.some((id) => !all.includes(id)) ? free : all;
};
