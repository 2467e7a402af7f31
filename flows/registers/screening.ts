/**
 * The register of lists that parties are screened against: which version of which list was taken when, and from where. The
 * entries are kept beside the record; the hash of a version says whether they are still those.
 */

import type { Instant, PersonId } from '../ids.ts';
import { isOfCompliance, OPERATOR, SYSTEM, type ListNow, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import type { ListForm } from '../screening/rows.ts';
import {
  decideSpread,
  evolveSpreads,
  newFanOut,
  spreadDueAt,
  without,
  type FanOutPage,
  type FanOutsOf,
  type SpreadWent,
} from './fan-out.ts';
import { refuseRegister, type Register } from './register.ts';

/** A version of a list, as it was read. */
export interface ListVersion {
  /** The list: letters, digits and hyphens. */
  name: string;
  /** How it was read; `watchman`: lists of a Watchman server, whose entries stay there. */
  form: ListForm | 'watchman';
  /** When its publisher made it, as far as that is known: of a file its own time. */
  asOf: Instant;
  /** Name of the file, or the address without what follows `?`; of a server its origin. */
  from: string;
  /** Lists that a server has, by its own name of each: how many entries. Absent: a list of its own. */
  sources?: Readonly<Record<string, number>> | undefined;
  /** Rows that are not empty, the first line not counted, and those of them that could not be read. */
  rows: number;
  badRows: number;
  /** Names and aliases of the entries; of a server's, which does not say, the entries. */
  names: number;
  /** Of the file as it came, or of what a server says of its lists: hex SHA-256. */
  sha256: string;
  /** The entries as they are kept: hex SHA-256, and in how many parts; none of a server's. */
  kept: { sha256: string; parts: number };
}

export interface ListInUse extends ListVersion {
  /**
   * The versions before it, the latest last, at most `MOST_BEFORE`: what is kept of them may be removed. Of several imports at
   * once one may not know of another.
   */
  before: ListVersion['kept'][];
  /** Set while a newer version could not be fetched: since the last time that it could. */
  notFetched?: { why: string; at: Instant } | undefined;
  by: PersonId;
  at: Instant;
}

export interface ScreeningState {
  /** By name, the version that is in use. */
  lists: Readonly<Record<string, ListInUse>>;
  /** Lists of which a version was taken, or that were removed: live deals are compared with those in use, page by page. */
  spreads: FanOutsOf<ScreeningFanOut>;
  /** How often a list was taken or removed. */
  changes: number;
}

/** Name of the list that changed. */
export interface ScreeningFanOut {
  list: string;
}

export interface ImportList {
  type: 'ImportList';
  list: ListVersion;
  /** Take it though it is older than the one in use, or has less than half as many entries. */
  older: boolean;
  shorter: boolean;
  /** Take it though it is the version in use: what is kept of that can't be read. */
  again?: boolean | undefined;
}

/** A list was fetched, or could not be: `failed` says why. What was fetched and is in use already is no new version. */
export interface NoteFetch {
  type: 'NoteFetch';
  list: string;
  failed?: string | undefined;
}

export type ScreeningCommand =
  | ImportList
  | { type: 'RemoveList'; list: string }
  | NoteFetch
  | FanOutPage
  | { type: 'Tick' };

export type ScreeningEvent =
  | SpreadWent
  | ({ at: Instant; by: PersonId } & (
      | { type: 'ListImported'; list: ListVersion }
      | { type: 'ListRemoved'; list: string }
      | { type: 'ListFetched'; list: string; failed?: string | undefined }
    ));

/** What the lists of a Watchman server are called together. */
export const WATCHMAN = 'watchman';

const LIST_NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/u;
export const isListName = (name: string): boolean => LIST_NAME.test(name);

export const goodRows = ({ rows, badRows }: Pick<ListVersion, 'rows' | 'badRows'>): number => rows - badRows;

const DAY_MS = 86_400_000;
/** A list that comes to less than this share of what it was is more likely cut than shorter. */
const LEAST_OF_BEFORE = 0.5;
/** Of the rows: with more that can't be read, the file is another than it seems. */
const MOST_BAD_ROWS = 0.5;

const MOST_BEFORE = 8;

/** In characters. */
const LONGEST_WHY = 300;

/** Days after which a version is old: the U.S. Consolidated Screening List has a new one each day. House rule. */
export const FRESH_DAYS = 7;

const dayOf = (at: Instant): string => at.slice(0, 10);

/** Returns those lists of a server that came to less than half of what they were, or are gone. */
const sourcesCut = ({ sources = {} }: ListVersion, used: ListVersion): string[] =>
  Object.entries(used.sources ?? {}).flatMap(([name, before]) =>
    (own(sources, name) ?? 0) < before * LEAST_OF_BEFORE ? [name] : [],
  );

/** Returns why a version is not taken, in a sentence. */
const problemOf = (
  { list, older, shorter, again }: ImportList,
  used: ListInUse | undefined,
  now: Instant,
): { code: 'not valid' | 'not now'; text: string } | undefined => {
  const not = (text: string) => ({ code: 'not valid' as const, text });
  if (!isListName(list.name)) {
    return not('A list is called by small letters, digits and hyphens: at most 40, such as us-consolidated.');
  }
  if (goodRows(list) <= 0) return not('No row of it can be read as an entry of a list.');
  if (list.badRows > list.rows * MOST_BAD_ROWS) return not('More than half of its rows can’t be read.');
  if (Date.parse(list.asOf) > Date.parse(now) + DAY_MS) return not('Its day is still to come.');
  if (!used) return undefined;
  if (used.sha256 === list.sha256 && !again)
    return { code: 'not now', text: 'This version of the list is in use already.' };
  if (list.asOf < used.asOf && !older) {
    return not(`It is of ${dayOf(list.asOf)}, and the version in use is newer: of ${dayOf(used.asOf)}.`);
  }
  if (goodRows(list) < goodRows(used) * LEAST_OF_BEFORE && !shorter) {
    return not(`It has ${goodRows(list)} entries, and the version in use has ${goodRows(used)}: it may have been cut.`);
  }
  const [cut] = shorter ? [] : sourcesCut(list, used);
  if (cut !== undefined) {
    return not(`Of its list ${cut} it has less than half as many entries as before, or none: it may have been cut.`);
  }
  return undefined;
};

/** A newer version of a list takes the place of one that is still brought to deals. */
const walkingAnew = (state: ScreeningState, list: string, at: Instant): Pick<ScreeningState, 'spreads' | 'changes'> => {
  const others = Object.entries(state.spreads).filter(([, { what }]) => what.list !== list);
  const changes = state.changes + 1;
  const id = `screen:${list}:${changes}`;
  return { spreads: { ...Object.fromEntries(others), [id]: newFanOut(id, { list }, at) }, changes };
};

const mayChange = (organisation: Organisation, actor: PersonId): boolean =>
  actor === OPERATOR || actor === SYSTEM || isOfCompliance(organisation, actor);

export const screeningLists: Register<ScreeningState, ScreeningCommand, ScreeningEvent, never> = {
  name: 'screening',
  none: { lists: {}, spreads: {}, changes: 0 },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ListImported': {
        const { list, by, at } = event;
        const used = own(state.lists, list.name);
        const before = used ? [...used.before, used.kept].slice(-MOST_BEFORE) : [];
        return {
          lists: { ...state.lists, [list.name]: { ...list, before, by, at } },
          ...walkingAnew(state, list.name, at),
        };
      }
      case 'ListRemoved':
        return {
          lists: without(state.lists, event.list),
          ...walkingAnew(state, event.list, event.at),
        };
      case 'ListFetched': {
        const used = own(state.lists, event.list);
        if (!used) return state;
        const { notFetched: _, ...list } = used;
        const { failed, at } = event;
        const since = failed === undefined ? {} : { notFetched: { why: failed, at } };
        return { ...state, lists: { ...state.lists, [event.list]: { ...list, ...since } } };
      }
      case 'SpreadWent':
        return { ...state, spreads: evolveSpreads(state.spreads, event) };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, meta, { organisation }) => {
    const { actor, at } = meta;
    switch (command.type) {
      case 'ImportList': {
        if (!mayChange(organisation, actor)) return refuseRegister('not allowed', 'Only compliance can import lists.');
        const problem = problemOf(command, own(state.lists, command.list.name), at);
        if (problem) return refuseRegister(problem.code, problem.text);
        return { kind: 'accepted', events: [{ type: 'ListImported', list: command.list, at, by: actor }] };
      }
      case 'RemoveList':
        if (!mayChange(organisation, actor)) return refuseRegister('not allowed', 'Only compliance can remove lists.');
        if (!own(state.lists, command.list)) return refuseRegister('not now', 'No such list is in use.');
        return { kind: 'accepted', events: [{ type: 'ListRemoved', list: command.list, at, by: actor }] };
      case 'NoteFetch': {
        if (!mayChange(organisation, actor)) return refuseRegister('not allowed', 'Only compliance can fetch lists.');
        const used = own(state.lists, command.list);
        if (!used) return refuseRegister('not now', 'No such list is in use.');
        const failed = command.failed?.slice(0, LONGEST_WHY);
        // The first failure counts from when, however often it is tried again.
        if ((failed === undefined) === (used.notFetched === undefined))
          return refuseRegister('not now', 'That is known already.');
        const why = failed === undefined ? {} : { failed };
        return { kind: 'accepted', events: [{ type: 'ListFetched', list: command.list, ...why, at, by: actor }] };
      }
      case 'SpreadOn':
        return decideSpread(command, state.spreads, meta);
      case 'Tick':
        return refuseRegister('not now', 'Nothing is due.');
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  // Each deal's thread says what was found of it.
  tell: () => [],
  nextDueAt: ({ spreads }) => spreadDueAt(spreads),
  tick: { type: 'Tick' },
};

/** By name. */
export const listsInUse = ({ lists }: ScreeningState): ListInUse[] =>
  Object.values(lists).toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** The same for deals. */
export const listsNow = (state: ScreeningState): ListNow[] => {
  const walking = new Set(Object.values(state.spreads).map(({ what }) => what.list));
  return listsInUse(state).map(({ name, sha256, asOf }) => ({ name, sha256, asOf, walked: !walking.has(name) }));
};
