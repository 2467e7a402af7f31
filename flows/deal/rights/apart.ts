/** Who judges on a deal: nobody of its team, and nobody who recused themself. House rule. */

import type { PersonId } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';

export interface Apart {
  deal: { team: readonly PersonId[]; recused?: readonly { by: PersonId }[] | undefined };
  organisation: Organisation;
}

export const recusedFrom = ({ recused = [] }: Apart['deal']): PersonId[] => recused.map(({ by }) => by);
