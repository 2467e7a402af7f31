/** The organisation file: YAML in, people, groups, products and channels out. */

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import { z } from 'zod';
import { ALL_CHATS, CHATS, chatOf, type Chat } from '../../flows/chats.ts';
import {
  salesGroup,
  OPERATOR,
  SYSTEM,
  type ClearanceChannel,
  type DigestPlan,
  type Organisation,
} from '../../flows/organisation.ts';
import type { Accounts } from '../../flows/registers/files.ts';
import { canonical } from '../../store/canonical.ts';
import { renamedProblems } from './accounts.ts';
import { auditorProblems } from './auditors.ts';
import { managerProblems } from './managers.ts';
import { apart } from './namesakes.ts';
import { scheduleProblem } from './schedule.ts';
import { voicesDocument } from './voices.ts';
import { FileProblem, parseYaml, problemsOf, readText, type Problem } from './yaml-file.ts';

export const sampleOrganisationFile = fileURLToPath(
  new URL('../../flows/policy/sample-organisation.yml', import.meta.url),
);

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be small letters, digits and hyphens');
/** The record names these beside people: what the calendar did, and who ran a command on the bot's machine. */
const TAKEN = [SYSTEM, OPERATOR, 'constructor'];
const personId = id.refine((value) => !TAKEN.includes(value), `must be another word: ${TAKEN.join(', ')} are taken`);
const text = z.string().trim().min(1);
/** A channel's id as its chat writes it; in Teams also a meeting's, a chat of two, or one person's with the bot. */
const CHANNEL: Record<Chat, RegExp> = {
  slack: /^[CGD][A-Z0-9]{6,}$/,
  teams: /^(?:19:[\w-]+@(?:thread\.(?:tacv2|v2|skype)|unq\.gbl\.spaces)|a:[\w-]+)$/,
};
const CHANNEL_WORDS = 'must be a Slack channel id such as C012AB3CD, or a Teams one such as 19:…@thread.tacv2';
const channelId = z.string().refine((value) => ALL_CHATS.some((chat) => CHANNEL[chat].test(value)), CHANNEL_WORDS);
const clearanceChannel = z.union(
  [
    channelId.transform((value): ClearanceChannel => ({ id: value })),
    z.strictObject({ id: channelId, name: text.optional(), mirror: channelId.optional() }),
  ],
  `${CHANNEL_WORDS}, or such an id with a name and a mirror: { id, name, mirror }`,
);

const isTimeZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
};

const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as Europe/Berlin');

const isDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day) && isValid(parseISO(day));
const DAY_WORDS = 'must be a day such as 2026-12-25';
const day = z.string().refine(isDay, DAY_WORDS);
const holiday = z.union(
  [day, z.strictObject({ day, name: text }).transform((named) => named.day)],
  `${DAY_WORDS}, or such a day with a name: { day, name }`,
);

const digest = z.strictObject({
  /** `compliance`: its people, each privately. */
  to: z.literal('compliance').optional(),
  channel: channelId.optional(),
  schedule: text,
  timeZone: timeZone.optional(),
});

/** The form of a person's account in each chat. */
const accounts = {
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]{6,}$/, 'must be a Slack member ID such as U012AB3CD')
    .optional(),
  // Entra's ids need not be of an RFC version; people paste them in either case.
  teams: z.guid('must be an Entra object id such as 8f3c1d2e-…').toLowerCase().optional(),
} satisfies Record<Chat, z.ZodType<string | undefined>>;

export const organisationDocument = z.strictObject({
  name: text,
  timeZone: timeZone.default('UTC'),
  holidays: z.array(holiday).default([]),
  people: z
    .array(
      z.strictObject({
        id: personId,
        name: text,
        email: z.email('must be an e-mail address').optional(),
        ...accounts,
        chat: z.enum(ALL_CHATS).optional(),
        timeZone: timeZone.optional(),
        manager: id.optional(),
        deputies: z.array(id).min(1).optional(),
      }),
    )
    .min(1),
  groups: z.array(z.strictObject({ id, name: text, members: z.array(id).min(1) })).min(1),
  roles: z.strictObject({
    compliance: id,
    chief: id,
    counsel: id.optional(),
    sales: id.optional(),
    auditors: id.optional(),
  }),
  products: z
    .array(
      z.strictObject({
        id,
        name: text,
        category: text,
        able: z.union([z.boolean(), z.literal('analyses')], 'is true, false or analyses').optional(),
        manager: id.optional(),
      }),
    )
    .default([]),
  clearanceChannels: z.array(clearanceChannel).min(1),
  calls: z.enum(['private', 'thread']).optional(),
  digests: z.array(digest).default([]),
  voices: voicesDocument.optional(),
});

