/** A store whose readings nobody can change: it may give the same objects to several callers. */

import type { EventStore } from '../../store/event-store.ts';

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
};

/** Whoever changes what `load` gave throws, in any module. */
export const unchangeable = <Store extends Pick<EventStore, 'load'>>(store: Store): Store => ({
  ...store,
  load: async (stream) => frozen(await store.load(stream)),
});
