/** A failed start prints one sentence on stderr that says what to do, and ends with exit code 1. */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { defaultPolicyFile } from '../../src/config/policy-file.ts';
import { silentLogger } from '../../src/log.ts';
import { startBot } from '../../src/start.ts';
import { PLAYGROUND } from '../../src/startup/playground.ts';
import { databaseFile } from '../../store/keys.ts';
import { startDay, type Day } from '../support/bad-day-bench.ts';
import { openRecord } from '../support/bad-day.ts';
import { BRIEF } from '../support/brief-node.ts';
import { CI_MARK } from '../support/ci-mark.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

let day: Day;
let folder: string;
let busy: Server;
beforeAll(async () => {
  day = await startDay();
  folder = mkdtempSync(join(tmpdir(), 'clearthread-start-'));
  busy = createServer();
  await new Promise<void>((resolve) => void busy.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  busy.close();
  await day.end();
  rmSync(folder, { recursive: true, force: true });
});

type Settings = Record<string, string>;

const started = async (settings: Settings): Promise<string> => {
  const config = readConfig(settings);
  if ('problem' in config) return config.problem;
  return startBot(config, settings, silentLogger).then(
    async (bot) => {
      await bot.stop();
      return 'it started';
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
};

const run = (settings: Settings): Promise<{ code: number | null; err: string; out: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [...BRIEF, MAIN], {
      env: { ...CI_MARK, PATH: process.env['PATH'] ?? '', ...settings },
      cwd: folder,
    });
    let [err, out] = ['', ''];
    child.stderr.on('data', (part: Buffer) => (err += part.toString()));
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    child.on('close', (code) => resolve({ code, err, out }));
  });

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const policy = (): string => readFileSync(defaultPolicyFile, 'utf8');
const organisation = (): string => readFileSync(sampleOrganisationFile, 'utf8');
const newDir = (): string => mkdtempSync(join(folder, 'data-'));
/** A data folder of an earlier run, in play or for real. */
const usedDir = async (deployment?: string): Promise<string> => {
  const dir = newDir();
  expect(await started({ DATA_DIR: dir, PORT: '0' })).toBe('it started');
  if (deployment) {
    const record = openRecord(dir);
    await record.store.putMeta('deployment', deployment);
    await record.close();
  }
  return dir;
};
const real = (dir: string, more: Settings = {}): Settings => ({
  SLACK_BOT_TOKEN: PLAYGROUND.botToken,
  SLACK_SIGNING_SECRET: PLAYGROUND.signingSecret,
  SLACK_API_URL: `${day.playing.url}/playground/api/`,
  CLEARTHREAD_ORGANISATION: sampleOrganisationFile,
  HOST: '127.0.0.1',
  PORT: '0',
  DATA_DIR: dir,
  ...more,
});
/** Microsoft knows no such bot: with Teams it starts, and reports in `/readyz` that it cannot send. */
const TEAMS: Settings = {
  TEAMS_CLIENT_ID: '00000000-0000-4000-8000-0000000000b0',
  TEAMS_CLIENT_SECRET: 'a-client-secret-for-tests',
  TEAMS_TENANT_ID: '00000000-0000-4000-8000-0000000000aa',
};
const teamsAlone = (dir: string): Settings => ({
  ...TEAMS,
  CLEARTHREAD_ORGANISATION: sampleOrganisationFile,
  HOST: '127.0.0.1',
  PORT: '0',
  DATA_DIR: dir,
});
const otherKey = (): string => randomBytes(32).toString('base64');

const CASES: readonly (readonly [string, () => Promise<Settings> | Settings, RegExp])[] = [
  [
    'a policy file that is not there',
    () => ({ CLEARTHREAD_POLICY: join(folder, 'none.yml'), DATA_DIR: newDir() }),
    /^\S*none\.yml: there is no such file\.$/,
  ],
  [
    'a policy that is no YAML',
    () => ({ CLEARTHREAD_POLICY: file('torn.yml', 'name: [\n'), DATA_DIR: newDir() }),
    /^torn\.yml:\d+: .+$/,
  ],
  [
    'a policy with a misspelt tier',
    () => ({
      CLEARTHREAD_POLICY: file('tier.yml', policy().replace('tier: prohibited', 'tier: forbiden')),
      DATA_DIR: newDir(),
    }),
    /^tier\.yml:\d+: tier must be .*prohibited.*; found "forbiden"\.$/,
  ],
  [
    'an organisation file that names nobody’s id',
    () => ({
      CLEARTHREAD_ORGANISATION: file('who.yml', organisation().replace('members: [chief-1]', 'members: [chief-9]')),
      DATA_DIR: newDir(),
    }),
    /^who\.yml:\d+: chief names chief-9, who is not among the people: add that person or correct the id\.$/,
  ],
  [
    'an organisation file with a holiday that is no day',
    () => ({
      CLEARTHREAD_ORGANISATION: file('days.yml', organisation().replace('- 2027-01-01', '- 2027-02-30')),
      DATA_DIR: newDir(),
    }),
    /^days\.yml:8: holidays, item 2 must be a day such as 2026-12-25; found "2027-02-30"/,
  ],
  [
    'an empty organisation file',
    () => ({ CLEARTHREAD_ORGANISATION: file('empty.yml', ''), DATA_DIR: newDir() }),
    /^empty\.yml:\d+: .+$/,
  ],
  ['another data key', async () => ({ DATA_DIR: await usedDir(), CLEARTHREAD_DATA_KEY: otherKey() }), /key/i],
  [
    'a data key that is none',
    () => ({ DATA_DIR: newDir(), CLEARTHREAD_DATA_KEY: 'short' }),
    /^CLEARTHREAD_DATA_KEY is not usable: it must be 32 random bytes/,
  ],
  [
    'a database without its data key',
    async () => {
      const dir = await usedDir();
      rmSync(join(dir, 'data.key'));
      return { DATA_DIR: dir };
    },
    /^The data key of .* is missing: set CLEARTHREAD_DATA_KEY, or put .*data\.key back\.$/,
  ],
  [
    'the data folder of a real deployment',
    async () => ({ DATA_DIR: await usedDir('real') }),
    /made by a real deployment[\s\S]*set DATA_DIR to another folder/,
  ],
  [
    'the playground’s data folder, for a real deployment',
    async () => real(await usedDir()),
    /belongs to the playground\. Set DATA_DIR to a new folder/,
  ],
  [
    'the playground’s data folder, for Teams',
    async () => teamsAlone(await usedDir()),
    /belongs to the playground\. Set DATA_DIR to a new folder/,
  ],
  [
    'a Slack that does not answer, beside Teams',
    () => real(newDir(), { ...TEAMS, SLACK_API_URL: 'http://127.0.0.1:9/api/' }),
    /^Slack does not answer \(no_answer\): check the network and SLACK_API_URL\.$/,
  ],
  [
    'a data folder that is a file',
    () => ({ DATA_DIR: file('a-file', 'x') }),
    /^The data folder \S*a-file can't be made \(EEXIST\): set DATA_DIR to a folder that the bot may write\.$/,
  ],
  [
    'a database that is none',
    () => {
      const dir = newDir();
      writeFileSync(
        databaseFile(dir),
        'This is no database, but long enough to be taken for one at first sight.'.repeat(20),
      );
      writeFileSync(join(dir, 'data.key'), otherKey());
      return { DATA_DIR: dir };
    },
    /^The file is not a Clearthread database\.$/,
  ],
  [
    'a port that is taken',
    () => ({ DATA_DIR: newDir(), PORT: String((busy.address() as AddressInfo).port) }),
    /^Port \d+ is in use\. Set PORT to a free one/,
  ],
  [
    'a port for metrics that is taken',
    () => ({
      DATA_DIR: newDir(),
      CLEARTHREAD_OPS_ADDRESS: `127.0.0.1:${(busy.address() as AddressInfo).port}`,
    }),
    /^Port \d+ of CLEARTHREAD_OPS_ADDRESS is in use\. Set a free one\.$/,
  ],
  [
    'an address for metrics of another machine',
    () => ({ DATA_DIR: newDir(), CLEARTHREAD_OPS_ADDRESS: '203.0.113.7:0' }),
    /^The bot can't listen on CLEARTHREAD_OPS_ADDRESS \(EADDRNOTAVAIL\): set an address of this machine/,
  ],
  [
    'a token that Slack does not know',
    () => real(newDir(), { SLACK_BOT_TOKEN: 'xoxb-another' }),
    /^Slack does not accept SLACK_BOT_TOKEN \(\w+\): copy the Bot User OAuth Token/,
  ],
  [
    'a Slack that does not answer',
    () => real(newDir(), { SLACK_API_URL: 'http://127.0.0.1:9/api/' }),
    /^Slack does not answer \(no_answer\): check the network and SLACK_API_URL\.$/,
  ],
];

describe('the bot does not start', () => {
  it.each(CASES)('with %s', async (_, make, sentence) => {
    const said = await started({ PORT: '0', ...(await make()) });
    expect(said).toMatch(sentence);
    expect(said).not.toMatch(/\bat .*:\d+:\d+|Error:/);
  });

  it('as a process of its own: that sentence alone on stderr, and exit code 1', async () => {
    const some = [
      'a policy file that is not there',
      'another data key',
      'a port that is taken',
      'a Slack that does not answer',
    ];
    await Promise.all(
      CASES.filter(([name]) => some.includes(name)).map(async ([, make, sentence]) => {
        const { code, err, out } = await run({ PORT: '0', ...(await make()) });
        expect([code, err.split('\n').length, err.at(-1)]).toEqual([1, 2, '\n']);
        expect(err.trimEnd()).toMatch(sentence);
        expect(out).not.toContain(err.trimEnd());
      }),
    );
  });
});

describe('what is set is started, and nothing else', () => {
  it.each([
    ['Slack', (dir: string) => real(dir), ['slack'], [401, 404]],
    ['Teams', (dir: string) => teamsAlone(dir), ['teams'], [404, 401]],
    ['both chats', (dir: string) => real(dir, TEAMS), ['slack', 'teams'], [401, 401]],
    ['the playground', (dir: string) => ({ DATA_DIR: dir, PORT: '0' }), ['playground'], [401, 401]],
  ] as const)('%s', async (_, make, on, statuses) => {
    const settings: Settings = make(newDir());
    const config = readConfig(settings);
    if ('problem' in config) throw new Error(config.problem);
    const bot = await startBot(config, settings, silentLogger);
    try {
      const ready = (await (await fetch(`${bot.url}/readyz`)).json()) as { on: string[]; why?: string };
      expect(ready.on).toEqual(on);
      // The default policy asks for signed votes, which take an address of the bot's own.
      const unsigned =
        config.mode === 'playground' ? {} : { signatures: expect.stringContaining('Set CLEARTHREAD_PUBLIC_URL') };
      if (!on.some((chat) => chat === 'teams')) {
        expect(ready).toEqual({ status: 'ready', on, failedNotices: 0, ...unsigned });
      }
      expect(bot.warnings.join(' ').includes('CLEARTHREAD_PUBLIC_URL')).toBe(config.mode === 'real');
      const page = await fetch(`${bot.url}/passkey/`);
      expect(page.status).toBe(config.mode === 'playground' ? 200 : 404);
      const knocked = ['/slack/events', '/api/messages'].map(async (path) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch(bot.url + path, { method: 'POST', headers, body: '{}' })).status;
      });
      expect(await Promise.all(knocked)).toEqual(statuses);
      // Time travel is refused where deals are real.
      const travel = await fetch(`${bot.url}/playground/clock`, { method: 'POST', headers: { origin: bot.url } });
      expect(travel.status).toBe(config.mode === 'playground' ? 400 : 404);
    } finally {
      await bot.stop();
    }
  });
});

