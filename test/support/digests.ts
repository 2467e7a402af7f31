/** Digests of an invented company: a full one, a quiet one, one person's queue. */

import type { ShownWith } from '../../blocks/cards/digest-lines.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import {
  LINE_KINDS,
  STAGES,
  TIER_ROWS,
  type Cells,
  type Digest,
  type DigestLine,
  type PersonalDigest,
} from '../../flows/digest/digest.ts';
import { digestDay, saidInDigest, type SaidInDigest } from '../../flows/digest/of-deal.ts';
import type { DealId } from '../../flows/ids.ts';
import { digestDealOf } from '../../flows/lists/digest-facts.ts';
import { anOrganisation, aView } from './deal-builders.ts';
import { anApproval, everyStatus } from './every-deal.ts';
import { aHold } from './holds.ts';

/** What a digest says of a deal that it looks at by itself. */
export const saidOf = (view: DealView): SaidInDigest => saidInDigest(digestDealOf(view), digestDay(view));

export const emptyCells = (): Cells =>
  Object.fromEntries(
    TIER_ROWS.map((tier) => [tier, Object.fromEntries(STAGES.map((stage) => [stage, 0]))]),
  ) as unknown as Cells;

export const aDigest = (overrides: Partial<Digest> = {}): Digest => ({
  since: '2027-03-08T09:00:00.000Z',
  until: '2027-03-15T09:00:00.000Z',
  cells: emptyCells(),
  closed: { declined: 0, stopped: 0, withdrawn: 0, 'out of scope': 0 },
  ages: [0, 0, 0, 0],
  reassessments: [0, 0, 0],
  decisions: { approved: 0, 'approved with conditions': 0, declined: 0 },
  counts: {},
  lines: [],
  ...overrides,
});

const hold = aHold({ on: { of: 'end-user', name: 'Sample Ministry', key: 'sampleministry' } });

/** A deal for each line that needs one. */
const ABOUT: Partial<Record<DigestLine['of'], OpenedDeal>> = {
  suspended: anApproval([{ id: 'c1', text: 'End access on misuse', owner: 'rep-1', due: '2027-03-01' }], {}, ['c1']),
  'flag to settle': everyStatus.deciding,
  'waiting for answers': everyStatus.answering,
  decided: everyStatus.decided,
};
const DEALLESS = new Set<DigestLine['of']>([
  'rows changed',
  'messages failed',
  'training missing',
  'training expired',
  'training expiring',
  'hold',
  'hold to review',
  'country alert',
  'country to look at',
  'list not fetched',
  'list old',
]);
const ABOUT_WORDS: Partial<Record<DigestLine['of'], string>> = {
  'condition overdue': 'c1',
  'condition open': 'c1',
  'evidence to look at': 'c1',
  'flag to settle': 'own-1',
  'training missing': 'Sample course on human rights',
  'training expired': 'Sample course on human rights',
  'training expiring': 'Sample course on human rights',
  'hold to review': 'hold-1',
  hold: 'hold-2',
  'country alert': 'EE',
  'country to look at': 'NO',
  'list not fetched': 'us-consolidated',
  'list old': 'our-own',
  decided: 'approved with conditions',
};

export const dealOf = (n: number): DealId => `D-SAMPLE${String(n).padStart(2, '0')}`;

const lineOf = (of: DigestLine['of'], n: number): DigestLine => ({
  of,
  ...(DEALLESS.has(of) ? {} : { deal: dealOf(n) }),
  people: of === 'nobody can vote' ? [] : ['counsel-1', 'senior-1'],
  days: n,
  about: ABOUT_WORDS[of],
});

/** Two lines of every kind. */
export const everyLine: DigestLine[] = [...LINE_KINDS, ...LINE_KINDS].map(lineOf);

const deals: ReadonlyMap<DealId, DealView> = new Map(
  everyLine.flatMap(({ of, deal }) =>
    deal === undefined
      ? []
      : [
          [
            deal,
            aView({
              ...(ABOUT[of] ??
                anApproval([{ id: 'c1', text: 'End access on misuse', owner: 'rep-1', due: '2027-03-01' }])),
              id: deal,
            }),
          ] as const,
        ],
  ),
);

export const shownWith: ShownWith = {
  deals,
  organisation: anOrganisation({ holds: [hold, { ...hold, id: 'hold-2' }] }),
};
export const nothingShown: ShownWith = { deals: new Map(), organisation: anOrganisation() };

export const fullDigest: Digest = aDigest({
  cells: {
    prohibited: { answering: 1, review: 0, conditions: 0, approved: 0, suspended: 0 },
    high: { answering: 3, review: 4, conditions: 6, approved: 9, suspended: 1 },
    elevated: { answering: 7, review: 5, conditions: 11, approved: 38, suspended: 0 },
    low: { answering: 12, review: 2, conditions: 0, approved: 164, suspended: 0 },
    unknown: { answering: 5, review: 0, conditions: 0, approved: 0, suspended: 0 },
  },
  closed: { declined: 12, stopped: 3, withdrawn: 5, 'out of scope': 2 },
  ages: [4, 5, 1, 1],
  reassessments: [2, 5, 9],
  undated: 7,
  decisions: { approved: 2, 'approved with conditions': 1, declined: 1 },
  counts: Object.fromEntries(LINE_KINDS.map((kind) => [kind, 2])),
  lines: everyLine,
  checkpoint: { root: 'ab12'.repeat(16), streams: 1234 },
});

export const myQueue: PersonalDigest = {
  until: '2027-03-15T09:00:00.000Z',
  mine: everyLine
    .slice(0, LINE_KINDS.length)
    .filter(({ of }) => of !== 'decided' && of !== 'messages failed' && of !== 'rows changed'),
  others: everyLine.slice(LINE_KINDS.length).filter(({ of }) => of.startsWith('waiting')),
  counts: { mine: 30, others: 6 },
};
