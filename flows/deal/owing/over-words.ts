/** What a review stood on too long, in words. */

import { countryName } from '../../countries.ts';
import { lawsOf } from '../basis/laws.ts';
import { gapsWithdrawn } from '../context/gaps.ts';
import type { LostBasis } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { longOver, REVIEW_DAYS } from './run-out.ts';

const countOf = (ids: readonly string[], one: string, more: string): string =>
  ids.length === 1 ? one : `${ids.length} ${more}`;

const takenBackInWords = (gaps: readonly string[]): string =>
  `Not counted: compliance took back what it had accepted not to know (${countOf(gaps, 'one thing', 'things')}). The deal is asked anew without it in a few minutes. Please look at it again then; what you typed is kept.`;

const overInWords = ({ deal }: DealView, { note, gaps = [], sheets = [] }: LostBasis): string => {
  const country = lawsOf(deal)?.country ?? '';
  const what = [
    ...(note === undefined ? [] : [`counsel’s note on ${countryName(country) ?? country}`]),
    ...(gaps.length === 0 ? [] : [`what compliance accepted not to know (${countOf(gaps, 'one thing', 'things')})`]),
    ...(sheets.length === 0 ? [] : [`what a sheet or a brief said (${countOf(sheets, 'one answer', 'answers')})`]),
  ];
  return `Not counted: this review stood on ${what.join(', and on ')}, which ended more than ${REVIEW_DAYS} days ago. So the deal is asked anew without it. Please look at it again; what you typed is kept.`;
};

/** Says why no vote counts: over what ended long ago, or over gaps whose acceptance compliance took back. */
export const notCountedOver = (view: DealView): string | undefined => {
  const over = longOver(view);
  if (over) return overInWords(view, over);
  const takenBack = gapsWithdrawn(view);
  return takenBack.length === 0 ? undefined : takenBackInWords(takenBack);
};
