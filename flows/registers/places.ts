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
  if (of === 'groups' && member === 'members' && item && is !== undefined)
    return [{ at, person: is, is: 'joined', group: id }];
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

/** Returns who got a place in that group, or an account of somebody else's, for a deal opened then: others vote with them. */
export const newlyPlaced = (files: Files, opened: Instant | undefined, group?: GroupId | undefined): PersonId[] =>
  opened === undefined
    ? []
    : since(files, opened).flatMap((place) =>
        place.is === 'account' || (place.is === 'joined' && (group === undefined || place.group === group))
          ? [place.person]
          : [],
      );

/** Returns who managed these people at any time since a deal was opened: no file takes that back for it. */
export const formerManagers = (files: Files, opened: Instant | undefined, managed: readonly PersonId[]): PersonId[] =>
  opened === undefined
    ? []
    : since(files, opened).flatMap((place) =>
        place.is === 'managed' && managed.includes(place.person) ? [place.was] : [],
      );
