/** A whole deal, and a bad day on top, at the most talkative level: nothing that people said, are called or hold gets logged. */
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import Database from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { PLAYGROUND } from '../../src/main.ts';
import { databaseFile } from '../../store/keys.ts';
import { createWire, deleteMessage, openRecord, signed } from '../support/bad-day.ts';
import { createDeals, HIGH, LOW, OPENING } from '../support/bad-day-deals.ts';
import { CLEARANCE } from '../support/chat-hand.ts';
import { PEOPLE, play } from '../support/playing.ts';

afterEach(() => vi.restoreAllMocks());

it('no answer, name, reason, key or token is in any line, whatever happens', async () => {
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
  const playing = await play(createLogger('trace', sink));
  const record = openRecord(playing.dataDir);
  const wire = createWire(() => playing.url);
  const deals = createDeals(wire, record);
  let n = 0;
  const canary = (): string => `Canary-${(n += 1)}-warbles`;

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
        ? { 'q:S1': canary(), 'q:S1-resellers': 'yes' }
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
    values: { text: canary() },
  });
  await deals.vote(PEOPLE.compliance, deal, { rationale: `${canary()} because of that.` });
  await deals.vote(PEOPLE.senior, deal, {
    rationale: `${canary()} because of that.`,
    outcome: 'approve-with-conditions',
    cx: canary(),
  });
  await deals.vote(PEOPLE.counsel, deal, { rationale: `${canary()} because of that.` });
  expect((await record.state(deal)).status).toBe('decided');

  // And what goes wrong: refusals, forgeries, garbage, a lock, deleted messages, strangers, a restart.
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
  const key = readFileSync(`${playing.dataDir}/data.key`, 'utf8').trim();
  await record.close();
  await playing.end();
  vi.restoreAllMocks();

  const lines = logged.trimEnd().split('\n');
  const events = new Set(lines.map((line) => (JSON.parse(line) as { event: string }).event));
  // There is something to look at: what went wrong was logged, with its class and its place.
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
  const secrets = [PLAYGROUND.botToken, PLAYGROUND.signingSecret, key, 'xoxb-'];
  const names = ['Sample ', 'Canary', 'warbles', 'canary'];
  expect(lines.filter((line) => line.includes('Canary'))).toEqual([]);
  expect([...secrets, ...names].filter((word) => all.includes(word))).toEqual([]);
});
