/** Numbers over time as rows. */

import { ENDS, OUTCOMES, type Period } from '../flows/lists/numbers.ts';
import type { Tier } from '../flows/policy/policy.ts';
import { countryWords } from './words.ts';

const TIERS: readonly Tier[] = ['low', 'elevated', 'high', 'prohibited'];

export const NUMBERS_COLUMNS: readonly string[] = [
  'period',
  'opened',
  'decided',
  ...OUTCOMES,
  ...TIERS.map((tier) => `decided ${tier}`),
  ...ENDS,
  'median days to the decision',
  'conditions due and open still',
  'red flags by country',
];

/** Returns one row, in the order of `NUMBERS_COLUMNS`. */
export const numbersRow = ({
  id,
  opened,
  decided,
  outcomes,
  tiers,
  ends,
  days,
  overdue,
  flags,
}: Period): (string | number)[] => [
  id,
  opened,
  decided,
  ...OUTCOMES.map((outcome) => outcomes[outcome]),
  ...TIERS.map((tier) => tiers[tier]),
  ...ENDS.map((end) => ends[end]),
  days ?? '',
  overdue,
  flags.map(({ country, count }) => `${countryWords(country)} ${count}`).join('; '),
];
