/** Everything that this version knows of the stored register of yearly reports. A new event or member goes in here too. */

import type { PublishedKinds, PublishedTable, YearlyFigures } from '../yearly/published.ts';
import type { YearlyEvent, YearlyState } from '../yearly/register.ts';
import type { Known, Members } from './shape.ts';

const said = { id: true, title: true, unit: true, definition: true, guidance: true, total: true } as const;
const table: Members<PublishedTable> = { ...said, rows: { has: { cells: true, label: true, count: true } } };
const kinds: Members<PublishedKinds> = { ...said, rows: { has: { id: true, label: true, count: true } } };
const number = { has: { title: true, definition: true, value: true } } as const;

const figures: Members<YearlyFigures> = {
  year: true,
  countedAt: true,
  organisation: true,
  least: true,
  tables: { has: table },
  kinds: { has: kinds },
  daysToDecision: number,
  policyChanges: number,
};

export const knownYearly: Known<YearlyState, YearlyEvent> = {
  format: 1,
  state: { has: { years: { each: { has: { figures: { has: figures }, at: true, by: true } } } } },
  events: { YearPublished: { figures: { has: figures } } },
};
