/** An attacker with the database file: the walk finds every change. */

import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitHash, genesisHash } from '../../store/chain.ts';
import type { EventStore, Head, StoredCommit, Verified } from '../../store/event-store.ts';
import { openSqliteLedger } from '../../store/sqlite/ledger.ts';
import { DATA_KEY, sqliteFolder } from '../support/sqlite.ts';
import { sampleReplays, writeMany } from '../support/store-samples.ts';

interface Record {
  raw: Database;
  store: EventStore;
  saved: Head[];
}

type Place = { stream: string; version: number };

const COLUMNS = ['at', 'actor', 'cause', 'context_versions', 'body', 'prev_hash', 'state_hash', 'hash'] as const;
const RUNS = { numRuns: 25 };

/** Streams `D-0`, `D-1`, … with that many commits each. */
const withRecord = async (lengths: number[], check: (record: Record) => Promise<void>): Promise<void> => {
  const folder = sqliteFolder();
  try {
    const store = folder.open();
    for (const [number, length] of lengths.entries()) await writeMany(store, `D-${number}`, length);
    const raw = folder.raw();
    // An attacker is not held back by constraints; nor is a damaged file.
    raw.exec('DROP INDEX commits_by_version; DROP INDEX commits_by_cause; DROP TRIGGER commits_keep_state');
    await check({ raw, store, saved: await store.heads() });
  } finally {
    await folder.remove();
  }
};

/** A record, and one of its commits. */
const recordAndPlace = (shortest: number): fc.Arbitrary<{ lengths: number[]; place: Place }> =>
  fc.array(fc.integer({ min: shortest, max: 7 }), { minLength: 1, maxLength: 3 }).chain((lengths) =>
    fc.nat(lengths.length - 1).chain((number) =>
      fc.record({
        lengths: fc.constant(lengths),
        place: fc.record({
          stream: fc.constant(`D-${number}`),
          version: fc.integer({ min: 1, max: lengths[number] ?? 1 }),
        }),
      }),
    ),
  );

const lengthOf = (lengths: number[], { stream }: Place): number => lengths[Number(stream.slice(2))] ?? 0;

const broken = (place: Place, what?: string): unknown =>
  expect.objectContaining({ kind: 'broken', ...place, ...(what === undefined ? {} : { what }) });

const move = (raw: Database, stream: string, from: number, to: number): void => {
  raw.prepare('UPDATE commits SET version = ? WHERE stream = ? AND version = ?').run(to, stream, from);
};

const swap = (raw: Database, stream: string, one: number, other: number): void => {
  move(raw, stream, one, 1000);
  move(raw, stream, other, one);
  move(raw, stream, 1000, other);
};

/** Makes the chain fit again from a version on, as an attacker would who knows how it is made. */
const rehash = async (
  raw: Database,
  store: EventStore,
  place: Place,
  changes: Partial<StoredCommit>,
): Promise<void> => {
  const update = raw.prepare('UPDATE commits SET actor = ?, prev_hash = ?, hash = ? WHERE stream = ? AND version = ?');
  let prevHash = genesisHash(place.stream);
  const commits: StoredCommit[] = [];
  for await (const commit of store.stored(place.stream)) commits.push(commit);
  for (const commit of commits) {
    const changed = { ...commit, ...(commit.version === place.version ? changes : {}), prevHash };
    const hash = commitHash(changed);
    update.run(changed.actor, prevHash, hash, commit.stream, commit.version);
    prevHash = hash;
  }
};

