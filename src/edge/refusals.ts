/** Records refused accounts, in a stream of its own. */

import { z } from 'zod';
import { ALL_CHATS, type Chat } from '../../flows/chats.ts';
import type { EventStore, Json } from '../../store/event-store.ts';
import type { Logger } from '../log.ts';

export interface AccountRefusal {
  chat: Chat;
  /** Slack user id or Entra object id. */
  account: string;
  why: 'unknown' | 'ambiguous' | 'guest' | 'deactivated' | 'foreign';
  /** The person whose e-mail address the account has: a hint for the human who links accounts, never a link. */
  looksLike?: string | undefined;
}

/** Once a day per account and reason, or anybody could flood the record. Never throws: a refusal stands without it. */
export type KeepRefusal = (refusal: AccountRefusal) => Promise<void>;

export interface RefusalsOptions {
  store: Pick<EventStore, 'load' | 'append'>;
  clock: () => Date;
  logger: Logger;
}

/** Kind of the streams: one a month (`R-2026-11`), so that none grows without end. */
export const REFUSALS = 'refusals';
/** Limit over all accounts together. */
export const MOST_A_DAY = 500;
/** Tries, as another process may be writing too. */
const ATTEMPTS = 10;
const LONGEST_ACCOUNT = 100;

/** One event of such a stream. */
export const accountRefused = z.object({
  type: z.literal('AccountRefused'),
  chat: z.enum(ALL_CHATS),
  account: z.string(),
  why: z.enum(['unknown', 'ambiguous', 'guest', 'deactivated', 'foreign']),
  looksLike: z.string().optional(),
});

/** The number kept on the day of the newest one. */
const tally = z.object({ day: z.string(), kept: z.number() });

/** The shape of that state: raised when it changes, as for other streams (`flows/known/shape.ts`). */
const FORMAT = 1;

const dayOf = (at: string): string => at.slice(0, 10);

/** The state that commits make of an earlier one. */
const tallied = (state: Json, commits: readonly { at: string; body: { events: readonly unknown[] } }[]): Json => {
  const read = tally.safeParse(state);
  let [day, kept] = read.success ? [read.data.day, read.data.kept] : ['', 0];
  for (const { at, body } of commits) {
    kept = (dayOf(at) === day ? kept : 0) + body.events.length;
    day = dayOf(at);
  }
  return { day, kept };
};

/** How a stream of this kind is replayed. */
export const refusalsReplay = { format: FORMAT, after: tallied };

const keptOn = (state: Json, day: string): number => {
  const read = tally.parse(state);
  return read.day === day ? read.kept : 0;
};

export const createRefusals = ({ store, clock, logger }: RefusalsOptions): KeepRefusal => {
  /** What is known here without asking the store again. */
  let today = { day: '', causes: new Set<string>(), full: false };
  let last: Promise<void> = Promise.resolve();

  const append = async (refusal: AccountRefusal, at: string, cause: string): Promise<'kept' | 'full'> => {
    const day = dayOf(at);
    const stream = `R-${day.slice(0, 7)}`;
    const { looksLike, ...known } = refusal;
    const event = { type: 'AccountRefused', ...known, ...(looksLike === undefined ? {} : { looksLike }) };
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { snapshot, commits, version } = await store.load(stream);
      const kept = keptOn(tallied(snapshot?.format === FORMAT ? snapshot.state : null, commits), day);
      if (kept >= MOST_A_DAY) return 'full';
      const appended = await store.append(
        {
          stream,
          expectedVersion: version,
          at,
          actor: 'system',
          cause,
          contextVersions: {},
          body: { events: [event], notices: [] },
        },
        {
          snapshot: {
            version: version + 1,
            kind: REFUSALS,
            status: 'kept',
            tier: null,
            owner: 'system',
            nextDueAt: null,
            format: FORMAT,
            state: { day, kept: kept + 1 },
          },
          outbox: [],
        },
      );
      if (appended.kind !== 'conflict') return 'kept';
    }
    throw new Error('Other writers were always first.');
  };

  const keep = async (asked: AccountRefusal): Promise<void> => {
    const refusal = { ...asked, account: asked.account.slice(0, LONGEST_ACCOUNT) };
    const at = clock().toISOString();
    const day = dayOf(at);
    if (today.day !== day) today = { day, causes: new Set(), full: false };
    const { chat, account, why } = refusal;
    const cause = `refused:${chat}:${account}:${why}:${day}`;
    if (today.full || today.causes.has(cause)) return;
    try {
      if ((await append(refusal, at, cause)) === 'kept') {
        today.causes.add(cause);
        return;
      }
      today.full = true;
      logger.warn('refused.no-more-today', { count: MOST_A_DAY });
    } catch (error) {
      logger.warn('refused.not-kept', { platform: chat, code: why, error });
    }
  };

  // One after the other: they all append to the same stream.
  return (refusal) => {
    last = last.then(() => keep(refusal));
    return last;
  };
};
