/** `report` is answered alike to anybody, and leaves nothing behind: the whole bot in both chats, its log and its database. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditRefused } from '../../src/cli/audit-refused.ts';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { startDay, type Day } from '../support/bad-day-bench.ts';
import { CLEARANCE } from '../support/chat-hand.ts';
import { PEOPLE } from '../support/playing.ts';

const SECRET = 'zanzibarnetwork beat my brother';
const ADDRESS = 'https://speak.example.com';
let day: Day;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearthread-report-'));
  const organisation = `${readFileSync(sampleOrganisationFile, 'utf8')}\nvoices:\n  address: ${ADDRESS}\n  authorities: ['Sample authority, by letter']\n`;
  writeFileSync(join(folder, 'organisation.yml'), organisation);
  day = await startDay({ CLEARTHREAD_ORGANISATION: join(folder, 'organisation.yml') });
});
afterAll(async () => {
  await day.end();
  rmSync(folder, { recursive: true, force: true });
});

const everyByte = (): string =>
  readdirSync(day.playing.dataDir, { recursive: true, withFileTypes: true })
    // The playground keeps what its own Slack and Teams show, as those do.
    .filter((entry) => entry.isFile() && !entry.name.startsWith('playground.sqlite'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('');

it('in Slack, whoever asks, wherever, with whatever behind it', async () => {
  const answers = new Set<string>();
  for (const [user, channel, team] of [
    [PEOPLE.rep, CLEARANCE, undefined],
    [PEOPLE.compliance, 'C0GENERAL001', undefined],
    [PEOPLE.guest, CLEARANCE, undefined],
    ['U0NOBODY0001', 'C0SHARED0001', undefined],
    [PEOPLE.rep, CLEARANCE, 'T0ANOTHER000'],
  ] as const) {
    for (const words of ['report', `Report: ${SECRET}`, `  complaint ${SECRET}`, 'misuse D-ABCDEF']) {
      const { status, text } = await day.wire.command(user, words, channel, team);
      expect(status).toBe(200);
      answers.add(text);
    }
  }
  const [answer = ''] = answers;
  expect(answers.size).toBe(1);
  for (const words of [ADDRESS, 'a chat is not anonymous', 'Sample authority']) expect(answer).toContain(words);
  expect(answer).not.toContain('zanzibar');
  // A button would tell the bot who pressed it.
  expect(answer).not.toContain('"button"');
});

it('in Teams, too', async () => {
  const rep = day.playing.teamsHand('rep');
  await rep.sayIn(await rep.personalChat(), `report ${SECRET}`);
  const { text } = await rep.readsDirect(ADDRESS);
  expect(text).toContain('a chat is not anonymous');
  expect(text).not.toContain('zanzibar');
});

it('and nothing of it is in the log, among those who were refused, or in the bot’s database', async () => {
  expect(day.lines.filter(({ event }) => /^(?:slack|teams|refused|edge)/.test(event))).toEqual([]);
  const lines: string[] = [];
  const io = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line), env: {} };
  await auditRefused(['--data', day.playing.dataDir], io);
  expect(lines.join('\n')).not.toContain('U0NOBODY0001');
  const bytes = everyByte();
  for (const trace of ['zanzibar', 'U0NOBODY0001', ADDRESS]) expect(bytes).not.toContain(trace);
});

it('while other words that begin alike are what they were: a search', async () => {
  const { text } = await day.wire.command(PEOPLE.rep, 'reporters');
  expect(text).not.toContain(ADDRESS);
});
