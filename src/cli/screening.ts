/** `clearthread screening lists` and `screening check`: what is loaded, and whom a name may be on it. Nothing is recorded. */

import { countriesCalled, countryName } from '../../flows/countries.ts';
import { FRESH_DAYS, goodRows, listsInUse, type ListInUse } from '../../flows/registers/screening.ts';
import type { Hit, Party } from '../../flows/screening/entry.ts';
import { MOST_HITS } from '../../flows/screening/screening.ts';
import { readyLists } from '../screening/lists.ts';
import { ListProblem } from '../screening/read-list.ts';
import type { ReadyList } from '../screening/ready-list.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { command, onlyWord, Unusable } from './command.ts';
import { screeningOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { organisationOf, watchmanOf, whereOf, withStore } from './record.ts';
import { plural, printable } from './text.ts';

const LISTS_HELP = `Usage: clearthread screening lists [--json] [--data DIR]

Shows the lists that parties are compared with: name, day, entries and names, rows that could not be
read, since when it is in use, and its age.

  --json       as one JSON array, with where each came from and the SHA-256 of its file
  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

Exit code: 0 shown, 2 it could not be done.`;

const CHECK_HELP = `Usage: clearthread screening check NAME [--country COUNTRY] [--type person|organisation]
                                  [--address TEXT] [--json] [--data DIR]

Compares a name with every list in use, and shows who on them may be meant, the likeliest first, with
why: the name or alias that fits, and what else speaks for it or against it. Put the name in quotes.
Alphabets, order of words, initials, legal forms and typing errors make no difference, or a small one;
what is not given is not compared.

  --country COUNTRY   a code (DE) or a name, in many languages
  --type TYPE         person or organisation
  --address TEXT      any part of it
  --json              as JSON: the lists, and every hit with its score part by part (else 20)
  --data DIR          the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

A hit is a question: is it the same one? "No match" says that nothing written like it was on the lists
of that day, and no more: not that a party, its owners or its people are on none. Nothing is recorded.
Exit code: 0 no match, 1 at least one hit, 2 it could not be done.`;

const DAY_MS = 86_400_000;
const dayOf = (at: string): string => at.slice(0, 10);
const ageOf = ({ asOf }: ListInUse, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - Date.parse(asOf)) / DAY_MS));

const calledOf = (list: ListInUse, now: Date): string => {
  const age = ageOf(list, now);
  return `${list.name} of ${dayOf(list.asOf)}${age > FRESH_DAYS ? ` (${age} days old)` : ''}`;
};

const NO_LIST = 'No list is in use. Import one: clearthread screening import --help';

const lineOf = (list: ListInUse, now: Date): string =>
  [
    `${list.name} of ${dayOf(list.asOf)}`,
    `${plural(goodRows(list), 'entry', 'entries')}, ${plural(list.names, 'name')}`,
    ...(list.badRows > 0 ? [`${plural(list.badRows, 'row')} not read`] : []),
    `in use since ${dayOf(list.at)}`,
    `${plural(ageOf(list, now), 'day')} old`,
    list.from,
    ...(list.notFetched ? [`not fetched since ${dayOf(list.notFetched.at)}: ${list.notFetched.why}`] : []),
  ].join(' · ');

const listed = ({ name, asOf, at, from, rows, badRows, names, sha256 }: ListInUse, now: Date) => ({
  name,
  asOf,
  since: at,
  from,
  rows,
  badRows,
  names,
  sha256,
  ageDays: ageOf({ asOf } as ListInUse, now),
});

const showLists = ({ where, json }: { where: StoreLocation; json: boolean }, io: CliIo): Promise<number> =>
  withStore(where, io, async (store) => {
    const { register, clock } = screeningOn(store, organisationOf(io.env));
    const lists = listsInUse((await register.read()).state);
    if (json) {
      const all = lists.map((list) => listed(list, clock()));
      io.out(JSON.stringify(all, undefined, 2));
    } else if (lists.length === 0) io.out(NO_LIST);
    else for (const list of lists) io.out(printable(lineOf(list, clock())));
    return 0;
  });

