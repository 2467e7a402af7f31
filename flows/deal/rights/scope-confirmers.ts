/** Who confirms that a deal is out of scope, where somebody of compliance set aside what others said against it. House rule. */

import type { PersonId } from '../../ids.ts';
import { membersOf } from '../../organisation.ts';
import { awayAt } from '../../registers/absences.ts';
import type { DealView } from '../view.ts';
import { refusal } from './access.ts';
import { settersAside } from './set-aside.ts';
import { confirmers } from './whose-turn.ts';

/**
 * Returns those who are here and set nothing aside; where several of compliance did, and all who are here, it is for the chief: a
 * second flag that another officer dismisses makes the first one no judge of their own word. Empty: whoever is here.
 */
export const freeForScope = (view: DealView): PersonId[] => {
  const { deal, organisation, policy, now } = view;
  if (policy.managerAlone !== false) return [];
  const aside = settersAside(deal);
  const isFree = (id: PersonId): boolean => !aside.includes(id) && !awayAt(organisation, id, now);
  const all = confirmers(view);
  const free = all.filter(isFree);
  if (free.length > 0 || all.filter((id) => aside.includes(id)).length < 2) return free;
  return membersOf(organisation, organisation.roles.chief).filter(
    (id) => isFree(id) && refusal(view, id, 'confirm') === undefined,
  );
};
