/** Answered once by who knows, in a real browser and both chats: what a rep takes, what an approver reads, and what a worse brief reopens. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countriesImport } from '../../src/cli/countries-import.ts';
import { clearedAgain, clearedOnce, countryBrief, HARMLESS, productSheet, worseBrief } from '../support/answer-once.ts';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { lookAtOnce, PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

const missing = browserIsMissing('Answering once is');
const MADE_UP = fileURLToPath(new URL('../../src/playground/samples/made-up-v-dem.csv', import.meta.url));

type Who = keyof typeof TEAMS_PEOPLE;

let playing: BrowserPlay;
beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay({ samples: true });
}, 60_000);
afterAll(async () => {
  await playing?.end();
  expect(playing?.mistakes ?? []).toEqual([]);
});

const PHONE = { width: 390, height: 844 };

/** Whoever fills in works on a phone; whoever approves sits at a desk. */
const handOf =
  (chat: string, scheme: 'light' | 'dark') =>
  async (who: Who, size = PHONE): Promise<BrowserHand> => {
    const hand =
      chat === 'Slack'
        ? await playing.slackHand(PEOPLE[who], scheme)
        : await playing.teamsHand(TEAMS_PEOPLE[who], scheme);
    await hand.page.setViewportSize(size);
    return hand;
  };

/** Imports a newer year of the made-up data, in which one country is a worse place, while the bot runs. Returns what is printed. */
const worseYear = async (code: string): Promise<string> => {
  const [columns = '', ...rows] = readFileSync(MADE_UP, 'utf8').trim().split('\n');
  const newer = rows
    .filter((row) => row.includes(',2025,'))
    .map((row) => row.replace(',2025,', ',2026,'))
    .map((row) => (row.includes(`,${code},`) ? row.replace(/0\.97|0\.93/u, '0.21') : row));
  const file = join(playing.dataDir, `${code}.csv`);
  writeFileSync(file, `${[columns, ...newer].join('\n')}\n`);
  const said: string[] = [];
  const io = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line), env: {} };
  expect(await countriesImport([file, '--data', playing.dataDir], io), said.join('\n')).toBe(0);
  await lookAtOnce(playing.url);
  return said.join('\n');
};

describe.skipIf(missing).each([
  [
    'Slack',
    'light',
    { country: 'Bouvet Island', code: 'BVT', works: 'Harbour', reassessed: ['Sample Harbour Office'] },
  ],
  [
    'Teams',
    'dark',
    {
      country: 'U.S. Outlying Islands',
      code: 'UMI',
      works: 'Lighthouse',
      // A sample deal that is approved goes there, too, though it never took a brief.
      reassessed: ['Sample Island Election Office', 'Sample Harbour Office', 'Sample Lighthouse Office'],
    },
  ],
] as const)('answering once in %s', (chat, scheme, { country, code, works, reassessed }) => {
  const hand = handOf(chat, scheme);
  const deal = { ...HARMLESS, country, customer: `Sample ${works} Works`, endUser: `Sample ${works} Office` };
  let counsel: BrowserHand;
  let rep: BrowserHand;
  let compliance: BrowserHand;
  let root: string;

  it('takes few presses of each, and the approver reads what rests on what', async () => {
    const began = performance.now();
    const manager = await hand('productManager');
    [counsel, rep, compliance] = [
      await hand('counsel'),
      await hand('rep'),
      await hand('compliance', { width: 1280, height: 900 }),
    ];
    expect(await productSheet(manager, HARMLESS.product)).toBeLessThanOrEqual(10);
    expect(await countryBrief(counsel, country)).toBeLessThanOrEqual(19);
    const filled = performance.now();
    const { presses, root: thread } = await clearedOnce(rep, compliance, deal);
    root = thread;
    expect(presses).toBeLessThanOrEqual(12);
    const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
    process.stderr.write(
      `${chat}: sheet and brief ${seconds(began, filled)} s, then a deal in ${presses} presses after opening, ${seconds(filled, performance.now())} s\n`,
    );
  });

  it('offers what an earlier deal of the same end-user said, to confirm one by one', async () => {
    const { presses, again } = await clearedAgain(rep, compliance, deal);
    expect(again).toBe(9);
    expect(presses).toBeLessThanOrEqual(21);
  });

  it('reopens exactly the deals of a brief that changes for the worse', async () => {
    expect(await worseYear(code)).toContain(`${country} (D-`);
    await worseBrief(counsel, country, 'Made-up V-Dem 2026: freedom from torture');
    const asked = await rep.reads(/The country brief says worse since version 2[\s\S]*Are minorities/, root);
    expect(asked.text).toMatch(/was No, is Yes/);
    await rep.look(`${chat}-reopened`);
    const reopened = async () =>
      (await rep.messages()).filter(({ text }) => text.includes('A reassessment is asked for'));
    // Each deal hears of it by itself.
    await expect
      .poll(async () => (await reopened()).map(({ text }) => /“([^”]+)”/u.exec(text)?.[1]), { timeout: 15_000 })
      .toEqual(reassessed);
  });
});
