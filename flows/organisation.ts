/** The parsed organisation file: who works here, in which groups, what is sold, and where deals are cleared. */

import type { AskedOutside } from './asked-outside.ts';
import { chatWith, type Chat } from './chats.ts';
import type { CounselNote, ReplacedNote } from './counsel-note.ts';
import type { CountryAlert, EndedAlert } from './country-alert.ts';
import type { AcceptanceId, EndedAcceptance, GapAcceptance } from './gap-acceptance.ts';
import type { Hold, LiftedHold } from './hold.ts';
import type { GroupId, Instant, PersonId } from './ids.ts';
import type { Passkey } from './passkey.ts';
import type { PlaceChange } from './place-change.ts';
import type { DroppedScopes, SentBackScope, ScopeConfirmation } from './scope-confirmation.ts';
import type { Sheet, SheetAsked } from './sheet.ts';

/** A place in which deals may be cleared. */
export interface ClearanceChannel {
  /** Slack channel id (`C…`), or Teams conversation id (`19:…@thread.tacv2`, `19:…@thread.v2`). */
  id: string;
  /** The name people use, where there is a choice of several. */
  name?: string | undefined;
  /** Id of a channel in the other chat: messages posted here are posted there too, and the reverse. */
  mirror?: string | undefined;
}

/**
 * Ids of a person's accounts, each the only thing that binds a click of that chat to them: a Slack user id (`U…`), a
 * Microsoft Entra object id.
 */
type Accounts = { [chat in Chat]?: string | undefined };

export interface Person extends Accounts {
  id: PersonId;
  name: string;
  email?: string | undefined;
  /** Where notices go to a person who is in both chats; otherwise the deal's own chat. */
  chat?: Chat | undefined;
  /** IANA zone; the organisation's where absent. Reminders come in this person's working hours. */
  timeZone?: string | undefined;
  /** Told when this person does not react. */
  manager?: PersonId | undefined;
  /** Who may vote and judge for them while they are away, without being in their groups. */
  deputies?: readonly PersonId[] | undefined;
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
  /** Whether it can gather or analyse data about people; `analyses`: it surely does the latter. Absent: nobody said, which counts as able. */
  able?: boolean | 'analyses' | undefined;
  /** Who fills in its product sheet. Absent: compliance. */
  manager?: PersonId | undefined;
}

/** The id of every product outside the catalogue: its name says which one it is. */
export const OTHER_PRODUCT = 'other';

type Named = Pick<Product, 'id' | 'name'>;
export const sameProduct = (a: Named, b: Named): boolean =>
  a.id === b.id && (a.id !== OTHER_PRODUCT || a.name.trim().toLowerCase() === b.name.trim().toLowerCase());

/** An absence, from one day to another (inclusive, in the person's own zone), with a stand-in. */
export interface Absence {
  person: PersonId;
  delegate: PersonId;
  /** `yyyy-MM-dd`. */
  from: string;
  until: string;
  /** The announcement's instant: matters that waited by then are passed on. Absent: recorded before this was kept. */
  said?: string | undefined;
}

/** A course that holds people back from an act. */
export interface CourseHeld {
  id: string;
  title: string;
  /** By person: the last day on which the course is valid (`taken`) or may be missing. Nobody else is held. */
  until: Readonly<Record<PersonId, { day: string; taken: boolean }>>;
  /** The days from today that all others have; absent: they are not held. */
  others?: number | undefined;
}

export interface TrainingHeld {
  opening: readonly CourseHeld[];
  voting: readonly CourseHeld[];
}

/** A list that parties are compared with. */
export interface ListNow {
  name: string;
  /** Of its file: hex SHA-256. */
  sha256: string;
  asOf: Instant;
  /** True once all deals were compared with this version. */
  walked: boolean;
}

