/**
 * Checkpoints by themselves: places each commit in the log within a minute, signs the log's head once a day and with
 * each digest, and brings what was signed outside the database.
 */

import type { KeyObject } from 'node:crypto';
import type { EventStore } from '../../store/event-store.ts';
import type { SignedHead } from '../../store/log/commit-log.ts';
import { treeHeadOf, type TreeHead } from '../../store/log/tree-head.ts';
import { createBell } from '../bell.ts';
import type { Logger } from '../log.ts';
import type { Publish } from './publish.ts';
import { placeAll, signLog } from './signing.ts';

export interface CheckpointsOptions {
  store: Pick<EventStore, 'placeCommits' | 'logHead' | 'keepSignedHead' | 'signedHeads' | 'meta' | 'putMeta'>;
  /** The key that all bots share; undefined: commits get their places, and nothing is signed. */
  key: () => KeyObject | undefined;
  /** Undefined: what is signed stays in the database. */
  publish: Publish | undefined;
  /** The machine's. */
  clock: () => Date;
  logger: Logger;
  everyMs?: number | undefined;
}

export interface Checkpoints {
  /** Places what has no place yet, signs, and returns the head. Undefined where there is none, or where it fails. */
  sign(): Promise<TreeHead | undefined>;
  /** Number of commits that the newest signed head covers, as last seen. */
  signedSize(): number;
  /** Stops, and waits for the round under way. */
  stop(): Promise<void>;
}

const EVERY_MS = 60_000;

/** The setting that says when a head was signed last, and its size: `2026-03-02 1234`. */
const LAST_SIGNED = 'log:signed';

const readLast = (text = ''): { day: string; size: number } => {
  const [day = '', size = '0'] = text.split(' ');
  return { day, size: Number(size) || 0 };
};

export const startCheckpoints = (options: CheckpointsOptions): Checkpoints => {
  const { store, key, publish, clock, logger, everyMs = EVERY_MS } = options;
  const bell = createBell();
  let ended = false;
  let halt = (): void => {};
  const halted = new Promise<'halted'>((resolve) => {
    halt = () => resolve('halted');
  });
  let signed = 0;
  /** What is still to be brought outside, the oldest first. */
  let owed: SignedHead[] = [];

  const today = (): string => clock().toISOString().slice(0, 10);

  const note = (head: SignedHead): void => {
    if (publish && !owed.some(({ size }) => size === head.size)) owed.push(head);
  };

  const sign = async (): Promise<TreeHead | undefined> => {
    await placeAll(store, () => ended);
    const log = await store.logHead();
    const by = key();
    if (!log || !by) return log && treeHeadOf(log.origin, log.tree, log.before);
    const last = readLast(await store.meta(LAST_SIGNED));
    if (log.tree.size < last.size) {
      logger.error('checkpoints.log-shrank', { count: log.tree.size });
      return treeHeadOf(log.origin, log.tree, log.before);
    }
    const made = await signLog(store, by);
    if (!made) return undefined;
    const { size } = made.head;
    await store.putMeta(LAST_SIGNED, `${today()} ${size}`);
    signed = size;
    if (size > last.size) {
      note(made.kept);
      logger.info('checkpoints.signed', { count: size });
      // It need not wait for the next round.
      bell.ring();
    }
    return made.head;
  };

  const bringOut = async (): Promise<void> => {
    for (const head of owed) {
      try {
        // An address may take longer than the process has left; the next start brings it out again.
        if ((await Promise.race([publish?.(head), halted])) === 'halted') return;
        owed = owed.filter((each) => each !== head);
        logger.info('checkpoints.published', { count: head.size });
      } catch (error) {
        logger.error('checkpoints.not-published', { count: head.size, error });
        return;
      }
    }
  };

  const round = async (): Promise<void> => {
    try {
      await placeAll(store, () => ended);
      const last = readLast(await store.meta(LAST_SIGNED));
      signed = last.size;
      if (!ended && last.day !== today()) await sign();
    } catch (error) {
      logger.error('checkpoints.not-signed', { error });
    }
    if (!ended) await bringOut();
  };
  const loop = async (): Promise<void> => {
    // What the last process may not have brought out any more: the newest covers all before it.
    const kept = publish && (await store.signedHeads().catch(() => [])).at(-1);
    if (kept) note(kept);
    while (!ended) {
      await round();
      if (!ended) await bell.heard(everyMs);
    }
  };
  const running = loop();

  return {
    sign: () =>
      sign().catch((error: unknown) => {
        logger.error('checkpoints.not-signed', { error });
        return undefined;
      }),
    signedSize: () => signed,
    stop: async () => {
      ended = true;
      halt();
      bell.ring();
      await running;
    },
  };
};
