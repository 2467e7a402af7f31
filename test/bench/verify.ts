/** An auditor's walk over a long record. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLedger } from '../../store/sqlite/ledger.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { sampleCommit, sampleProjection } from '../support/store-samples.ts';

const STREAMS = 2000;
const COMMITS = 50;
/** As long as those of real deals. */
const NOTE = 'A sample answer with its note and its sources. '.repeat(12);

export async function verifyBench(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clearthread-verify-'));
  const file = join(folder, 'record.sqlite');
  try {
    const store = openSqliteStore({ file, dataKey: Buffer.alloc(32, 7) });
    for (let version = 0; version < COMMITS; version += 1) {
      const body = { events: [{ type: 'Sampled', number: version, note: NOTE }], notices: [] };
      // Simultaneous appends share one transaction.
      await Promise.all(
        Array.from({ length: STREAMS }, (_, n) =>
          store.append(sampleCommit(`D-${n}`, version, { body }), sampleProjection(version + 1)),
        ),
      );
    }
    await store.close();
    const ledger = openSqliteLedger({ file });
    const started = performance.now();
    const found = await ledger.verify(await ledger.heads());
    const seconds = (performance.now() - started) / 1000;
    const size = found.kind === 'whole' ? `${found.commits} commits of ${found.streams} deals` : 'a broken record';
    return ['', `audit verify: ${size} in ${seconds.toFixed(1)} s; aim: under 10 s`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
