/** What compliance said in other deals of somebody on a list: whoever is asked of the same party and the same entry reads it. House rule. */

import { sameEndUser } from '../../end-user.ts';
import type { PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import type { OwnFlag } from '../own-flag.ts';
import type { OpenedDeal } from '../state.ts';
import { hitsOf } from './screened.ts';

export interface SettledHit {
  party: string;
  /** Name of the list, and of the entry on it. */
  list: string;
  entry: string;
  isThem: boolean;
  by: PersonId;
  reason?: string | undefined;
}

type Screened = Pick<OpenedDeal, 'screened' | 'ownFlags'>;

/** Returns how the hits of flags were settled elsewhere, those first that are said to be them. */
export const settledElsewhere = (
  deal: Screened,
  flags: readonly Pick<OwnFlag, 'id'>[],
  others: readonly Screened[],
): SettledHit[] => {
  const hits = flags.flatMap((flag) => hitsOf(deal, flag));
  const all = others.flatMap((other) =>
    (other.screened?.hits ?? []).flatMap(({ party, list, entry, flag: id }): SettledHit[] => {
      const isSame = hits.some(
        (hit) => hit.list === list && hit.entry.id === entry.id && sameEndUser(hit.party.name, party.name),
      );
      const settled = isSame ? other.ownFlags.find((one) => one.id === id) : undefined;
      const { settledBy: by, status, reason } = settled ?? {};
      if (by === undefined || by === SYSTEM || status === 'pending') return [];
      return [{ party: party.name, list, entry: entry.name, isThem: status === 'admitted', by, reason }];
    }),
  );
  const each = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...each.values()].toSorted((a, b) => Number(b.isThem) - Number(a.isThem));
};