describe('files that change while the bot runs', () => {
  it('count by themselves; a broken one is told of, and changes nothing', async () => {
    const dir = newDir();
    const path = file('changing-organisation.yml', organisation());
    const settings = { DATA_DIR: dir, PORT: '0', CLEARTHREAD_ORGANISATION: path };
    const config = readConfig(settings);
    if ('problem' in config) throw new Error(config.problem);
    const bot = await startBot(config, settings, silentLogger);
    const ready = async (): Promise<{ status: string; files?: string }> =>
      (await (await fetch(`${bot.url}/readyz`)).json()) as { status: string; files?: string };
    const record = openRecord(dir);
    const events = () => record.events('register:files') as unknown as Promise<{ type: string; of: string }[]>;
    try {
      await expect.poll(async () => (await events()).length, { timeout: 10_000 }).toBe(2);
      writeFileSync(path, organisation().replace('roles:', 'rolls:'));
      await expect.poll(async () => (await ready()).files, { timeout: 15_000 }).toContain('last good one counts');
      expect((await ready()).status).toBe('ready');
      writeFileSync(path, organisation().replace('[senior-1, senior-2, counsel-1]', '[senior-1, counsel-1]'));
      await expect.poll(async () => (await ready()).files, { timeout: 15_000 }).toBeUndefined();
      await expect.poll(async () => (await events()).length, { timeout: 10_000 }).toBe(4);
      expect((await events()).slice(2)).toMatchObject([
        { type: 'FileRefused', of: 'organisation' },
        {
          type: 'FileTaken',
          corrected: true,
          changes: [{ path: 'groups senior-approvers members', item: true, was: 'senior-2' }],
        },
      ]);
      await record.quiet();
      expect((await record.store.verify()).kind).toBe('whole');
    } finally {
      await bot.stop();
      await record.close();
    }
  });
});

