/** The order in which officers read what several people said of a deal. House rule. */

import type { PersonId } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import type { OpenedDeal } from '../state.ts';
import { isOwnWord } from './set-aside.ts';

/**
 * Puts whoever sells the deal last, and of the others each author in turn: much of one hides nothing of another, and nothing of a rep
 * hides a colleague's word. Where somebody else of its team wrote some of it, any of them may want the deal: all take turns, the seller last in
 * each.
 */
export const othersFirst = <T extends { by: PersonId }>(
  deal: Pick<OpenedDeal, 'requester' | 'owner' | 'owned' | 'team'>,
  all: readonly T[],
): T[] => {
  const isOwn = ({ by }: T): boolean => isOwnWord(deal, by);
  const isOfTeam = all.some((one) => !isOwn(one) && deal.team.includes(one.by));
  const [others, own] = [all.filter((one) => !isOwn(one)), all.filter(isOwn)];
  return isOfTeam ? inTurn([...others, ...own]) : [...inTurn(others), ...own];
};
