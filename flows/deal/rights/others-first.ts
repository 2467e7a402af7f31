/** The order in which officers read what several people said of a deal. House rule. */

import type { PersonId } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import type { OpenedDeal } from '../state.ts';
import { isOwnWord } from './set-aside.ts';

/**
 * Puts whoever sells the deal last, and of the others each author in turn: much of one hides nothing of another, and nothing of a rep
 * hides a colleague's word.
 */
export const othersFirst = <T extends { by: PersonId }>(
  deal: Pick<OpenedDeal, 'requester' | 'owner'>,
  all: readonly T[],
): T[] => [...inTurn(all.filter(({ by }) => !isOwnWord(deal, by))), ...all.filter(({ by }) => isOwnWord(deal, by))];
