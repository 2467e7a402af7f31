/** The public datasets whose values suggest answers: their names, where they are had, and what is read of them. */

import type { Source } from './ids.ts';

export const DATASETS = ['v-dem', 'ucdp'] as const;
export type DatasetId = (typeof DATASETS)[number];

export interface Dataset {
  /** As it is named before a year: `V-Dem 2025`. */
  name: string;
  url: string;
  /** Variables that there are; undefined: any column of numbers. */
  variables: readonly string[] | undefined;
}

export const dataset: Readonly<Record<DatasetId, Dataset>> = {
  'v-dem': { name: 'V-Dem', url: 'https://www.v-dem.net/', variables: undefined },
  ucdp: { name: 'UCDP', url: 'https://ucdp.uu.se/', variables: ['conflicts', 'intensity'] },
};

/** Nobody publishes what is made up: its link leads to a name that is kept for examples. */
const MADE_UP = 'https://indicators.example.org/made-up';

/** A version of a dataset, as far as words about it need it. */
export interface DatasetOf {
  dataset: DatasetId;
  year: number;
  /** The file says of itself that nothing in it is real. */
  madeUp?: true | undefined;
}

/** What an answer keeps of a value on which somebody gave it. */
export interface SuggestedBy extends DatasetOf {
  /** Of the policy. */
  indicator: string;
  value: number;
}

/** `V-Dem 2025`, `Made-up V-Dem 2025` */
export const datasetWords = ({ dataset: id, year, madeUp }: DatasetOf): string =>
  `${madeUp ? 'Made-up ' : ''}${dataset[id].name} ${year}`;

/** Numbers as publishers print them, without more digits than anybody reads. */
export const valueWords = (value: number, of?: number): string =>
  `${Number(value.toFixed(3))}${of === undefined ? '' : ` of ${of}`}`;

/** The source that an answer names which stands on a value. */
export const sourceOf = (from: DatasetOf, title: string, value: number, of?: number): Source => ({
  name: `${datasetWords(from)}: ${title} ${valueWords(value, of)}`,
  year: from.year,
  url: from.madeUp ? MADE_UP : dataset[from.dataset].url,
});