type OrganisationDocument = z.output<typeof organisationDocument>;

function* twice(
  what: string,
  values: readonly { value: string | undefined; path: Problem['path'] }[],
): Generator<Problem> {
  const seen = new Set<string>();
  for (const { value, path } of values) {
    if (value === undefined) continue;
    if (seen.has(value)) yield { path, message: `${what} "${value}" is there twice: each belongs to one only.` };
    seen.add(value);
  }
}

/** A channel in two entries would have two mirrors, and a mirror in the same chat would get everything twice. */
function* channelProblems(channels: readonly ClearanceChannel[]): Generator<Problem> {
  yield* twice(
    'Channel',
    channels.flatMap(({ id: value, mirror }, i) => [
      { value, path: ['clearanceChannels', i] },
      { value: mirror, path: ['clearanceChannels', i, 'mirror'] },
    ]),
  );
  for (const [i, { id: channel, mirror }] of channels.entries()) {
    if (mirror === undefined || chatOf(mirror) !== chatOf(channel)) continue;
    const message = `${channel} and its mirror are both in ${CHATS[chatOf(mirror)].name}: mirror it with a channel of the other chat.`;
    yield { path: ['clearanceChannels', i, 'mirror'], message };
  }
}

/** A digest shows every deal, so it goes to a channel of compliance's own, and there is one for each place. */
function* digestProblems({ digests, clearanceChannels }: OrganisationDocument): Generator<Problem> {
  const clearance = new Set(clearanceChannels.flatMap(({ id: channel, mirror }) => [channel, mirror]));
  yield* twice(
    'A digest to',
    digests.map(({ to, channel }, i) => ({ value: channel ?? to, path: ['digests', i] })),
  );
  for (const [i, { to, channel, schedule }] of digests.entries()) {
    if ((to === undefined) === (channel === undefined)) {
      const message =
        'Say where this digest goes: either "channel", or "to: compliance" for its people, each privately.';
      yield { path: ['digests', i], message };
    }
    if (channel !== undefined && clearance.has(channel)) {
      const message = `${channel} is a clearance channel, and a digest shows every deal: name a channel that only compliance reads.`;
      yield { path: ['digests', i, 'channel'], message };
    }
    const wrong = scheduleProblem(schedule);
    if (wrong !== undefined) yield { path: ['digests', i, 'schedule'], message: wrong };
  }
}

/** Handlers of the case room are people of the file, each once: it is they whom the bot asks to look there. */
function* handlerProblems({ people, voices }: OrganisationDocument): Generator<Problem> {
  const handlers = voices?.handlers ?? [];
  const path = (i: number): Problem['path'] => ['voices', 'handlers', i];
  yield* twice(
    'Handler',
    handlers.map((value, i) => ({ value, path: path(i) })),
  );
  for (const [i, who] of handlers.entries()) {
    if (people.some((p) => p.id === who)) continue;
    const message = `voices names the handler ${who}, who is not among the people: add that person or correct the id.`;
    yield { path: path(i), message };
  }
}

/** Finds preferences without a choice: a person in one chat cannot prefer another. */
function* preferenceProblems(people: OrganisationDocument['people']): Generator<Problem> {
  for (const [i, one] of people.entries()) {
    const missing = ALL_CHATS.filter((chat) => one[chat] === undefined);
    if (one.chat === undefined || missing.length === 0) continue;
    const message = `${one.id} can choose a chat only with an id in both: add ${missing.join(' and ')}, or remove chat.`;
    yield { path: ['people', i, 'chat'], message };
  }
}

/** Finds who sells and is of compliance: a sales rep never votes as compliance, in whatever name. */
function* salesProblems({ people, groups, roles }: OrganisationDocument): Generator<Problem> {
  const members = (...ids: string[]): string[] => groups.filter((g) => ids.includes(g.id)).flatMap((g) => g.members);
  const sales = members(salesGroup(roles));
  const compliance = members(roles.compliance, roles.chief);
  for (const [g, group] of groups.entries()) {
    if (group.id !== roles.compliance && group.id !== roles.chief) continue;
    for (const [m, who] of group.members.entries()) {
      if (!sales.includes(who)) continue;
      const message = `${who} is of sales, which never votes as compliance: remove them from ${group.id} or from sales.`;
      yield { path: ['groups', g, 'members', m], message };
    }
  }
  for (const [i, { id: who, deputies = [] }] of people.entries()) {
    for (const [d, deputy] of deputies.entries()) {
      if (!compliance.includes(who) || !sales.includes(deputy)) continue;
      const message = `${who} has the deputy ${deputy}, who is of sales, which never votes as compliance: name another.`;
      yield { path: ['people', i, 'deputies', d], message };
    }
  }
}

