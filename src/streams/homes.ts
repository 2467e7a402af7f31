/** Places of a deal's thread: where it was opened, and in the other chat if the organisation file mirrors it there. */

import { chatOf, type Chat } from '../../flows/chats.ts';
import type { Home } from '../../flows/deal/deal.ts';
import { mirrorOf, type Organisation } from '../../flows/organisation.ts';
import type { ThreadPlace } from './places.ts';

/** `on`: the connected chats. Nothing is owed to a mirror in a chat that is off. */
export const homesOf =
  (organisation: () => Organisation, on: readonly Chat[]) =>
  (home: Home): ThreadPlace[] => {
    const channel = mirrorOf(organisation(), home.channel);
    if (channel === undefined) return [{ home }];
    const platform = chatOf(channel);
    return on.includes(platform) ? [{ home }, { home: { platform, channel }, mirror: platform }] : [{ home }];
  };
