/**
 * The process of the voices is killed while files arrive: whoever was shown a receipt finds them whole, and of the others
 * nothing is left. And it stays small while ten people send 50 MB at once.
 */

import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openVoicesStore } from '../../src/voices/store.ts';
import { hiddenIn } from '../support/voices-page.ts';
import { voicesProcess } from '../support/voices-process.ts';

const MB = 2 ** 20;

const voices = voicesProcess();

/** A form with words, as a browser has it before it sends it. */
const formWith = async (url: string, files: readonly Uint8Array[]): Promise<FormData> => {
  const page = await (await fetch(`${url}/`)).text();
  const body = new FormData();
  for (const name of ['receipt', 'readers']) body.append(name, hiddenIn(page, name));
  body.append('what', 'Sample words');
  body.append('clean', 'yes');
  body.append('asItIs', 'yes');
  for (const [i, file] of files.entries()) body.append('files', new Blob([new Uint8Array(file)]), `film-${i}.mp4`);
  return body;
};

const sent = async (url: string, body: FormData): Promise<string | undefined> => {
  try {
    return await (await fetch(`${url}/report`, { method: 'POST', body })).text();
  } catch {
    return undefined;
  }
};

/** What is on disk once it has started again: each file of a case is whole, and there is no other. */
const look = async (): Promise<{ cases: number; files: number }> => {
  await voices.start();
  await voices.end('SIGTERM');
  const store = openVoicesStore(voices.folder());
  const linked = store.cases().flatMap(({ id }) => store.filesOf(id));
  const db = new Database(join(voices.folder(), 'files.db'), { readonly: true });
  const there = db
    .prepare<[], { id: string; bytes: number }>('SELECT id, sum(length(sealed)) AS bytes FROM parts GROUP BY id')
    .all();
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  expect(there.toSorted(byId)).toEqual(linked.toSorted(byId));
  const cases = store.cases().length;
  db.close();
  store.close();
  return { cases, files: linked.length };
};

it('keeps files whole that have a receipt, and nothing of those that have none', async () => {
  const files = [randomBytes(12 * MB), randomBytes(3 * MB)];
  let receipted = 0;
  // At last after the answer.
  for (const wait of [60, 200, 450, 900, 1500, undefined]) {
    const url = await voices.start();
    const asked = sent(url, await formWith(url, files));
    await (wait === undefined ? asked : new Promise((resolve) => setTimeout(resolve, wait)));
    await voices.end('SIGKILL');
    const answer = await asked;
    const kept = await look();
    if (answer?.includes('Your report has arrived')) receipted += 1;
    // A report may be kept whose answer was lost on the way; its files are then whole, too.
    expect(kept.cases).toBeGreaterThanOrEqual(receipted);
    expect(kept.files).toBe(kept.cases * files.length);
  }
  expect(receipted).toBeGreaterThan(0);
}, 180_000);

it('takes 50 MB of ten people at once, in memory that does not grow with it', async () => {
  const url = await voices.start();
  const film = randomBytes(50 * MB);
  const status = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${voices.pid()}/status`, 'utf8'))?.[1]) / 1024;
  const isLinux = process.platform === 'linux';
  const before = isLinux ? status('VmRSS') : 0;
  const answers = await Promise.all(Array.from({ length: 10 }, async () => sent(url, await formWith(url, [film]))));
  for (const answer of answers) expect(answer).toContain('Files that arrived with it: 1.');
  expect(statSync(join(voices.folder(), 'files.db')).size).toBeGreaterThan(500 * MB);
  if (isLinux) {
    const peak = status('VmHWM');
    // 500 MB arrived.
    expect(peak - before).toBeLessThan(250);
  }
  await voices.end('SIGTERM');
}, 180_000);
