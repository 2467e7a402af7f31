/** What a commit owes, as rows of the outbox. */

import type { Notice } from '../../flows/deal/telling/notices.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Json, NewOutboxRow } from '../../store/event-store.ts';
import { placedKey, type ThreadPlace } from './places.ts';

const mirrorNote = ({ home, mirror }: ThreadPlace): { [key: string]: Json } =>
  mirror === undefined ? {} : { mirror, home: { platform: home.platform, channel: home.channel } };

/**
 * In the thread a notice is owed at each place, in a lane of its own: one chat's bad day delays no other. `urgent`: it does
 * not wait for anything, although nobody pressed a button for it.
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
    return places.map((place) => ({
      id: placedKey(notice.id, place.mirror),
      kind: notice.kind,
      lane: placedKey(`thread:${deal}`, place.mirror),
      // What a fact tells is in the commit, encrypted; a row names only the notice.
      notice: { ...(notice.kind === 'live' ? notice.live : {}), ...mirrorNote(place) },
      ...(urgent ? { bulk: false } : {}),
    }));
  });
