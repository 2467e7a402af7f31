/** What a review stood on too long, in words. */

import { countryName } from '../../countries.ts';
import { lawsOf } from '../basis/laws.ts';
import type { LostBasis } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { REVIEW_DAYS } from './run-out.ts';

const countOf = (ids: readonly string[], one: string, more: string): string =>
  ids.length === 1 ? one : `${ids.length} ${more}`;

/** Says why no vote counts over it. */
export const overInWords = ({ deal }: DealView, { note, gaps = [], sheets = [] }: LostBasis): string => {
  const country = lawsOf(deal)?.country ?? '';
  const what = [
    ...(note === undefined ? [] : [`counsel’s note on ${countryName(country) ?? country}`]),
    ...(gaps.length === 0 ? [] : [`what compliance accepted not to know (${countOf(gaps, 'one thing', 'things')})`]),
    ...(sheets.length === 0 ? [] : [`what a sheet or a brief said (${countOf(sheets, 'one answer', 'answers')})`]),
  ];
  return `Not counted: this review stood on ${what.join(', and on ')}, which ended more than ${REVIEW_DAYS} days ago. So the deal is asked anew without it. Please look at it again; what you typed is kept.`;
};
