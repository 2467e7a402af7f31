/** What changed in the organisation file, a line each. Names are those of the file: a chat may show another one for an account. */

import { formatDistanceStrict } from 'date-fns/formatDistanceStrict';
import { ALL_CHATS, CHATS } from '../../flows/chats.ts';
import type { Instant } from '../../flows/ids.ts';
import { own } from '../../flows/own.ts';
import type { RoleChange, RoleName } from '../../flows/registers/organisation-changes.ts';
import type { Change } from '../../flows/registers/said.ts';
import { capital, count, dayWords, listWords, LONGEST_QUOTED, quoted, shorten } from '../words.ts';

export type Names = Readonly<Record<string, string>>;

const ROLE_WORDS: Record<RoleName, string> = {
  chief: 'the chief',
  compliance: 'compliance',
  counsel: 'counsel',
  sales: 'sales',
  auditors: 'auditors',
};
const MOST_VALUE = 120;
const MOST_NAMED = 8;

const nameIn = (names: Names, of: string, id: string): string => own(names, `${of} ${id}`) ?? id;
const shown = (value: string | undefined): string => (value === undefined ? 'none' : shorten(value, MOST_VALUE));

/** The moment in UTC, and how long ago that was: `since 27 November 2026, 07:10 UTC, for 16 minutes`. */
export const sinceWords = (since: Instant, now: Instant): string =>
  `since ${dayWords(since)}, ${since.slice(11, 16)} UTC, for ${formatDistanceStrict(since, now)}`;

interface Line {
  change: Change;
  id: string;
  names: Names;
}
type Words = (line: Line) => string;

const who = ({ id, names }: Line): string => nameIn(names, 'people', id);
const them = (id: string | undefined, { names }: Line): string =>
  id === undefined ? 'nobody' : nameIn(names, 'people', id);
const group = (id: string | undefined, { names }: Line): string =>
  id === undefined ? 'none' : nameIn(names, 'groups', id);

const came = ({ is }: Change): boolean => is !== undefined;
const plain =
  (of: Words): Words =>
  (line) =>
    `${of(line)}: ${shown(line.change.is)} (was: ${shown(line.change.was)}).`;
const account = (name: string): Words => plain((line) => `The ${name} account of ${who(line)}`);
const product = ({ id, names }: Line): string => {
  const name = nameIn(names, 'products', id);
  return name === id ? id : `${quoted(name, LONGEST_QUOTED)} (${id})`;
};
const comesAndGoes =
  (of: Words, comes: string, goes: string): Words =>
  (line) =>
    `${of(line)} ${came(line.change) ? comes : goes}.`;

const VOICES: Readonly<Record<string, string>> = {
  address: 'The address at which people report harm',
  leave: 'Where people go who leave that page at once',
  acknowledgeDays: 'Days within which who reports harm is told that it was read',
  feedbackMonths: 'Months within which who reports harm is told what came of it',
  retentionDays: 'Days for which a closed report of harm is kept',
};

