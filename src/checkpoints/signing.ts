/** Gives commits their places in the log, and signs the head of the log. */

import type { KeyObject } from 'node:crypto';
import type { EventStore } from '../../store/event-store.ts';
import { loadCheckpointKey } from '../../store/keys.ts';
import type { SignedHead } from '../../store/log/commit-log.ts';
import { signTreeHead, treeHeadOf, type TreeHead } from '../../store/log/tree-head.ts';
import { yieldToOthers } from '../bell.ts';
import type { Environment, StoreLocation } from '../streams/open-store.ts';

/** A round in the embedded store is one transaction, which everybody else waits for: a few milliseconds. */
const AT_ONCE = 500;

/** Places commits until none is left, or `stopped`, with other work in between. */
export const placeAll = async (
  store: Pick<EventStore, 'placeCommits'>,
  stopped: () => boolean = () => false,
): Promise<void> => {
  while (!stopped() && (await store.placeCommits(AT_ONCE)) > 0) await yieldToOthers();
};

export interface Signed {
  head: TreeHead;
  /** The note kept for that size, which another bot may have signed. */
  kept: SignedHead;
}

/** Signs the log as it is and keeps the note. Undefined where no commit has a place yet. */
export const signLog = async (
  store: Pick<EventStore, 'logHead' | 'keepSignedHead'>,
  key: KeyObject,
): Promise<Signed | undefined> => {
  const log = await store.logHead();
  if (!log) return undefined;
  const head = treeHeadOf(log.origin, log.tree, log.before);
  const { size } = head;
  return { head, kept: { size, note: await store.keepSignedHead({ size, note: signTreeHead(head, key) }) } };
};

/**
 * Loads the key that all bots on this record share; the embedded store has one bot, which may make its own. Undefined on
 * MongoDB where none is set. Throws StoreFault.
 */
export const sharedCheckpointKey = (env: Environment, { dataDir, mongodb }: StoreLocation): KeyObject | undefined => {
  const given = env['CLEARTHREAD_CHECKPOINT_KEY']?.trim();
  return mongodb !== undefined && !given ? undefined : loadCheckpointKey(given, dataDir);
};

/** Says what is missing, a sentence each. */
export const signingWarnings = (env: Environment, { mongodb }: StoreLocation): string[] =>
  mongodb === undefined || env['CLEARTHREAD_CHECKPOINT_KEY']?.trim()
    ? []
    : [
        'Checkpoints are not signed: set CLEARTHREAD_CHECKPOINT_KEY, the same for every bot (openssl genpkey -algorithm ed25519).',
      ];
