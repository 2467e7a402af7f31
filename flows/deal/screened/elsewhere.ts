/** What compliance said in other deals of somebody on a list or on hold: whoever is asked of the same party and the same entry reads it. House rule. */

import { sameEndUser } from '../../end-user.ts';
import type { HoldId } from '../../hold.ts';
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
type Holds = Pick<Organisation, 'holds' | 'lifted'>;
type Said = Pick<SettledHit, 'party' | 'list' | 'entry'>;

/** Nothing where nobody said it yet, or the bot did. */
const settledAs = (flag: OwnFlag | undefined, said: Said): SettledHit[] => {
  const { settledBy: by, status, reason } = flag ?? {};
  return by === undefined || by === SYSTEM || status === 'pending'
    ? []
    : [{ ...said, isThem: status === 'admitted', by, reason }];
};

/** Who is called so on hold, or was: whoever lifts a hold and places it anew says nothing of who it is. */
const nameOnHold = ({ holds = [], lifted = [] }: Holds, id: HoldId | undefined): string | undefined => {
  const on = [...holds, ...lifted.map(({ hold }) => hold)].find((hold) => hold.id === id)?.on;
  return on?.of === 'end-user' ? on.name : undefined;
};

/** Returns how the hits of flags were settled in deals with parties called so, or much like it: those first that are said to be them. */
export const settledElsewhere = (
  { deal, organisation }: { deal: Screened; organisation: Holds },
  flags: readonly Asked[],
  others: readonly Screened[],
): SettledHit[] => {
  const hits = flags.flatMap((flag) => hitsOf(deal, flag));
  const onHold = flags.flatMap(({ like }) => nameOnHold(organisation, like?.hold) ?? []);
  const all = others.flatMap((other) => [
    ...(other.screened?.hits ?? []).flatMap(({ party, list, entry, flag: id }): SettledHit[] => {
      const isSame = hits.some((hit) => hit.list === list && hit.entry.id === entry.id);
      const flag = isSame ? other.ownFlags.find((one) => one.id === id) : undefined;
      return settledAs(flag, { party: party.name, list, entry: entry.name });
    }),
    ...other.ownFlags.flatMap((flag): SettledHit[] => {
      const entry = nameOnHold(organisation, flag.like?.hold);
      const isSame = entry !== undefined && onHold.some((name) => sameEndUser(name, entry));
      return flag.like && isSame ? settledAs(flag, { party: flag.like.party, list: 'hold', entry }) : [];
    }),
  ]);
  const each = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...each.values()].toSorted((a, b) => Number(b.isThem) - Number(a.isThem));
};
