/** A whole deal, and a bad day on top, at the most verbose level: no words, names or secrets of people get logged. */

import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import Database from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import { createLogger, type Logger } from '../../src/log.ts';
import { PLAYGROUND } from '../../src/startup/playground.ts';
import { databaseFile } from '../../store/keys.ts';
import { createDeals, HIGH, LOW, OPENING } from '../support/bad-day-deals.ts';
import { createWire, deleteMessage, openRecord, signed } from '../support/bad-day.ts';
import { CLEARANCE } from '../support/chat-hand.ts';
import { PEOPLE, play } from '../support/playing.ts';

afterEach(() => vi.restoreAllMocks());

/** Collects all output while `work` runs: log lines, and whatever else is printed. */
const overheard = async (
  level: string,
  work: (logger: Logger) => Promise<void>,
): Promise<{ logged: string; printed: string }> => {
  let logged = '';
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged += chunk.toString();
      done();
    },
  });
  let printed = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      printed += String(chunk);
      return true;
    });
  }
  for (const method of ['log', 'debug', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts) => void (printed += parts.join(' ')));
  }
  await work(createLogger(level, sink)).finally(() => vi.restoreAllMocks());
  return { logged, printed };
};

/** Pages that anybody who reaches the port may read. */
const pages = async (url: string): Promise<string> =>
  (await Promise.all(['/metrics', '/readyz', '/healthz'].map(async (path) => (await fetch(url + path)).text()))).join(
    '\n',
  );

/** Every button and form that the bot knows. */
const NAMES = [
  ...readFileSync(new URL('../../src/route/route.ts', import.meta.url), 'utf8').matchAll(/'([a-z]+\.[a-z-]+)':/g),
].map(([, name]) => name ?? '');

/** Tokens of both chats start like this. */
const SECRETS = [PLAYGROUND.botToken, PLAYGROUND.signingSecret, 'xoxb-', 'eyJ'];
const WORDS = ['Sample ', 'Canary', 'warbles', 'canary'];

const canaries = (): { canary: () => string; count: () => number } => {
  let n = 0;
  return { canary: () => `Canary-${(n += 1)}-warbles`, count: () => n };
};

