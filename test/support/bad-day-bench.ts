/** The whole bot on a bad day: playground, raw requests, the record, the log and each person's messages. */

import { expect } from 'vitest';
import type { Logger, LogFields } from '../../src/log.ts';
import type { ShownMessage } from '../../src/playground/page/wire.ts';
import { createDeals, type Deals } from './bad-day-deals.ts';
import { createWire, openRecord, until, type Answer, type DealRecord, type Wire } from './bad-day.ts';
import { CLEARANCE, readBlocks } from './chat-hand.ts';
import { PEOPLE, play, type Playing } from './playing.ts';

export interface Line {
  level: 'info' | 'warn' | 'error';
  event: string;
  fields: LogFields;
}

export interface Day {
  playing: Playing;
  record: DealRecord;
  wire: Wire;
  deals: Deals;
  lines: Line[];
  messages(user: string, channel: string, thread?: string): Promise<ShownMessage[]>;
  /** Waits until this person has a message with the words: `D…` for what the bot wrote to them alone. */
  reads(user: string, words: string | RegExp, at?: { channel?: string; thread?: string }): Promise<ShownMessage>;
  /** Returns every message that anybody can read in the clearance channel and with the bot. */
  everything(): Promise<{ text: string; blocks: unknown }[]>;
  /** Sends, and checks that the deal's record is as it was. */
  unchanged(deal: string, act: () => Promise<Answer>): Promise<Answer>;
  logged(event: string, code?: string): Promise<Line>;
  /** Checks that the bot still works: another person's act goes through. */
  alive(): Promise<void>;
  end(): Promise<void>;
}

export const dmOf = (user: string): string => `D${user.slice(1)}`;
export const textOf = (message: ShownMessage): string => `${message.text} ${readBlocks(message.blocks)}`;

export type Node = Record<string, unknown>;
export const nodes = (value: unknown): Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (value === null || typeof value !== 'object') return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
};

/** Text in the order of the blocks. */
export const written = (blocks: unknown): string =>
  nodes(blocks)
    .flatMap((n) => (typeof n['text'] === 'string' ? [n['text']] : []))
    .join('');

const holds = (words: string | RegExp, text: string): boolean =>
  typeof words === 'string' ? text.includes(words) : words.test(text);

export const startDay = async (settings: Readonly<Record<string, string>> = {}): Promise<Day> => {
  const lines: Line[] = [];
  const at =
    (level: Line['level']) =>
    (event: string, fields: LogFields = {}): void =>
      void lines.push({ level, event, fields });
  const logger: Logger = { info: at('info'), warn: at('warn'), error: at('error') };
  const playing = await play(logger, settings);
  const record = openRecord(playing.dataDir);
  const wire = createWire(() => playing.url);
  const deals = createDeals(wire, record);
  const messages = async (user: string, channel: string, thread?: string): Promise<ShownMessage[]> => {
    const query = new URLSearchParams({ user, channel, ...(thread === undefined ? {} : { thread }) });
    const response = await fetch(`${playing.url}/playground/ui/messages?${query.toString()}`);
    return (await response.json()) as ShownMessage[];
  };
  return {
    playing,
    record,
    wire,
    deals,
    lines,
    messages,
    reads: (user, words, { channel = CLEARANCE, thread } = {}) =>
      until(`a message with ${String(words)}`, async () =>
        (await messages(user, channel, thread)).findLast((m) => holds(words, textOf(m))),
      ),
    everything: async () => {
      const found: ShownMessage[] = [];
      for (const user of Object.values(PEOPLE)) {
        for (const channel of [CLEARANCE, dmOf(user)]) {
          const roots = await messages(user, channel);
          found.push(...roots);
          for (const { ts, replies } of roots) if (replies > 0) found.push(...(await messages(user, channel, ts)));
        }
      }
      return found.map(({ text, blocks }) => ({ text, blocks }));
    },
    unchanged: async (deal, act) => {
      const before = await record.types(deal);
      const answer = await act();
      expect(await record.types(deal)).toEqual(before);
      return answer;
    },
    logged: (event, code) =>
      until(`the log line ${event} ${code ?? ''}`, () =>
        lines.findLast((l) => l.event === event && (code === undefined || l.fields.code === code)),
      ),
    alive: async () => {
      const deal = await deals.open();
      await wire.submit(PEOPLE.rep, {
        form: 'deal.more',
        context: { deal },
        values: { choice: 'withdraw', reason: 'A sample.' },
      });
      expect(await record.types(deal)).toEqual(['DealOpened', 'DealWithdrawn']);
      expect((await fetch(`${playing.url}/readyz`)).status).toBe(200);
    },
    end: async () => {
      await record.close();
      await playing.end();
    },
  };
};
