/** Red flags that a search names, by which a list says how each of them stands. */

import type { FlagId } from '../policy/policy.ts';
import { flagsSaid, type Asking } from './filters.ts';
import type { Query } from './query.ts';

/** Ids in capitals, codes that are no flag among them: a deal has none of those. */
export const flagsAsked = (
  { clauses, terms }: Pick<Query, 'clauses' | 'terms'>,
  asking: Asking,
): ReadonlySet<FlagId> => {
  const said = clauses.flatMap(({ filter, values }) => (filter === 'flag' ? values : []));
  const filtered = said.flatMap((value) => {
    const ids = flagsSaid(value, asking);
    return 'text' in ids ? [] : ids;
  });
  return new Set([...filtered, ...terms.flatMap(({ code, flags }) => [code, ...flags])].map((id) => id.toUpperCase()));
};
