/** Slack on a bad day: almost a third of all calls fail, some of them after taking effect, and two replicas send. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClientEvent } from '@slack/web-api';
import type { Card } from '../../blocks/card.ts';
import { silentLogger } from '../../src/log.ts';
import { createDeliver } from '../../src/outbox/deliver.ts';
import type { Message, Render } from '../../src/outbox/delivery.ts';
import { startOutbox, type DeliveryResult } from '../../src/outbox/outbox.ts';
import { createPace } from '../../src/outbox/pace.ts';
import { createClient } from '../../src/slack/clients.ts';
import { deliveryFault } from '../../src/slack/faults.ts';
import { slackOutlet } from '../../src/slack/outbound.ts';
import type { NewOutboxRow } from '../../store/event-store.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { BOT, startWebApi, TOKEN, type Failure } from '../src/slack/web-api.ts';
import { anOrganisation } from '../support/deal-builders.ts';
import { sampleCommit, sampleProjection } from '../support/store-samples.ts';
import { chance, must, type Script } from './support/script.ts';

const DEALS_IN_CHANNEL = 2;
const FACTS = 10;
/** Root, its facts, and one message to a person for each deal; one of those people can never be reached. */
const PER_DEAL = FACTS + 2;
const TIMEOUT_MS = 250;
/** Calls already on their way when the bot read the 429; by the machine's clock, which skips nothing. */
const IN_FLIGHT_MS = 500;
const DEAD = 'dead-1';
/** Share of all calls; its kinds of failure are equally frequent. */
const FAULTS = 0.3;
const MOST_MINUTES = { short: 1.5, long: 15 };

const pad = (n: number): string => String(n).padStart(4, '0');

interface Owed {
  rows: NewOutboxRow[];
  deal: string;
  channel: string;
  person: string;
}

const owedBy = (n: number): Owed => {
  const deal = `D-${pad(n)}`;
  const person = n === 3 ? DEAD : `person-${n}`;
  const lane = `thread:${deal}`;
  return {
    deal,
    channel: `C0${pad(Math.floor(n / DEALS_IN_CHANNEL))}`,
    person,
    rows: [
      { id: `live:${deal}:root`, kind: 'live', lane, notice: { key: 'root' } },
      ...Array.from({ length: FACTS }, (_, f): NewOutboxRow => {
        const id = `${deal}-fact-${f}`;
        return { id, kind: 'fact', lane, notice: { key: id } };
      }),
      { id: `${deal}-person`, kind: 'fact', lane: `person:${person}`, notice: { key: `${deal}-person`, person } },
    ],
  };
};

