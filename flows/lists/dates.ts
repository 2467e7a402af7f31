/** The dates by which deals are found: when it was opened, decided, or over. */

import type { Instant } from '../ids.ts';
import type { DealSummary } from './summary.ts';

/** First and last day, `yyyy-MM-dd` in UTC; absent: open at that end. */
export interface Dates {
  from?: string | undefined;
  until?: string | undefined;
}

type Dated = { filter: 'since' | 'until' | 'year'; values: readonly string[] };

const lastOf = (year: number, month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

/** `2026`, `2026-03` and `2026-03-31`, as a first and a last day. */
const span = (said: string): { from: string; until: string } | undefined => {
  const [, year = '', month, day] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/u.exec(said.trim()) ?? [];
  if (year === '') return undefined;
  if (month === undefined) return { from: `${year}-01-01`, until: `${year}-12-31` };
  const at = Number(month);
  if (at < 1 || at > 12) return undefined;
  const first = `${year}-${month.padStart(2, '0')}`;
  const last = lastOf(Number(year), at);
  if (day === undefined) return { from: `${first}-01`, until: last };
  const one = `${first}-${day.padStart(2, '0')}`;
  return day === '0' || day === '00' || one > last ? undefined : { from: one, until: one };
};

const HOW = 'Write a year, a month or a day: 2026, 2026-03 or 2026-03-31.';

/** Reads all that was said of dates: they hold together. `text`: what is wrong, for the person. */
export const readDates = (said: readonly Dated[]): Dates | { text: string } => {
  let [from, until]: [string | undefined, string | undefined] = [undefined, undefined];
  for (const { filter, values } of said) {
    const [value = '', another] = values;
    if (another !== undefined) return { text: `Please give one date after “${filter}:”. ${HOW}` };
    const found = span(value);
    if (!found || (filter === 'year' && !/^\d{4}$/u.test(value)))
      return { text: filter === 'year' ? `“${value}” is no year, such as 2026.` : `“${value}” is no date. ${HOW}` };
    if (filter !== 'until' && (from === undefined || found.from > from)) from = found.from;
    if (filter !== 'since' && (until === undefined || found.until < until)) until = found.until;
  }
  if (from !== undefined && until !== undefined && from > until)
    return { text: `No day is both since ${from} and until ${until}.` };
  return { from, until };
};

/** Tells whether the deal was opened, decided or over in that time. */
export const datesFit = ({ openedAt, decision, endedAt }: DealSummary, { from, until }: Dates): boolean => {
  const isIn = (at: Instant | undefined): boolean => {
    const day = at?.slice(0, 10);
    return day !== undefined && (from === undefined || day >= from) && (until === undefined || day <= until);
  };
  return isIn(openedAt) || isIn(decision?.at) || isIn(endedAt);
};
