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
 * Returns who confirms in place of somebody who set aside what others said against a deal: those of compliance who are here and did
 * not, else the chief, else who is away and did not. So neither a second flag that another officer dismisses nor a holiday lets anybody
 * judge over their own word. Empty: there is nobody else at all.
 */
export const freeForScope = (view: DealView): PersonId[] => {
  const { deal, organisation, policy, now } = view;
  if (policy.managerAlone !== false) return [];
  const aside = settersAside(deal);
  const free = confirmers(view).filter((id) => !aside.includes(id));
  const here = free.filter((id) => !awayAt(organisation, id, now));
  const chiefs = outside(view, organisation.roles.chief).filter((id) => !aside.includes(id));
  return [here, chiefs, free].find((ids) => ids.length > 0) ?? [];
};

/** Returns who is asked whether a deal is out of scope: compliance, or the chief where nobody of it is here who may say so. */
export const whoConfirmsScope = (view: DealView): PersonId[] => {
  const all = confirmers(view);
  if (!all.some((id) => settersAside(view.deal).includes(id))) return all;
  const free = freeForScope(view);
  return free.some((id) => !all.includes(id)) ? free : all;
};
