/**
 * The register of datasets whose values suggest answers in country briefs: which year of which file was taken when, what it says
 * of each country, and whom a new year concerns. It changes no brief and no deal: people do. House rule; for A5 and A6.
 */

import type { DatasetId, DatasetOf } from '../dataset.ts';
import type { DealId, Instant, PersonId } from '../ids.ts';
import type { UnknownCountry } from '../indicators/rows.ts';
import { suggests, valueOf, type CountryValues, type DatasetsInUse } from '../indicators/suggest.ts';
import { isOfCompliance, OPERATOR, person, SYSTEM } from '../organisation.ts';
import type { CompiledPolicy, QuestionId } from '../policy/policy.ts';
import { MOST_NAMED, type Reached } from './fan-out.ts';
import { refuseRegister, toPeople, type Register, type RegisterContext } from './register.ts';
import { reviewers } from './reminders.ts';

/** A file, as it was read. */
export interface DatasetVersion extends DatasetOf {
  /** Name of the file. */
  from: string;
  /** Of the file: hex SHA-256. */
  sha256: string;
  /** Rows that are not empty, the first line not counted; those of other years, and those that could not be read. */
  rows: number;
  otherYears: number;
  badRows: number;
  /** The columns that were read. */
  variables: string[];
  values: CountryValues;
  /** Countries that are none of ours, and those left out since they are there twice with different values. */
  unknown: UnknownCountry[];
  doubled: string[];
}

export interface DatasetInUse extends DatasetVersion {
  by: PersonId;
  at: Instant;
}

export interface IndicatorsState {
  datasets: Readonly<Partial<Record<DatasetId, DatasetInUse>>>;
}

/** Whom a country concerns, as the register of briefs and the deals have it. */
export interface Concerned {
  country: string;
  /** Who looks after its brief; none where there is none. */
  keepers: PersonId[];
  /** Questions of which the brief says something lighter than the new values suggest. */
  against: QuestionId[];
  /** Deals that are open or under an approval. */
  deals: DealId[];
}

/** A value that suggests now what it did not before, or no more what it did. */
export interface Moved {
  /** Of the policy. */
  indicator: string;
  title: string;
  of?: number | undefined;
  question: QuestionId;
  answer: string;
  was?: number | undefined;
  now?: number | undefined;
  suggests: boolean;
  /** The brief says something lighter. */
  against?: true | undefined;
}

export interface MovedCountry {
  country: string;
  moved: Moved[];
  deals: Reached;
  /** Who looks after its brief. */
  keepers: PersonId[];
}

export type IndicatorsCommand = {
  type: 'ImportIndicators';
  version: DatasetVersion;
  concerned: Concerned[];
  /** Take it though it is of an older year than the one in use, or has less than half as many countries. */
  older: boolean;
  shorter: boolean;
};

export type IndicatorsEvent = { at: Instant; by: PersonId } & {
  type: 'IndicatorsImported';
  version: DatasetVersion;
  /** Of countries that concern somebody. */
  moved: MovedCountry[];
};

export type IndicatorsFact = {
  fact: 'indicators moved';
  of: DatasetOf;
  countries: MovedCountry[];
  /** Deals named in the message. */
  first: DealId[];
};

const MOST_BAD_ROWS = 0.5;
const LEAST_OF_BEFORE = 0.5;

const countOf = ({ values }: Pick<DatasetVersion, 'values'>): number => Object.keys(values).length;

/** A policy that maps another variable wants the same file once more. */
const readsMore = (version: DatasetVersion, used: DatasetInUse): boolean =>
  version.variables.some((variable) => !used.variables.includes(variable));

/** Says why a file is not taken; undefined: it is. `not now`: it is in use already. */
export const importProblem = (
  { version, older, shorter }: Pick<IndicatorsCommand, 'version' | 'older' | 'shorter'>,
  { datasets }: IndicatorsState,
): { code: 'not valid' | 'not now'; text: string } | undefined => {
  const not = (text: string) => ({ code: 'not valid' as const, text });
  if (version.rows === 0) return not('It has no rows.');
  if (version.badRows > version.rows * MOST_BAD_ROWS) return not('More than half of its rows can’t be read.');
  if (countOf(version) === 0) return not('No row of its newest year is of a country that we know.');
  const used = datasets[version.dataset];
  if (!used) return undefined;
  if (used.sha256 === version.sha256 && !readsMore(version, used)) {
    return { code: 'not now', text: 'This file is in use already.' };
  }
  if (version.year < used.year && !older) {
    return not(`It is of ${version.year}, and the one in use is newer: of ${used.year}.`);
  }
  if (countOf(version) < countOf(used) * LEAST_OF_BEFORE && !shorter) {
    return not(`It has ${countOf(version)} countries, and the one in use has ${countOf(used)}: it may have been cut.`);
  }
  return undefined;
};