describe('an organisation file that changed while the bot was stopped', () => {
  it('stops the start where a person is in it under another id', async () => {
    const path = file('renamed-person.yml', organisation());
    const settings = { DATA_DIR: newDir(), PORT: '0', CLEARTHREAD_ORGANISATION: path };
    const config = readConfig(settings);
    if ('problem' in config) throw new Error(config.problem);
    const started = async (): Promise<void> => {
      const bot = await startBot(config, settings, silentLogger);
      const record = openRecord(settings.DATA_DIR);
      try {
        await expect.poll(() => record.events('register:files').then(({ length }) => length)).toBeGreaterThan(1);
      } finally {
        await bot.stop();
        await record.close();
      }
    };
    await started();
    writeFileSync(path, organisation().replaceAll('compliance-1', 'carla'));
    await expect(startBot(config, settings, silentLogger)).rejects.toThrow(
      /renamed-person\.yml:\d+: carla has the Slack id of compliance-1, .* keep the id compliance-1/u,
    );
    writeFileSync(path, organisation());
    await started();
  });
});

describe('health and metrics at an address of their own', () => {
  it('are there, and no more on the port that the chats see', async () => {
    const settings = real(newDir(), { CLEARTHREAD_OPS_ADDRESS: '127.0.0.1:0' });
    const config = readConfig(settings);
    if ('problem' in config) throw new Error(config.problem);
    const bot = await startBot(config, settings, silentLogger);
    const statuses = async (url: string): Promise<number[]> => {
      const seen = ['/readyz', '/metrics', '/healthz'].map(async (path) => (await fetch(url + path)).status);
      const headers = { 'content-type': 'application/json' };
      const event = fetch(`${url}/slack/events`, { method: 'POST', headers, body: '{}' });
      return [...(await Promise.all(seen)), (await event).status];
    };
    const own = bot.opsUrl ?? '';
    try {
      expect(await statuses(own)).toEqual([200, 200, 200, 404]);
      expect(await statuses(bot.url)).toEqual([404, 404, 200, 401]);
      expect(await (await fetch(`${own}/metrics`)).text()).toContain('clearthread_store_up 1');
    } finally {
      await bot.stop();
    }
    await expect(fetch(`${own}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('leave the other port free where the start fails', async () => {
    const dir = newDir();
    const taken = `127.0.0.1:${(busy.address() as AddressInfo).port}`;
    expect(await started(real(dir, { CLEARTHREAD_OPS_ADDRESS: taken }))).toMatch(/in use/);
    expect(await started(real(dir))).toBe('it started');
  });
});

describe('a database that is locked at the start', () => {
  it('is a sentence, and nothing is broken afterwards', async () => {
    const dir = await usedDir();
    const other = new Database(databaseFile(dir));
    other.exec('BEGIN IMMEDIATE');
    expect(await started({ DATA_DIR: dir, PORT: '0' })).toBe('The database is locked by another process.');
    other.exec('ROLLBACK');
    other.close();
    expect(await started({ DATA_DIR: dir, PORT: '0' })).toBe('it started');
  });
});

describe('a start that failed', () => {
  it('leaves the port free', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => taken.close(resolve));
    const settings = real(newDir(), { PORT: String(port), SLACK_BOT_TOKEN: 'xoxb-another' });
    expect(await started(settings)).toMatch(/does not accept/);
    expect(await started({ ...settings, SLACK_BOT_TOKEN: PLAYGROUND.botToken })).toBe('it started');
  });
});
