/** The settings that result from the bot's registration and its cloud: all differences between Teams deployments. */

import type { CloudEnvironment } from '@microsoft/teams.api';

export interface TeamsMode {
  /** Client id of the bot's Entra app; GUID. */
  clientId: string;
  clientSecret: string;
  /** The tenant that the bot is registered in; GUID. */
  tenantId: string;
  /** Tenants whose people may work here; the bot's own among them. */
  tenants: readonly string[];
  /** Hosts that a `serviceUrl` may name; https only, except for loopback in the playground. */
  serviceHosts: readonly string[];
  /** Where the bot writes before it has heard from anybody. */
  serviceUrl: string;
  cloud: CloudEnvironment;
  /** Replaces Microsoft's token: the playground's own. */
  token?: (() => Promise<string>) | undefined;
  /** Allows http to 127.0.0.1: for the playground and tests. */
  loopback?: boolean | undefined;
  /** Link to a message; Teams' own where absent. */
  messageUrl?: ((channel: string, message: string) => string) | undefined;
}