/** What the registers say today, next to the organisation file. Absent: nothing, or they were not read. */
export interface RegisterFacts {
  absences?: readonly Absence[] | undefined;
  /** Oldest first. */
  holds?: readonly Hold[] | undefined;
  /** Lifted within the last year, oldest first. Absent: none. */
  lifted?: readonly LiftedHold[] | undefined;
  /** Acts that need training. */
  training?: TrainingHeld | undefined;
  /** Alerts that were not ended, oldest first. */
  alerts?: readonly CountryAlert[] | undefined;
  /** Ended within the last year, oldest first. Absent: none. */
  alertsEnded?: readonly EndedAlert[] | undefined;
  /** Counsel's latest note on each country, valid or not. */
  counselNotes?: readonly CounselNote[] | undefined;
  /** Counsel's notes that a colleague replaced within a year. */
  notesReplaced?: readonly ReplacedNote[] | undefined;
  /** Confirmations of scope, oldest first. */
  scopes?: readonly ScopeConfirmation[] | undefined;
  /** Of which products and kinds of end-user such confirmations were withdrawn. */
  scopesDropped?: readonly DroppedScopes[] | undefined;
  /** Deals that compliance did not find out of scope within a year, and why. */
  scopesSentBack?: readonly SentBackScope[] | undefined;
  /** Gaps accepted of countries and products, not run out, oldest first. */
  acceptances?: readonly GapAcceptance[] | undefined;
  /** Those that ran out within a year: no deal takes them, and what they say was said. Absent: none. */
  acceptancesOver?: readonly GapAcceptance[] | undefined;
  /** Those that compliance ended early, until the day on which they would have run out. */
  acceptancesEnded?: readonly (EndedAcceptance & { id: AcceptanceId })[] | undefined;
  /** Product sheets and country briefs, valid or not. */
  sheets?: readonly Sheet[] | undefined;
  /** Those that deals want and that somebody was asked for. */
  sheetsAsked?: readonly SheetAsked[] | undefined;
  /** People outside who were asked, oldest first. Absent: nobody. */
  asked?: readonly AskedOutside[] | undefined;
  /** Lists in use that parties are compared with, by name. */
  lists?: readonly ListNow[] | undefined;
  /** Places that changed organisation files gave or took, oldest first. */
  places?: readonly PlaceChange[] | undefined;
  /** Keys that count now, and for whom votes can be signed; absent where Clearthread has no web address. */
  passkeys?: { rpId: string; keys: readonly Passkey[] } | undefined;
  /** Version of each register, as a commit records it. */
  registers?: Readonly<Record<string, string>> | undefined;
}

/** A digest for compliance: its place and schedule. */
export interface DigestPlan {
  /**
   * A channel whose members may read every deal, by the file's word; absent: each of the compliance group, privately.
   */
  channel?: string | undefined;
  /** A cron line of five fields. */
  schedule: string;
  /** IANA. */
  timeZone: string;
}

export interface Organisation extends RegisterFacts {
  name: string;
  people: Person[];
  groups: Group[];
  products: Product[];
  clearanceChannels: ClearanceChannel[];
  /** How approvers are called: each in a private message, or by a mention in the deal's thread. Absent: privately. */
  calls?: 'private' | 'thread' | undefined;
  /** Absent: none. */
  digests?: readonly DigestPlan[] | undefined;
  /** IANA zone of everybody who has none of their own. */
  timeZone: string;
  /** Days on which nobody works, `yyyy-MM-dd`. */
  holidays: string[];
  /**
   * Groups with a standing right: `compliance` reviews and admits flags, `chief` reopens a stopped deal, `counsel` notes
   * that a country's laws were looked at. `sales` never votes or judges as compliance. `auditors` read every deal and act on
   * none; absent: there are none.
   */
  roles: {
    compliance: GroupId;
    chief: GroupId;
    counsel?: GroupId | undefined;
    sales?: GroupId | undefined;
    auditors?: GroupId | undefined;
  };
  /** The page on which people report misuse (item C9 of the Guidance). Absent: there is none. */
  voices?: VoicesPlan | undefined;
  /** sha256 of the canonical JSON: the version a commit records. */
  hash: string;
}

/** What the page of the voices says, and whom it seals to besides its handlers. */
export interface VoicesPlan {
  /** Its public address. Absent: nobody is told of one in chat. */
  address?: string | undefined;
  /** Where somebody goes who must be elsewhere at once. */
  leave?: string | undefined;
  /** Outside of the company: whom people can turn to instead, and how, a line each. */
  authorities: string[];
  /** Opens what concerns every handler: a person outside, and their age key, `age1pq1…`. */
  outside?: { name: string; key: string } | undefined;
  /** The handlers of its case room, whom the bot asks each working day to look there. Absent: nobody is asked. */
  handlers?: PersonId[] | undefined;
  acknowledgeDays?: number | undefined;
  feedbackMonths?: number | undefined;
  /** Days for which a closed case is kept after the last time its author was asked how it went on. */
  retentionDays?: number | undefined;
}

/** A register asks for each of its people: without these look-ups, twice as many would take four times as long. */
const indexes = new WeakMap<readonly Person[], ReadonlyMap<PersonId, Person>>();

