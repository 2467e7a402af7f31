/** Everything that this version knows of the stored register of datasets on countries. A new event or member goes in here too. */

import type { DatasetVersion, IndicatorsEvent, IndicatorsState, Moved, MovedCountry } from '../registers/indicators.ts';
import type { Known, Members, Shape } from './shape.ts';

export const datasetIds = { oneOf: { 'v-dem': true, ucdp: true } } as const;

const version: Members<DatasetVersion> = {
  dataset: datasetIds,
  year: true,
  madeUp: true,
  from: true,
  sha256: true,
  rows: true,
  otherYears: true,
  badRows: true,
  variables: true,
  values: { each: { each: true } },
  unknown: { has: { code: true, name: true } },
  doubled: true,
};
const moved: Shape<Moved> = {
  has: {
    indicator: true,
    title: true,
    of: true,
    question: true,
    answer: true,
    was: true,
    now: true,
    suggests: true,
    against: true,
  },
};
const movedCountry: Shape<MovedCountry> = {
  has: { country: true, moved, deals: { has: { deals: true, first: true } }, keepers: true },
};

export const knownIndicators: Known<IndicatorsState, IndicatorsEvent> = {
  format: 1,
  state: {
    has: {
      datasets: {
        has: {
          'v-dem': { has: { ...version, by: true, at: true } },
          ucdp: { has: { ...version, by: true, at: true } },
        },
      },
    },
  },
  events: { IndicatorsImported: { version: { has: version }, moved: movedCountry } },
};
