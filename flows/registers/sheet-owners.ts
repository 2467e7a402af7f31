/** Who fills in a product sheet or a country brief, and who is asked and reminded. House rule. */

import { countryName } from '../countries.ts';
import { looksKey } from '../end-user.ts';
import type { PersonId } from '../ids.ts';
import {
  counselOf,
  isCounsel,
  isOfCompliance,
  OTHER_PRODUCT,
  person,
  type Organisation,
  type Product,
} from '../organisation.ts';
import type { SheetKind } from '../policy/sheet-questions.ts';
import type { Sheet, SheetId, SheetOf } from '../sheet.ts';
import { reviewers } from './reminders.ts';

export const sheetIdOf = (on: SheetOf): SheetId => {
  if (on.of === 'country') return `country:${on.country}`;
  return on.product === OTHER_PRODUCT ? `other:${looksKey(on.name)}` : `product:${on.product}`;
};

const inCatalogue = ({ products }: Organisation, on: Extract<SheetOf, { of: 'product' }>): Product | undefined =>
  products.find(({ id }) => id === on.product);

/** Tells whether it is a country, a product of the catalogue by its present name, or one outside it that has a name. */
export const isThere = (organisation: Organisation, on: SheetOf): boolean => {
  if (on.of === 'country') return countryName(on.country) !== undefined;
  return on.product === OTHER_PRODUCT ? looksKey(on.name) !== '' : inCatalogue(organisation, on)?.name === on.name;
};

/** Returns the product's manager who is still here. */
export const managerOf = (organisation: Organisation, on: SheetOf): PersonId | undefined => {
  const manager = on.of === 'product' ? inCatalogue(organisation, on)?.manager : undefined;
  return manager !== undefined && person(organisation, manager) ? manager : undefined;
};

/** Tells whether somebody may begin one of any country, or of any product outside the catalogue. */
export const begins = (organisation: Organisation, kind: SheetKind, id: PersonId): boolean =>
  isOfCompliance(organisation, id) || (kind === 'country' && isCounsel(organisation, id));

/** Tells whether somebody may fill it in: the product's manager, counsel for a country, and compliance. */
export const maySave = (organisation: Organisation, on: SheetOf, id: PersonId): boolean =>
  begins(organisation, on.of, id) || managerOf(organisation, on) === id;

/** Returns who is asked to fill one in: the product's manager, or counsel; where there is nobody, compliance. */
export const askedFor = (organisation: Organisation, on: SheetOf): PersonId[] => {
  const manager = managerOf(organisation, on);
  if (manager !== undefined) return [manager];
  const counsel = on.of === 'country' ? counselOf(organisation).filter((id) => person(organisation, id)) : [];
  return counsel.length > 0 ? counsel : reviewers(organisation);
};

/** Returns who looks after one: the product's manager, or who wrote a brief while they still may; else compliance. */
export const keepersOf = (organisation: Organisation, { on, by }: Pick<Sheet, 'on' | 'by'>): PersonId[] => {
  const manager = managerOf(organisation, on);
  if (manager !== undefined) return [manager];
  return on.of === 'country' && person(organisation, by) && maySave(organisation, on, by)
    ? [by]
    : reviewers(organisation);
};
