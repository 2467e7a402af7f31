/** Signed requests that make no sense, at both doors of the whole bot. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldForm, startWholeBot } from '../src/teams/whole-bot.ts';
import { LOW, OPENING } from '../support/bad-day-deals.ts';
import { asPayload, pressing, signed, submission, TEAM, type RawValues } from '../support/bad-day.ts';
import { CLEARANCE } from '../support/chat-hand.ts';
import { PEOPLE } from '../support/playing.ts';
import { ROOT, startCompany } from './support/bot-process.ts';
import { spoilt, type Json } from './support/junk.ts';
import { chance, must, type Form, type Script } from './support/script.ts';

const AT_ONCE = 8;
/** Half of them at each door. */
const PAYLOADS = { short: 5000, long: 100_000 };

/** Names of every button and form of the bot. */
const names = (): string[] => {
  const route = readFileSync(join(ROOT, 'src/route/route.ts'), 'utf8');
  const found = new Set(Array.from(route.matchAll(/'([a-z]+\.[a-z-]+)':/g), ([, name]) => name ?? ''));
  must(found.size > 20, 'the names of buttons and forms were not found in the source');
  return [...found, 'constructor', '__proto__', ''];
};

/** A busy machine gets through fewer: the figure says how many. */
const MOST_MS = { short: 8_000, long: 600_000 };

/** `send` resolves with the HTTP status. Resolves with the count of each status. */
const inLanes = async (form: Form, send: (n: number) => Promise<number>): Promise<Map<number, number>> => {
  const statuses = new Map<number, number>();
  const count = PAYLOADS[form] / 2;
  const end = performance.now() + MOST_MS[form];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = (next += 1); n <= count && performance.now() < end; n = next += 1) {
      const status = await send(n);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return statuses;
};

const countOf = (statuses: Map<number, number>): number => [...statuses.values()].reduce((sum, n) => sum + n, 0);

const said = (statuses: Map<number, number>): string =>
  [...statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, times]) => `${times} × ${status}`)
    .join(', ');

