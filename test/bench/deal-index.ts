/** The index at 100,000 deals of ten commits each: how soon it is ready, its memory, and what stands on it. */

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dealView } from '../../flows/deal/view.ts';
import { knownDeal } from '../../flows/known/deal.ts';
import { boardOf } from '../../flows/lists/board.ts';
import { mayConcern, mayDecideIn } from '../../flows/lists/columns.ts';
import { entryOf, sealedEntry } from '../../flows/lists/entry.ts';
import type { Asking } from '../../flows/lists/filters.ts';
import { mayQueue, mine } from '../../flows/lists/mine.ts';
import { nearName } from '../../flows/lists/name-rank.ts';
import { numbersOf } from '../../flows/lists/numbers.ts';
import { findPage, readQuery } from '../../flows/lists/query.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../src/config/policy-file.ts';
import { scanDeals } from '../../src/digests/scan.ts';
import { silentLogger } from '../../src/log.ts';
import { packed } from '../../src/newer.ts';
import { createDealIndex } from '../../src/streams/deal-index.ts';
import { createDeals } from '../../src/streams/deals.ts';
import { createPolicies } from '../../src/streams/policies.ts';
import { createPrecedents } from '../../src/streams/precedents.ts';
import { countByCountry } from '../../src/ticker/fan-out.ts';
import type { EventStore } from '../../store/event-store.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { NOW } from '../support/deal-builders.ts';
import { registersOn } from '../support/registers.ts';
import { sampleCommit, sampleProjection } from '../support/store-samples.ts';
import { aCompany, manyDeals } from './many-deals.ts';
import { newsBench } from './news.ts';
import { measured, percentiles } from './pause.ts';

const COMMITS = 10;
const TOGETHER = 500;

/** The last commit has the state and the summary; those before it have events of the usual size. */
const fill = async (
  store: EventStore,
  { policy, organisation, deals }: { policy: CompiledPolicy; organisation: Organisation; deals: number },
): Promise<void> => {
  const make = manyDeals(policy);
  const events = [{ type: 'Sampled', text: 'x'.repeat(1200) }];
  const append = async (n: number): Promise<void> => {
    const deal = make(n);
    const view = dealView(deal, policy, organisation, NOW);
    for (let version = 0; version < COMMITS - 1; version += 1) {
      const commit = sampleCommit(deal.id, version, { body: { events, notices: [] } });
      await store.append(commit, sampleProjection(version + 1, [], { owner: deal.owner }));
    }
    await store.append(sampleCommit(deal.id, COMMITS - 1, { body: { events, notices: [] } }), {
      snapshot: {
        version: COMMITS,
        kind: 'deal',
        status: deal.status,
        tier: view.assessment.tier,
        owner: deal.owner,
        nextDueAt: null,
        format: knownDeal.format,
        state: packed(deal, [], NOW),
        summary: sealedEntry(entryOf(view)),
      },
      outbox: [],
    });
  };
  for (let from = 0; from < deals; from += TOGETHER) {
    await Promise.all(Array.from({ length: Math.min(TOGETHER, deals - from) }, (_, i) => append(from + i)));
  }
};

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const heapUsed = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/**
 * Takes some minutes, and four gigabytes of the temporary folder. `kept`: a folder that keeps the record for the next
 * time, so that two builds are compared on the same one.
 */
