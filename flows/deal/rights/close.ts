/**
 * Who stands closer to a deal than a judge should: managers of those who sell it, those on whose word its answers stand, and whoever
 * set aside what others said against it.
 */

import type { GroupId, Instant, PersonId } from '../../ids.ts';
import { OPERATOR, person as personOf, SYSTEM, type Organisation } from '../../organisation.ts';
import { perObject } from '../../per-object.ts';
import { formerManagers, newlyPlaced } from '../../registers/places.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { settersAside } from './set-aside.ts';

/** Returns those whose managers do not decide alone: whoever opened, owned, corrected or answered the deal. */
const sellersOf = ({ deal }: Pick<DealView, 'deal'>): PersonId[] => [
  ...new Set([deal.requester, deal.owner, ...deal.involved]),
];

/** Returns the people whose word answers stand on, by name. */
export const namedIn = ({ answers }: OpenedDeal): PersonId[] =>
  Object.values(answers).flatMap((section) => Object.values(section).flatMap(({ basis }) => basis?.told ?? []));

/** Returns the sellers and those who told them: whose managers do not decide alone. */
export const managedOn = (view: DealView): PersonId[] => [...new Set([...sellersOf(view), ...namedIn(view.deal)])];

export const managersAmong = (organisation: Organisation, managed: readonly PersonId[]): PersonId[] => [
  ...new Set(managed.flatMap((id) => personOf(organisation, id)?.manager ?? [])),
];

/** Returns the direct managers of the sellers, and of those who told them: by the organisation file, and by those since it was opened. */
export const managersOf = (view: DealView): PersonId[] => {
  const managed = managedOn(view);
  const { organisation, deal } = view;
  return [...managersAmong(organisation, managed), ...formerManagers(organisation, deal.openedAt, managed)];
};

/** Returns who gave or confirmed what the deal's answers stand on in product sheets and country briefs. */
export const sheetAuthors = ({ deal }: Pick<DealView, 'deal'>): PersonId[] => [
  ...new Set(
    Object.values(deal.answers).flatMap((given) =>
      Object.values(given).flatMap(({ basis }) => (basis?.sheet ? [basis.sheet.by, ...(basis.sheet.also ?? [])] : [])),
    ),
  ),
];

/** Returns those on whose own word answers stand, in a sheet or by name: they would judge what they said themselves. */
const authorsOf = (view: DealView): PersonId[] => [...new Set([...sheetAuthors(view), ...namedIn(view.deal)])];

/** Returns whose place or manager a changed organisation file made another one since the deal was opened. */
export const placedSince = ({ organisation, deal }: DealView, managed: readonly PersonId[]) => ({
  newly: newlyPlaced(organisation, deal.openedAt),
  managers: formerManagers(organisation, deal.openedAt, managed),
});

/** Whose votes alone complete no step while somebody else is here: they stand closer to the deal than a judge should. */
export const notAlone = (view: DealView): PersonId[] => [
  ...new Set([
    ...managersOf(view),
    ...newlyPlaced(view.organisation, view.deal.openedAt),
    ...authorsOf(view),
    ...settersAside(view.deal),
  ]),
];

/** Those who have a manager in a file, and those who are one: it is the same file for a hundred thousand deals. */
const lineIn = perObject((people: Organisation['people']) => {
  const managers = people.flatMap(({ manager }) => manager ?? []);
  const managed = people.flatMap(({ id, manager }) => (manager === undefined ? [] : [id]));
  return { managers: new Set(managers), managed: new Set(managed) };
});

/**
 * Tells whether a person's manager is not known: they left the organisation file, have another id there, or have no manager
 * in a file that names those of others. Whoever manages others and has no manager is at the top of the line.
 */
const isUnmanaged = (organisation: Organisation, id: PersonId): boolean => {
  if (id === SYSTEM || id === OPERATOR) return false;
  if (!personOf(organisation, id)) return true;
  const { managers, managed } = lineIn(organisation.people);
  return !managed.has(id) && managers.size > 0 && !managers.has(id);
};

/** Who stands close to a deal, by the deal alone. JSON. */
export interface Close {
  managed: readonly PersonId[];
  /** Those among them whose deal it is: whoever opened it, and whoever owns it. Absent in older summaries. */
  own?: readonly PersonId[] | undefined;
  authors: readonly PersonId[];
  /** Who set aside what others said against it. Absent: nobody, or in older summaries. */
  asides?: readonly PersonId[] | undefined;
  /** When the deal was opened: who got a place for it since decides with others. Absent in older summaries. */
  opened?: Instant | undefined;
}

export const closeOn = (view: DealView): Close => {
  const asides = settersAside(view.deal);
  return {
    managed: managedOn(view),
    own: [...new Set([view.deal.requester, view.deal.owner])],
    authors: authorsOf(view),
    opened: view.deal.openedAt,
    ...(asides.length > 0 ? { asides } : {}),
  };
};

/** Whose votes alone complete no step while somebody else is here. */
export const partial = (
  organisation: Organisation,
  { managed, authors, opened, asides = [] }: Close,
  group?: GroupId | undefined,
): PersonId[] => [
  ...new Set([
    ...managersAmong(organisation, managed),
    ...formerManagers(organisation, opened, managed),
    ...newlyPlaced(organisation, opened, group),
    ...authors,
    ...asides,
  ]),
];

/** Tells whether the manager of one of the sellers is not known. In the compliance group that is no matter: it is not their line. */
export const mayBeManaged = (organisation: Organisation, group: GroupId | undefined, { managed }: Close): boolean =>
  group !== organisation.roles.compliance && managed.some((id) => isUnmanaged(organisation, id));
