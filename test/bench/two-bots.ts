/** Two bots on one record compared with one: deals opened together, and whether each gets its share. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { withDatabase } from '../support/mongo.ts';
import { DATA_KEY } from '../support/sqlite.ts';
import { openingsAt, organisationIn, settingsOf } from './bots.ts';
import { startMeasured, type Measured } from './child.ts';
import { accepted, sendSigned } from './signed.ts';
import { startWebApi } from './web-api.ts';

/** Requests in flight, in total for one bot or two. */
const IN_FLIGHT = 50;
const WARM_UP = 1500;
const ROUNDS = 9;
const REQUESTS = 400;

interface Turn {
  /** Requests a second. */
  rate: number;
  /** Answered by each bot. */
  shares: number[];
  /** ms. */
  times: number[];
  refused: number;
}

interface Group {
  bots: readonly Measured[];
  turns: Turn[];
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const at = (values: readonly number[], part: number): number =>
  sorted(values)[Math.max(Math.ceil(values.length * part) - 1, 0)] ?? Number.NaN;

/** The bot that has answered gets the next request: one that is twice as fast answers twice as many. */
const turn = async (bots: readonly Measured[], requests: number, payload: () => object): Promise<Turn> => {
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const shares = bots.map(() => 0);
  const times: number[] = [];
  let [sent, refused] = [0, 0];
  const worker = async (n: number): Promise<void> => {
    const which = n % bots.length;
    while (sent < requests) {
      sent += 1;
      const answer = await sendSigned(bots[which]?.port ?? 0, { payload: JSON.stringify(payload()) }, agent);
      times.push(answer.ms);
      shares[which] = (shares[which] ?? 0) + 1;
      if (!accepted(answer)) refused += 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, n) => worker(n)));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { rate: requests / seconds, shares, times, refused };
};

const told = (label: string, { turns }: Group, beside?: Group): string => {
  const rate = at(
    turns.map((each) => each.rate),
    0.5,
  );
  const times = turns.flatMap((each) => each.times);
  const refused = turns.reduce((sum, each) => sum + each.refused, 0);
  const ratios = turns.map((each, n) => each.rate / (beside?.turns[n]?.rate ?? Number.NaN));
  const [one = 0, other = 0] = [0, 1].map((n) => turns.reduce((sum, each) => sum + (each.shares[n] ?? 0), 0));
  return [
    `  ${label.padEnd(9)}${rate.toFixed(0).padStart(6)} deals/s${at(times, 0.99).toFixed(1).padStart(9)} ms p99`,
    ...(refused > 0 ? [`${refused} of ${times.length} REFUSED`] : []),
    ...(beside
      ? [
          `ratio ${at(ratios, 0.5).toFixed(2)} x (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
          `answered by each ${one} and ${other}`,
        ]
      : []),
  ].join('   ');
};

/** `where(n)`: the settings that name the n-th of two records. */
const measured = async (folder: string, where: (n: number) => Record<string, string>): Promise<string[]> => {
  const { file, sender } = organisationIn(folder);
  const api = await startWebApi({ silent: true });
  const bots: Measured[] = [];
  const start = async (n: number): Promise<Measured> => {
    const bot = await startMeasured('./durable.child.js', { ...settingsOf(file, api.url), ...where(n) });
    bots.push(bot);
    return bot;
  };
  try {
    const one: Group = { bots: [await start(1)], turns: [] };
    // One of the bots makes a new record.
    const two: Group = { bots: [await start(2), await start(2)], turns: [] };
    const deal = await openingsAt(one.bots[0]?.port ?? 0, api, sender);
    let number = 0;
    const payload = (): object => deal((number += 1));
    for (const { bots: each } of [one, two]) await turn(each, WARM_UP * each.length, payload);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const group of [one, two]) group.turns.push(await turn(group.bots, REQUESTS, payload));
    }
    return [told('one bot', one), told('two bots', two, one)];
  } finally {
    await Promise.allSettled(bots.map((bot) => bot.stop()));
    api.stop();
  }
};

const onMongo = async (folder: string, given: string): Promise<string[]> => {
  const name = `clearthread-bench-${randomUUID().slice(0, 8)}`;
  const uri = (n: number): string => withDatabase(given, `${name}-${n}`);
  const key = DATA_KEY.toString('base64');
  try {
    return await measured(folder, (n) => ({
      MONGODB_URI: uri(n),
      CLEARTHREAD_DATA_KEY: key,
      DATA_DIR: join(folder, 'mongo'),
    }));
  } finally {
    const client = await new MongoClient(given).connect();
    for (const n of [1, 2]) await client.db(`${name}-${n}`).dropDatabase();
    await client.close();
  }
};

export const twoBotsBench = async (): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'clearthread-bench-two-'));
  const given = process.env['MONGODB_URI']?.trim();
  try {
    return [
      '',
      'Two bots on one record beside one bot',
      `  ${IN_FLIGHT} in flight in all, medians of ${ROUNDS} turns of ${REQUESTS} submissions; ratios within a turn, least to most`,
      '  what sends them shares the processors with the bots',
      ' one SQLite file',
      ...(await measured(folder, (n) => ({ DATA_DIR: join(folder, `record-${n}`) }))),
      ...(given
        ? [' MongoDB (aim: 1.6 x)', ...(await onMongo(folder, given))]
        : [' MongoDB: not measured here, MONGODB_URI names no server.']),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
