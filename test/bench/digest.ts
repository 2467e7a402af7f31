/** A digest over 100,000 deals: the time of the scan, and its memory; and its picture. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartSvg } from '../../blocks/chart.ts';
import { dealView } from '../../flows/deal/view.ts';
import { totalOf } from '../../flows/digest/tally.ts';
import { entryOf, sealedEntry } from '../../flows/lists/entry.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { placeAll } from '../../src/checkpoints/signing.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../src/config/policy-file.ts';
import { scanDeals } from '../../src/digests/scan.ts';
import { silentLogger } from '../../src/log.ts';
import { pngOf } from '../../src/pictures/svg-to-png.ts';
import { createDealIndex } from '../../src/streams/deal-index.ts';
import { createDeals } from '../../src/streams/deals.ts';
import { createPolicies } from '../../src/streams/policies.ts';
import type { EventStore, Json } from '../../store/event-store.ts';
import { rootOfTree } from '../../store/log/tree.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { anOrganisation, NOW } from '../support/deal-builders.ts';
import { fullDigest } from '../support/digests.ts';
import { registersOn } from '../support/registers.ts';
import { sampleCommit } from '../support/store-samples.ts';
import { generatedDeals } from './deals.ts';
import { answersOf, daysAgo, inStage } from './many-deals.ts';
import { measured } from './pause.ts';

const DEALS = 100_000;
/** The answers of that many deals, used repeatedly: the store seals each copy separately. */
const DIFFERENT = 500;
const TOGETHER = 500;
const PICTURES = 21;

const fill = async (store: EventStore, policy: CompiledPolicy, organisation: Organisation): Promise<void> => {
  const answers = generatedDeals(policy, DIFFERENT).map((facts) => answersOf(policy, facts));
  const append = (n: number): Promise<unknown> => {
    const id = `D-${String(n).padStart(6, '0')}`;
    const deal = { ...inStage(n, n % 400, 'rep-1'), id, policy: policy.hash, answers: answers[n % DIFFERENT] ?? {} };
    const snapshot = {
      version: 1,
      kind: 'deal',
      status: deal.status,
      tier: null,
      owner: deal.owner,
      nextDueAt: null,
      format: 1,
    };
    const summary = sealedEntry(entryOf(dealView(deal, policy, organisation, NOW)));
    const projection = { snapshot: { ...snapshot, state: deal as unknown as Json, summary }, outbox: [] };
    return store.append(sampleCommit(id, 0, { body: { events: [], notices: [] } }), projection);
  };
  for (let from = 0; from < DEALS; from += TOGETHER) {
    await Promise.all(Array.from({ length: TOGETHER }, (_, i) => append(from + i)));
  }
};

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const timed = (work: () => unknown): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

const pictureLine = (width: number, colours?: number): string => {
  const svg = chartSvg(fullDigest);
  const bytes = pngOf(svg, { width, colours }).length;
  const times = Array.from({ length: PICTURES }, () => timed(() => pngOf(svg, { width, colours })));
  return `  its picture, ${width} pixels wide: ${median(times).toFixed(0)} ms, ${(bytes / 1000).toFixed(0)} kB`;
};

/** Takes a minute or two, and a gigabyte of the temporary folder. */
export async function digestBench(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clearthread-digest-'));
  const store = openSqliteStore({ file: join(folder, 'record.sqlite'), dataKey: Buffer.alloc(32, 7) });
  try {
    const began = performance.now();
    const policies = await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson);
    if (!policies.current) throw new Error('there is no policy');
    const organisation = anOrganisation();
    await fill(store, policies.current, organisation);
    const built = (performance.now() - began) / 1000;
    const clock = (): Date => new Date(NOW);
    const deals = createDeals({
      store,
      policies,
      organisation: registersOn(store, () => organisation, clock).organisation,
      homes: () => [],
      clock,
      wake: () => {},
    });
    const index = createDealIndex({ store, deals, logger: silentLogger, organisation: () => organisation });
    await index();
    const before = process.memoryUsage();
    let heap = before.heapUsed;
    const watch = setInterval(() => {
      heap = Math.max(heap, process.memoryUsage().heapUsed);
    }, 50);
    const look = await measured(() =>
      scanDeals({ index, deals, organisation: async () => organisation, clock, logger: silentLogger }),
    );
    clearInterval(watch);
    const { made: scan, cpuMs, pauseMs } = look;
    const seconds = look.ms / 1000;
    const digest = scan.tally.digest({ since: daysAgo(7), until: NOW }, { lines: [] });
    const placing = performance.now();
    await placeAll(store);
    const placed = (performance.now() - placing) / 1000;
    const rootStarted = performance.now();
    const log = await store.logHead();
    const root = log && rootOfTree(log.tree);
    const rootMs = performance.now() - rootStarted;
    if (!log || !root) throw new Error('there is no log');
    return [
      '',
      `A digest over ${DEALS.toLocaleString('en')} deals (built in ${built.toFixed(0)} s), by their summaries, once the index is ready`,
      `  the look at all of them, for everybody at once: ${seconds.toFixed(1)} s (${(cpuMs / 1000).toFixed(1)} s of the processor; aim: 1 s), ${((seconds * 1000 * 1000) / DEALS).toFixed(0)} µs a deal; ${totalOf(digest).toLocaleString('en')} lines`,
      `  heap meanwhile: ${megabytes(heap)} at most (${megabytes(before.heapUsed)} before); a request waits ${pauseMs.toFixed(0)} ms at most`,
      `  a place in the log for each of ${log.tree.size.toLocaleString('en')} commits, once: ${placed.toFixed(1)} s; the root that the digest shows: ${rootMs.toFixed(1)} ms`,
      pictureLine(640, 24),
      pictureLine(1440),
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
