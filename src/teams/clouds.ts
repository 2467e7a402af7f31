/**
 * Microsoft's clouds: where tokens come from, and where Teams may be called. Hosts as the Teams SDK lists them,
 * https://microsoft.github.io/teams-sdk/typescript/essentials/app-configuration/service-url-validation; addresses for a
 * first message from
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages.
 */

import { PUBLIC, US_GOV, US_GOV_DOD, type CloudEnvironment } from '@microsoft/teams.api';
import type { TeamsCloud } from '../config/teams.ts';

interface Cloud {
  cloud: CloudEnvironment;
  /** Where the bot writes before it has heard from anybody. */
  serviceUrl: string;
  /** Hosts that a `serviceUrl` may name. */
  serviceHosts: readonly string[];
}

const [WORLD, GCC, GCC_HIGH, DOD] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
] as const;

const CLOUDS: Record<TeamsCloud, Cloud> = {
  public: {
    cloud: PUBLIC,
    serviceUrl: `https://${WORLD}/teams`,
    serviceHosts: [WORLD, 'smba.onyx.prod.teams.trafficmanager.net'],
  },
  // Tokens of the public cloud, messages through its own hosts.
  gcc: { cloud: PUBLIC, serviceUrl: `https://${GCC}/teams`, serviceHosts: [GCC] },
  'gcc-high': { cloud: US_GOV, serviceUrl: `https://${GCC_HIGH}/teams`, serviceHosts: [GCC_HIGH] },
  dod: { cloud: US_GOV_DOD, serviceUrl: `https://${DOD}/teams`, serviceHosts: [DOD] },
};

/** Returns the cloud. `hosts`: those that the operator set in place of the cloud's own. */
export const cloudOf = (name: TeamsCloud, hosts?: readonly string[]): Cloud => {
  const own = CLOUDS[name];
  const [first] = hosts ?? [];
  if (hosts === undefined || first === undefined) return own;
  const reached = hosts.includes(new URL(own.serviceUrl).host);
  return { ...own, serviceHosts: hosts, serviceUrl: reached ? own.serviceUrl : `https://${first}/teams` };
};
