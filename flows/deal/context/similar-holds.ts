/**
 * Standing holds on somebody who is called much like a party of a deal, though not the same: written in another alphabet, in
 * another order, with a typing error, or by a longer or shorter name. Compliance is asked who it is, and until then nobody can approve: as
 * with a name on a list. House rule; Guidance: A1, A8.
 */

import { endUserKey } from '../../end-user.ts';
import type { Hold, HoldId } from '../../hold.ts';
import { isCountry, placeOf, wordsOf } from '../../name-reading.ts';
import { mayBeSameAnywhere, mayBeSameHere } from '../../names-alike.ts';
import { mayBeAtOnce } from '../../names-at-once.ts';
import { isGraver } from '../../policy/kinds.ts';
import { screenOf, type Screen } from '../../screening/screening.ts';
import type { LikeHeld, OwnFlag } from '../own-flag.ts';
import type { PartyName } from '../screened-shapes.ts';
import { partiesOf, rolesOf } from '../screened/screened.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { calledEver, destinationsEver } from './ever-said.ts';
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

/** Whom it named before: another name is no way around a hold that comes after it. */
const formerOf = (deal: OpenedDeal): PartyName[] => {
  const { endUsers, besides } = calledEver(deal);
  return [...endUsers, ...besides].map((name) => ({ name }));
};

/**
 * Tells whether they may be the same in a country to which the deal goes: its name counts for nothing there, and two common words are
 * enough. A hold names no country: a name of another one's is not meant.
 */
const mayBeSameIn =
  (countries: readonly string[]) =>
  (one: string, other: string): boolean =>
    countries.some((country) => {
      const isElsewhere = (word: string): boolean => isCountry(word) && !placeOf(country).has(word);
      return (
        mayBeSameHere(one, other, { countries: [country], sale: false }) &&
        ![...wordsOf(one), ...wordsOf(other)].some(isElsewhere)
      );
    });

/** Returns each such hold with every party that is much like it: one of them may stand there for another. None that holds the deal. */
export const similarHolds = (view: Pick<DealView, 'deal' | 'organisation'>): SimilarHold[] => {
  const { deal, organisation } = view;
  const holds = organisation.holds ?? [];
  const screen = holds.length === 0 || isOver(deal) ? undefined : screenFor(holds);
  if (!screen) return [];
  const holding = new Set(holdsOn(view).map(({ id }) => id));
  // The same name once, as a party of its own first.
  const every = [...partiesOf(deal.details), ...formerOf(deal)].toReversed();
  const named = [...new Map(every.map((party) => [endUserKey(party.name), party])).values()].toReversed();
  const mayBeSameThere = mayBeSameIn(destinationsEver(deal));
  // It is looked at with each act: most names are told apart at once.
  const atOnce = new Map(named.map(({ name }) => [name, mayBeAtOnce(name)]));
  const found = new Map(named.map(({ name }) => [name, (screen.check({ name }) ?? []).map(({ entry }) => entry.id)]));
  return holds.flatMap((hold): SimilarHold[] => {
    if (hold.on.of !== 'end-user' || holding.has(hold.id)) return [];
    const { name } = hold.on;
    const alike = named.filter(
      (one) =>
        found.get(one.name)?.includes(hold.id) ||
        (atOnce.get(one.name)?.(name) === true &&
          (mayBeSameAnywhere(one.name, name) || mayBeSameThere(one.name, name))),
    );
    const apart = alike.filter(({ together }) => !together).map((one) => one.name);
    // Two names read as one say no more than a name of them does by itself.
    const joined = alike.filter(
      (one) => one.together && !apart.some((part) => one.name.startsWith(`${part} `) || one.name.endsWith(` ${part}`)),
    );
    return [...apart, ...joined.map((one) => one.name)].map((party) => ({ hold, party, name }));
  });
};

export const likeNow = (deal: OpenedDeal, { hold, party }: SimilarHold): LikeHeld => {
  const { details } = deal;
  const { endUser, destination } = details;
  const roles = rolesOf(details, { name: party }).map(({ role }) => role);
  const isEndUser = endUser.name === party || (roles.length === 0 && calledEver(deal).endUsers.includes(party));
  const as = [...(isEndUser ? (['end-user'] as const) : []), ...new Set(roles)];
  return {
    hold: hold.id,
    party,
    as: as.length > 0 ? as : ['together'],
    destination,
    ...(isEndUser ? { kind: endUser.kind } : {}),
  };
};

const isOf = ({ like }: OwnFlag, hold: HoldId, party: string): boolean =>
  like?.hold === hold && endUserKey(like.party) === endUserKey(party);

/** What was said of a shop is not said of the police. */
const isGraverNow = (now: LikeHeld, then: LikeHeld | undefined): boolean =>
  now.kind !== undefined && then?.kind !== undefined && isGraver(now.kind, then.kind);

/** Tells whether compliance was asked, and what they said holds: not where they said it of another name, part or country, or of a milder kind of end-user. */
export const isAskedOf = (flag: OwnFlag, now: LikeHeld): boolean =>
  flag.like?.hold === now.hold &&
  (flag.status === 'admitted' || isOf(flag, now.hold, now.party)) &&
  (flag.status !== 'dismissed' ||
    (flag.like?.destination === now.destination &&
      now.as.every((part) => flag.like?.as.includes(part)) &&
      !isGraverNow(now, flag.like)));

/** Returns of whom compliance has yet to be asked whether they are on hold. */
export const likeToAsk = (view: Pick<DealView, 'deal' | 'organisation'>): LikeHeld[] =>
  isScreened(view.deal)
    ? similarHolds(view)
        .map((similar) => likeNow(view.deal, similar))
        .filter((now) => !view.deal.ownFlags.some((flag) => isAskedOf(flag, now)))
    : [];

/** Returns the flag of the same question: what compliance said last, or has yet to say. */
export const flagOfLike = (
  { ownFlags }: Pick<OpenedDeal, 'ownFlags'>,
  { hold, party }: Pick<SimilarHold, 'hold' | 'party'>,
): OwnFlag | undefined => ownFlags.findLast((flag) => isOf(flag, hold.id, party));

/** Returns the flags of names much like one on hold, of which compliance has yet to say who it is. */
export const openLikes = ({ ownFlags }: Pick<OpenedDeal, 'ownFlags'>): OwnFlag[] =>
  ownFlags.filter(({ like, status }) => like !== undefined && status === 'pending');

/** Tells whether a deal waits for compliance to say who it is, or they said that it is them: whoever lifts that hold lets it go. */
export const isLikeHeldBy = (view: Pick<DealView, 'deal' | 'organisation'>, hold: HoldId): boolean =>
  view.deal.ownFlags.some(({ like, status }) => like?.hold === hold && status !== 'dismissed') ||
  likeToAsk(view).some((like) => like.hold === hold);
