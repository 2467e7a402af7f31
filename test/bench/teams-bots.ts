/** Bots of the second comparison: a bare Teams SDK app, and Clearthread with and without an answering Bot Connector. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { dealsIn } from './bots.ts';
import { startMeasured, type Measured } from './child.ts';
import { startConnector, type Connector } from './connector.ts';
import { invoke, submissions, taken, type Teamster } from './dialogs.ts';
import type { Answer } from './load.ts';
import { startIssuer } from './tokens.ts';

/** Teams takes seven messages a second in each conversation: with this many, the bot always has one to send to. */
const CHANNELS = Array.from({ length: 200 }, (_, n) => `19:bench${String(n).padStart(3, '0')}@thread.tacv2`);

export interface TeamsBots {
  bare: Measured;
  /** A bot whose posts are never answered: the invoke alone. */
  alone: Measured;
  /** A bot that sends as fast as it can, all the time. */
  sending: Measured;
  /** Messages that `sending` has sent so far. */
  messages(): number;
  /** Opens one deal for each `n`. */
  sender(): Promise<(port: number, n: number, agent?: Agent) => Promise<Answer>>;
  /** Deals on disk of the two; undefined for a broken record. */
  kept(): Promise<(number | undefined)[]>;
  stop(): Promise<void>;
}

interface OrganisationFile {
  people: { teams?: string }[];
}

function organisationIn(folder: string): { file: string; account: string } {
  const organisation = parse(readFileSync(sampleOrganisationFile, 'utf8')) as OrganisationFile;
  const account = organisation.people.find((person) => person.teams !== undefined)?.teams;
  if (account === undefined) throw new Error('nobody in the sample organisation has a Teams id');
  const file = join(folder, 'organisation.yml');
  writeFileSync(file, stringify({ ...organisation, clearanceChannels: CHANNELS }));
  return { file, account };
}

export async function startTeamsBots(): Promise<TeamsBots> {
  const folder = mkdtempSync(join(tmpdir(), 'clearthread-bench-teams-'));
  const { file, account } = organisationIn(folder);
  const issuer = await startIssuer();
  const [takes, silent] = [await startConnector(account), await startConnector(account, { silent: true })];
  const closing: (() => Promise<void>)[] = [];
  const start = async (child: string, env: Record<string, string>) => {
    const bot = await startMeasured(child, { ...env, OPENID_METADATA: issuer.metadataUrl });
    closing.push(() => bot.stop());
    return bot;
  };
  const clearthread = (name: string, { url }: Connector) =>
    start('./durable-teams.child.js', {
      CLEARTHREAD_ORGANISATION: file,
      DATA_DIR: join(folder, name),
      CONNECTOR: url,
    });
  const stop = async () => {
    await Promise.allSettled(closing.map((close) => close()));
    for (const each of [takes, silent, issuer]) each.stop();
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    const bare = await start('./bare-teams.child.js', {});
    const alone = await clearthread('alone', silent);
    const sending = await clearthread('sending', takes);
    return {
      bare,
      alone,
      sending,
      messages: takes.messages,
      sender: async () => {
        const by = async ({ url }: Connector): Promise<Teamster> => ({
          account,
          channel: CHANNELS[0] ?? '',
          serviceUrl: url,
          token: await issuer.token(url),
        });
        const [loud, quiet] = [await by(takes), await by(silent)];
        const dataOf = await submissions(sending.port, loud);
        const send = (port: number, n: number, agent?: Agent) => {
          const channel = CHANNELS[n % CHANNELS.length] ?? '';
          const data = JSON.parse(JSON.stringify(dataOf(n)).replaceAll(loud.channel, channel)) as object;
          const from = port === alone.port ? quiet : loud;
          return invoke(port, 'task/submit', data, n, { ...from, channel }, agent);
        };
        for (const { port } of [bare, alone, sending]) {
          const probe = await send(port, 0);
          if (!taken(probe))
            throw new Error(`the dialog was answered with ${probe.status} ${probe.body.slice(0, 300)}`);
        }
        return send;
      },
      kept: () => Promise.all(['alone', 'sending'].map((name) => dealsIn(join(folder, name)))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
