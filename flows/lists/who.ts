/**
 * Who has to do with a deal, in the bits of one number: where none of a person's is among them, nothing waits for them there, or
 * they may not read it. Several people have the same bit, so the deal itself has the last word where one is there.
 */

import { actsFor } from '../deal/rights/seats.ts';
import type { GroupId, PersonId } from '../ids.ts';
import { counselOf, inGroup, isCounsel, isOfCompliance, readsAll } from '../organisation.ts';
import type { DealSummary } from './summary.ts';
import { selves, type Today, type Wait } from './waits.ts';

/** 32 bits. */
export type Bits = number;

const BITS = 32;
/** Ids that are remembered: more than a company has of people and groups. */
const MOST_IDS = 50_000;
const known = new Map<string, Bits>();

const bitOf = (kind: 'person' | 'group' | 'role', id: string): Bits => {
  const name = `${kind} ${id}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  let hash = 0;
  for (let at = 0; at < name.length; at += 1) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  const bit = 1 << ((hash ^ (hash >>> 15)) & (BITS - 1));
  if (known.size < MOST_IDS) known.set(name, bit);
  return bit;
};

const ofPeople = (people: readonly PersonId[] | undefined): Bits => {
  let bits = 0;
  if (people) for (const id of people) bits |= bitOf('person', id);
  return bits;
};
const ofGroups = (groups: readonly GroupId[]): Bits => {
  let bits = 0;
  for (const id of groups) bits |= bitOf('group', id);
  return bits;
};
const ofWait = ({ people, group, role }: Wait): Bits =>
  ofPeople(people) | (group === undefined ? 0 : bitOf('group', group)) | (role === undefined ? 0 : bitOf('role', role));

/** Its owner, who asked for it, and whoever may be waited for. */
export const concernedIn = ({ owner, requester, waits }: DealSummary): Bits => {
  let bits = bitOf('person', owner) | (requester === undefined ? 0 : bitOf('person', requester));
  for (const wait of waits) bits |= ofWait(wait);
  return bits;
};

/** Those who read it for what the deal says of them. */
export const readersIn = ({ team, approverGroups, conditionOwners, votedFor, wasStopped }: DealSummary): Bits =>
  ofPeople(team) |
  ofPeople(conditionOwners) |
  ofPeople(votedFor) |
  ofGroups(approverGroups) |
  (wasStopped ? bitOf('role', 'counsel') : 0);

const groupsOf = ({ organisation }: Today, person: PersonId): GroupId[] =>
  organisation.groups.flatMap(({ id }) => (inGroup(organisation, id, person) ? [id] : []));

/** Returns the bits of which a deal has one that concerns the person, or anybody for whom they act. */
export const concerns = (today: Today, person: PersonId): Bits => {
  const { organisation } = today;
  let bits = 0;
  for (const id of selves(today, person))
    bits |=
      ofPeople([id]) |
      ofGroups(groupsOf(today, id)) |
      (isOfCompliance(organisation, id) ? bitOf('role', 'compliance') : 0) |
      (isCounsel(organisation, id) ? bitOf('role', 'counsel') : 0);
  return bits;
};

/** Returns the bits of which a deal has one that the person may read. `every` deal; undefined: each has to be asked. */
export const reading = (today: Today, person: PersonId): Bits | 'every' | undefined => {
  const { organisation } = today;
  if (readsAll(organisation, person)) return 'every';
  // What is lent hangs on more than on who the absent person is.
  if (actsFor(today, person).length > 0) return undefined;
  const groups = organisation.groups.flatMap(({ id, members }) => (members.includes(person) ? [id] : []));
  return (
    ofPeople([person]) | ofGroups(groups) | (counselOf(organisation).includes(person) ? bitOf('role', 'counsel') : 0)
  );
};
