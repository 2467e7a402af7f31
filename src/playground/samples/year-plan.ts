/** What a sample year says. Nobody and nothing in it is real; its countries have no inhabitants. */

import type { DealDetails } from '../../../flows/deal/deal.ts';
import type { EndUserKind } from '../../../flows/policy/policy.ts';
import type { CountryCode } from '../../../flows/registers/watch-list.ts';
import { SAMPLE_DEALS, type SampleDeal } from './sample-deals.ts';

/** What became of a deal. `same` and `stricter`: approved, and decided again after a new look. */
export const STORIES = ['approved', 'conditions', 'declined', 'same', 'stricter', 'outOfScope', 'withdrawn'] as const;
export type Story = (typeof STORIES)[number];

/** How risky it is: each has its answers. */
export type Profile = 'low' | 'elevated' | 'high';

export interface YearDeal {
  /** Unique in the year. */
  name: string;
  story: Story;
  profile: Profile;
  details: DealDetails;
  /** `MM-DD` on which it is opened. */
  opened: string;
}

/** As few as let most figures be published: five deals are left in most rows without any one customer's. */
const MANY: readonly (readonly [Story, Profile, number])[] = [
  ['approved', 'low', 14],
  ['conditions', 'low', 4],
  ['conditions', 'elevated', 8],
  ['declined', 'elevated', 4],
  ['declined', 'high', 10],
  ['same', 'low', 8],
  ['stricter', 'low', 8],
  ['outOfScope', 'low', 8],
  ['withdrawn', 'low', 9],
];

const CUSTOMERS = [
  'Sample Orrinvale',
  'Sample Tesmark',
  'Sample Bluquist',
  'Sample Hadrenko',
  'Sample Jolvier',
  'Sample Kupamo',
  'Sample Wexford Nine',
  'Sample Zymbria',
  'Sample Festerloh',
  'Sample Gantiq',
  'Sample Pellworm',
  'Sample Dursach',
] as const;
const FIRST = ['Bra', 'Clo', 'Dwe', 'Fli', 'Gru', 'Hym', 'Jas', 'Kno', 'Lum', 'Mer', 'Nex'] as const;
const LAST = ['bistan', 'dovek', 'fumira', 'goleth', 'kwandi', 'lorpas', 'maxtu'] as const;
const KIND = [
  'Agency',
  'Board',
  'Council',
  'Directorate',
  'Exchange',
  'Foundry',
  'Guild',
  'Harbour',
  'Institute',
  'Junction',
  'Kiosk',
  'Library',
  'Museum',
] as const;

/** Names of which nobody takes one for another, or they would speak of each other. */
const endUserOf = (n: number): string =>
  `Sample ${FIRST[n % FIRST.length]}${LAST[n % LAST.length]} ${KIND[n % KIND.length]}`;

/** Those with a standing approval are in the first alone, which somebody watches then. */
export const YEAR_COUNTRIES: readonly CountryCode[] = ['UM', 'TF', 'GS', 'HM', 'AQ', 'BV'];

const KINDS: Readonly<Record<Profile, EndUserKind>> = { low: 'government', elevated: 'state-tied', high: 'security' };
const VALUES = ['under-50k', '50k-250k', '250k-1m', '1m-10m'] as const;

export const ANSWERS: Readonly<Record<Profile, SampleDeal['sections']>> = {
  low: SAMPLE_DEALS['approved']?.sections ?? [],
  elevated: SAMPLE_DEALS['waiting']?.sections ?? [],
  high: [
    ...(SAMPLE_DEALS['answering']?.sections ?? []),
    ['laws', { 'L-RF7': 'yes' }],
    ['stakeholders', { S1: 'Watch its border.', S3: 'yes' }],
    ['context', { G8: 'yes', G10: 'contribute' }],
  ],
};

interface Product {
  id: string;
  name: string;
  able?: boolean | 'analyses' | undefined;
}

/** Months in which approvals are given: two years later their reminders are still to come. */
const [FROM, UNTIL] = [100, 270];

/** The day of the year, counted from 0. */
const dayOf = (n: number): string => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(5, 10);

export const yearDeals = (products: readonly Product[]): YearDeal[] => {
  const [harmless, able] = [products.filter((one) => one.able === false), products.filter((one) => one.able !== false)];
  // The catalogue says of what is marked that it can, of the others that they may.
  const unmarked = able.filter((one) => one.able === undefined);
  const all = MANY.flatMap(([story, profile, many]) =>
    Array.from({ length: many }, (_, n) => ({ story, profile, n, many })),
  );
  return all.map(({ story, profile, n, many }, at) => {
    const pool = story === 'outOfScope' ? harmless : profile === 'low' ? unmarked : able;
    const { id, name } = pool[at % pool.length] ?? { id: 'other', name: 'Sample product' };
    const endUser = endUserOf(at);
    const ends = story === 'declined' || story === 'withdrawn' || story === 'outOfScope';
    const [from, until] = ends ? [10, 300] : [FROM, UNTIL];
    return {
      name: `${story}-${profile}-${n + 1}`,
      story,
      profile,
      opened: dayOf(from + Math.floor((n * (until - from)) / many)),
      details: {
        customer: CUSTOMERS[at % CUSTOMERS.length] ?? endUser,
        product: { id, name },
        destination: YEAR_COUNTRIES[story === 'conditions' ? 0 : at % YEAR_COUNTRIES.length] ?? 'UM',
        endUser: {
          name: endUser,
          kind: story === 'outOfScope' ? 'private' : story === 'withdrawn' ? 'unknown' : KINDS[profile],
        },
        intermediaries: [],
        valueBand: VALUES[at % VALUES.length] ?? 'under-50k',
        exportLicence: 'not-needed',
      },
    };
  });
};

/** So many end-users are on hold for two weeks. */
export const HELD = 8;

/** As a case room hands them over. */
export const COMPLAINTS = `Reports that arrived in YEAR and are closed: 10 to 24
Found credible: 5 to 9
Substantiated, at least in part: 1 to 4
Made good, at least in part: 1 to 4
Opened again: none
Days until it was said that they arrived, in the middle: 3
Days until it was said what came of them, in the middle: 41`;
