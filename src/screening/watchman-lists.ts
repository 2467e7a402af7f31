/** The lists of a Watchman server as one list in use: its versions, and what it finds as hits. */

import { randomUUID } from 'node:crypto';
import { SYSTEM } from '../../flows/organisation.ts';
import { listsInUse, WATCHMAN, type ListInUse, type ScreeningCommand } from '../../flows/registers/screening.ts';
import type { Hit, ListEntry, Party } from '../../flows/screening/entry.ts';
import { aliasesOf, countriesIn, typeOf } from '../../flows/screening/rows.ts';
import { isName, matchedWords, percent, screenOf, whyBesideName } from '../../flows/screening/screening.ts';
import { spelled } from '../../flows/screening/spelling.ts';
import type { Registers } from '../streams/registers.ts';
import { ListProblem } from './read-list.ts';
import type { ReadyList } from './ready-list.ts';
import type { Watchman, WatchmanEntity, WatchmanLists } from './watchman.ts';

/**
 * Takes what the server has now for the version in use, where it is another. What is refused (most of it gone, older) is thrown as a
 * ListProblem, and so is a server that does not answer: the version before stays in use, with which nothing can be compared then.
 */
export const takeWatchman = async (watchman: Watchman, register: Registers['screening']): Promise<void> => {
  const { sha256, asOf, entries } = await watchman.lists();
  const used = listsInUse((await register.now()).state).find(({ name }) => name === WATCHMAN);
  if (used?.sha256 === sha256) return;
  const rows = Object.values(entries).reduce((sum, count) => sum + count, 0);
  const list = {
    name: WATCHMAN,
    form: 'watchman' as const,
    asOf,
    from: watchman.at,
    sources: entries,
    rows,
    badRows: 0,
    names: rows,
    sha256,
    kept: { sha256, parts: 0 },
  };
  const command = { type: 'ImportList', list, older: false, shorter: false } as const;
  const outcome = await register.handle(command, { actor: SYSTEM, cause: `watchman:${randomUUID()}` });
  // Another bot took it a moment ago.
  if (outcome.kind === 'refused' && outcome.refusal.code !== 'not now') throw new ListProblem(outcome.refusal.text);
};

/** Does the same, and has compliance's digest say since when the server could not be asked. */
export const followWatchman = async (watchman: Watchman, register: Registers['screening']): Promise<void> => {
  const note = (failed?: string) => {
    const command: ScreeningCommand = { type: 'NoteFetch', list: WATCHMAN, failed };
    return register.handle(command, { actor: SYSTEM, cause: `watchman:${randomUUID()}` });
  };
  try {
    await takeWatchman(watchman, register);
  } catch (error) {
    if (error instanceof ListProblem) await note(error.message);
    throw error;
  }
  const used = listsInUse((await register.now()).state).find(({ name }) => name === WATCHMAN);
  if (used?.notFetched) await note();
};

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].filter((text) => text !== '').toSorted();

/** Sorted, so that the same entry is the same in whichever order a server has loaded it. */
const entryOf = (found: WatchmanEntity): ListEntry => {
  const { name, entityType, sourceList, sourceID, addresses, sanctionsInfo } = found;
  const { person, business, organization, aircraft, vessel } = found;
  const known = [person, business, organization, aircraft, vessel];
  const places = (addresses ?? []).map(({ line1, line2, city, postalCode, state, country }) =>
    [line1, line2, city, postalCode, state, country]
      .map((part) => part?.trim() ?? '')
      .filter((part) => part !== '')
      .join(', '),
  );
  return {
    id: `${sourceList}/${sourceID}`,
    name,
    aliases: sorted(
      aliasesOf(
        name,
        known.flatMap((one) => one?.altNames ?? []),
      ),
    ),
    type: typeOf(entityType),
    countries: sorted((addresses ?? []).flatMap(({ country }) => countriesIn(country ?? ''))),
    addresses: sorted(places),
    programmes: sorted(sanctionsInfo?.programs ?? []),
    source: sourceList,
  };
};

const MOST_ALIASES = 5;

const hitOf = (party: Party, found: WatchmanEntity): Hit => {
  const { match: score, person } = found;
  const entry = entryOf(found);
  // The server does not say which of an entry's names it means.
  const [own] = screenOf([entry]).check({ name: party.name }) ?? [];
  const { matched, isAlias } = own ?? { matched: entry.name, isAlias: false };
  const others = entry.aliases.filter((alias) => alias !== matched);
  const more = others.length - MOST_ALIASES;
  return {
    entry,
    matched,
    isAlias,
    score,
    parts: { name: score, country: 0, type: 0, address: 0 },
    why: [
      `Watchman finds ${matchedWords(entry, { matched, isAlias })}, by ${percent(score)}.`,
      ...(others.length > 0
        ? [`Also called: ${others.slice(0, MOST_ALIASES).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`]
        : []),
      ...(person?.birthDate ? [`The list says born ${person.birthDate.slice(0, 10)}.`] : []),
      ...whyBesideName(party, entry),
    ],
  };
};

/** Zero-width characters and the like, which a server would compare. */
const UNSEEN = /\p{Cf}/gu;
const OTHER_SCRIPT = /[^\p{Script=Latin}\P{L}]/u;

/** Returns how a name is asked for: as it is written, and spelled in Latin letters where it has others, as most servers have none. */
const askedAs = (name: string): string[] => {
  const seen = name.normalize('NFKC').replaceAll(UNSEEN, '').replaceAll(/\s+/gu, ' ').trim();
  return OTHER_SCRIPT.test(seen) ? [seen, spelled(seen)] : [seen];
};

/** When the server in use took in its lists, as it said last: it is asked once for each deal, after its names, and that holds for the next deal. */
export interface Loaded {
  last?: WatchmanLists | undefined;
}

/**
 * Asks the server about each party. A server that is started anew finds nobody for a while: what it found counts where it took in
 * no lists meanwhile. Throws ListProblem where it has other lists now than those in use.
 */
export const readyWatchman = async (watchman: Watchman, list: ListInUse, loaded: Loaded): Promise<ReadyList> => {
  const now = async (): Promise<WatchmanLists> => {
    try {
      loaded.last = await watchman.lists();
    } catch (error) {
      loaded.last = undefined;
      throw error;
    }
    if (loaded.last.sha256 !== list.sha256) throw new ListProblem('The Watchman server has other lists than before.');
    return loaded.last;
  };
  let before = loaded.last?.sha256 === list.sha256 ? loaded.last : await now();
  return {
    list,
    entries: undefined,
    isStill: async () => {
      const [was, is] = [before, await now()];
      before = is;
      return is.asOf === was.asOf;
    },
    check: async (party) => {
      if (!isName(party.name)) return undefined;
      const best = new Map<string, Hit>();
      for (const name of askedAs(party.name)) {
        for (const found of await watchman.search(name)) {
          const hit = hitOf(party, found);
          if (hit.score > (best.get(hit.entry.id)?.score ?? -1)) best.set(hit.entry.id, hit);
        }
      }
      return [...best.values()].toSorted((a, b) => b.score - a.score);
    },
  };
};
