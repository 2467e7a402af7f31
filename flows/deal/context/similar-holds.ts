/**
 * Standing holds on somebody who is called much like a party of a deal, though not the same: written in another alphabet, in
 * another order, with a typing error, or by a longer or shorter name. Compliance is asked who it is, and until then nobody can approve: as
 * with a name on a list. House rule; Guidance: A1, A8.
 */

import { endUserKey } from '../../end-user.ts';
import type { Hold, HoldId } from '../../hold.ts';
import { mayBeSameAnywhere } from '../../names-alike.ts';
import { screenOf, type Screen } from '../../screening/screening.ts';
import type { LikeHeld, OwnFlag } from '../own-flag.ts';
import { partiesOf, rolesOf } from '../screened/screened.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { holdsOn, isOver } from './holds.ts';
import { isScreened } from './screening.ts';

export interface SimilarHold {
  hold: Hold;
  /** As the deal names them, and as the hold does. */
  party: string;
  name: string;
}

/** One index for all deals that are looked at while the same holds stand. */
const screens = new WeakMap<readonly Hold[], Screen | undefined>();

const screenFor = (holds: readonly Hold[]): Screen | undefined => {
  if (screens.has(holds)) return screens.get(holds);
  const entries = holds.flatMap(({ id, on }) =>
    on.of === 'end-user'
      ? [
          {
            id,
            name: on.name,
            aliases: [],
            type: 'unknown' as const,
            countries: [],
            addresses: [],
            programmes: [],
          },
        ]
      : [],
  );
  const made = entries.length === 0 ? undefined : screenOf(entries);
  screens.set(holds, made);
  return made;
};

/** Returns each such hold once, with the party that is most like it; none that holds the deal. */
export const similarHolds = (view: Pick<DealView, 'deal' | 'organisation'>): SimilarHold[] => {
  const { deal, organisation } = view;
  const holds = organisation.holds ?? [];
  const screen = holds.length === 0 || isOver(deal) ? undefined : screenFor(holds);
  if (!screen) return [];
  const holding = new Set(holdsOn(view).map(({ id }) => id));
  const best = new Map<string, { score: number; party: string }>();
  const named = partiesOf(deal.details).map(({ name }) => name);
  for (const party of named) {
    for (const { entry, score } of screen.check({ name: party }) ?? []) {
      if (score > (best.get(entry.id)?.score ?? 0)) best.set(entry.id, { score, party });
    }
  }
  return holds.flatMap((hold): SimilarHold[] => {
    if (hold.on.of !== 'end-user' || holding.has(hold.id)) return [];
    const { name } = hold.on;
    const party = best.get(hold.id)?.party ?? named.find((one) => mayBeSameAnywhere(one, name));
    return party === undefined ? [] : [{ hold, party, name }];
  });
};

const likeNow = ({ details }: OpenedDeal, { hold, party }: SimilarHold): LikeHeld => {
  const { endUser, destination } = details;
  const roles = rolesOf(details, { name: party }).map(({ role }) => role);
  const as = [...(endUser.name === party ? (['end-user'] as const) : []), ...new Set(roles)];
  return { hold: hold.id, party, as: as.length > 0 ? as : ['together'], destination };
};

/** Tells whether compliance was asked, and what they said holds: not where they said it of another name, part or country. */
const isAsked = ({ like, status }: OwnFlag, now: LikeHeld): boolean =>
  like?.hold === now.hold &&
  (status !== 'dismissed' ||
    (endUserKey(like.party) === endUserKey(now.party) &&
      like.destination === now.destination &&
      now.as.every((part) => like.as.includes(part))));

/** Returns of whom compliance has yet to be asked whether they are on hold. */
export const likeToAsk = (view: Pick<DealView, 'deal' | 'organisation'>): LikeHeld[] =>
  isScreened(view.deal)
    ? similarHolds(view)
        .map((similar) => likeNow(view.deal, similar))
        .filter((now) => !view.deal.ownFlags.some((flag) => isAsked(flag, now)))
    : [];

/** Returns the flag of the same question: what compliance said last, or has yet to say. */
export const flagOfLike = ({ ownFlags }: Pick<OpenedDeal, 'ownFlags'>, hold: HoldId): OwnFlag | undefined =>
  ownFlags.findLast(({ like }) => like?.hold === hold);

/** Returns the flags of names much like one on hold, of which compliance has yet to say who it is. */
export const openLikes = ({ ownFlags }: Pick<OpenedDeal, 'ownFlags'>): OwnFlag[] =>
  ownFlags.filter(({ like, status }) => like !== undefined && status === 'pending');
