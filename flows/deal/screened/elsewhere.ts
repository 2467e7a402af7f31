/** What compliance said in other deals of somebody on a list or on hold: whoever is asked of the same party and the same entry reads it. House rule. */

import { sameEndUser } from '../../end-user.ts';
import type { PersonId } from '../../ids.ts';
import { SYSTEM, type Organisation } from '../../organisation.ts';
import type { OwnFlag } from '../own-flag.ts';
import type { OpenedDeal } from '../state.ts';
import { hitsOf } from './screened.ts';

export interface SettledHit {
  party: string;
  /** Name of the list, and of the entry on it; `hold` and the name on hold, of one called much like it. */
  list: string;
  entry: string;
  isThem: boolean;
  by: PersonId;
  reason?: string | undefined;
}

type Screened = Pick<OpenedDeal, 'screened' | 'ownFlags'>;
type Asked = Pick<OwnFlag, 'id' | 'like'>;
type Holds = Pick<Organisation, 'holds'>;
type Said = Pick<SettledHit, 'party' | 'list' | 'entry'>;

/** Nothing where nobody said it yet, or the bot did. */
const settledAs = (flag: OwnFlag | undefined, said: Said): SettledHit[] => {
  const { settledBy: by, status, reason } = flag ?? {};
  return by === undefined || by === SYSTEM || status === 'pending'
    ? []
    : [{ ...said, isThem: status === 'admitted', by, reason }];
};

/** Whom flags about names much like one on hold are about. */
const likesOf = ({ holds = [] }: Holds, flags: readonly Asked[]) =>
  flags.flatMap(({ like }) => {
    const on = holds.find(({ id }) => id === like?.hold)?.on;
    return like && on?.of === 'end-user' ? [{ ...like, name: on.name }] : [];
  });

/** Returns how the hits of flags were settled elsewhere, those first that are said to be them. */
export const settledElsewhere = (
  { deal, organisation }: { deal: Screened; organisation: Holds },
  flags: readonly Asked[],
  others: readonly Screened[],
): SettledHit[] => {
  const hits = flags.flatMap((flag) => hitsOf(deal, flag));
  const likes = likesOf(organisation, flags);
  const all = others.flatMap((other) => [
    ...(other.screened?.hits ?? []).flatMap(({ party, list, entry, flag: id }): SettledHit[] => {
      const isSame = hits.some(
        (hit) => hit.list === list && hit.entry.id === entry.id && sameEndUser(hit.party.name, party.name),
      );
      const flag = isSame ? other.ownFlags.find((one) => one.id === id) : undefined;
      return settledAs(flag, { party: party.name, list, entry: entry.name });
    }),
    ...other.ownFlags.flatMap((flag): SettledHit[] => {
      const { like } = flag;
      const same = likes.find(({ hold, party }) => hold === like?.hold && sameEndUser(party, like.party));
      return like && same ? settledAs(flag, { party: like.party, list: 'hold', entry: same.name }) : [];
    }),
  ]);
  const each = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...each.values()].toSorted((a, b) => Number(b.isThem) - Number(a.isThem));
};
