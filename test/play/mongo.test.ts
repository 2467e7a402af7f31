/** A bot on MongoDB: its message when it cannot start, and its behaviour when the database goes away. */

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { createLogger } from '../../src/log.ts';
import { startBot, type Bot } from '../../src/start.ts';
import { PLAYGROUND } from '../../src/startup/playground.ts';
import { startMongoDouble, type MongoDouble } from '../support/mongo-double/server.ts';
import { play, type Playing } from '../support/playing.ts';

type Settings = Record<string, string>;

describe('a bot on MongoDB', () => {
  let slack: Playing;
  let double: MongoDouble;
  let folder: string;
  let logged = '';
  beforeAll(async () => {
    slack = await play();
    double = await startMongoDouble();
    folder = mkdtempSync(join(tmpdir(), 'clearthread-mongo-'));
  });
  afterAll(async () => {
    await slack.end();
    await double.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const key = randomBytes(32).toString('base64');
  const checkpointKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const settings = (more: Settings = {}): Settings => ({
    SLACK_BOT_TOKEN: PLAYGROUND.botToken,
    SLACK_SIGNING_SECRET: PLAYGROUND.signingSecret,
    SLACK_API_URL: `${slack.url}/playground/api/`,
    CLEARTHREAD_ORGANISATION: sampleOrganisationFile,
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: join(folder, 'data'),
    CLEARTHREAD_DATA_KEY: key,
    CLEARTHREAD_PUBLIC_URL: 'https://clearthread.example.com',
    MONGODB_URI: `${double.address}/canary-company?appName=canary-address`,
    ...more,
  });
  const begin = async (more?: Settings): Promise<Bot> => {
    const set = settings(more);
    const config = readConfig(set);
    if ('problem' in config) throw new Error(config.problem);
    const destination = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        logged += chunk.toString();
        done();
      },
    });
    return startBot(config, set, createLogger('debug', destination));
  };
  const problem = (more: Settings): Promise<string> =>
    begin(more).then(
      async (bot) => bot.stop().then(() => 'it started'),
      (error: unknown) => (error as Error).message,
    );
  const ready = async (bot: Bot): Promise<unknown> => {
    const response = await fetch(`${bot.url}/readyz`);
    return { status: response.status, ...((await response.json()) as object) };
  };

  it('is ready, red with the reason while the database is away, and ready again', async () => {
    const [one, other] = [await begin(), await begin()];
    try {
      expect(await ready(one)).toMatchObject({ status: 'ready', on: ['slack'] });
      expect(await ready(other)).toMatchObject({ status: 'ready' });
      await double.goAway();
      await expect
        .poll(() => ready(one), { timeout: 20_000 })
        .toMatchObject({ status: 'not ready', why: 'The store does not answer (unreachable).' });
      await double.comeBack();
      // Why it is not stands in what failed.
      await expect
        .poll(async () => ({ why: undefined, ...((await ready(one)) as object) }), { timeout: 120_000 })
        .toMatchObject({ status: 'ready', why: undefined });
    } finally {
      await Promise.all([one.stop(), other.stop()]);
    }
    expect(logged).toContain('bot.started');
    expect(logged).not.toContain('canary');
  });

  it.each([
    [90, [expect.stringMatching(/^This machine's clock is (?:89|90) s behind the database's: have NTP set both\./)]],
    [-90, [expect.stringMatching(/^This machine's clock is (?:89|90) s ahead of the database's: have NTP set both\./)]],
    [2, []],
  ])('says at the start where its clock differs from that of the database: by %d s', async (seconds, warnings) => {
    double.clock = () => new Date(Date.now() + seconds * 1000);
    const bot = await begin({ CLEARTHREAD_CHECKPOINT_KEY: checkpointKey });
    double.clock = () => new Date();
    await bot.stop();
    expect(bot.warnings).toEqual(warnings);
  });

  it('signs checkpoints with the key that all bots share, and says so where there is none', async () => {
    const signing = await begin({ CLEARTHREAD_CHECKPOINT_KEY: checkpointKey });
    await signing.stop();
    expect(signing.warnings).toEqual([]);
    const other = await begin();
    await other.stop();
    expect(other.warnings).toEqual([expect.stringContaining('set CLEARTHREAD_CHECKPOINT_KEY, the same for every bot')]);
  });

  it.each<[string, Settings, RegExp]>([
    [
      'no address',
      { MONGODB_URI: 'localhost/canary' },
      /^Set MONGODB_URI to an address that names a database, such as/,
    ],
    ['no database in it', { MONGODB_URI: 'mongodb://canary:canary@db' }, /^Set MONGODB_URI to an address that names/],
    [
      'a server that is not there',
      { MONGODB_URI: 'mongodb://u:canary@127.0.0.1:9/x' },
      /^MongoDB can not be reached\.$/,
    ],
    ['no key', { CLEARTHREAD_DATA_KEY: '' }, /^Set CLEARTHREAD_DATA_KEY beside MONGODB_URI: every bot/],
    ['another key', { CLEARTHREAD_DATA_KEY: Buffer.alloc(32, 1).toString('base64') }, /^The data key is not the one/],
  ])('does not start with %s, and says so in a sentence', async (_, more, words) => {
    const said = await problem(more);
    expect(said).toMatch(words);
    expect(said).not.toContain('canary');
    expect(said).not.toContain('\n');
  });
});
