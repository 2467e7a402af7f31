/** Parts of a bot that a test may replace. */

import type { EventStore } from '../../store/event-store.ts';
import type { ChatModes } from '../chats.ts';

/** Replacements that tests make for a deployment's own parts. */
export interface Seams {
  /** Wraps the store, for example in one that fails at some point. */
  around?: (store: EventStore) => EventStore;
  /** Replaces the way the chats are reached. */
  standIns?: (modes: ChatModes) => ChatModes;
  /** Time between two looks at the files, in milliseconds. */
  filesEveryMs?: number;
}