export const screeningLists = command({
  help: LISTS_HELP,
  options: { json: { type: 'boolean' }, data: { type: 'string' } },
  read: ({ values }, env) => ({ where: whereOf(values.data, env), json: values.json ?? false }),
  run: showLists,
});

interface Asked {
  party: Party;
  json: boolean;
  where: StoreLocation;
}

interface Found {
  list: ListInUse;
  hits: readonly Hit[];
}

const percent = (score: number): string => `${Math.round(score * 100)}%`.padStart(4);

const hitLines = ({ entry, score, why }: Hit): string[] => [
  `  ${percent(score)}  ${entry.name}  (${[entry.id, entry.source, ...entry.programmes].filter((one) => one !== undefined && one !== '').join(' · ')})`,
  ...why.map((reason) => `        ${reason}`),
  ...(entry.url === undefined ? [] : [`        ${entry.url}`]),
];

const sayFound = (found: readonly Found[], { name }: Party, now: Date, io: CliIo): void => {
  const say = (line: string): void => io.out(printable(line));
  for (const { list, hits } of found) {
    if (hits.length === 0) continue;
    say(`${calledOf(list, now)}: ${plural(hits.length, 'hit')} for “${name}”`);
    for (const hit of hits.slice(0, MOST_HITS)) for (const line of hitLines(hit)) say(line);
    if (hits.length > MOST_HITS) say(`  And ${hits.length - MOST_HITS} more, less likely: --json has all.`);
  }
  const without = found.filter(({ hits }) => hits.length === 0).map(({ list }) => calledOf(list, now));
  if (without.length > 0) say(`No match for “${name}” on ${without.join(', ')}.`);
};

const sayJson = (found: readonly Found[], party: Party, now: Date, io: CliIo): void => {
  const all = found.map(({ list, hits }) => ({ ...listed(list, now), hits }));
  io.out(JSON.stringify({ party, lists: all }, undefined, 2));
};

/** Throws Unusable where no list is in use, or the name has nothing to compare. */
const foundOn = async (lists: readonly ReadyList[], party: Party): Promise<Found[]> => {
  if (lists.length === 0) throw new Unusable(NO_LIST);
  const found: Found[] = [];
  for (const { list, check: checked } of lists) {
    const hits = await checked(party);
    if (!hits) throw new Unusable('This is no name that can be compared.');
    found.push({ list, hits });
  }
  return found;
};

const check = ({ party, json, where }: Asked, io: CliIo): Promise<number> =>
  withStore(where, io, async (store) => {
    const { register, clock } = screeningOn(store, organisationOf(io.env));
    const watchman = watchmanOf(io.env);
    let found: Found[];
    try {
      found = await foundOn(await readyLists({ store, register, watchman })(), party);
    } catch (error) {
      throw error instanceof ListProblem ? new Unusable(error.message) : error;
    }
    if (json) sayJson(found, party, clock(), io);
    else sayFound(found, party, clock(), io);
    return found.some(({ hits }) => hits.length > 0) ? 1 : 0;
  });

const countryCalled = (text: string): string => {
  const code = text.trim().toUpperCase();
  if (countryName(code) !== undefined) return code;
  const [found, ...more] = countriesCalled(text);
  if (found !== undefined && more.length === 0) return found;
  throw new Unusable(`--country takes one country, such as DE or Germany; "${printable(text.slice(0, 40))}" is none.`);
};

export const screeningCheck = command({
  help: CHECK_HELP,
  options: {
    country: { type: 'string' },
    type: { type: 'string' },
    address: { type: 'string' },
    json: { type: 'boolean' },
    data: { type: 'string' },
  },
  words: true,
  read: (given, env): Asked => {
    const { country, type, address, json = false, data } = given.values;
    if (type !== undefined && type !== 'person' && type !== 'organisation') {
      throw new Unusable('--type takes person or organisation.');
    }
    return {
      party: {
        name: onlyWord(given, 'Give one name, in quotes.'),
        type,
        countries: country === undefined ? undefined : [countryCalled(country)],
        address,
      },
      json,
      where: whereOf(data, env),
    };
  },
  run: check,
});
