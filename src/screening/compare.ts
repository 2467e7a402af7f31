/** Compares the parties of a deal with the lists in use: what the deal has to know is left to its decision. */

import { createHash } from 'node:crypto';
import { canonical } from '../../flows/canonical.ts';
import type { GoneHit, HitId, PartyFound, PartyHit, PartyName } from '../../flows/deal/screened-shapes.ts';
import { openHits, partiesToCompare } from '../../flows/deal/screened/screened.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { Hit, ListEntry } from '../../flows/screening/entry.ts';
import { MOST_HITS } from '../../flows/screening/screening.ts';
import type { ReadyList } from './ready-list.ts';

const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);

const idOf = ({ name, country }: PartyName, list: string, { id }: ListEntry, hash: string): HitId =>
  hashOf({ name, country, list, entry: id, hash });

const rounded = (score: number): number => Math.round(score * 1000) / 1000;

/** Of entries with a hundred addresses: what a card shows, and a little more. */
const MOST_OF_EACH = 5;

const hitOf = (party: PartyName, list: string, { entry, matched, isAlias, score, parts, why }: Hit): PartyHit => {
  const { id, name, type, countries, addresses, programmes, source, url } = entry;
  const hash = hashOf(entry);
  return {
    id: idOf(party, list, entry, hash),
    list,
    entry: {
      id,
      hash,
      name,
      type,
      countries: countries.slice(0, MOST_OF_EACH),
      addresses: addresses.slice(0, MOST_OF_EACH),
      programmes: programmes.slice(0, MOST_OF_EACH),
      ...(source === undefined ? {} : { source }),
      ...(url === undefined ? {} : { url }),
    },
    matched,
    isAlias,
    score: rounded(score),
    parts: {
      name: rounded(parts.name),
      country: parts.country,
      type: parts.type,
      address: parts.address,
    },
    why,
  };
};

/** `found`: what was found of that party. An entry that a server finds no more may still be there: that is left to a person. */
const goneOf = (
  deal: OpenedDeal,
  party: PartyName,
  lists: readonly ReadyList[],
  found: readonly PartyHit[],
): GoneHit[] =>
  openHits(deal).flatMap((hit): GoneHit[] => {
    if (hit.party.name !== party.name || hit.party.country !== party.country) return [];
    const ready = lists.find(({ list }) => list.name === hit.list);
    if (!ready) return [{ hit: hit.id, why: 'list' }];
    const { entries } = ready;
    const entry = entries?.find(({ id }) => id === hit.entry.id);
    if (entries && !entry) return [{ hit: hit.id, why: 'removed' }];
    const now = entry
      ? hashOf(entry)
      : found.find((one) => one.list === hit.list && one.entry.id === hit.entry.id)?.entry.hash;
    return now === undefined || now === hit.entry.hash ? [] : [{ hit: hit.id, why: 'changed' }];
  });

const foundOf = async (deal: OpenedDeal, party: PartyName, lists: readonly ReadyList[]): Promise<PartyFound> => {
  const { name, country } = party;
  const asked = { name, ...(country === undefined ? {} : { countries: [country] }) };
  const all = await Promise.all(lists.map(async ({ list, check }) => ({ list, hits: await check(asked) })));
  const hits = all.flatMap(({ list, hits: found = [] }) =>
    found.slice(0, MOST_HITS).map((hit) => hitOf(party, list.name, hit)),
  );
  const more = all.reduce((sum, { hits: found = [] }) => sum + Math.max(0, found.length - MOST_HITS), 0);
  return {
    party,
    lists: lists.map(({ list: { name: called, sha256, asOf } }) => ({ name: called, sha256, asOf })),
    hits,
    gone: goneOf(deal, party, lists, hits),
    ...(all.length > 0 && all.every(({ hits: found }) => found === undefined) ? { nothing: true } : {}),
    ...(more > 0 ? { more } : {}),
  };
};

/**
 * Returns what is found of everybody whom the deal names, and of who was met under a name of before. Who is met alone, or in two
 * names together, is not met once more in two others. Takes some milliseconds for each name. Throws ListProblem.
 */
export const compareParties = async (deal: OpenedDeal, lists: readonly ReadyList[]): Promise<PartyFound[]> => {
  const all: PartyFound[] = [];
  for (const party of partiesToCompare(deal)) all.push(await foundOf(deal, party, lists));
  const met = new Set<string>();
  const isNew = ({ list, entry }: PartyHit): boolean => !met.has(`${list}/${entry.id}`);
  const note = ({ list, entry }: PartyHit): void => void met.add(`${list}/${entry.id}`);
  for (const { party, hits } of all) if (!party.together) hits.forEach(note);
  return all.map((found) => {
    if (!found.party.together) return found;
    const hits = found.hits.filter(isNew);
    hits.forEach(note);
    return { ...found, hits };
  });
};
