/** The tables of a yearly report before they are protected: what counts, and who is behind each cell. Guidance: R1. */

import type { Instant } from '../ids.ts';
import { OTHER_PRODUCT, type Organisation } from '../organisation.ts';
import { ASKED_KINDS } from '../programme/asked-kinds.ts';
import type { Walk } from '../walk.ts';
import { contributorsWalk, type KeysOf, type WhoOf } from './contributors.ts';
import { isIn, type DealInYear, type DecidedInYear, type Year } from './deal-year.ts';
import type { Cell, Item } from './protect.ts';
import { ASKED_TABLE, type PublishedKinds, type PublishedTable } from './published.ts';
import type { RecordOfYear } from './record-shapes.ts';
import { REGIONS, subregionOf } from './regions.ts';

export interface FiguresAsked {
  year: Year;
  least: number;
  countedAt: Instant;
  organisation: Pick<Organisation, 'name' | 'products'>;
}

/** A table before it is protected: cells, in branches where they have a hierarchy. */
export type Table = Omit<PublishedTable, 'total' | 'rows'> & { branches: Cell[][]; labels?: string[] };
export type Kinds = Omit<PublishedKinds, 'total' | 'rows'> & { all: Item[]; cells: Cell[] };

const OUTCOMES = {
  approved: 'Approved',
  'approved with conditions': 'Approved with conditions',
  declined: 'Declined',
} as const;
const ENDINGS = {
  outOfScope: 'Found out of scope',
  stopped: 'Stopped by the policy',
  withdrawn: 'Withdrawn',
  'approval ended': 'An approval came to an end',
} as const;
const LOOKS = {
  first: 'Decided for the first time',
  same: 'Decided again, with the same tier and outcome',
  stricter: 'Decided again, with a heavier tier or a stricter outcome',
  lighter: 'Decided again, with a lighter tier or a milder outcome',
} as const;
/** The policy stops what is prohibited: an empty row of it would give away the row that it is published with. */
const TIER_LABELS = { low: 'Low', elevated: 'Elevated', high: 'High, or prohibited' } as const;
/** By the part of the Guidance that a flag's id begins with. */
const FLAG_KINDS: Readonly<Record<string, string>> = {
  P: 'What the product can do',
  H: 'The end-user, and human rights where they are',
  L: 'Laws and practices of the country',
  S: 'Who else is in the sale',
  other: 'Other rules, lists of restricted parties, and what people named',
};
const flagKind = (id: string): string => /^([PHLS])(?:-|\d)/.exec(id)?.[1] ?? 'other';

export const DECIDED =
  'Deals whose last decision of the year fell on a day of it, in UTC. Their details count as they were when the figures were counted.';

/** Makes cells of all ids, empty ones too, from pairs of an id and an item. */
const cellsOf = (labels: Readonly<Record<string, string>>, found: readonly (readonly [string, Item])[]): Cell[] => {
  const items = new Map<string, Item[]>(Object.keys(labels).map((id) => [id, []]));
  for (const [id, item] of found) {
    const cell = items.get(id);
    // Left out of one table, it would show by the difference to another.
    if (!cell) throw new Error(`no cell for ${id}`);
    cell.push(item);
  }
  return Object.entries(labels).map(([id, label]) => ({ id, label, items: items.get(id) ?? [] }));
};

export interface Decided extends DealInYear {
  decided: DecidedInYear;
}
export const isDecided = (deal: DealInYear): deal is Decided => deal.decided !== undefined;

/** Customers and end-users of deals and holds, and who was asked. */
function* namesIn({ deals, holds, asked }: RecordOfYear): Generator<string> {
  for (const { summary } of deals) yield* [summary.customer, summary.endUser.name];
  for (const { customer = '', endUser = '' } of holds) yield* [customer, endUser];
  for (const { who } of asked) yield who;
}

const itemBy =
  (who: WhoOf) =>
  ({ summary: { id, customer, endUser } }: DealInYear): Item => ({
    id,
    customer: who(customer),
    endUser: who(endUser.name),
    count: 1,
  });

