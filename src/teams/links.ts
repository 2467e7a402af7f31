/** Links into Teams: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams */

import { US_GOV, US_GOV_DOD, type CloudEnvironment } from '@microsoft/teams.api';
import type { MessageRef } from '../../store/event-store.ts';
import type { TeamsPlace } from './addresses.ts';

const host = (cloud: CloudEnvironment): string => {
  if (cloud === US_GOV) return 'gov.teams.microsoft.us';
  return cloud === US_GOV_DOD ? 'dod.teams.microsoft.us' : 'teams.microsoft.com';
};

/** Returns the link to a message that starts a thread, or stands in a chat. */
export const messageUrl = (
  { cloud }: { cloud: CloudEnvironment },
  { channel, message }: MessageRef,
  { tenant, threads }: TeamsPlace,
): string => {
  const url = new URL(`https://${host(cloud)}/l/message/`);
  url.pathname += `${encodeURIComponent(channel)}/${encodeURIComponent(message)}`;
  url.searchParams.set('tenantId', tenant);
  if (threads) url.searchParams.set('parentMessageId', message);
  else url.searchParams.set('context', JSON.stringify({ contextType: 'chat' }));
  return url.href;
};
