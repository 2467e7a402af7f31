/** Microsoft Teams' settings in the environment. */

import { z } from 'zod';
import { optional, text } from './setting.ts';

const TEAMS_CLOUDS = ['public', 'gcc', 'gcc-high', 'dod'] as const;
export type TeamsCloud = (typeof TEAMS_CLOUDS)[number];

export interface TeamsConfig {
  /** Client id of the bot's Entra app, GUID in small letters. */
  clientId: string;
  clientSecret: string;
  /** The tenant that the bot is registered in, GUID in small letters. */
  tenantId: string;
  /** Tenants whose people may work here. */
  tenants: readonly string[];
  cloud: TeamsCloud;
  /** Hosts that a `serviceUrl` may name; undefined: those of the cloud. */
  serviceHosts: readonly string[] | undefined;
}

const guid = (words: string) => text.toLowerCase().pipe(z.guid(words));

/** Parses `a, b,`. */
const list = (item: z.ZodType<string, string>, words: string) =>
  text
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item).min(1, words));

const SECRET_WORDS =
  "Set TEAMS_CLIENT_SECRET to the value (not the ID) of a client secret of the bot's app registration.";
const TENANTS_WORDS =
  'Set TEAMS_ALLOWED_TENANTS to the Directory (tenant) IDs whose people may work here, with commas between them.';
const HOSTS_WORDS =
  'Set TEAMS_SERVICE_HOSTS to host names such as smba.trafficmanager.net, with commas between them, or leave it unset.';

/** A name with a dot, no address and no port: compared with the host of an https URL. */
const host = z
  .string()
  .toLowerCase()
  .regex(/^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, HOSTS_WORDS);

export const teamsSettings = {
  TEAMS_CLIENT_ID: optional(guid("Set TEAMS_CLIENT_ID to the Application (client) ID of the bot's app registration.")),
  // The portal shows a secret's ID next to its value, and that one is a GUID.
  TEAMS_CLIENT_SECRET: optional(
    text.min(8, SECRET_WORDS).refine((value) => !z.guid().safeParse(value).success, SECRET_WORDS),
  ),
  TEAMS_TENANT_ID: optional(guid('Set TEAMS_TENANT_ID to the Directory (tenant) ID that the bot is registered in.')),
  TEAMS_CLOUD: optional(z.enum(TEAMS_CLOUDS, `Set TEAMS_CLOUD to one of ${TEAMS_CLOUDS.join(', ')}.`)),
  TEAMS_ALLOWED_TENANTS: optional(list(guid(TENANTS_WORDS), TENANTS_WORDS)),
  TEAMS_SERVICE_HOSTS: optional(list(host, HOSTS_WORDS)),
};

/** The environment as parsed by `teamsSettings`. */
type TeamsSettings = z.infer<z.ZodObject<typeof teamsSettings>>;

const TEAMS = ['TEAMS_CLIENT_ID', 'TEAMS_CLIENT_SECRET', 'TEAMS_TENANT_ID'] as const;

export function teamsProblem(set: TeamsSettings): string | undefined {
  const missing = TEAMS.filter((name) => !set[name]);
  if (missing.length === 0) return tenantsProblem(set);
  if (missing.length < TEAMS.length) {
    return `Set ${missing.join(' and ')} too: Microsoft Teams needs ${TEAMS.join(', ')} together.`;
  }
  const idle = (['TEAMS_CLOUD', 'TEAMS_ALLOWED_TENANTS', 'TEAMS_SERVICE_HOSTS'] as const).find((name) => set[name]);
  return idle && `Set ${TEAMS.join(', ')} beside ${idle}, or unset it.`;
}

/** Refuses a list without the bot's own tenant, a slip that would refuse everybody at home. */
function tenantsProblem({ TEAMS_TENANT_ID: own, TEAMS_ALLOWED_TENANTS: allowed }: TeamsSettings): string | undefined {
  if (own === undefined || allowed === undefined || allowed.includes(own)) return undefined;
  return 'Set TEAMS_ALLOWED_TENANTS to a list that names TEAMS_TENANT_ID too, or leave it unset to allow that one only.';
}

export function teamsOf(set: TeamsSettings): TeamsConfig | undefined {
  const { TEAMS_CLIENT_ID: clientId, TEAMS_CLIENT_SECRET: clientSecret, TEAMS_TENANT_ID: tenantId } = set;
  if (!clientId || !clientSecret || !tenantId) return undefined;
  return {
    clientId,
    clientSecret,
    tenantId,
    tenants: set.TEAMS_ALLOWED_TENANTS ?? [tenantId],
    cloud: set.TEAMS_CLOUD ?? 'public',
    serviceHosts: set.TEAMS_SERVICE_HOSTS,
  };
}
