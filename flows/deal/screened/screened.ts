/** Who of a deal was compared with which lists, what is left to compare, and what of a search is news. House rule; Guidance: X1. */

import type { Instant } from '../../ids.ts';
import type { FlagId } from '../../policy/policy.ts';
import type { DealDetails } from '../deal.ts';
import { samePart } from '../formerly.ts';
import type { OwnFlag } from '../own-flag.ts';
import type {
  AskedAs,
  ComparedParty,
  DealHit,
  PartyFound,
  PartyName,
  PartyPart,
  PartyRole,
  Screened,
} from '../screened-shapes.ts';
import type { OpenedDeal } from '../state.ts';

/** Words of a name that may be one half of another. */
const MOST_OF_HALF = 2;
/** Two of more short names than that are not read as one. */
const MOST_HALVES = 5;
const isShort = (name: string): boolean => name.trim().split(/\s+/u).length <= MOST_OF_HALF;

/** Returns the names of a deal that are compared, each once: its end-user, its customer, the companies in between; and names in two parts read as one. */
export const partiesOf = ({
  endUser,
  customer,
  destination,
  intermediaries,
}: Pick<DealDetails, 'endUser' | 'customer' | 'destination' | 'intermediaries'>): PartyName[] => {
  const others = [...new Set([customer, ...intermediaries.map(({ name }) => name)])].filter(
    (name) => name !== endUser.name,
  );
  const short = [...new Set([customer, endUser.name, ...others])].filter(isShort).slice(0, MOST_HALVES);
  return [
    { name: endUser.name, country: destination },
    ...others.map((name) => ({ name })),
    // A customer need not be where the end-user is.
    ...(customer === endUser.name ? [{ name: customer, together: true as const }] : []),
    ...short.flatMap((one, n) =>
      short.slice(n + 1).map((other) => ({ name: `${one} ${other}`, together: true as const })),
    ),
    // Lists write "Family, Given": a form takes what stands behind a comma for the part that somebody has.
    ...intermediaries.flatMap(({ name, role }) =>
      role.trim() === '' ? [] : [{ name: `${name} ${role}`, together: true as const }],
    ),
  ];
};

export const isSameParty = (one: PartyName, other: PartyName): boolean =>
  one.name === other.name && one.country === other.country;

type SaidPart = PartyPart & { part: string };

/** Returns what a compared name is on a deal. Whoever is compared as the end-user has a country, and is asked anew in another. */
export const rolesOf = (
  { customer, intermediaries }: Pick<DealDetails, 'customer' | 'intermediaries'>,
  { name, country }: PartyName,
): SaidPart[] =>
  country !== undefined
    ? []
    : [
        ...(customer === name ? [{ role: 'customer' as const, part: '' }] : []),
        ...intermediaries.flatMap((one) => (one.name === name ? [{ role: 'between' as const, part: one.role }] : [])),
      ];

/** Returns what a name was as an event says it. `doing`: its parts in between. */
export const partsOf = (roles: readonly PartyRole[], doing: readonly string[] | undefined): PartyPart[] =>
  roles.flatMap((role): PartyPart[] => {
    if (doing === undefined) return [{ role }];
    return role === 'between' ? doing.map((part) => ({ role, part })) : [{ role, part: '' }];
  });

const isAskedAs = (asked: readonly AskedAs[], { role, part }: PartyPart, destination: string): boolean =>
  asked.some(
    (one) =>
      one.role === role &&
      one.destination === destination &&
      (one.part === undefined || (part !== undefined && samePart(one.part, part))),
  );

/** Returns those parts of a name that nobody was asked about for this country. */
export const newParts = (
  { details }: Pick<OpenedDeal, 'details'>,
  { party, asked }: Pick<DealHit, 'party' | 'asked'>,
): SaidPart[] =>
  asked === undefined ? [] : rolesOf(details, party).filter((one) => !isAskedAs(asked, one, details.destination));

/** Returns that a hit was asked about of a name in these parts, beside what it was asked about before. */
export const askedAs = (
  { destination }: Pick<DealDetails, 'destination'>,
  parts: readonly PartyPart[],
  before: readonly AskedAs[] = [],
): AskedAs[] =>
  parts.reduce<AskedAs[]>(
    (all, one) => (isAskedAs(all, one, destination) ? all : [...all, { ...one, destination }]),
    [...before],
  );

/** Tells whether a hit that was said to be another party is asked about again: its name has another part now, be it another in between, or the deal another country. */
export const isAskedAnew = (deal: Pick<OpenedDeal, 'details' | 'ownFlags'>, hit: DealHit): boolean =>
  hit.gone === undefined &&
  newParts(deal, hit).length > 0 &&
  deal.ownFlags.some(({ id, status }) => id === hit.flag && status === 'dismissed');

/** Returns the flags of hits that wait for compliance, or were settled. */
export const isOfHit = ({ hit }: Pick<OwnFlag, 'hit'>): boolean => hit === true;