/** Returns what a version moves for a country, in the policy's order. */
export const movedIn = (
  { indicators }: Pick<CompiledPolicy, 'indicators'>,
  before: DatasetsInUse,
  version: DatasetVersion,
  country: string,
): Moved[] =>
  indicators.flatMap((indicator): Moved[] => {
    if (indicator.dataset !== version.dataset) return [];
    const was = valueOf(indicator, before, country);
    const now = valueOf(indicator, { [version.dataset]: version }, country);
    const did = was !== undefined && suggests(indicator, was);
    const does = now !== undefined && suggests(indicator, now);
    if (did === does) return [];
    const { id, title, of, question, answer } = indicator;
    return [
      {
        indicator: id,
        title,
        ...(of === undefined ? {} : { of }),
        question,
        answer,
        ...(was === undefined ? {} : { was }),
        ...(now === undefined ? {} : { now }),
        suggests: does,
      },
    ];
  });

/** Returns the countries for which something moved, those with most deals first. */
const movedCountries = (
  { version, concerned }: IndicatorsCommand,
  { datasets }: IndicatorsState,
  { policy }: RegisterContext,
): MovedCountry[] =>
  concerned
    .flatMap(({ country, keepers, against, deals }): MovedCountry[] => {
      const moved = policy ? movedIn(policy, datasets, version, country) : [];
      if (moved.length === 0) return [];
      return [
        {
          country,
          moved: moved.map((one) => (one.suggests && against.includes(one.question) ? { ...one, against: true } : one)),
          deals: { deals: deals.length, first: deals.slice(0, MOST_NAMED) },
          keepers,
        },
      ];
    })
    .toSorted((a, b) => b.deals.deals - a.deals.deals || (a.country < b.country ? -1 : 1));

export const indicators: Register<IndicatorsState, IndicatorsCommand, IndicatorsEvent, IndicatorsFact> = {
  name: 'indicators',
  none: { datasets: {} },
  evolve: ({ datasets }, event) => {
    switch (event.type) {
      case 'IndicatorsImported': {
        const { version, by, at } = event;
        return { datasets: { ...datasets, [version.dataset]: { ...version, by, at } } };
      }
      default: {
        const never: never = event.type;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at }, context) => {
    if (actor !== OPERATOR && actor !== SYSTEM && !isOfCompliance(context.organisation, actor)) {
      return refuseRegister('not allowed', 'Only compliance can import data on countries.');
    }
    const problem = importProblem(command, state);
    if (problem) return refuseRegister(problem.code, problem.text);
    const moved = movedCountries(command, state, context);
    return {
      kind: 'accepted',
      events: [{ type: 'IndicatorsImported', version: command.version, moved, at, by: actor }],
    };
  },
  tell: ({ version: { dataset, year, madeUp }, moved }, _now, { organisation }) => {
    if (moved.length === 0) return [];
    const compliance = reviewers(organisation);
    const keepers = [...new Set(moved.flatMap((one) => one.keepers))].filter(
      (id) => person(organisation, id) && !compliance.includes(id),
    );
    const fact = (countries: MovedCountry[]): IndicatorsFact => ({
      fact: 'indicators moved',
      of: { dataset, year, ...(madeUp ? { madeUp } : {}) },
      countries,
      first: countries.flatMap(({ deals }) => deals.first).slice(0, MOST_NAMED),
    });
    return [
      [fact(moved), toPeople(compliance)],
      ...keepers.map((id) => [fact(moved.filter((one) => one.keepers.includes(id))), toPeople([id])] as const),
    ];
  },
  about: ({ first }) => first,
  nextDueAt: () => null,
  tick: undefined,
};