export async function dealIndexBench(count = 100_000, kept?: string): Promise<string[]> {
  const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'clearthread-index-')) : join(kept, String(count));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'record.sqlite');
  const isThere = existsSync(file);
  const store = openSqliteStore({ file, dataKey: Buffer.alloc(32, 7) });
  try {
    const policies = await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson);
    const policy = policies.current;
    if (!policy) throw new Error('there is no policy');
    const organisation = aCompany();
    const clock = (): Date => new Date(NOW);
    const filling = await measured(async () => {
      if (!isThere) await fill(store, { policy, organisation, deals: count });
    });
    const registers = registersOn(store, () => organisation, clock);
    const deals = createDeals({
      store,
      policies,
      organisation: registers.organisation,
      homes: () => [],
      clock,
      wake: () => {},
    });
    const index = createDealIndex({ store, deals, logger: silentLogger, organisation: () => organisation });
    const before = heapUsed();
    const ready = await measured(index);
    const after = heapUsed();
    const all = await index();
    const hearing = await measured(() => index.said(all.map(({ id }) => id)));
    const heard = heapUsed();
    if (hearing.made.size !== count) throw new Error(`${hearing.made.size} of ${count} deals say something`);
    if (all.length !== count) throw new Error(`${all.length} of ${count} deals are in the index`);
    const look = await measured(() =>
      scanDeals({ index, deals, organisation: async () => organisation, clock, logger: silentLogger }),
    );
    const again = await percentiles(() => index());
    const person = 'compliance-1';
    const asking: Asking = { organisation, now: NOW, person, isFlag: () => true, flags: () => [] };
    const columns = index.columns(all);
    const searched = columns.deals;
    const summaries = all.map(({ summary }) => summary);
    const query = (text: string) => {
      const read = readQuery(text, asking);
      if (!read.ok) throw new Error(read.text);
      return read.query;
    };
    const page = { page: 1, size: 8 };
    const rows: [string, () => unknown][] = [
      [
        'found by filters',
        () => findPage(searched, query('tier:high country:Vietnam'), asking, person, { ...page, columns }),
      ],
      ['found by words', () => findPage(searched, query('harbour police 2026'), asking, person, { ...page, columns })],
      ['all, as a rep', () => findPage(searched, query(''), asking, 'seller-7', { ...page, columns })],
      ['board of all', () => boardOf(searched, query(''), asking, person, columns)],
      ['board by a filter', () => boardOf(searched, query('kind:security'), asking, person, columns)],
      ['numbers by month', () => numbersOf(searched, query(''), asking, { span: 'month', person })],
      ['own deals', () => mine(summaries, asking, 'seller-7', mayConcern(columns, asking, 'seller-7'))],
      ['own queue', () => mayQueue(summaries, asking, person, mayDecideIn(columns, asking, person))],
      ['a name with a slip', () => nearName(searched, ['zyxwvut'], asking, person)],
      ['alert preview', async () => (await index()).filter(({ destination }) => destination === 'VN').length],
      ['watch list', async () => countByCountry(await index())],
    ];
    const reviewed = dealView(manyDeals(policy)(1), policy, organisation, NOW);
    const precedents = createPrecedents({ index, deals, logger: silentLogger, deadlineMs: 60_000 });
    rows.push(['precedents of a review', () => precedents(reviewed, person)]);
    const lines: string[] = [];
    for (const [what, work] of rows) {
      const { p50, p99, first } = await percentiles(work);
      lines.push(
        `  ${what.padEnd(24)} ${p50.toFixed(1).padStart(7)} ms ${p99.toFixed(1).padStart(7)} ms ${first.toFixed(1).padStart(7)} ms`,
      );
    }
    // Last: it writes flags, and a kept record has those of each run.
    const news = await newsBench({ index, deals, registers, clock });
    const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
    return [
      '',
      `The index over ${count.toLocaleString('en')} deals of ${COMMITS} commits each (${isThere ? 'written before' : `written in ${seconds(filling.ms)}`})`,
      `  ready after ${seconds(ready.ms)} (${seconds(ready.cpuMs)} of the processor; aim: 10 s); other work waits ${ready.pauseMs.toFixed(0)} ms at most, ${ready.pauseCpuMs.toFixed(0)} ms of the processor (aim: 50 ms)`,
      `  memory: ${globalThis.gc ? `${megabytes(after - before)} more (aim: 80 MB)` : 'not measured: node --expose-gc'}; asked again when nothing moved: ${again.p50.toFixed(2)} ms`,
      `  what all of them say to others, read once at a start: ${seconds(hearing.cpuMs)} of the processor, other work waits ${hearing.pauseMs.toFixed(0)} ms at most, ${globalThis.gc ? `${megabytes(heard - after)} more` : 'memory not measured'}`,
      `  the look of a digest at all of them: ${seconds(look.cpuMs)} of the processor (aim: 1 s), other work waits ${look.pauseMs.toFixed(0)} ms at most, ${look.pauseCpuMs.toFixed(0)} ms of the processor`,
      '  the processor’s time for one answer        half       99 %    the first  (aim: 50 ms)',
      ...lines,
      ...news,
    ];
  } finally {
    await store.close();
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
