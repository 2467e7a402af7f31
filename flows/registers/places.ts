/** Places that changed organisation files gave or took: whoever got theirs for a deal does not decide it alone. House rule. */

import { addDays } from '../calendar.ts';
import type { GroupId, Instant, PersonId } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { PlaceChange } from '../place-change.ts';
import type { MovedAccount } from './organisation-changes.ts';
import type { Change } from './said.ts';

/** The oldest are forgotten first. */
const MOST = 1000;
/** A file that was changed for a deal may be changed a little before it is opened, and over a weekend. */
const DAYS_BEFORE = 3;

const placeIn = ({ path, item, was, is }: Change, at: Instant): PlaceChange[] => {
  const [of, id = '', member, ...rest] = path.split(' ');
  if (rest.length > 0) return [];
  if (of === 'groups' && member === 'members' && item) {
    if (is !== undefined) return [{ at, person: is, is: 'joined', group: id }];
    return was === undefined ? [] : [{ at, person: was, is: 'left', group: id }];
  }
  if (of === 'people' && member === 'manager' && was !== undefined) return [{ at, person: id, is: 'managed', was }];
  return [];
};

/** Returns the places with those that a file changed. Undefined: none yet. */
export const placesAfter = (
  places: readonly PlaceChange[] | undefined,
  {
    changes = [],
    moved = [],
  }: { changes?: readonly Change[] | undefined; moved?: readonly MovedAccount[] | undefined },
  at: Instant,
): readonly PlaceChange[] | undefined => {
  const news: PlaceChange[] = [
    ...changes.flatMap((change) => placeIn(change, at)),
    ...moved.map(({ to }): PlaceChange => ({ at, person: to, is: 'account' })),
  ];
  return news.length > 0 ? [...(places ?? []), ...news].slice(-MOST) : places;
};

type Files = Pick<Organisation, 'places'>;

const since = ({ places = [] }: Files, opened: Instant): readonly PlaceChange[] => {
  const from = addDays(opened.slice(0, 10), -DAYS_BEFORE);
  return places.filter(({ at }) => at >= from);
};

/**
 * Returns who got a place in that group, or an account of somebody else's, for a deal opened then: others vote with them. A slip in a
 * file that is put right makes nobody new.
 */
export const newlyPlaced = (files: Files, opened: Instant | undefined, group?: GroupId | undefined): PersonId[] => {
  if (opened === undefined) return [];
  const news = since(files, opened);
  return news.flatMap((place) => {
    if (place.is === 'account') return [place.person];
    if (place.is !== 'joined' || (group !== undefined && place.group !== group)) return [];
    return wasThere(news, place) ? [] : [place.person];
  });
};

/** Tells whether somebody who joined a group was in it before, by the earlier file: what changed first is that they left it. */
const wasThere = (news: readonly PlaceChange[], { person, group }: Extract<PlaceChange, { is: 'joined' }>): boolean =>
  news.find((one) => (one.is === 'joined' || one.is === 'left') && one.person === person && one.group === group)?.is ===
  'left';

/** Returns who managed these people at any time since a deal was opened: no file takes that back for it. */
export const formerManagers = (files: Files, opened: Instant | undefined, managed: readonly PersonId[]): PersonId[] =>
  opened === undefined
    ? []
    : since(files, opened).flatMap((place) =>
        place.is === 'managed' && managed.includes(place.person) ? [place.was] : [],
      );
