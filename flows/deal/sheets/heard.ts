/** Which product sheets and country briefs speak of a deal, now or as it was before. House rule. */

import { sameEndUser } from '../../end-user.ts';
import { OTHER_PRODUCT, type Organisation } from '../../organisation.ts';
import { calledAlike, catalogueNamed } from '../../product-names.ts';
import type { Sheet, SheetOf } from '../../sheet.ts';
import { subjectsBefore } from '../formerly.ts';
import type { DealView } from '../view.ts';

interface Subject {
  product: { id: string; name: string };
  destination: string;
}

/**
 * Tells whether a sheet has something to say about a deal: of its country, or of a product with the same id or the same name.
 * Of a product that the catalogue renamed, or gave another id, it is no basis, but what it says against deals is heard.
 */
export const speaksOf = ({ destination, product }: Subject, on: SheetOf): boolean =>
  on.of === 'country'
    ? on.country === destination
    : (on.product === product.id && on.product !== OTHER_PRODUCT) || sameEndUser(on.name, product.name);

/**
 * Returns the sheets that speak of a product and a country, valid or not. A product outside the catalogue that is called much the same
 * as one in it hears what that one's sheet says; so do any two of which one is outside it.
 */
const sheetsAbout = (organisation: Organisation, of: Subject): Sheet[] => {
  const all = organisation.sheets ?? [];
  if (all.length === 0) return [];
  const { product } = of;
  const { alike } = catalogueNamed(organisation, product);
  const isListed = (id: string): boolean => organisation.products.some((one) => one.id === id);
  return all.filter(
    ({ on }) =>
      speaksOf(of, on) ||
      (on.of === 'product' &&
        (alike.some(({ id, name }) => id === on.product || sameEndUser(name, on.name)) ||
          (!(isListed(product.id) && isListed(on.product)) && calledAlike(on.name, product.name)))),
  );
};

/** The same of a deal as it is now. */
export const sheetsOf = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): Sheet[] =>
  sheetsAbout(organisation, deal.details);

/** What a sheet says that speaks of the deal; `left`: of what it was before its details were corrected. */
export interface Heard {
  sheet: Sheet;
  left?: true;
}

/**
 * Returns them with those of a product or country that the deal was of before, which come last: no answer is of them any more, but
 * another name is no way around what is said there.
 */
export const sheetsEver = (view: Pick<DealView, 'deal' | 'organisation'>): Heard[] => {
  const now = sheetsOf(view);
  const then = subjectsBefore(view.deal).flatMap((was) => sheetsAbout(view.organisation, was));
  const left = [...new Set(then)].filter((sheet) => !now.includes(sheet));
  return [...now.map((sheet) => ({ sheet })), ...left.map((sheet) => ({ sheet, left: true as const }))];
};

/** What is of the deal's product and country, then what is of those that it left. */
export const leftLast = <T extends { left?: true }>(all: readonly T[], order: (some: T[]) => T[]): T[] => [
  ...order(all.filter(({ left }) => !left)),
  ...order(all.filter(({ left }) => left)),
];

/** Returns the names of products whose sheets are heard only because they are called much the same as the deal's. */
export const heardByName = (view: Pick<DealView, 'deal' | 'organisation'>): Extract<SheetOf, { of: 'product' }>[] =>
  sheetsOf(view).flatMap(({ on }) => (on.of === 'product' && !speaksOf(view.deal.details, on) ? [on] : []));
