/** The cloud's trigger ids and response URLs, given out with an interaction. */

import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';

/** Slack: a trigger_id lives 3 s and opens one view. */
const TRIGGER_MS = 3_000;
/** Slack: a response_url takes 5 messages within 30 minutes. */
const RESPONSE_MS = 30 * 60_000;
const RESPONSE_USES = 5;

export interface Trigger {
  user: string;
  tab: string;
  /** The modal that was on top when it was made. */
  view: string | undefined;
}

export interface ResponseTicket {
  user: string;
  channel: string;
  /** `ts` of the message whose button was pressed. */
  original: string | undefined;
  thread: string | undefined;
}

export interface Tickets {
  newTrigger(trigger: Trigger): string;
  exchange(id: string): Trigger | 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';
  newResponse(ticket: ResponseTicket): string;
  useResponse(id: string): ResponseTicket | 'expired_url' | 'used_url' | 'no_url';
}

const triggerRow = z.object({
  user: z.string(),
  tab: z.string(),
  view: z.string().nullable(),
  made: z.number(),
  used: z.number(),
});

const responseRow = z.object({
  user: z.string(),
  channel: z.string(),
  original: z.string().nullable(),
  thread: z.string().nullable(),
  made: z.number(),
  uses: z.number(),
});

export const ticketsIn = (db: Database, now: () => number): Tickets => {
  const putTrigger = db.prepare('insert into trigger_id (id, user, tab, view, made) values (?, ?, ?, ?, ?)');
  const trigger = db.prepare('select * from trigger_id where id = ?');
  const spend = db.prepare('update trigger_id set used = 1 where id = ?');
  const forget = db.prepare('delete from trigger_id where made < ?');
  const putResponse = db.prepare(
    'insert into response_url (id, user, channel, original, thread, made) values (?, ?, ?, ?, ?, ?)',
  );
  const response = db.prepare('select * from response_url where id = ?');
  const count = db.prepare('update response_url set uses = uses + 1 where id = ?');
  const forgetResponses = db.prepare('delete from response_url where made < ?');
  return {
    newTrigger: ({ user, tab, view }) => {
      forget.run(now() - RESPONSE_MS);
      forgetResponses.run(now() - 2 * RESPONSE_MS);
      const id = `${now()}.${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(16).toString('hex')}`;
      putTrigger.run(id, user, tab, view ?? null, now());
      return id;
    },
    exchange: (id) => {
      const found = triggerRow.optional().parse(trigger.get(id));
      if (!found) return 'invalid_trigger_id';
      if (found.used === 1) return 'exchanged_trigger_id';
      if (now() - found.made > TRIGGER_MS) return 'expired_trigger_id';
      spend.run(id);
      return { user: found.user, tab: found.tab, view: found.view ?? undefined };
    },
    newResponse: ({ user, channel, original, thread }) => {
      const id = randomBytes(16).toString('hex');
      putResponse.run(id, user, channel, original ?? null, thread ?? null, now());
      return id;
    },
    useResponse: (id) => {
      const found = responseRow.optional().parse(response.get(id));
      if (!found) return 'no_url';
      if (now() - found.made > RESPONSE_MS) return 'expired_url';
      if (found.uses >= RESPONSE_USES) return 'used_url';
      count.run(id);
      return {
        user: found.user,
        channel: found.channel,
        original: found.original ?? undefined,
        thread: found.thread ?? undefined,
      };
    },
  };
};