describe('the walk over a record that was changed', () => {
  it('finds an edit of any member of any commit', async () => {
    await fc.assert(
      fc.asyncProperty(
        recordAndPlace(1),
        fc.constantFrom(...COLUMNS),
        fc.nat(),
        async ({ lengths, place }, column, at) => {
          await withRecord(lengths, async ({ raw, store }) => {
            const where = 'WHERE stream = ? AND version = ?';
            const select = raw.prepare<[string, number], string>(`SELECT ${column} FROM commits ${where}`).pluck();
            const text = select.get(place.stream, place.version) ?? '';
            const index = at % text.length;
            const letter = text[index] === 'x' ? 'y' : 'x';
            const edited = text.slice(0, index) + letter + text.slice(index + 1);
            raw.prepare(`UPDATE commits SET ${column} = ? ${where}`).run(edited, place.stream, place.version);
            expect(await store.verify()).toEqual(broken(place, 'edited'));
          });
        },
      ),
      RUNS,
    );
  });

  it('finds a change of stored form that means the same', async () => {
    await withRecord([2], async ({ raw, store }) => {
      raw.exec(`UPDATE commits SET context_versions = ' ' || context_versions WHERE version = 2`);
      expect(await store.verify()).toEqual(broken({ stream: 'D-0', version: 2 }, 'edited'));
      await expect(store.read('D-0')).rejects.toMatchObject({ code: 'damaged' });
    });
  });

  it('finds a commit that is gone from the middle or the start', async () => {
    await fc.assert(
      fc.asyncProperty(recordAndPlace(2), async ({ lengths, place }) => {
        fc.pre(place.version < lengthOf(lengths, place));
        await withRecord(lengths, async ({ raw, store }) => {
          raw.prepare('DELETE FROM commits WHERE stream = ? AND version = ?').run(place.stream, place.version);
          expect(await store.verify()).toEqual(broken(place, 'missing'));
        });
      }),
      RUNS,
    );
  });

  it('finds a commit that is gone although the later ones moved up', async () => {
    await fc.assert(
      fc.asyncProperty(recordAndPlace(2), async ({ lengths, place }) => {
        fc.pre(place.version < lengthOf(lengths, place));
        await withRecord(lengths, async ({ raw, store }) => {
          const { stream, version } = place;
          raw.prepare('DELETE FROM commits WHERE stream = ? AND version = ?').run(stream, version);
          raw.prepare('UPDATE commits SET version = version - 1 WHERE stream = ? AND version > ?').run(stream, version);
          expect(await store.verify()).toEqual(broken(place, 'missing'));
        });
      }),
      RUNS,
    );
  });

  it('finds two commits that changed places, rehashed one by one or not', async () => {
    await fc.assert(
      fc.asyncProperty(recordAndPlace(2), fc.nat(), fc.boolean(), async ({ lengths, place }, pick, rehashed) => {
        const { stream, version } = place;
        const other = 1 + (pick % lengthOf(lengths, place));
        fc.pre(other !== version);
        await withRecord(lengths, async ({ raw, store }) => {
          swap(raw, stream, version, other);
          if (rehashed) {
            for await (const commit of store.stored(stream)) {
              const set = raw.prepare('UPDATE commits SET hash = ? WHERE stream = ? AND version = ?');
              set.run(commitHash(commit), stream, commit.version);
            }
          }
          const found = await store.verify();
          expect(found).toEqual(
            broken({ stream, version: Math.min(version, other) }, rehashed ? undefined : 'reordered'),
          );
        });
      }),
      RUNS,
    );
  });

  it('finds a commit that is there twice, and one from another stream', async () => {
    await withRecord([3, 3], async ({ raw, store }) => {
      raw.exec(`INSERT INTO commits SELECT NULL, stream, version, at, actor, cause, context_versions, body, prev_hash, hash, state_hash
                FROM commits WHERE stream = 'D-0' AND version = 2`);
      expect(await store.verify()).toEqual(broken({ stream: 'D-0', version: 2 }, 'reordered'));
    });
    await withRecord([3, 3], async ({ raw, store }) => {
      raw.exec(`DELETE FROM commits WHERE stream = 'D-0' AND version = 2;
                UPDATE commits SET stream = 'D-0' WHERE stream = 'D-1' AND version = 2`);
      expect(await store.verify()).toEqual(broken({ stream: 'D-0', version: 2 }));
    });
  });

  it('finds a cut-off end by the snapshot left standing, and by saved heads when that is gone too', async () => {
    await fc.assert(
      fc.asyncProperty(recordAndPlace(1), async ({ lengths, place: { stream, version } }) => {
        await withRecord(lengths, async ({ raw, store, saved }) => {
          raw.prepare('DELETE FROM commits WHERE stream = ? AND version >= ?').run(stream, version);
          expect(await store.verify()).toEqual(broken({ stream, version }, 'truncated'));
          raw.prepare('UPDATE snapshots SET version = ? WHERE stream = ?').run(version - 1, stream);
          expect(await store.verify()).toMatchObject({ kind: 'whole' });
          const what = version === 1 ? 'missing' : 'truncated';
          expect(await store.verify(saved)).toEqual(broken({ stream, version }, what));
        });
      }),
      RUNS,
    );
  });

  it('finds a rewritten past by saved heads, even if every hash fits again', async () => {
    await fc.assert(
      fc.asyncProperty(recordAndPlace(1), async ({ lengths, place }) => {
        await withRecord(lengths, async ({ raw, store, saved }) => {
          await rehash(raw, store, place, { actor: 'somebody-else' });
          expect(await store.verify()).toMatchObject({ kind: 'whole' });
          const head = { stream: place.stream, version: lengthOf(lengths, place) };
          expect(await store.verify(saved)).toEqual(broken(head, 'edited'));
        });
      }),
      RUNS,
    );
  });

  it('finds an edit of any member of any state that is kept, and of any key, with the data key', async () => {
    const columns = ['version', 'kind', 'status', 'tier', 'owner', 'state', 'wrapped'] as const;
    await fc.assert(
      fc.asyncProperty(
        recordAndPlace(1),
        fc.constantFrom(...columns),
        fc.nat(),
        async ({ lengths, place: { stream } }, column, at) => {
          await withRecord(lengths, async ({ raw, store, saved }) => {
            expect(await store.verifyStates(DATA_KEY, sampleReplays)).toMatchObject({ compared: lengths.length });
            const table = column === 'wrapped' ? 'stream_keys' : 'snapshots';
            const select = raw.prepare<[string], string | number | null>(
              `SELECT ${column} FROM ${table} WHERE stream = ?`,
            );
            const found = select.pluck().get(stream) ?? '';
            const text = String(found);
            const index = at % (text.length || 1);
            const letter = text[index] === 'x' ? 'y' : 'x';
            const edited =
              typeof found === 'number'
                ? found + (at % 2 === 0 ? 1 : -1)
                : text.slice(0, index) + letter + text.slice(index + 1);
            const sealed = column === 'state' || column === 'wrapped';
            // The last letter of base64 has bits that nobody reads.
            fc.pre(!sealed || !Buffer.from(text, 'base64').equals(Buffer.from(String(edited), 'base64')));
            raw.prepare(`UPDATE ${table} SET ${column} = ? WHERE stream = ?`).run(edited, stream);
            await expect(store.load(stream)).rejects.toMatchObject({ code: 'damaged' });
            const inside = await store.verifyStates(DATA_KEY, sampleReplays);
            expect(inside).toMatchObject({ kind: 'broken', stream });
            if (column !== 'version') expect(await store.verify(saved)).toMatchObject({ kind: 'whole' });
          });
        },
      ),
      RUNS,
    );
  });

  it('says the same to somebody without the data key', async () => {
    const folder = sqliteFolder();
    try {
      await writeMany(folder.open(), 'D-1', 3);
      const ledger = openSqliteLedger({ file: folder.file });
      expect(await ledger.verify()).toEqual({ kind: 'whole', streams: 1, commits: 3 } satisfies Verified);
      folder.raw().exec(`UPDATE commits SET actor = 'x' WHERE version = 2`);
      expect(await ledger.verify()).toEqual(broken({ stream: 'D-1', version: 2 }, 'edited'));
    } finally {
      await folder.remove();
    }
  });

  it('never opens a ciphertext in a place that is not its own', async () => {
    await withRecord([2], async ({ raw, store }) => {
      swap(raw, 'D-0', 1, 2);
      await expect(store.read('D-0')).rejects.toMatchObject({ code: 'damaged' });
    });
    await withRecord([2], async ({ raw, store }) => {
      raw.exec(`UPDATE snapshots SET version = 1`);
      await expect(store.load('D-0')).rejects.toMatchObject({ code: 'damaged' });
    });
  });

  it('lets others work while it walks, and sees one moment of the record', async () => {
    const folder = sqliteFolder();
    try {
      const store = folder.open();
      for (let number = 0; number < 10; number += 1) await writeMany(store, `D-${number}`, 50);
      let walked = false;
      const walk = store.verify().finally(() => {
        walked = true;
      });
      let written = 0;
      while (!walked) {
        await writeMany(store, `D-9${written}`, 1);
        written += 1;
        await new Promise(setImmediate);
      }
      expect(written).toBeGreaterThan(1);
      expect(await walk).toEqual({ kind: 'whole', streams: 10, commits: 500 });
    } finally {
      await folder.remove();
    }
  });
});