/** Counts conditions by deal and cell: one of a deal counts with the others of it. What is not due yet is in no cell. */
const conditionItems = (
  deals: readonly DealInYear[],
  { year, countedAt }: Pick<FiguresAsked, 'year' | 'countedAt'>,
  itemOf: (deal: DealInYear) => Item,
) =>
  deals.flatMap((deal) => {
    const due = (deal.summary.conditions ?? []).filter(
      ({ due: day }) => isIn(year, `${day}T00:00:00.000Z`) && day < countedAt.slice(0, 10),
    );
    if (due.length === 0) return [];
    const kept = due.filter(({ state }) => state === 'accepted').length;
    return [
      ['kept', { ...itemOf(deal), count: kept }] as const,
      ['overdue', { ...itemOf(deal), count: due.length - kept }] as const,
    ].filter(([, { count }]) => count > 0);
  });

const categoriesOf = ({ products }: FiguresAsked['organisation']): Record<string, string> => ({
  ...Object.fromEntries(products.map(({ category }) => [`category:${category}`, category])),
  [OTHER_PRODUCT]: 'Outside the catalogue',
});

export interface TablesOfYear {
  tables: Table[];
  kinds: Kinds[];
  countries: ReadonlyMap<string, readonly Item[]>;
}

/** Walks to all tables, with who is behind each cell; and the decided deals by country, which no table shows. */
export function* tablesWalk(
  record: RecordOfYear,
  { year, countedAt, organisation }: FiguresAsked,
  keysOf?: KeysOf,
): Walk<TablesOfYear> {
  const who = yield* contributorsWalk(namesIn(record), keysOf);
  const itemOf = itemBy(who);
  const items = new Map<Decided, Item>();
  for (const deal of record.deals) {
    if (isDecided(deal)) items.set(deal, itemOf(deal));
    yield;
  }
  /** Cells of the decided deals. */
  function* by(labels: Readonly<Record<string, string>>, idOf: (deal: Decided) => string): Walk<Cell[]> {
    const found: (readonly [string, Item])[] = [];
    for (const [deal, item] of items) {
      found.push([idOf(deal), item]);
      yield;
    }
    return cellsOf(labels, found);
  }
  const categories = new Map(organisation.products.map(({ id, category }) => [id, `category:${category}`]));
  const places = yield* by(
    Object.fromEntries(REGIONS.flatMap(({ subregions }) => subregions.map(({ id, label }) => [id, label]))),
    ({ summary }) => subregionOf(summary.destination) ?? '',
  );
  const outcomes = yield* by(OUTCOMES, (deal) => deal.decided.outcome);
  const tiers = yield* by(TIER_LABELS, ({ decided: { tier } }) => (tier === 'prohibited' ? 'high' : tier));
  const products = yield* by(
    categoriesOf(organisation),
    ({ summary }) => categories.get(summary.product.id) ?? OTHER_PRODUCT,
  );
  const looks = yield* by(LOOKS, (deal) => deal.decided.again ?? 'first');
  const deals = { unit: 'deals', guidance: ['R1'] };
  const makers: (() => Table)[] = [
    () => ({
      ...deals,
      id: 'outcome',
      title: 'Decisions',
      definition: `${DECIDED} By outcome.`,
      branches: [outcomes],
    }),
    () => ({
      ...deals,
      id: 'tier',
      title: 'Risk tiers',
      definition: `${DECIDED} By the risk tier of the decision.`,
      branches: [tiers],
    }),
    () => ({
      ...deals,
      id: 'category',
      title: 'Product categories',
      definition: `${DECIDED} By the category that the company's catalogue gives the product.`,
      branches: [products],
    }),
    () => ({
      ...deals,
      id: 'region',
      title: 'Regions',
      definition: `${DECIDED} By the country of destination, in the regions of the UN's M49.`,
      branches: REGIONS.map(({ subregions }) => places.filter(({ id }) => subregions.some((one) => one.id === id))),
      labels: REGIONS.map(({ label }) => label),
    }),
    () => ({
      ...deals,
      guidance: ['R1', 'A2', 'A3', 'A4', 'A5'],
      id: 'again',
      title: 'Reassessments, and what they changed',
      definition: `${DECIDED} By whether an approval was decided again after a reassessment, and what that changed.`,
      branches: [looks],
    }),
    () => ({
      ...deals,
      id: 'ended',
      title: 'Ended without a decision, or after an approval',
      definition: 'Deals that were over on a day of the year, in UTC, other than by a decision.',
      branches: [
        cellsOf(
          ENDINGS,
          record.deals.flatMap((deal) =>
            deal.ended && deal.ended.as in ENDINGS ? [[deal.ended.as, itemOf(deal)] as const] : [],
          ),
        ),
      ],
    }),
    () => ({
      ...deals,
      unit: 'conditions',
      guidance: ['R1', 'G7'],
      id: 'conditions',
      title: 'Conditions of approvals',
      definition:
        'Conditions of approvals in force whose due day was in the year, and over. Kept: compliance accepted the evidence by the time of counting. Overdue: it had not.',
      branches: [
        cellsOf({ kept: 'Kept', overdue: 'Overdue' }, conditionItems(record.deals, { year, countedAt }, itemOf)),
      ],
    }),
    () => ({
      ...deals,
      unit: 'holds',
      guidance: ['R1', 'A1', 'A8'],
      id: 'holds',
      title: 'Holds after the sale',
      definition:
        'Holds on upgrades, updates, support, training or access that compliance placed on a day of the year, in UTC. By cause.',
      branches: [
        cellsOf(
          { breach: 'A breach of what was agreed', inquiry: 'Something that was looked into' },
          record.holds
            .filter(({ at }) => isIn(year, at))
            .map(
              ({ id, because, customer = '', endUser = '' }) =>
                [because, { id, customer: who(customer), endUser: who(endUser), count: 1 }] as const,
            ),
        ),
      ],
    }),
    () => ({
      unit: 'times',
      guidance: ['R1', 'G9', 'H2'],
      id: ASKED_TABLE,
      title: 'Who was asked outside the company',
      definition:
        'How often people outside the company were asked on a day of the year what they know of a customer, a country or a harm, as compliance recorded it. By who they are.',
      branches: [
        cellsOf(
          ASKED_KINDS,
          record.asked
            .filter(({ on }) => isIn(year, `${on}T00:00:00.000Z`))
            .map(
              ({ id, who: name, kind }) => [kind, { id, customer: who(name), endUser: who(name), count: 1 }] as const,
            ),
        ),
      ],
    }),
    ...record.courses.map(({ id, title, people }) => (): Table => ({
      unit: 'people',
      guidance: ['R1', 'C8'],
      id: `training:${id}`,
      title: `Training: ${title}`,
      definition:
        'People of whom the policy asked the course when the figures were counted. By whether their latest completion is in the year.',
      branches: [
        cellsOf(
          { taken: 'Took it in the year', not: 'Did not' },
          people.map(
            ({ person, on }) =>
              [
                on !== undefined && isIn(year, `${on}T00:00:00.000Z`) ? 'taken' : 'not',
                { id: person, customer: person, endUser: person, count: 1 },
              ] as const,
          ),
        ),
      ],
    })),
  ];
  const tables: Table[] = [];
  for (const make of makers) {
    tables.push(make());
    yield;
  }
  const flags: (readonly [string, Item])[] = [];
  for (const [{ summary }, item] of items) {
    for (const kind of new Set(summary.flags.map(({ id }) => flagKind(id)))) flags.push([kind, item]);
    yield;
  }
  const kinds: Kinds[] = [
    {
      ...deals,
      guidance: ['R1', 'G4'],
      id: 'flags',
      title: 'Red flags, by kind',
      definition: `${DECIDED} A deal with red flags of several kinds counts in each: the rows do not add up.`,
      all: [...items.values()],
      cells: cellsOf(FLAG_KINDS, flags),
    },
  ];
  const countries = new Map<string, Item[]>();
  for (const [{ summary }, item] of items) {
    const known = countries.get(summary.destination);
    if (known) known.push(item);
    else countries.set(summary.destination, [item]);
  }
  return { tables, kinds, countries };
}
