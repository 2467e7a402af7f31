/** An attacker with the whole database, who also makes the log and its head fit; outside there is one root of it. */

import type { Database } from 'better-sqlite3';
import { commitHash, genesisHash } from '../../store/chain.ts';
import type { EventStore, StoredCommit } from '../../store/event-store.ts';
import { LOG_HEAD, logHeadText, readLogHead, withPlaced, type Placed } from '../../store/log/commit-log.ts';
import { EMPTY_TREE, rootOfTree } from '../../store/log/tree.ts';
import { verifyLog, type SavedRoot } from '../../store/log/verify-log.ts';
import { sqliteFolder } from '../support/sqlite.ts';
import { placeAll } from '../support/store-contract-log.ts';
import { write } from '../support/store-samples.ts';
import { chance, must, type Script } from './support/script.ts';

const STREAMS = 4;
const COMMITS = 6;
const TIMES = { short: 1000, long: 50_000 };
/** A busy machine gets through fewer: the figure says how many. */
const MOST_MS = { short: 6_000, long: 600_000 };

interface Hand {
  raw: Database;
  log: readonly Placed[];
  commits: readonly StoredCommit[];
  random: () => number;
}

/** Returns the log that is to be written; undefined if there is nothing to change. */
type Tampering = (hand: Hand) => Placed[] | undefined;

const below = (random: () => number, count: number): number => Math.floor(random() * count);

const editEntry: Tampering = ({ log, random }) => {
  const at = below(random, log.length);
  const entry = log[at]!;
  const how = random();
  const digit = below(random, 64);
  const other = entry.hash[digit] === '0' ? '1' : '0';
  if (how < 0.5)
    return log.with(at, { ...entry, hash: entry.hash.slice(0, digit) + other + entry.hash.slice(digit + 1) });
  if (how < 0.75) return log.with(at, { ...entry, version: entry.version + 1 });
  return log.with(at, { ...entry, stream: `${entry.stream}x` });
};

const swap: Tampering = ({ log, random }) => {
  const [one, other] = [below(random, log.length), below(random, log.length)];
  return one === other ? undefined : log.with(one, log[other]!).with(other, log[one]!);
};

const takeOut: Tampering = ({ log, random }) => log.toSpliced(below(random, log.length), 1);

const cut: Tampering = ({ log, random }) => log.slice(0, below(random, log.length));

const twice: Tampering = ({ log, random }) =>
  log.toSpliced(below(random, log.length), 0, log[below(random, log.length)]!);

/** The last commits of a stream are gone from record and log. */
const shorten: Tampering = ({ raw, log, random }) => {
  const stream = `D-${below(random, STREAMS)}`;
  const from = 1 + below(random, COMMITS);
  raw.prepare('DELETE FROM commits WHERE stream = ? AND version >= ?').run(stream, from);
  return log.filter((entry) => entry.stream !== stream || entry.version < from);
};

/** A commit says something else; its chain and the log are made to fit. */
const rewrite: Tampering = ({ raw, log, commits, random }) => {
  const stream = `D-${below(random, STREAMS)}`;
  const from = 1 + below(random, COMMITS);
  const made = new Map<number, string>();
  let prevHash = genesisHash(stream);
  for (const commit of commits.filter((each) => each.stream === stream)) {
    const changed = { ...commit, prevHash, actor: commit.version === from ? 'somebody-else' : commit.actor };
    const hash = commit.version < from ? commit.hash : commitHash(changed);
    raw
      .prepare('UPDATE commits SET actor = ?, prev_hash = ?, hash = ? WHERE stream = ? AND version = ?')
      .run(changed.actor, prevHash, hash, stream, commit.version);
    made.set(commit.version, hash);
    prevHash = hash;
  }
  return log.map((entry) => (entry.stream === stream ? { ...entry, hash: made.get(entry.version) ?? '' } : entry));
};

const WAYS: Readonly<Record<string, Tampering>> = { editEntry, swap, takeOut, cut, twice, shorten, rewrite };

const withLog = async <T>(
  work: (record: { raw: Database; store: EventStore; saved: SavedRoot }) => Promise<T>,
): Promise<T> => {
  const folder = sqliteFolder();
  try {
    const store = folder.open();
    for (let n = 0; n < STREAMS * COMMITS; n += 1) await write(store, `D-${n % STREAMS}`);
    await placeAll(store, 5);
    const { tree } = (await store.logHead())!;
    const raw = folder.raw();
    raw.exec(`DROP INDEX log_by_commit; DROP TRIGGER commits_keep_state; PRAGMA synchronous = OFF;
              CREATE TABLE clean_commits AS SELECT * FROM commits`);
    return await work({ raw, store, saved: { size: tree.size, root: rootOfTree(tree), by: 'the checkpoint' } });
  } finally {
    await folder.remove();
  }
};

const run: Script['run'] = (form) =>
  withLog(async ({ raw, store, saved }) => {
    const random = chance(20261126);
    const log = raw.prepare<[], Placed>('SELECT stream, version, hash FROM log ORDER BY place').all();
    const commits: StoredCommit[] = [];
    for await (const commit of store.stored()) commits.push(commit);
    const head = readLogHead((await store.meta(LOG_HEAD)) ?? '');
    const put = (entries: readonly Placed[], fitting: readonly Placed[]): void => {
      raw.exec('DELETE FROM log');
      const insert = raw.prepare('INSERT INTO log (place, stream, version, hash) VALUES (?, ?, ?, ?)');
      for (const [place, { stream, version, hash }] of entries.entries()) insert.run(place, stream, version, hash);
      const text = logHeadText(withPlaced({ ...head, tree: EMPTY_TREE }, fitting));
      raw.prepare('UPDATE meta SET value = ? WHERE key = ?').run(text, LOG_HEAD);
    };
    const ways = Object.entries(WAYS);
    const done: Record<string, number> = {};
    const started = performance.now();
    let [times, alone] = [0, 0];
    while (times < TIMES[form] && performance.now() - started < MOST_MS[form]) {
      const [way, tamper] = ways[times % ways.length] ?? ['cut', cut];
      const fitting = random() < 0.7;
      const tampered = raw.transaction(() => {
        const entries = tamper({ raw, log, commits, random });
        if (entries) put(entries, fitting ? entries : log);
        return entries;
      })();
      if (!tampered) continue;
      const found = await verifyLog(store, [saved]);
      must(found.kind === 'broken', `not found: ${way}, after ${times} others`);
      if ((await verifyLog(store, [])).kind === 'broken') alone += 1;
      raw.transaction(() => {
        raw.exec('DELETE FROM commits; INSERT INTO commits SELECT * FROM clean_commits');
        put(log, log);
      })();
      done[way] = (done[way] ?? 0) + 1;
      times += 1;
    }
    const after = await verifyLog(store, [saved]);
    must(after.kind === 'whole', `the log was not put right again: ${JSON.stringify(after)}`);
    return [
      `${times} tamperings before a root that is kept outside (${Object.entries(done)
        .map(([way, n]) => `${n} ${way}`)
        .join(', ')}): all found; ${alone} of them without that root`,
    ];
  });

export const logTampering: Script = {
  name: 'log',
  proves: 'Whatever is changed in record, log and head is found by one root of the log that was kept outside.',
  run,
};
