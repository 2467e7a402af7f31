/** Merging a correction of the details into one that somebody else made meanwhile, detail by detail. */

import { own } from '../../own.ts';
import type { Base } from '../answer-shapes.ts';
import type { DealDetails } from '../deal.ts';
import type { OpenedDeal } from '../state.ts';
import { fingerprint } from './merging.ts';

/** The parts that are changed, and kept, each by itself. */
const DETAILS = [
  'customer',
  'product',
  'destination',
  'endUserName',
  'endUserKind',
  'intermediaries',
  'valueBand',
  'expectedSigning',
  'exportLicence',
] as const;
export type Detail = (typeof DETAILS)[number];

const flat = ({ endUser, ...rest }: DealDetails) => ({ ...rest, endUserName: endUser.name, endUserKind: endUser.kind });
type Flat = ReturnType<typeof flat>;

/** Members in the order of a form's own details: equal details are equal as JSON. */
const whole = (parts: Flat): DealDetails => ({
  customer: parts.customer,
  product: parts.product,
  destination: parts.destination,
  endUser: { name: parts.endUserName, kind: parts.endUserKind },
  intermediaries: parts.intermediaries,
  ...(parts.valueBand === undefined ? {} : { valueBand: parts.valueBand }),
  ...(parts.expectedSigning === undefined ? {} : { expectedSigning: parts.expectedSigning }),
  exportLicence: parts.exportLicence,
});

const print = (details: Flat, detail: Detail): string => {
  const { product, intermediaries } = details;
  if (detail === 'product') return fingerprint([product.id, product.name]);
  if (detail === 'intermediaries') return fingerprint(intermediaries.map(({ name, role }) => [name, role]));
  const value = details[detail];
  return value === undefined ? '' : fingerprint(value);
};

export const detailsBase = (details: DealDetails): Base =>
  Object.fromEntries(DETAILS.map((detail) => [detail, print(flat(details), detail)]));

export interface MergedDetails {
  details: DealDetails;
  /** Details that both changed, each to something else. */
  clashes: Detail[];
}

/** A form that names no base is taken whole. */
export const mergeDetails = (
  { details }: OpenedDeal,
  { base, mine }: { base: Base | undefined; mine: DealDetails },
): MergedDetails => {
  if (base === undefined) return { details: mine, clashes: [] };
  const [theirs, wanted] = [flat(details), flat(mine)];
  const each = DETAILS.map((detail) => {
    const before = own(base, detail) ?? '';
    const [t, m] = [print(theirs, detail), print(wanted, detail)];
    const touched = m !== before;
    return { detail, touched, clash: touched && t !== before && t !== m };
  });
  const parts = Object.fromEntries(each.map(({ detail, touched }) => [detail, (touched ? wanted : theirs)[detail]]));
  return {
    details: whole({ ...theirs, ...parts }),
    clashes: each.flatMap(({ detail, clash }) => (clash ? [detail] : [])),
  };
};
