/** The bot beside a bare Bolt app: the same signed submissions, one kept on disk before the answer, one only answered. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseFile } from '../../store/keys.ts';
import { openSqliteLedger } from '../../store/sqlite/ledger.ts';
import { startMeasured, type Measured } from './child.ts';
import { slashCommand, submissions, type Sender } from './forms.ts';
import { accepted, load, sendSigned, SIGNING_SECRET, type Load } from './load.ts';
import { startWebApi } from './web-api.ts';

const IN_FLIGHT = [1, 10, 50];
const WARM_UP = 300;
const REQUESTS = 2000;
/** With the one that tries whether the form is accepted. */
const EXPECTED = 1 + WARM_UP + IN_FLIGHT.length * REQUESTS;

export interface Sample {
  organisationFile: string;
  sender: Sender;
}

const ratio = (ours: number, theirs: number): string => `${(ours / theirs).toFixed(2)} x`;

const line = (name: string, { cpu, p99, refused }: Load): string =>
  `  ${name.padEnd(12)}${cpu.toFixed(0).padStart(8)} µs CPU${p99.toFixed(2).padStart(10)} ms p99` +
  (refused > 0 ? `  ${refused} of ${REQUESTS} REFUSED` : '');

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

async function measure(bare: Measured, durable: Measured, payload: (n: number) => object): Promise<string[]> {
  const lines: string[] = [];
  let sent = 0;
  const run = (bot: Measured, inFlight: number, requests: number) => {
    const first = sent;
    sent += requests;
    return load(bot, inFlight, requests, (n) => payload(first + n));
  };
  for (const bot of [bare, durable]) await run(bot, 10, WARM_UP);
  for (const inFlight of IN_FLIGHT) {
    const theirs = await run(bare, inFlight, REQUESTS);
    const ours = await run(durable, inFlight, REQUESTS);
    lines.push(`Durable interaction, ${inFlight} in flight, ${REQUESTS} submissions each`);
    lines.push(line('bare Bolt', theirs), line('Clearthread', ours));
    lines.push(
      `  ratio       ${ratio(ours.cpu, theirs.cpu)} CPU (aim: at most 2 x), ${ratio(ours.p99, theirs.p99)} p99`,
    );
  }
  return lines;
}

export async function interactionBench({ organisationFile, sender }: Sample): Promise<string[]> {
  const data = mkdtempSync(join(tmpdir(), 'clearthread-bench-'));
  const api = await startWebApi();
  const running: Measured[] = [];
  const start = async (file: string, env?: Record<string, string>) => {
    const bot = await startMeasured(file, env);
    running.push(bot);
    return bot;
  };
  try {
    const bare = await start('./bare-bolt.child.js');
    const durable = await start('./durable.child.js', {
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: api.url,
      CLEARTHREAD_ORGANISATION: organisationFile,
      DATA_DIR: data,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'warn',
    });
    const [theirs, ours] = [await bare.idleMemory(), await durable.idleMemory()];
    const form = api.nextView();
    const { status, body } = await slashCommand(durable.port, '/deal', sender);
    if (status !== 200) throw new Error(`/deal was answered with ${status} ${body}`);
    const payload = await submissions(durable.port, await form, sender);
    const probe = await sendSigned(durable.port, { payload: JSON.stringify(payload(-1)) });
    if (!accepted(probe)) throw new Error(`the form was answered with ${probe.status} ${probe.body}`);
    const lines = await measure(bare, durable, payload);
    const kept = await openSqliteLedger({ file: databaseFile(data) }).verify();
    return [
      ...lines,
      `  on disk     ${kept.kind === 'whole' ? `${kept.streams} deals (${EXPECTED} sent), ${kept.commits} commits, the record is whole` : 'A BROKEN RECORD'}`,
      'Idle memory',
      `  bare Bolt   ${megabytes(theirs)}`,
      `  Clearthread ${megabytes(ours)}`,
      `  ratio       ${ratio(ours, theirs)} (aim: at most 1.5 x)`,
    ];
  } finally {
    await Promise.allSettled(running.map((bot) => bot.stop()));
    api.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
