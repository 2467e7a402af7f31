/** Names that a yearly report must not hold: from the record and the organisation, with their spellings kept for the next look. */

import type { Organisation } from '../../flows/organisation.ts';
import {
  countriesExcept,
  namingWalk,
  spellingsOf,
  type NamedInWords,
  type Secret,
  type Spellings,
  type YearlyWords,
} from '../../flows/yearly/words.ts';
import { inTurns } from '../bell.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';

type Known = Pick<IndexedDeal, 'summary'>;

/** Everybody whom the words must not name. `safe`: countries that may be named. */
export function* secretsOf(
  all: readonly Known[],
  { people }: Pick<Organisation, 'people'>,
  safe: ReadonlySet<string>,
): Generator<Secret> {
  const told = new Set<string>();
  for (const { summary } of all) {
    for (const [name, as] of [
      [summary.customer, 'customer'],
      [summary.endUser.name, 'end-user'],
    ] as const) {
      if (told.has(name)) continue;
      told.add(name);
      yield { name, as };
    }
  }
  for (const { name } of people) yield { name, as: 'person' };
  yield* countriesExcept(safe);
}

export interface Naming {
  /** Finds names in a text, in slices. */
  find(words: YearlyWords, secrets: Iterable<Secret>, mayName: readonly string[]): Promise<NamedInWords[]>;
  /** Forgets how names are spelled. */
  forget(): void;
}

/** Spellings of names that are gone from the record are forgotten with the next look. */
export const createNaming = (): Naming => {
  let known: ReadonlyMap<string, Spellings> = new Map();
  return {
    find: async (words, secrets, mayName) => {
      const before = known;
      const now = new Map<string, Spellings>();
      const spell = (name: string): Spellings => {
        const spellings = now.get(name) ?? before.get(name) ?? spellingsOf(name);
        now.set(name, spellings);
        return spellings;
      };
      const found = await inTurns(namingWalk(words, secrets, mayName, spell));
      known = now;
      return found;
    },
    forget: () => {
      known = new Map();
    },
  };
};
