/** Places and people that the bot does not serve: each gets a clear message, logged with an id, and nothing is lost. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditRefused } from '../../src/cli/audit-refused.ts';
import { readConfig } from '../../src/config/config.ts';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { silentLogger } from '../../src/log.ts';
import { startBot } from '../../src/start.ts';
import { PLAYGROUND } from '../../src/startup/playground.ts';
import { dmOf, startDay, textOf, type Day } from '../support/bad-day-bench.ts';
import { createDeals, LOW } from '../support/bad-day-deals.ts';
import { createWire, deleteMessage, openRecord } from '../support/bad-day.ts';
import { CLEARANCE } from '../support/chat-hand.ts';
import { PEOPLE } from '../support/playing.ts';

const LEFT = 'U0SAMPLELEFT';
const NO_BOT = 'C0NOBOT00001';
const SHARED = 'C0SHARED0001';
const DETAILS = {
  customer: 'Sample',
  product: 'network-protection',
  destination: 'EE',
  endUserName: 'Sample',
  endUserKind: 'government',
  exportLicence: 'pending',
};

let day: Day;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearthread-places-'));
  const organisation = readFileSync(sampleOrganisationFile, 'utf8').replace(
    'people:\n',
    `people:\n  - { id: guest-1, name: Sample Guest, slack: ${PEOPLE.guest} }\n  - { id: left-1, name: Sample Leaver, slack: ${LEFT} }\n`,
  );
  writeFileSync(join(folder, 'organisation.yml'), organisation);
  writeFileSync(join(folder, 'no-bot.yml'), `${organisation}  - ${NO_BOT}\n`);
  day = await startDay({ CLEARTHREAD_ORGANISATION: join(folder, 'organisation.yml') });
});
afterAll(async () => {
  await day.end();
  rmSync(folder, { recursive: true, force: true });
});

const refusedWith = async (code: string): Promise<void> => {
  const { fields } = await day.logged('slack.person-refused', code);
  expect(fields.trace).toMatch(/^[0-9A-Z]{8}$/);
};

describe('who cannot work on deals', () => {
  it.each([
    ['a guest', PEOPLE.guest, 'guest', /Guest accounts cannot work on deals/],
    ['somebody whose account is deactivated', LEFT, 'deactivated', /deactivated/],
    [
      'somebody whom the organisation file does not name',
      'U0NOBODY0001',
      'unknown',
      /does not know you yet[\s\S]*Sample Compliance[\s\S]*U0NOBODY0001/,
    ],
  ])('%s is told so, by a command, a button and a form', async (_, user, code, words) => {
    const deal = await day.deals.answered(LOW);
    day.lines.length = 0;
    expect((await day.wire.command(user)).text).toMatch(words);
    await refusedWith(code);
    const { message: thread } = await day.record.root(deal);
    const { status } = await day.unchanged(deal, () =>
      day.wire.press(user, { name: 'deal.nudge', value: deal, thread }),
    );
    expect(status).toBe(200);
    const { errors } = await day.unchanged(deal, () =>
      day.wire.submit(user, {
        form: 'deal.raise-flag',
        context: { deal },
        values: { title: 'Something worries me here.' },
      }),
    );
    expect(errors?.['title']).toMatch(words);
    if (user === PEOPLE.guest) await day.reads(user, words, { thread });
    await day.alive();
  });

  it('somebody of another workspace, by any of the two places that say so', async () => {
    const deal = await day.deals.open();
    expect((await day.wire.command(PEOPLE.rep, '', CLEARANCE, 'T0ANOTHER000')).text).toMatch(
      /members of its own workspace/,
    );
    await refusedWith('foreign');
    const { errors } = await day.unchanged(deal, () =>
      day.wire.submit(PEOPLE.rep, {
        form: 'deal.more',
        context: { deal },
        values: { choice: 'withdraw', reason: 'Typo.' },
        team: 'T0ANOTHER000',
      }),
    );
    expect(errors?.['choice']).toMatch(/members of its own workspace/);
  });

  it('is kept for compliance, each of them once for all of that', async () => {
    const lines: string[] = [];
    const io = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line), env: {} };
    expect(await auditRefused(['--data', day.playing.dataDir], io)).toBe(0);
    expect(lines.map((line) => line.split('  ').slice(1))).toEqual([
      ['Slack', PEOPLE.rep, 'from another organisation'],
      ['Slack', 'U0NOBODY0001', 'not in the organisation file'],
      ['Slack', LEFT, 'deactivated, or gone'],
      ['Slack', PEOPLE.guest, 'a guest'],
    ]);
  });

  it('cannot be chosen in a form: what was chosen stays, with words', async () => {
    const deal = await day.deals.open();
    await day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' });
    for (const user of ['U0NOBODY0001', 'U0CLEARTHRD', 'x']) {
      const { errors } = await day.unchanged(deal, () =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.hand-over',
          context: { deal, section: 'laws' },
          values: { person: { user } },
        }),
      );
      expect(errors?.['person']).toMatch(/does not know this person yet/);
    }
  });
});

describe('where deals are not cleared', () => {
  it.each([
    ['another channel', 'C0GENERAL001', /not cleared in this channel[\s\S]*\/deal/],
    ['a channel without the bot', NO_BOT, /not cleared in this channel[\s\S]*\/deal/],
    ['a shared channel', SHARED, /shared with another organisation/],
    ['a channel that is not there', 'C0NOWHERE001', /not cleared in this channel/],
  ])('%s: the command says where instead', async (_, channel, words) => {
    const { status, text, view } = await day.wire.command(PEOPLE.rep, '', channel);
    expect([status, view]).toEqual([200, undefined]);
    expect(text).toMatch(words);
    expect(JSON.parse(text)).toMatchObject({ response_type: 'ephemeral' });
  });

  it('a direct message: the form asks in which channel, and says where the deal went', async () => {
    const hand = day.playing.hand('rep');
    expect(await hand.sayIn(hand.directMessage, '/deal')).not.toHaveProperty('error');
    expect(await hand.words()).toContain('Where should it be cleared?');
    expect(await hand.unanswered()).not.toContain('Where should it be cleared?');
    await hand.closeView();
    const submit = (channel: string) =>
      day.wire.submit(PEOPLE.rep, { form: 'deal.open', context: { chat: 'slack' }, values: { ...DETAILS, channel } });
    const before = (await day.record.store.heads()).length;
    expect((await submit('C0GENERAL001')).errors?.['channel']).toMatch(/choose/);
    expect((await submit(SHARED)).errors?.['channel']).toMatch(/shared with another organisation/);
    expect((await day.record.store.heads()).length).toBe(before);
    const { view: next } = await submit(CLEARANCE);
    expect(JSON.stringify(next)).toMatch(/Opened: D-[0-9A-Z]+, in the channel deal-clearance/);
    expect((await day.record.store.heads()).length).toBe(before + 1);
  });

  it('a form that names such a channel opens no deal there', async () => {
    for (const channel of ['C0GENERAL001', NO_BOT, SHARED, '', 'x'.repeat(300)]) {
      const before = (await day.record.store.heads()).length;
      const answer = await day.wire.submit(PEOPLE.rep, {
        form: 'deal.open',
        context: { channel },
        values: DETAILS,
      });
      expect(answer.status).toBe(200);
      expect((await day.record.store.heads()).length).toBe(before);
    }
  });

  it('a button in a shared channel does nothing and is logged', async () => {
    const deal = await day.deals.answered(LOW);
    await day.unchanged(deal, () => day.wire.press(PEOPLE.rep, { name: 'deal.nudge', value: deal, channel: SHARED }));
    await refusedWith('shared-channel');
    await day.reads(PEOPLE.rep, 'shared with another organisation', { channel: dmOf(PEOPLE.rep) });
  });
});

describe('a clearance channel that the bot is not in', () => {
  it('is no place to open a deal: who tries is told to invite the bot, and loses nothing', async () => {
    // A real deployment that takes the playground for Slack.
    const dataDir = join(folder, 'real');
    const settings = {
      SLACK_BOT_TOKEN: PLAYGROUND.botToken,
      SLACK_SIGNING_SECRET: PLAYGROUND.signingSecret,
      SLACK_API_URL: `${day.playing.url}/playground/api/`,
      CLEARTHREAD_ORGANISATION: join(folder, 'no-bot.yml'),
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: '0',
    };
    const config = readConfig(settings);
    if ('problem' in config) throw new Error(config.problem);
    const bot = await startBot(config, settings, silentLogger);
    try {
      const wire = createWire(() => bot.url);
      const asked = await wire.command(PEOPLE.rep, '', NO_BOT);
      expect(asked.text).toMatch(/\/invite/);
      const chosen = await wire.submit(PEOPLE.rep, {
        form: 'deal.open',
        context: { chat: 'slack' },
        values: { ...DETAILS, channel: NO_BOT },
      });
      expect(chosen.errors?.['channel']).toMatch(/\/invite/);
      const record = openRecord(dataDir);
      const deals = createDeals(wire, record);
      const deal = await deals.open();
      expect((await record.root(deal)).channel).toBe(CLEARANCE);
      await record.close();
    } finally {
      await bot.stop();
    }
  });
});

describe('what somebody deleted', () => {
  const remove = (channel: string, ts: string): Promise<void> => deleteMessage(day.playing.url, channel, ts);

  it('a root card comes back with the next thing that happens, and the deal goes on beneath it', async () => {
    const deal = await day.deals.answered(LOW);
    const old = await day.record.root(deal);
    await day.record.quiet();
    await remove(CLEARANCE, old.message);
    await day.deals.vote(PEOPLE.compliance, deal);
    const root = await day.reads(PEOPLE.rep, new RegExp(`${deal}[\\s\\S]*Approved`));
    expect(root.ts).not.toBe(old.message);
    await day.reads(PEOPLE.rep, 'Who decided, and why', { thread: root.ts });
    await day.record.quiet();
    expect(await day.record.store.outboxProblems()).toEqual([]);
  });

  it('a whole thread too: nothing that is owed is lost', async () => {
    const deal = await day.deals.answered(LOW);
    const old = await day.record.root(deal);
    await day.record.quiet();
    for (const { ts } of await day.messages(PEOPLE.rep, CLEARANCE, old.message)) {
      if (ts !== old.message) await remove(CLEARANCE, ts);
    }
    await remove(CLEARANCE, old.message);
    await day.wire.submit(PEOPLE.legalAdviser, {
      form: 'deal.raise-flag',
      context: { deal },
      values: { title: 'Something worries me here.' },
    });
    const root = await day.reads(PEOPLE.rep, new RegExp(`${deal}[\\s\\S]*1 raised flag`));
    await day.reads(PEOPLE.rep, 'Something worries me here.', { thread: root.ts });
    await day.wire.submit(PEOPLE.rep, {
      form: 'deal.more',
      context: { deal },
      values: { choice: 'withdraw', reason: 'No budget.' },
    });
    await day.reads(PEOPLE.rep, 'withdrew this deal', { thread: root.ts });
    await day.record.quiet();
    expect(await day.record.store.outboxProblems()).toEqual([]);
  });

  it('an answer to a click in a deleted thread reaches the person in private', async () => {
    const deal = await day.deals.answered(LOW);
    const old = await day.record.root(deal);
    await day.record.quiet();
    await remove(CLEARANCE, old.message);
    await day.wire.press(PEOPLE.senior, { name: 'deal.review', value: `${deal}/0`, thread: old.message });
    const told = await day.reads(PEOPLE.senior, 'Only the deal team', { channel: dmOf(PEOPLE.senior) });
    expect(textOf(told)).toMatch(/ask .*of compliance/);
    await day.logged('slack.say-elsewhere');
  });

  it('a mention where the thread is gone is answered', async () => {
    const deal = await day.deals.answered(LOW);
    const old = await day.record.root(deal);
    await day.record.quiet();
    await remove(CLEARANCE, old.message);
    const { status } = await day.wire.event({
      type: 'event_callback',
      team_id: 'T0PLAYGROUND',
      event_id: `Ev${deal}`,
      event: {
        type: 'app_mention',
        user: PEOPLE.rep,
        channel: CLEARANCE,
        text: '<@U0CLEARTHRD> status',
        ts: '1.1',
        thread_ts: old.message,
      },
    });
    expect(status).toBe(200);
    expect(textOf(await day.reads(PEOPLE.rep, deal, { channel: dmOf(PEOPLE.rep) }))).toMatch(/Waiting for/);
  });
});

describe('nothing went wrong that nobody was told', () => {
  it('in the log', async () => {
    await day.alive();
    expect(day.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
});