export const person = ({ people }: Pick<Organisation, 'people'>, id: PersonId): Person | undefined => {
  const known = indexes.get(people);
  if (known?.size === people.length) return known.get(id);
  const index = new Map(people.map((p) => [p.id, p]));
  indexes.set(people, index);
  return index.get(id);
};

export const inGroup = (organisation: Organisation, group: GroupId, id: PersonId): boolean =>
  organisation.groups.find((g) => g.id === group)?.members.includes(id) ?? false;

export const membersOf = (organisation: Organisation, group: GroupId): PersonId[] =>
  organisation.groups.find((g) => g.id === group)?.members ?? [];

/** Names somebody from compliance who can help. */
export const helperIn = (organisation: Organisation): string => {
  const [first] = membersOf(organisation, organisation.roles.compliance);
  return organisation.people.find((p) => p.id === first)?.name ?? 'compliance';
};

/** Finds the channel's own entry, or the one that names it as its mirror. */
const entryOf = (organisation: Organisation, channel: string): ClearanceChannel | undefined =>
  organisation.clearanceChannels.find((c) => c.id === channel || c.mirror === channel);

export const isClearanceChannel = (organisation: Organisation, channel: string): boolean =>
  entryOf(organisation, channel) !== undefined;

/** Returns the other end of a mirrored channel, or undefined. */
export const mirrorOf = (organisation: Organisation, channel: string): string | undefined => {
  const entry = entryOf(organisation, channel);
  return entry?.id === channel ? entry.mirror : entry?.id;
};

/** Tells whether the card of a deal that was opened in `home` stands in that channel. */
export const showsCardsOf = (organisation: Organisation, channel: string, home: string): boolean =>
  channel === home || mirrorOf(organisation, home) === channel;

/** Lists where deals may be cleared in that chat, with a name to show. */
export const clearanceChannelsIn = (organisation: Organisation, chat: Chat): { id: string; name: string }[] =>
  organisation.clearanceChannels.flatMap(({ id, name, mirror }) =>
    [id, mirror]
      .filter((channel) => channel !== undefined)
      .filter((channel) => chatWith(channel) === chat)
      .map((channel) => ({ id: channel, name: name ?? channel })),
  );

/** The actor for commands run on the bot's own machine: the operator holds its keys, and is recorded as such. */
export const OPERATOR: PersonId = 'operator';

/** The actor where only time has passed. */
export const SYSTEM: PersonId = 'system';

/** Counsel, who look at a country's laws and are told of a stop: the group with that role, else one of that name. */
export const counselGroup = ({ roles }: Pick<Organisation, 'roles'>): GroupId => roles.counsel ?? 'counsel';

export const counselOf = (organisation: Organisation): PersonId[] =>
  membersOf(organisation, counselGroup(organisation));

export const isCounsel = (organisation: Organisation, person: PersonId): boolean =>
  inGroup(organisation, counselGroup(organisation), person);

/** The group that sells: the one with that role, else the one of that name. */
export const salesGroup = ({ sales }: Pick<Organisation['roles'], 'sales'>): GroupId => sales ?? 'sales';

/** Tells whether a person sells. */
export const isOfSales = (organisation: Organisation, person: PersonId): boolean =>
  inGroup(organisation, salesGroup(organisation.roles), person);

/** Tells whether a person reads every deal and acts on none. */
export const isAuditor = (organisation: Organisation, person: PersonId): boolean =>
  organisation.roles.auditors !== undefined && inGroup(organisation, organisation.roles.auditors, person);

/** Tells whether no deal is hidden from a person: they are of compliance, the chief or an auditor. */
export const readsAll = (organisation: Organisation, person: PersonId): boolean =>
  isOfCompliance(organisation, person) || isAuditor(organisation, person);

export const OPENS_NONE = 'You are an auditor: you read every deal, and open none.';

/** Tells whether a person is of a group that decides or advises: any but sales and auditors. */
export const mayDecide = ({ groups, roles }: Organisation, person: PersonId): boolean =>
  groups.some(({ id, members }) => id !== salesGroup(roles) && id !== roles.auditors && members.includes(person));

export const isChief = (organisation: Organisation, person: PersonId): boolean =>
  inGroup(organisation, organisation.roles.chief, person);

/** Tells whether a person is of compliance or the chief. Whether a deal is their own is checked separately. */
export const isOfCompliance = (organisation: Organisation, person: PersonId): boolean =>
  inGroup(organisation, organisation.roles.compliance, person) || isChief(organisation, person);
