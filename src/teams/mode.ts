/** What the bot's registration and its cloud come to: everything that tells one Teams deployment from another. */

import type { CloudEnvironment } from '@microsoft/teams.api';

export interface TeamsMode {
  /** Of the bot's Entra app; GUID. */
  clientId: string;
  clientSecret: string;
  /** The tenant that the bot is registered in; GUID. */
  tenantId: string;
  /** Tenants whose people may work here; the bot's own among them. */
  tenants: readonly string[];
  /** Hosts that a `serviceUrl` may name; https only, but for loopback in the playground. */
  serviceHosts: readonly string[];
  /** Where the bot writes before anybody wrote to it. */
  serviceUrl: string;
  cloud: CloudEnvironment;
  /** Instead of asking Microsoft: the playground's own. */
  token?: (() => Promise<string>) | undefined;
  /** http to 127.0.0.1 is good enough: the playground and tests. */
  loopback?: boolean | undefined;
  /** Link to a message; Teams' own where absent. */
  messageUrl?: ((channel: string, message: string) => string) | undefined;
}