function* deputyProblems(people: OrganisationDocument['people']): Generator<Problem> {
  const known = new Set(people.map((p) => p.id));
  for (const [i, { id: who, deputies = [] }] of people.entries()) {
    yield* twice(
      `${who}: deputy`,
      deputies.map((value, d) => ({ value, path: ['people', i, 'deputies', d] })),
    );
    for (const [d, deputy] of deputies.entries()) {
      const path = ['people', i, 'deputies', d];
      if (deputy === who) yield { path, message: `${who} can't be their own deputy: name another or remove it.` };
      if (known.has(deputy)) continue;
      const message = `${who} has the deputy ${deputy}, who is not among the people: add that person or correct the id.`;
      yield { path, message };
    }
  }
}

/** Finds shared chat ids: two people with one could approve each other's deals, so that is refused. */
function* linkProblems(organisation: OrganisationDocument): Generator<Problem> {
  const { people, groups, products, roles, clearanceChannels } = organisation;
  yield* twice(
    'Person',
    people.map((p, i) => ({ value: p.id, path: ['people', i, 'id'] })),
  );
  for (const key of [...ALL_CHATS, 'email'] as const) {
    const what = key === 'email' ? 'E-mail address' : `${CHATS[key].name} id`;
    yield* twice(
      what,
      people.map((p, i) => ({ value: p[key]?.toLowerCase(), path: ['people', i, key] })),
    );
  }
  yield* preferenceProblems(people);
  yield* managerProblems(people, products);
  yield* deputyProblems(people);
  yield* salesProblems(organisation);
  yield* auditorProblems(organisation);
  yield* twice(
    'Group',
    groups.map((g, i) => ({ value: g.id, path: ['groups', i, 'id'] })),
  );
  yield* twice(
    'Product',
    products.map((p, i) => ({ value: p.id, path: ['products', i, 'id'] })),
  );
  yield* channelProblems(clearanceChannels);
  yield* digestProblems(organisation);
  yield* handlerProblems(organisation);
  for (const [g, { id: taken }] of groups.entries()) {
    if (taken !== 'manager' && taken !== 'delegate') continue;
    const whom = taken === 'manager' ? "each person's own manager" : 'whom each person chooses while they are away';
    yield { path: ['groups', g, 'id'], message: `The group id "${taken}" is taken for ${whom}: rename it.` };
  }
  const other = products.findIndex((p) => p.id === 'other');
  if (other >= 0) {
    yield {
      path: ['products', other, 'id'],
      message: 'The product id "other" is taken for products outside the catalogue: rename it.',
    };
  }
  const known = new Set(people.map((p) => p.id));
  for (const [g, group] of groups.entries()) {
    yield* twice(
      `${group.id}: member`,
      group.members.map((value, i) => ({ value, path: ['groups', g, 'members', i] })),
    );
    for (const [m, member] of group.members.entries()) {
      if (known.has(member)) continue;
      const message = `${group.id} names ${member}, who is not among the people: add that person or correct the id.`;
      yield { path: ['groups', g, 'members', m], message };
    }
  }
  for (const role of ['compliance', 'chief', 'counsel', 'sales', 'auditors'] as const) {
    if (roles[role] === undefined || groups.some((g) => g.id === roles[role])) continue;
    yield { path: ['roles', role], message: `There is no group ${roles[role]}: add it or name another for ${role}.` };
  }
}

/** Parses the text. Throws FileProblem, one line for each problem. `name`: the file's, in messages. `known`: whose accounts were. */
export const readOrganisationText = (source: string, name: string, known: Accounts = {}): Organisation => {
  const yaml = parseYaml(source, name);
  if (yaml.problems.length > 0) throw new FileProblem(yaml.problems);
  const parsed = organisationDocument.safeParse(yaml.data, { reportInput: true });
  if (!parsed.success) throw new FileProblem(problemsOf(parsed.error, yaml.data).map(yaml.at));
  const problems = [...linkProblems(parsed.data), ...renamedProblems(parsed.data.people, known)];
  if (problems.length > 0) throw new FileProblem(problems.map(yaml.at));
  const plain: unknown = JSON.parse(JSON.stringify(parsed.data));
  const digests = parsed.data.digests.map(({ channel, schedule, timeZone: zone }): DigestPlan => ({
    channel,
    schedule,
    timeZone: zone ?? parsed.data.timeZone,
  }));
  return {
    ...parsed.data,
    people: apart(parsed.data.people),
    digests,
    hash: createHash('sha256').update(canonical(plain)).digest('hex'),
  };
};

export const loadOrganisation = (file: string): Organisation => readOrganisationText(readText(file), basename(file));
