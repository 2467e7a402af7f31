/** Bots of one run: Bolt bare and durable, and Clearthread twice, once with a Slack that takes its messages and once without. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { databaseFile } from '../../store/keys.ts';
import { openSqliteLedger } from '../../store/sqlite/ledger.ts';
import { startMeasured, type Measured } from './child.ts';
import { slashCommand, submissions, type Sender } from './forms.ts';
import { accepted, sendSigned, SIGNING_SECRET } from './signed.ts';
import { startWebApi, type WebApi } from './web-api.ts';

/** Slack takes one message a second in each channel: with this many, the bot always has one that it may send. */
export const CHANNELS = Array.from({ length: 200 }, (_, n) => `C0BENCH${String(n).padStart(3, '0')}`);

export interface Bots {
  bare: Measured;
  /** Keeps each interaction, and does nothing else. */
  durable: Measured;
  /** A bot whose posts are never answered: the interaction alone. */
  alone: Measured;
  /** A bot that sends as fast as it can, all the time. */
  sending: Measured;
  /** Messages that `sending` has sent so far. */
  messages(): number;
  /** Requests that open one deal for each `n`. */
  payload(): Promise<(n: number) => object>;
  /** Deals on disk of the two; undefined for a broken record. */
  kept(): Promise<(number | undefined)[]>;
  stop(): Promise<void>;
}

interface OrganisationFile {
  people: { slack?: string }[];
  clearanceChannels: string[];
}

/** Environment of a bot, except the place of its record. */
export const settingsOf = (organisation: string, apiUrl: string): Record<string, string> => ({
  SLACK_BOT_TOKEN: 'xoxb-bench',
  SLACK_SIGNING_SECRET: SIGNING_SECRET,
  SLACK_API_URL: apiUrl,
  CLEARTHREAD_ORGANISATION: organisation,
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'error',
});

/** Makes an organisation that clears deals in all of those channels. The sender is one of its people. */
export function organisationIn(folder: string): { file: string; sender: Sender } {
  const organisation = parse(readFileSync(sampleOrganisationFile, 'utf8')) as OrganisationFile;
  const user = organisation.people.find((person) => person.slack !== undefined)?.slack;
  if (user === undefined) throw new Error('nobody in the sample organisation has a Slack id');
  const file = join(folder, 'organisation.yml');
  writeFileSync(file, stringify({ ...organisation, clearanceChannels: CHANNELS }));
  return { file, sender: { user, channel: CHANNELS[0] ?? '' } };
}

/** Number of deals in that folder's record; undefined if it is broken. */
export async function dealsIn(dataDir: string): Promise<number | undefined> {
  const ledger = openSqliteLedger({ file: databaseFile(dataDir) });
  try {
    if ((await ledger.verify()).kind !== 'whole') return undefined;
    return (await ledger.heads()).filter(({ stream }) => stream.startsWith('D-')).length;
  } finally {
    await ledger.close();
  }
}

/** The filled form that opens a deal, for each `n`; `api` is the Slack of the bot at `port`. */
export async function openingsAt(port: number, api: WebApi, sender: Sender): Promise<(n: number) => object> {
  const form = api.nextView();
  const { status, body } = await slashCommand(port, '/deal', sender);
  if (status !== 200) throw new Error(`/deal was answered with ${status} ${body}`);
  return submissions(port, await form, sender, CHANNELS);
}

export async function startBots(): Promise<Bots> {
  const folder = mkdtempSync(join(tmpdir(), 'clearthread-bench-'));
  const { file, sender } = organisationIn(folder);
  const [takes, silent] = [await startWebApi(), await startWebApi({ silent: true })];
  const closing: (() => Promise<void>)[] = [];
  const folderOf = (name: string) => join(folder, name);
  const start = async (child: string, env?: Record<string, string>) => {
    const bot = await startMeasured(child, env);
    closing.push(() => bot.stop());
    return bot;
  };
  const clearthread = (name: string, apiUrl: string) =>
    start('./durable.child.js', { ...settingsOf(file, apiUrl), DATA_DIR: folderOf(name) });
  const stop = async () => {
    await Promise.allSettled(closing.map((close) => close()));
    for (const api of [takes, silent]) api.stop();
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    const bare = await start('./bare-bolt.child.js');
    mkdirSync(folderOf('durable'));
    const durable = await start('./durable-bolt.child.js', { DATA_DIR: folderOf('durable') });
    const alone = await clearthread('alone', silent.url);
    const sending = await clearthread('sending', takes.url);
    return {
      bare,
      durable,
      alone,
      sending,
      messages: takes.messages,
      payload: async () => {
        const payload = await openingsAt(sending.port, takes, sender);
        for (const { port } of [alone, sending]) {
          const probe = await sendSigned(port, { payload: JSON.stringify(payload(0)) });
          if (!accepted(probe)) throw new Error(`the form was answered with ${probe.status} ${probe.body}`);
        }
        return payload;
      },
      kept: () => Promise.all(['alone', 'sending'].map((name) => dealsIn(folderOf(name)))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
