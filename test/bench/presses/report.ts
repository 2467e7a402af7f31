/** The counted presses and messages as tables. */

import type { DealView } from '../../../flows/deal/view.ts';
import { fiveDealsReport } from './five-deals.ts';
import { COUNTRIES, KINDS, PRODUCTS, SHARES } from './market.ts';
import { playWeeks, WEEKS, type Outcome } from './presses.ts';
import { roleOf, type Row } from './tally.ts';

/** The first month, when notes and confirmations are new; then the weeks that are like the others. */
const FIRST_WEEKS = 4;
const DAYS_A_WEEK = 5;

const total = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((all, number) => all + (number ?? 0), 0);
const a = (value: number): string => value.toFixed(value < 10 ? 1 : 0).padStart(7);
const share = (some: number, all: number): string => `${((some / all) * 100).toFixed(0)} %`;

const line = (name: string, presses: readonly number[], words: readonly number[], weeks: number): string => {
  const [first, later] = [Array.from({ length: FIRST_WEEKS }, (_, i) => presses[i]), presses.slice(FIRST_WEEKS, weeks)];
  const steady = weeks - FIRST_WEEKS;
  return `  ${name.padEnd(48)}${a(total(first))}${a(total(first) / FIRST_WEEKS)}${a(total(later) / steady)}   ${a(total(words.slice(FIRST_WEEKS, weeks)) / steady)}`;
};

const byWeek = (rows: readonly Row[], of: 'presses' | 'words', weeks: number): number[] =>
  Array.from({ length: weeks }, (_, week) => total(rows.map((row) => row[of][week])));

const ofRole = (rows: readonly Row[], role: string, weeks: number): string[] => {
  const own = rows.filter((row) => row.role === role).toSorted((x, y) => total(y.presses) - total(x.presses));
  return [
    line(role, byWeek(own, 'presses', weeks), byWeek(own, 'words', weeks), weeks),
    ...own.map(({ act, presses, words }) => line(`  ${act}`, presses, words, weeks)),
  ];
};

const endOf = ({ deal }: DealView): string => {
  if (deal.status === 'decided') return `approved, ${deal.decision.tier}`;
  return deal.standing ? `approved, ${deal.standing.decision.tier}` : deal.status;
};

const endsOf = (views: readonly DealView[]): string => {
  const counts = new Map<string, number>();
  for (const view of views) counts.set(endOf(view), (counts.get(endOf(view)) ?? 0) + 1);
  return [...counts]
    .toSorted(([, x], [, y]) => y - x)
    .map(([end, count]) => `${end} ${share(count, views.length)}`)
    .join('; ');
};

/** What the numbers stand on; all of it can be changed in `market.ts`. */
const supposed = (): string[] => [
  `  products, of 100: ${PRODUCTS.map(([{ id }, of]) => `${id} ${of}`).join(', ')}`,
  `  end-users, of 100: ${KINDS.map(([kind, of]) => `${kind} ${of}`).join(', ')}; ${SHARES.closePrivate} % of the private ones close to a government`,
  `  countries: ${COUNTRIES.length}, the first five with ${COUNTRIES.slice(0, 5)
    .map(([, of]) => of)
    .join(', ')} of 100`,
  `  of deals: ${SHARES.badRecord} % with misuse on record, ${SHARES.gaps} % with up to four answers that nobody knows, ${SHARES.correctedAnswer} % and ${SHARES.correctedKind} % with an answer or a kind of end-user corrected, ${SHARES.asked} % with a question of compliance, ${SHARES.pendingLicence} % with a licence pending, ${SHARES.renewedSoon} % reassessed for a renewal; one alert`,
  '  people: one press for each button, command and sent form; everybody acts on the same day; all flags are upheld',
];

const messages = ({ post, views }: Outcome, weeks: number): string[] => {
  const deals = views.flatMap(({ deal }) => post.ofDeal.get(deal.id) ?? []).toSorted((x, y) => x - y);
  const days = weeks * DAYS_A_WEEK;
  const roles = ['compliance', 'counsel', 'senior', 'rep', 'chief'].map(
    (role) => [role, [...post.toPerson].filter(([person]) => roleOf(person) === role)] as const,
  );
  const about = [...post.privately].toSorted(([, x], [, y]) => y - x).slice(0, 8);
  return [
    `  in a deal's thread: ${(total(deals) / deals.length).toFixed(1)} on average, ${deals[deals.length >> 1]} in the middle, ${deals.at(-1)} at most (a card that changes is no new message)`,
    ...roles.map(([role, people]) => {
      const sums = people.map(([, perDay]) => total(perDay));
      const most = Math.max(...people.flatMap(([, perDay]) => perDay.filter((count) => count > 0)));
      return `  private, ${role.padEnd(11)} ${(total(sums) / people.length / days).toFixed(1).padStart(5)} a person and day, ${most} on the worst day (${people.length} ${people.length === 1 ? 'person' : 'people'})`;
    }),
    `  about: ${about.map(([what, count]) => `${what} ${count}`).join(', ')}`,
  ];
};

/** A reassessment's presses, and how many of them come once approvals are 12 and 24 months old. */
const inLaterYears = ({ tally, views }: Outcome, weeks: number): string[] => {
  const rows = tally.rows();
  const again = (role: string): number =>
    total(
      rows.filter((row) => row.role === role && /again|^reassess/u.test(row.act)).flatMap(({ presses }) => presses),
    );
  const done = views.filter(({ deal }) => deal.reassessed !== undefined && deal.status === 'decided').length;
  const aWeek = views.filter(({ deal }) => deal.status === 'decided').length / weeks;
  if (done === 0) return [];
  const each = ['compliance', 'counsel', 'senior', 'rep'].map((role) => `${role} ${(again(role) / done).toFixed(1)}`);
  return [
    `  a reassessment with nothing changed: ${each.join(', ')}; once approvals are 12 (high) and 24 months old, about ${aWeek.toFixed(0)} a week come due`,
  ];
};

const pressesReport = (outcome: Outcome, weeks: number): string[] => {
  const rows = outcome.tally.rows();
  const batch = rows.find(({ act }) => act.startsWith('confirm '));
  const confirmed = outcome.tally.confirmedDeals();
  return [
    '',
    `Presses of 200 deals a month, ${weeks} weeks from an empty store: ${outcome.views.length} deals; ${endsOf(outcome.views)}`,
    ...supposed(),
    `  ${''.padEnd(48)}  month a week a week     words`,
    `  ${''.padEnd(48)}      1 then   after    a week`,
    ...['compliance', 'counsel', 'senior', 'rep'].flatMap((role) => ofRole(rows, role, weeks)),
    `  ${confirmed} deals confirmed as out of scope or lighter, in ${total(batch?.presses ?? [])} presses`,
    ...inLaterYears(outcome, weeks),
    'Messages',
    ...messages(outcome, weeks),
  ];
};

/** Takes half a minute. */
export const pressesBench = async (): Promise<string[]> => [
  ...(await fiveDealsReport()),
  ...pressesReport(await playWeeks(), WEEKS),
];