export const hitsOf = ({ screened }: Pick<OpenedDeal, 'screened'>, flag: Pick<OwnFlag, 'id'>): DealHit[] =>
  (screened?.hits ?? []).filter((hit) => hit.flag === flag.id);

/** Returns a key of a hit's entry, the same in each deal. */
export const hitKey = ({ list, entry }: Pick<DealHit, 'list' | 'entry'>): string => JSON.stringify([list, entry.id]);

/** Returns the hits that nobody has settled, and whose entry still stands. */
export const openHits = (deal: Pick<OpenedDeal, 'screened' | 'ownFlags'>): DealHit[] => {
  const waiting = new Set(deal.ownFlags.flatMap(({ id, status }) => (status === 'pending' ? [id] : [])));
  return (deal.screened?.hits ?? []).filter(({ gone, flag }) => gone === undefined && waiting.has(flag));
};

/** Returns whom a search is to look for: everybody whom the deal names, and who was met under a name of before. */
export const partiesToCompare = (deal: Pick<OpenedDeal, 'details' | 'screened' | 'ownFlags'>): PartyName[] => {
  const named = partiesOf(deal.details);
  const before = openHits(deal).map(({ party }) => party);
  return before.reduce((all, party) => (all.some((one) => isSameParty(one, party)) ? all : [...all, party]), named);
};

/** Returns what was compared with a name, and with which versions. */
export const comparedAs = ({ screened }: Pick<OpenedDeal, 'screened'>, party: PartyName): ComparedParty | undefined =>
  screened?.parties.find((one) => isSameParty(one, party));

/** Returns the names of lists with which everybody was compared whom the deal names. */
export const comparedWith = (deal: Pick<OpenedDeal, 'details' | 'screened'>): string[] => {
  if (!deal.screened) return [];
  const [first = [], ...others] = partiesOf(deal.details).map((party) =>
    (comparedAs(deal, party)?.lists ?? []).map(({ name }) => name),
  );
  return first.filter((name) => others.every((names) => names.includes(name)));
};

/** Returns what of a search the deal does not know yet. Nothing: undefined. */
export const newsOf = (deal: OpenedDeal, found: PartyFound): PartyFound | undefined => {
  if (!partiesToCompare(deal).some((party) => isSameParty(party, found.party))) return undefined;
  const known = new Map((deal.screened?.hits ?? []).map((hit) => [hit.id, hit]));
  const open = new Set(openHits(deal).map(({ id }) => id));
  const hits = found.hits.filter(({ id }) => {
    const before = known.get(id);
    return !before || before.gone !== undefined || isAskedAnew(deal, before);
  });
  const gone = found.gone.filter(({ hit }) => open.has(hit));
  const before = comparedAs(deal, found.party)?.lists ?? [];
  const isNamed = partiesOf(deal.details).some((party) => isSameParty(party, found.party));
  const isFirst = isNamed && found.lists.some(({ name }) => before.every((list) => list.name !== name));
  return hits.length + gone.length > 0 || isFirst ? { ...found, hits, gone } : undefined;
};

/** What a deal keeps when compliance says of a hit who it is: of a name that the deal has no more, it was said of nobody. */
export const settledHit = (
  deal: Pick<OpenedDeal, 'details' | 'screened'>,
  flag: FlagId,
  at: Instant,
): Screened | undefined => {
  const { details, screened } = deal;
  if (!screened) return undefined;
  const named = partiesOf(details);
  const settled = (hit: DealHit): DealHit => {
    if (hit.flag !== flag || hit.gone !== undefined) return hit;
    if (!named.some((one) => isSameParty(one, hit.party))) return { ...hit, gone: { why: 'not named' as const, at } };
    if (!hit.asked) return hit;
    // What older events asked about is kept without parts.
    const isOlder = hit.asked.every(({ part }) => part === undefined);
    const parts = rolesOf(details, hit.party).map(({ role, part }) => (isOlder ? { role } : { role, part }));
    return { ...hit, asked: askedAs(details, parts, hit.asked) };
  };
  return { ...screened, hits: screened.hits.map(settled) };
};

/** What a deal keeps when somebody else is named: those who are still meant. What was found stays. */
export const stillNamed = ({ details, screened }: Pick<OpenedDeal, 'details' | 'screened'>): Screened | undefined => {
  if (!screened) return undefined;
  const named = partiesOf(details);
  return { ...screened, parties: screened.parties.filter((party) => named.some((one) => isSameParty(one, party))) };
};

/** What a deal keeps when its details change: those who are still meant, except where a settled hit is asked about again. */
export const afterCorrection = (deal: Pick<OpenedDeal, 'details' | 'screened' | 'ownFlags'>): Screened | undefined => {
  const screened = stillNamed(deal);
  if (!screened) return undefined;
  const anew = screened.hits.filter((hit) => isAskedAnew(deal, hit));
  return {
    ...screened,
    parties: screened.parties.filter((party) => !anew.some((hit) => isSameParty(hit.party, party))),
  };
};