it('no answer, name, reason, key or token is in any line, whatever happens', { timeout: 180_000 }, async () => {
  const { canary, count } = canaries();
  let [key, metrics] = ['', ''];
  const { logged, printed } = await overheard('trace', async (logger) => {
    const playing = await play(logger);
    const record = openRecord(playing.dataDir);
    const wire = createWire(() => playing.url);
    const deals = createDeals(wire, record);

    const deal = await deals.open({
      customer: canary(),
      product: 'other',
      productName: canary(),
      endUserName: canary(),
      endUserKind: 'security',
      intermediaries: `${canary()}, ${canary()}`,
    });
    for (const [section, values] of Object.entries(HIGH)) {
      const more =
        section === 'stakeholders'
          ? { 'q:S1': `They count ${canary()}`, 'q:S1-resellers': 'yes' }
          : section === 'end-user'
            ? { 'n:H-RF1': canary(), 's:H-RF1': `${canary()}, 2026, https://canary-warbles.example.org/a` }
            : {};
      await deals.answer(deal, section, { ...values, ...more });
    }
    await wire.submit(PEOPLE.legalAdviser, { form: 'deal.raise-flag', context: { deal }, values: { title: canary() } });
    const flag = (await deals.deciding(deal)).ownFlags[0]?.id;
    await wire.submit(PEOPLE.compliance2, {
      form: 'deal.settle-flag',
      context: { deal, flag },
      values: { verdict: 'dismiss', reason: canary() },
    });
    await deals.vote(PEOPLE.compliance, deal, { outcome: 'information', question: canary() });
    const request = (await deals.deciding(deal)).requests[0]?.id;
    await wire.submit(PEOPLE.rep, {
      form: 'deal.give-information',
      context: { deal, request },
      values: { text: `${canary()} runs all of it.` },
    });
    await deals.vote(PEOPLE.compliance, deal, { rationale: `${canary()} because of that.` });
    await deals.vote(PEOPLE.senior, deal, {
      rationale: `${canary()} because of that.`,
      outcome: 'approve-with-conditions',
      cx: canary(),
    });
    await deals.vote(PEOPLE.counsel, deal, { rationale: `${canary()} because of that.` });
    expect((await record.state(deal)).status).toBe('decided');

    // Then faults: refusals, forgeries, garbage, a lock, deleted messages, strangers, a restart.
    await wire.submit(PEOPLE.rep, { form: 'deal.review', context: { deal, step: 0, page: 1, factsHash: canary() } });
    await wire.submit(PEOPLE.rep, { form: canary(), context: { deal: canary() }, values: { [canary()]: canary() } });
    await wire.press(PEOPLE.rep, { name: canary(), value: canary() });
    await wire.press(PEOPLE.compliance2, { name: 'deal.reopen', value: deal });
    await wire.command(PEOPLE.rep, canary());
    await wire.command('U0NOBODY0001', canary(), 'C0NOWHERE001');
    await wire.send(signed(canary()));
    await wire.send(signed(canary(), { secret: canary() }));
    await wire.event({ type: 'some_new_thing', team_id: canary(), event: { type: canary(), text: canary() } });
    await wire.event({
      type: 'event_callback',
      team_id: 'T0PLAYGROUND',
      event_id: 'Ev1',
      event: { type: 'app_mention', user: PEOPLE.rep, channel: CLEARANCE, text: canary(), ts: '1.1' },
    });
    await record.quiet();
    const root = await record.root(deal);
    await deleteMessage(playing.url, root.channel, root.message);
    const other = new Database(databaseFile(playing.dataDir));
    other.exec('BEGIN IMMEDIATE');
    await wire.submit(PEOPLE.compliance2, { form: 'deal.reopen', context: { deal }, values: { reason: canary() } });
    other.exec('ROLLBACK');
    other.close();
    await wire.submit(PEOPLE.compliance2, { form: 'deal.reopen', context: { deal }, values: { reason: canary() } });
    await wire.submit(PEOPLE.rep, {
      form: 'deal.details',
      context: { deal },
      values: { ...OPENING, customer: canary(), reason: canary() },
    });
    await deals.answer(deal, 'laws', { ...LOW['laws'], 'q:L1': canary() });
    await record.quiet();
    await playing.restart();

    // Every form and button, with unknown words, and the same in Teams.
    expect(NAMES.length).toBeGreaterThan(30);
    for (const name of NAMES) {
      const values = { text: canary(), reason: canary(), note: canary(), title: canary() };
      await wire.submit(PEOPLE.rep, { form: name, context: { deal, condition: canary(), step: 0, page: 1 }, values });
      await wire.press(PEOPLE.compliance, { name, value: `${deal}/${canary()}` });
    }
    const teams = playing.teamsHand('rep');
    const chat = await teams.personalChat();
    for (const words of ['status', 'away', 'new deal', deal]) await teams.sayIn(chat, `${words} ${canary()}`);
    const stranger = { type: 'message', text: canary(), from: { name: canary() }, serviceUrl: canary() };
    for (const authorization of [`Bearer ${canary()}`, canary()]) {
      const headers = { 'content-type': 'application/json', authorization };
      await fetch(`${playing.url}/api/messages`, { method: 'POST', headers, body: JSON.stringify(stranger) });
    }
    await record.quiet();
    metrics = await pages(playing.url);
    key = readFileSync(`${playing.dataDir}/data.key`, 'utf8').trim();
    await record.close();
    await playing.end();
  });

  const lines = logged.trimEnd().split('\n');
  const events = new Set(lines.map((line) => (JSON.parse(line) as { event: string }).event));
  // The log is not empty: faults were logged, with their class and place.
  for (const event of [
    'bot.started',
    'slack.fault',
    'slack.request-refused',
    'slack.person-refused',
    'slack.unsupported',
  ]) {
    expect([...events]).toContain(event);
  }
  expect(logged).toMatch(/"frames":\["at /);
  const all = logged + printed;
  expect(count()).toBeGreaterThan(50);
  expect(lines.filter((line) => line.includes('Canary'))).toEqual([]);
  expect([...SECRETS, key, ...WORDS].filter((word) => all.includes(word))).toEqual([]);

  // Metrics name no deal and no person either.
  expect(metrics).toMatch(/clearthread_requests_total\{chat="slack",result="answered"\} [1-9]/);
  expect(metrics).toMatch(/clearthread_deliveries_total\{chat="slack",result="delivered"\} [1-9]/);
  const ids = ['D-', 'sample-', ...Object.values(PEOPLE), CLEARANCE];
  expect([...SECRETS, key, ...WORDS, ...ids].filter((word) => metrics.includes(word))).toEqual([]);
});

it.each(['debug', 'info', 'warn', 'error', 'fatal'])('nor at the level %s', async (level) => {
  const { canary } = canaries();
  let metrics = '';
  const { logged, printed } = await overheard(level, async (logger) => {
    const playing = await play(logger);
    const record = openRecord(playing.dataDir);
    const wire = createWire(() => playing.url);
    const deals = createDeals(wire, record);
    const deal = await deals.open({ customer: canary(), endUserName: canary() });
    await deals.answer(deal, 'stakeholders', { ...LOW['stakeholders'], 'q:S1': `They count ${canary()}` });
    await wire.submit(PEOPLE.rep, { form: canary(), context: { deal: canary() }, values: { [canary()]: canary() } });
    await wire.press(PEOPLE.guest, { name: canary(), value: canary() });
    await wire.send(signed(canary(), { secret: canary() }));
    // A message on its way while the store is locked comes again after its lease, which takes longer than is waited.
    await record.quiet();
    const other = new Database(databaseFile(playing.dataDir));
    other.exec('BEGIN IMMEDIATE');
    await wire.submit(PEOPLE.rep, { form: 'deal.raise-flag', context: { deal }, values: { title: canary() } });
    other.exec('ROLLBACK');
    other.close();
    await record.quiet();
    metrics = await pages(playing.url);
    await record.close();
    await playing.end();
  });
  const all = logged + printed + metrics;
  expect([...SECRETS, ...WORDS].filter((word) => all.includes(word))).toEqual([]);
});
