/** The whole bot in this process, with a playground of its own. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditVerify } from '../../src/cli/audit.ts';
import { readConfig } from '../../src/config/config.ts';
import { silentLogger, type Logger } from '../../src/log.ts';
import { startBot, type Bot } from '../../src/start.ts';
import type { Seams } from '../../src/startup/seams.ts';
import { createHand, type SlackHand } from './chat-hand.ts';
import { createTeamsHand, type TeamsHand } from './teams-hand.ts';

export interface Playing {
  url: string;
  dataDir: string;
  hand(user: keyof typeof PEOPLE): SlackHand;
  teamsHand(user: keyof typeof TEAMS_PEOPLE): TeamsHand;
  /** Moves the business clock forward, as the page's "Travel in time" does. */
  travel(to: string): Promise<void>;
  /** `meanwhile`: while no bot runs. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  end(): Promise<void>;
}

/** Slack ids of the sample organisation. */
export const PEOPLE = {
  rep: 'U0SAMPLEREP1',
  productManager: 'U0SAMPLEPM01',
  legalAdviser: 'U0SAMPLELAW1',
  compliance: 'U0SAMPLECOM1',
  compliance2: 'U0SAMPLECOM2',
  senior: 'U0SAMPLESEN1',
  senior2: 'U0SAMPLESEN2',
  counsel: 'U0SAMPLECNS1',
  chief: 'U0SAMPLECCO1',
  guest: 'U0SAMPLEGST1',
} as const;

/** Entra object ids of the sample organisation. */
export const TEAMS_PEOPLE = {
  rep: '00000000-0000-4000-8000-000000000001',
  productManager: '00000000-0000-4000-8000-000000000002',
  legalAdviser: '00000000-0000-4000-8000-000000000003',
  compliance: '00000000-0000-4000-8000-000000000004',
  compliance2: '00000000-0000-4000-8000-000000000005',
  senior: '00000000-0000-4000-8000-000000000006',
  senior2: '00000000-0000-4000-8000-000000000007',
  counsel: '00000000-0000-4000-8000-000000000008',
  chief: '00000000-0000-4000-8000-000000000009',
} as const;

/** Travels as the page does. Throws if the playground refuses. */
export const travelTo = async (base: string, to: string): Promise<void> => {
  const response = await fetch(`${base}/playground/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ to }),
  });
  if (!response.ok) throw new Error(`not travelled to ${to}: ${await response.text()}`);
};

const journeys = new Map<string, number>();

/** A bot looks every few seconds at what another process wrote; a journey of a minute makes it look at once. */
export const lookAtOnce = async (base: string): Promise<void> => {
  const minutes = (journeys.get(base) ?? 0) + 1;
  journeys.set(base, minutes);
  await travelTo(base, new Date(Date.now() + minutes * 60_000).toISOString());
};

/** Whatever was played: every state that is kept is the one that its events make. */
const provenWhole = async (dataDir: string): Promise<void> => {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const code = await auditVerify(['--data', dataDir], { out: say, err: say, env: {} });
  if (code !== 0 || !said.some((line) => line.startsWith('Replayed: '))) throw new Error(said.join('\n'));
};

/** `settings` are environment variables beyond the playground's own. */
export const play = async (
  logger: Logger = silentLogger,
  settings: Readonly<Record<string, string>> = {},
  seams: Seams = {},
): Promise<Playing> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clearthread-play-'));
  let port = '0';
  const start = async (): Promise<Bot> => {
    // Keeps the port after a restart, as a deployment does.
    const config = readConfig({ CLEARTHREAD_SAMPLES: 'off', ...settings, PORT: port, DATA_DIR: dataDir });
    if ('problem' in config) throw new Error(config.problem);
    return startBot(config, {}, logger, seams);
  };
  let bot = await start();
  port = new URL(bot.url).port;
  return {
    get url() {
      return bot.url;
    },
    dataDir,
    hand: (user) => createHand(bot.url, PEOPLE[user]),
    teamsHand: (user) => createTeamsHand(bot.url, TEAMS_PEOPLE[user]),
    travel: (to) => travelTo(bot.url, to),
    restart: async (meanwhile = async () => {}) => {
      await bot.stop();
      await meanwhile();
      bot = await start();
    },
    end: async () => {
      await bot.stop();
      await provenWhole(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
