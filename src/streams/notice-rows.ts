/** Outbox rows that a commit owes. */

import type { Notice } from '../../flows/deal/telling/notices.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Json, NewOutboxRow } from '../../store/event-store.ts';
import { placedKey, type ThreadPlace } from './places.ts';

const mirrorNote = ({ home, mirror }: ThreadPlace): { [key: string]: Json } =>
  mirror === undefined ? {} : { mirror, home: { platform: home.platform, channel: home.channel } };

/** The edits of a deal's private messages wait for no thread, and delay none. */
export const privateLane = (deal: DealId): string => `private:${deal}`;

/**
 * Makes the rows. In the thread a notice is owed at each place, in a lane of its own, so that trouble in one chat
 * delays no other. `urgent` rows wait for nothing, although nobody pressed a button for them.
 */
export const outboxRows = (
  deal: DealId,
  notices: readonly Notice[],
  places: readonly ThreadPlace[],
  urgent = false,
): NewOutboxRow[] =>
  notices.flatMap((notice) => {
    if (notice.kind === 'fact' && notice.target.to === 'person') {
      return [
        {
          id: notice.id,
          kind: notice.kind,
          lane: `person:${notice.target.person}`,
          notice: {},
          ...(urgent ? { bulk: false } : {}),
        },
      ];
    }
    if (notice.kind === 'live' && notice.live.card === 'private') {
      const { id, kind, live } = notice;
      return [{ id, kind, lane: privateLane(deal), notice: { ...live } }];
    }
    return places.map((place) => ({
      id: placedKey(notice.id, place.mirror),
      kind: notice.kind,
      lane: placedKey(`thread:${deal}`, place.mirror),
      // A row names only the notice: the facts are in the commit, encrypted.
      notice: { ...(notice.kind === 'live' ? notice.live : {}), ...mirrorNote(place) },
      ...(urgent ? { bulk: false } : {}),
    }));
  });
