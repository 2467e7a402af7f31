/** Keeps messages' addresses, with retries: a message whose address is forgotten would be posted again. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, MessageRef } from '../../store/event-store.ts';

type Refs = Pick<EventStore, 'ref' | 'saveRef'>;

/** Pauses between tries, while the outbox row is leased. */
const WAITS_MS = [50, 300];

/**
 * Makes the refs. `saveRef` tries three times. A ref that the store still does not take is remembered until this
 * process ends: `ref` knows it, and saves it first. Both throw StoreFault; the row's next try then updates the posted
 * message.
 */
export const messageRefs = (store: Refs): Refs => {
  const unsaved = new Map<string, MessageRef>();
  const nameOf = (stream: string, key: string): string => JSON.stringify([stream, key]);

  const saveRef: Refs['saveRef'] = async (stream, key, ref) => {
    const name = nameOf(stream, key);
    unsaved.set(name, ref);
    for (const waitMs of [...WAITS_MS, undefined]) {
      try {
        await store.saveRef(stream, key, ref);
        unsaved.delete(name);
        return;
      } catch (error) {
        if (waitMs === undefined) throw error;
        await sleep(waitMs);
      }
    }
  };

  return {
    saveRef,
    ref: async (stream, key) => {
      const posted = unsaved.get(nameOf(stream, key));
      if (!posted) return store.ref(stream, key);
      await saveRef(stream, key, posted);
      return posted;
    },
  };
};
