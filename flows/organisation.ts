/** The organisation file, parsed: who works here, in which groups, what is sold, and where deals are cleared. */

/** Stable id of a human, chosen in the organisation file (`rep-1`). Never a chat id. */
export type PersonId = string;
export type GroupId = string;

export interface Person {
  id: PersonId;
  name: string;
  email?: string | undefined;
  /** Slack user id (`U…`), the only thing that binds a Slack click to this person. */
  slack?: string | undefined;
  /** Microsoft Entra object id, the only thing that binds a Teams click to this person. */
  teams?: string | undefined;
  /** IANA zone, for dates shown to this person. */
  timeZone?: string | undefined;
}

export interface Group {
  id: GroupId;
  name: string;
  members: PersonId[];
}

export interface Product {
  id: string;
  name: string;
  category: string;
}

export interface Organisation {
  name: string;
  people: Person[];
  groups: Group[];
  products: Product[];
  /** Chat channel ids in which deals may be cleared. */
  clearanceChannels: string[];
  /** Groups with a standing right: `compliance` reviews and admits flags, `chief` reopens a stopped deal. */
  roles: { compliance: GroupId; chief: GroupId };
  /** sha256 of the canonical JSON: the version a commit records. */
  hash: string;
}

export const person = (organisation: Organisation, id: PersonId): Person | undefined =>
  organisation.people.find((p) => p.id === id);

export const inGroup = (organisation: Organisation, group: GroupId, id: PersonId): boolean =>
  organisation.groups.find((g) => g.id === group)?.members.includes(id) ?? false;

export const membersOf = (organisation: Organisation, group: GroupId): PersonId[] =>
  organisation.groups.find((g) => g.id === group)?.members ?? [];
