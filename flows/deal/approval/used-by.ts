/** Whose vote a ballot spends. */

import type { PersonId } from '../../ids.ts';
import type { Vote } from '../deal.ts';

/** Returns everybody whose vote is spent: the voter and the person voted for. */
export const usedBy = ({ by, for: absent }: Pick<Vote, 'by' | 'for'>): PersonId[] =>
  absent === undefined ? [by] : [by, absent];