/** The chat's refusals and the bot's other faults, by kind. */
const faultsOf = (lines: readonly { event?: unknown; error?: unknown }[]): string => {
  const kinds = new Map<string, number>();
  for (const { event, error } of lines) {
    if (!/fault|unreadable|failed/.test(String(event))) continue;
    const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : 'no error';
    const kind = `${String(event)} (${name})`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return `logged: ${[...kinds].map(([kind, times]) => `${times} × ${kind}`).join(', ') || 'no fault'}`;
};

const atSlack = async (form: Form): Promise<string> => {
  const random = chance(20200930);
  const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const company = await startCompany();
  try {
    const bot = await company.start({ LOG_LEVEL: 'warn' });
    const deal = await company.deals.answered(LOW);
    const user = (): string => any(Object.values(PEOPLE));
    const all = names();
    const sections = Object.entries(LOW);
    const values = (): RawValues => any([OPENING, ...sections.map(([, answers]) => answers), {}]);
    const contexts = (): Json => {
      const section = any(sections)[0];
      return any<Json>([
        { channel: CLEARANCE, shown: [] },
        { deal, section, shown: [] },
        { deal, step: 0, page: 1, factsHash: 'x' },
        { deal, flag: 'H-RF1' },
        { deal },
      ]);
    };
    const view = (): Json => submission(user(), { form: any(all), context: contexts(), values: values() }) as Json;
    const kinds: (() => Json)[] = [
      view,
      () => pressing(user(), { name: any(all), value: any([deal, `${deal}/product`, `${deal}/0`, '/']) }) as Json,
      () => ({ ...(view() as object), type: 'block_suggestion', action_id: 'product', value: 'sin' }) as Json,
      () =>
        ({
          ...(view() as object),
          type: 'block_actions',
          trigger_id: randomUUID(),
          container: {},
          actions: [{ type: any(['button', 'static_select']), action_id: any(all), block_id: 'q:P1', value: deal }],
        }) as Json,
      () => ({
        type: 'event_callback',
        team_id: TEAM,
        event_id: randomUUID(),
        event: {
          type: any(['app_mention', 'message']),
          channel: CLEARANCE,
          user: user(),
          team: TEAM,
          text: any(['<@U0BOT> status', '<@U0BOT> change', `<@U0BOT> ${deal}`, 'away', 'x']),
          ts: '1.1',
          thread_ts: '1700000000.000001',
        },
      }),
      () => ({
        type: 'message_action',
        team: { id: TEAM },
        user: { id: user(), team_id: TEAM },
        callback_id: any(['new', 'status', 'change', 'help']),
        trigger_id: randomUUID(),
        channel: { id: CLEARANCE },
        message: { ts: '1.1', thread_ts: '1700000000.000001' },
      }),
      () => ({
        command: '/deal',
        text: any(['', 'help', deal, 'away']),
        user_id: user(),
        team_id: TEAM,
        channel_id: CLEARANCE,
        trigger_id: randomUUID(),
      }),
    ];

    const bodyOf = (payload: Json, n: number): { body: string; type: string } => {
      const text = JSON.stringify(payload) ?? '';
      const isObject = typeof payload === 'object' && payload !== null;
      if (random() < 0.03) return { body: text.slice(0, Math.floor(random() * text.length)), type: 'application/json' };
      if (random() < 0.03) return { body: `payload=%E0%A4%A${n}&payload=%`, type: 'application/x-www-form-urlencoded' };
      if (isObject && 'command' in payload) {
        const fields = Object.entries(payload).map(([key, value]) => [key, String(value)]);
        return { body: `${new URLSearchParams(fields).toString()}&n=${n}`, type: 'application/x-www-form-urlencoded' };
      }
      if (isObject && 'event' in payload) return { body: JSON.stringify({ ...payload, n }), type: 'application/json' };
      return { body: `${asPayload(payload as object)}&n=${n}`, type: 'application/x-www-form-urlencoded' };
    };

    let ended: unknown;
    void bot.ended.then((how) => (ended = how));
    const statuses = await inLanes(form, async (n) => {
      const { body, type } = bodyOf(spoilt(any(kinds)(), random), n);
      const { status } = await company.wire.send(signed(body, { type })).catch((error: unknown) => {
        throw new Error(`the bot did not answer (it ended with ${String(ended)}): ${body.slice(0, 500)}`, {
          cause: error,
        });
      });
      must(status < 500, `${status} for ${body.slice(0, 2000)}`);
      return status;
    });
    must(ended === undefined, `the bot ended with ${String(ended)}`);
    await company.deals.open();
    must((await fetch(`${company.url()}/readyz`)).status === 200, 'the bot is not ready any more');
    const verified = await company.record.store.verify();
    must(verified.kind === 'whole', `the record is ${JSON.stringify(verified)}`);
    const faults = faultsOf(bot.lines());
    return `Slack: ${countOf(statuses)} payloads (${said(statuses)}), ${faults}; the process lives and its record is whole`;
  } finally {
    await company.end();
  }
};

const atTeams = async (form: Form): Promise<string> => {
  const random = chance(20260101);
  const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const rejected: unknown[] = [];
  const reject = (reason: unknown): void => void rejected.push(reason);
  process.on('unhandledRejection', reject);
  process.on('uncaughtException', reject);
  const bot = await startWholeBot();
  try {
    const deal = await bot.answered(LOW);
    const all = names();
    const ours = (): unknown => {
      const held = heldForm(any(all), any([{ deal, section: 'product' }, { deal, step: 0 }, { deal }, {}]), ['q:P1']);
      return any([
        { do: 'click', name: any(all), value: any([deal, `${deal}/product`, '/']) },
        { do: 'press', name: any(all), value: deal, form: held },
        { do: 'submit', form: held },
        { do: 'look', deal, key: any(['root', 'section:product', 'review:1:0']) },
      ]);
    };
    const activity = (): Json => {
      const more = any([
        {},
        { type: 'message', text: any(['<at>Clearthread</at> status', 'new deal', 'help', deal]) },
        { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] },
        { type: 'installationUpdate', action: any(['add', 'remove']) },
      ]);
      const typed = { 'q:P1': any(['yes', 'no', 'unknown']), rationale: 'x' };
      return bot.activity(
        any(['rep', 'counsel']),
        any(['fetch', 'dialog', 'card', 'message']),
        ours(),
        typed,
        more,
      ) as Json;
    };
    const statuses = await inLanes(form, async () => {
      const text = JSON.stringify(spoilt(activity(), random)) ?? '';
      const body = random() < 0.03 ? text.slice(0, Math.floor(random() * text.length)) : text;
      const status = await bot.raw(body);
      must(status < 500, `${status} for ${body.slice(0, 2000)}`);
      return status;
    });
    await bot.settled();
    must(rejected.length === 0, `nobody caught ${String(rejected[0])}`);
    const { status } = await bot.press('rep', 'fetch', { do: 'click', name: 'deal.more', value: deal });
    must(status === 200, `afterwards a click is answered with ${status}`);
    const faults = faultsOf(bot.log.lines.map(({ event, fields }) => ({ event, ...fields })));
    return `Teams: ${countOf(statuses)} payloads (${said(statuses)}), ${faults}; nothing was left uncaught`;
  } finally {
    process.off('unhandledRejection', reject);
    process.off('uncaughtException', reject);
    await bot.end();
  }
};

export const fuzz: Script = {
  name: 'fuzz',
  proves: 'No signed payload crashes the bot, leaves a promise uncaught or is answered with a 5xx.',
  run: async (form) => [await atSlack(form), await atTeams(form)],
};
