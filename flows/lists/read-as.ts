/** How the words of a search were read, said back: `high · Vietnam · H-RF4 (Minorities … detained) · 2026`. */

import { countriesCalled, countryName } from '../countries.ts';
import type { FlagId } from '../policy/policy.ts';
import type { Clause } from './clauses.ts';
import { flagsSaid, type Asking } from './filters.ts';
import type { FlagName } from './flags-named.ts';
import type { Term, Terms } from './search.ts';

interface ToRead {
  clauses: readonly Clause[];
  terms: Terms;
  names: ReadonlyMap<FlagId, FlagName>;
  asking: Asking;
}

/** Of more flags the first are named. */
const MOST_FLAGS = 4;
const MOST_COUNTRIES = 3;

const flagWords = (ids: readonly FlagId[], names: ToRead['names']): string => {
  const shown = ids.slice(0, MOST_FLAGS).map((id) => {
    const title = names.get(id)?.title;
    return title === undefined ? id : `${id} (${title})`;
  });
  return [...shown, ...(ids.length > MOST_FLAGS ? [`${ids.length - MOST_FLAGS} more flags`] : [])].join(' or ');
};

const countryWords = (codes: ReadonlySet<string>): string =>
  [...codes]
    .slice(0, MOST_COUNTRIES)
    .map((code) => countryName(code) ?? code)
    .join(' or ');

const clauseWords = ({ filter, values }: Clause, { names, asking }: ToRead): string => {
  if (filter === 'flag') {
    const ids = values.flatMap((value) => {
      const found = flagsSaid(value, asking);
      return 'text' in found ? [] : found;
    });
    return flagWords([...new Set(ids)], names);
  }
  if (filter === 'country') {
    return values.map((value) => countryName(value.toUpperCase()) ?? countryWords(countriesCalled(value))).join(' or ');
  }
  return filter === 'tier' || filter === 'year' ? values.join(' or ') : `${filter}: ${values.join(' or ')}`;
};

/** `read`: it was found to mean something else than a name. */
const termWords = (term: Term, names: ToRead['names']): { text: string; read: boolean } => {
  if (names.has(term.code)) return { text: flagWords([term.code], names), read: true };
  if (term.countries.size > 0) return { text: countryWords(term.countries), read: true };
  if (term.flags.length > 0) return { text: flagWords(term.flags, names), read: true };
  return { text: term.date ?? term.said, read: term.date !== undefined };
};

/** Undefined where all of it may be a name. */
export const readAs = (read: ToRead): string[] | undefined => {
  const terms = read.terms.map((term) => termWords(term, read.names));
  if (read.clauses.length === 0 && !terms.some((term) => term.read)) return undefined;
  const filters = read.clauses.filter(({ filter }) => filter !== 'sort').map((clause) => clauseWords(clause, read));
  const words = [...filters, ...terms.map(({ text }) => text)];
  return words.length === 0 ? undefined : words;
};