const run: Script['run'] = async (form) => {
  const notices = form === 'short' ? 500 : 5000;
  const random = chance(20261125);
  const owed = Array.from({ length: Math.ceil(notices / PER_DEAL) }, (_, n) => owedBy(n));
  const dir = mkdtempSync(join(tmpdir(), 'clearthread-outage-'));
  const store = openSqliteStore({ file: join(dir, 'outage.db'), dataKey: Buffer.alloc(32, 7) });
  const api = await startWebApi();
  /** Waiting is skipped when nobody has anything to do. */
  let skipped = 0;
  const now = (): number => Date.now() + skipped;
  const clock = (): Date => new Date(now());

  const faults: Record<string, number> = {};
  const heldUntil = new Map<string, { from: number; until: number }>();
  let [tooEarly, limited] = [0, 0];
  const failures: (() => Failure)[] = [
    () => ({ status: 429, headers: { 'retry-after': String(1 + Math.floor(random() * 5)) } }),
    () => ({ status: 503 }),
    () => ({ status: 500, done: true }),
    () => 'reset',
    () => 'done-then-reset',
    () => 'hang',
    () => 'done-then-hang',
  ];
  api.trouble = ({ method, args }) => {
    const channel = String(args['channel']);
    const writes = method === 'chat.postMessage' || method === 'chat.update';
    const held = heldUntil.get(channel);
    if (writes && held && Date.now() > held.from && now() < held.until) tooEarly += 1;
    if (random() >= FAULTS) return undefined;
    const failure = failures[Math.floor(random() * failures.length)]?.() ?? 'reset';
    const name = typeof failure === 'string' ? failure : `http ${failure.status}`;
    faults[name] = (faults[name] ?? 0) + 1;
    return failure;
  };
  const userOf = (person: string): string => `U0${person.toUpperCase().replace('-', '')}`;
  api.channels = {};
  for (const { channel, person } of owed) {
    api.channels[channel] = { members: [BOT.user] };
    if (person !== DEAD) api.channels[`D0${userOf(person)}`] = { members: [userOf(person), BOT.user] };
  }

  const card = (text: string): Card => ({ blocks: [{ kind: 'text', text }] });
  const render: Render = async (row): Promise<Message> => {
    const { key, person } = row.notice as { key: string; person?: string };
    const { channel } = owed.find(({ deal }) => deal === row.stream) ?? { channel: 'C0NONE' };
    return {
      stream: row.stream,
      key,
      home: { platform: 'slack', channel },
      where: person === undefined ? (key === 'root' ? { to: 'channel' } : { to: 'thread' }) : { to: 'person', person },
      viewers: [],
      card: () => card(`Notice ${row.id}`),
    };
  };
  const people = owed.map(({ person }) => ({ id: person, name: person, slack: userOf(person) }));
  const organisation = { ...anOrganisation(), people };
  const results: Partial<Record<DeliveryResult, number>> = {};

  const replica = () => {
    const client = createClient({ token: TOKEN, apiUrl: api.url, timeoutMs: TIMEOUT_MS, logger: silentLogger });
    // From when the bot can know it: an answer that came too late to be read says nothing.
    client.on(
      WebClientEvent.RATE_LIMITED,
      (seconds: number, { url, body }: { url: string; body: { channel?: string } }) => {
        const { channel } = body;
        if (channel === undefined || !/chat\.(?:postMessage|update)$/.test(url)) return;
        limited += 1;
        heldUntil.set(channel, { from: Date.now() + IN_FLIGHT_MS, until: now() + seconds * 1000 });
      },
    );
    const pace = createPace({ chat: 'slack', store, rates: [{ everyMs: 5, burst: 1 }], faultOf: deliveryFault, clock });
    const outlet = slackOutlet({
      client,
      isShared: async () => false,
      store,
      people: (id) => people.find((p) => p.id === id),
      botId: () => BOT.id,
      pace,
      logger: silentLogger,
    });
    const options = { outlets: [outlet], organisation: () => organisation, store, logger: silentLogger };
    return startOutbox({
      store,
      ...createDeliver({ ...options, render, deals: NO_DEALS, clock }),
      clock,
      logger: silentLogger,
      delivered: (_, result) => {
        results[result] = (results[result] ?? 0) + 1;
      },
    });
  };

  const started = performance.now();
  const outboxes = [replica(), replica()];
  try {
    for (const { deal, rows } of owed) {
      await store.append(sampleCommit(deal, 0, { at: clock().toISOString() }), sampleProjection(1, rows));
    }
    const begun = now();
    let lastOther = 0;
    for (;;) {
      for (const outbox of outboxes) outbox.wake();
      await Promise.all(outboxes.map((outbox) => outbox.drain()));
      const next = await store.nextReady();
      if (next === null) break;
      must(performance.now() - started < MOST_MINUTES[form] * 60_000, `not done in ${MOST_MINUTES[form]} minutes`);
      const problems = await store.outboxProblems();
      if (problems.some(({ lane, state }) => state === 'waiting' && lane !== `person:${DEAD}`)) lastOther = now();
      skipped += Math.max(0, Date.parse(next) - now());
    }

    const posted = new Map<string, number>();
    for (const { metadata } of api.messages) {
      const { notice } = (metadata as { event_payload: { notice: string } }).event_payload;
      posted.set(notice, (posted.get(notice) ?? 0) + 1);
    }
    const rows = owed.flatMap(({ rows: owes }) => owes);
    const reachable = rows.filter(({ lane }) => lane !== `person:${DEAD}`);
    const lost = reachable.filter(({ id }) => !posted.has(id));
    must(lost.length === 0, `${lost.length} of ${rows.length} notices were not delivered: ${lost[0]?.id}`);
    const repeats = [...posted.values()].reduce((sum, times) => sum + times - 1, 0);
    must(repeats <= rows.length / 100, `${repeats} of ${rows.length} notices stand there more than once`);
    must(limited > 0, 'no limit was ever met');
    must(tooEarly === 0, `${tooEarly} messages were sent before their Retry-After`);
    const failed = await store.outboxProblems();
    must(
      failed.length === 1 && failed[0]?.lane === `person:${DEAD}` && failed[0].state === 'failed',
      `given up: ${JSON.stringify(failed.map(({ id, error }) => [id, error]))}`,
    );
    const said = api.messages.filter(({ text }) => text.includes('did not get to'));
    must(said.length === 1, `that somebody was not reached was said ${said.length} times`);

    const count = Object.values(faults).reduce((sum, n) => sum + n, 0);
    return [
      `${rows.length} notices, ${api.calls.length} calls, ${count} of them failed (${Object.entries(faults)
        .map(([name, n]) => `${n} ${name}`)
        .join(', ')})`,
      `all delivered but the one to nobody, which its thread names; ${repeats} repeats; none before its Retry-After`,
      `the last other notice that had failed once went out ${Math.round((lastOther - begun) / 1000)} s after the start, waits skipped; tries: ${JSON.stringify(results)}`,
    ];
  } finally {
    await Promise.all(outboxes.map((outbox) => outbox.stop()));
    await store.close();
    await api.close();
    rmSync(dir, { recursive: true, force: true });
  }
};

const NO_DEALS = { view: async () => undefined, viewAt: async () => undefined, privately: async () => [] };

export const outage: Script = {
  name: 'outage',
  proves: 'With 30% of all calls to Slack failing, every notice arrives, hardly one twice, and none too early.',
  run,
};
