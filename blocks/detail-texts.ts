/** Each detail of a deal as a text. */

import type { DealDetails } from '../flows/deal/deal.ts';
import { readAlike } from '../flows/end-user.ts';
import {
  countryWords,
  dayWords,
  detailWords,
  endUserKindWords,
  licenceWords,
  productWords,
  valueBandWords,
} from './words.ts';

const NOT_SAID = 'not said';
const DETAIL_TEXTS: { [name in keyof DealDetails]-?: (details: DealDetails) => string } = {
  customer: (d) => d.customer,
  product: (d) => productWords(d.product, 300),
  destination: (d) => countryWords(d.destination),
  endUser: (d) => `${d.endUser.name} (${endUserKindWords(d.endUser.kind)})`,
  intermediaries: (d) => d.intermediaries.map((i) => `${i.name} (${i.role})`).join('; ') || 'none',
  valueBand: (d) => (d.valueBand ? valueBandWords(d.valueBand) : NOT_SAID),
  expectedSigning: (d) => (d.expectedSigning ? dayWords(d.expectedSigning) : NOT_SAID),
  exportLicence: (d) => licenceWords(d.exportLicence),
};

/** Label and text of each detail, in the order of the opening form. */
export const detailTexts = (details: DealDetails): { label: string; text: string }[] =>
  Object.entries(DETAIL_TEXTS).map(([name, text]) => ({ label: detailWords(name), text: text(details) }));

/** `X → Y`, and where both read alike, why they are not the same. */
export const changeText = (before: string, after: string): string =>
  `${before} → ${after}${readAlike(before, after) ? ' (it reads the same, in letters of another alphabet)' : ''}`;