/** By path, `*` for an id. Each member of the file has its words here: a test walks them. */
const WORDS: Readonly<Record<string, Words>> = {
  'roles *': (line) => {
    const { is, was } = line.change;
    // Where no group is named there are no auditors; any other role is the group of its name.
    if (line.id === 'auditors')
      return `Auditors, who read every deal: ${group(is, line)} now (was: ${group(was, line)}).`;
    return `${capital(ROLE_WORDS[line.id as RoleName])} is the group ${group(is ?? line.id, line)} now (was: ${group(was ?? line.id, line)}).`;
  },
  'groups * id': comesAndGoes(
    ({ id, names }) => `The group ${nameIn(names, 'groups', id)}`,
    'is new',
    'is not in the file any more',
  ),
  'groups * name': plain(({ id }) => `The name of the group ${id}`),
  'groups * members': (line) => {
    const name = nameIn(line.names, 'groups', line.id);
    return came(line.change)
      ? `${them(line.change.is, line)} is in ${name} now.`
      : `${them(line.change.was, line)} is not in ${name} any more.`;
  },
  'people * id': comesAndGoes((line) => `${who(line)} (${line.id})`, 'is new', 'is not in the file any more'),
  'people * name': plain(({ id }) => `The name of ${id}`),
  ...Object.fromEntries(ALL_CHATS.map((chat) => [`people * ${chat}`, account(CHATS[chat].name)])),
  'people * email': ({ change, ...line }) => {
    const of = `e-mail address of ${who({ change, ...line })}`;
    if (change.was === undefined) return `The ${of} is new.`;
    return change.is === undefined ? `The ${of} is not in the file any more.` : `The ${of} is another one.`;
  },
  'people * chat': plain((line) => `The chat that ${who(line)} prefers`),
  'people * timeZone': plain((line) => `The time zone of ${who(line)}`),
  'people * manager': (line) =>
    `The manager of ${who(line)}: ${them(line.change.is, line)} (was: ${them(line.change.was, line)}).`,
  'people * deputies': (line) =>
    came(line.change)
      ? `${them(line.change.is, line)} may stand in for ${who(line)} now.`
      : `${them(line.change.was, line)} may not stand in for ${who(line)} any more.`,
  'products * id': comesAndGoes((line) => `The product ${product(line)}`, 'is new', 'is not in the catalogue any more'),
  'products * name': plain(({ id }) => `The name of the product ${id}`),
  'products * category': plain((line) => `The category of the product ${product(line)}`),
  'products * able': plain((line) => `Whether the product ${product(line)} can gather or analyse data about people`),
  'products * manager': (line) =>
    `Who fills in the product sheet of ${product(line)}: ${them(line.change.is, line)} (was: ${them(line.change.was, line)}).`,
  'clearanceChannels * id': comesAndGoes(
    ({ id }) => `The channel ${id}`,
    'is for deals now',
    'is not for deals any more',
  ),
  'clearanceChannels * name': plain(({ id }) => `The name of the channel ${id}`),
  'clearanceChannels * mirror': plain(({ id }) => `The mirror of the channel ${id}`),
  'digests * id': comesAndGoes(({ id }) => `The digest to ${id}`, 'is new', 'does not come any more'),
  'digests * schedule': plain(({ id }) => `When the digest to ${id} comes`),
  'digests * timeZone': plain(({ id }) => `The time zone of the digest to ${id}`),
  'voices *': (line) => {
    const { id, change } = line;
    const one = change.is ?? change.was;
    if (id === 'authorities')
      return `${shown(one)} ${came(change) ? 'is named now' : 'is not named any more'} to those who report harm.`;
    if (id === 'handlers')
      return `${them(one, line)} is ${came(change) ? 'asked now' : 'not asked any more'} to look at the case room.`;
    return plain(() => own(VOICES, id) ?? id)(line);
  },
  'voices * name': plain(() => 'Who opens reports that concern every handler'),
  'voices * key': plain(() => 'The key to which reports go that concern every handler'),
  holidays: ({ change }) => {
    const days = (change.is ?? change.was ?? '').split(' ').map(dayWords);
    const named = days.slice(0, MOST_NAMED);
    const all = listWords([...named, ...(days.length > named.length ? [`${days.length - named.length} more`] : [])]);
    return came(change) ? `Holidays, on which nobody is reminded, now: ${all}.` : `No holidays any more: ${all}.`;
  },
  timeZone: plain(() => 'The company’s time zone'),
  calls: plain(() => 'How approvers are called'),
  name: plain(() => 'The company’s name'),
};

/** Returns the path with `*` in place of its id. */
export const templateOf = (path: string): string => {
  const [of = '', id, ...member] = path.split(' ');
  return id === undefined ? of : [of, '*', ...member].join(' ');
};

export const hasWords = (path: string): boolean => Object.hasOwn(WORDS, templateOf(path));

/** Says what changed, and since when it was otherwise, where that is known. */
export const changeWords = (change: Change, names: Names, now: Instant): string => {
  const [, id = ''] = change.path.split(' ');
  const words = own(WORDS, templateOf(change.path)) ?? plain(({ change: { path } }) => `“${path}”`);
  const { since, item, is } = change;
  const was = item && is !== undefined ? 'It was not so' : 'It was so';
  return [words({ change, id, names }), ...(since === undefined ? [] : [`${was} ${sinceWords(since, now)}.`])].join(
    ' ',
  );
};

const some = (ids: readonly string[], names: Names): string => {
  const named = ids.slice(0, MOST_NAMED).map((id) => nameIn(names, 'people', id));
  const more = ids.length - named.length;
  return ids.length === 0 ? 'nobody' : listWords([...named, ...(more > 0 ? [`${more} more`] : [])]);
};

/** Roles whose people differ: who has them, and who had them. */
export const roleWords = ({ role, was, is }: RoleChange, names: Names): string =>
  `${capital(ROLE_WORDS[role])} now: ${some(is, names)}. Until now: ${some(was, names)}.`;

/** The roles that judge, where somebody has them who did not: told above all else. */
export const gravestRoles = (roles: readonly RoleChange[]): string[] =>
  roles.flatMap(({ role, was, is }) =>
    (role === 'chief' || role === 'compliance') && is.some((id) => !was.includes(id)) ? [ROLE_WORDS[role]] : [],
  );

export const moreWords = (more: number | undefined): string | undefined =>
  more === undefined ? undefined : `And ${count(more, 'more change')}.`;
