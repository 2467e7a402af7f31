/**
 * The register of yearly reports: the figures that were published of each year. Once published they stay as they are, whatever
 * is corrected or erased since: a figure counted anew would tell by the difference what the first one did not. Guidance: R1.
 */

import type { Instant, PersonId } from '../ids.ts';
import { OPERATOR } from '../organisation.ts';
import { refuseRegister, type Register } from '../registers/register.ts';
import { yearOf } from './deal-year.ts';
import type { YearlyFigures } from './published.ts';

export interface PublishedYear {
  figures: YearlyFigures;
  at: Instant;
  by: PersonId;
}

export interface YearlyState {
  /** By year. */
  years: Readonly<Record<string, PublishedYear>>;
}

export type YearlyCommand = { type: 'PublishYear'; figures: YearlyFigures };

export type YearlyEvent = { at: Instant; by: PersonId } & { type: 'YearPublished'; figures: YearlyFigures };

export const yearly: Register<YearlyState, YearlyCommand, YearlyEvent, never> = {
  name: 'yearly',
  none: { years: {} },
  evolve: ({ years }, { figures, at, by }) => ({ years: { ...years, [figures.year]: { figures, at, by } } }),
  decide: ({ figures }, { years }, { actor, at }) => {
    if (actor !== OPERATOR)
      return refuseRegister('not allowed', 'The figures of a year are published by whoever runs the bot.');
    if (years[figures.year])
      return refuseRegister('not now', `The figures of ${figures.year} were published already, and stay as they are.`);
    if (figures.countedAt < yearOf(figures.year).until) {
      return refuseRegister(
        'not now',
        `${figures.year} is not over: what is published now could not be completed later.`,
      );
    }
    return { kind: 'accepted', events: [{ at, by: actor, type: 'YearPublished', figures }] };
  },
  tell: () => [],
  nextDueAt: () => null,
  tick: undefined,
};
