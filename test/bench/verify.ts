/** An auditor's walk over a long record, without and with the data key. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { replays } from '../../src/cli/replays.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy } from '../../src/config/policy-file.ts';
import { createDeals } from '../../src/streams/deals.ts';
import type { EventStore } from '../../store/event-store.ts';
import { openSqliteLedger } from '../../store/sqlite/ledger.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { aDeal } from '../support/deal-builders.ts';

const STREAMS = 2000;
const COMMITS = 50;
const DATA_KEY = Buffer.alloc(32, 7);
/** As long as those of real deals. */
const NOTE = 'A sample answer with its note and its sources. '.repeat(4);

type Appended = Parameters<EventStore['append']>;

/** The appends of one deal whose sections are answered again and again, as a real one would be written. */
const oneDeal = async (store: EventStore): Promise<Appended[]> => {
  const made: Appended[] = [];
  const { compiled } = loadPolicy(defaultPolicyFile);
  const organisation = loadOrganisation(sampleOrganisationFile);
  const deals = createDeals({
    store: {
      ...store,
      append: (...asked) => {
        made.push(asked);
        return store.append(...asked);
      },
    },
    policies: { current: compiled, get: async () => compiled },
    organisation: () => organisation,
    homes: (home) => [{ home }],
    clock: () => new Date('2027-03-12T09:00:00.000Z'),
    wake: () => {},
  });
  const home = { platform: 'slack', channel: 'C0CLEARANCE1' } as const;
  const details = { ...aDeal().details, product: { id: 'data-analytics', name: 'Sample data analytics' } };
  const opened = await deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: 'open' });
  if (opened.kind === 'refused') throw new Error(opened.refusal.text);
  for (let n = 0; made.length < COMMITS; n += 1) {
    const { id, questions } = compiled.sections[n % compiled.sections.length] ?? { id: '', questions: [] };
    const value = (kind: string): string =>
      kind !== 'yes-no' ? 'unknown' : id === 'scope' || n % 3 === 0 ? 'yes' : 'no';
    const answers = Object.fromEntries(
      questions.map((question) => [question.id, { value: value(question.kind), note: `${NOTE}${n}`, sources: [] }]),
    );
    const command: DealCommand = { type: 'AnswerSection', section: id, answers };
    await deals.handle(opened.view.deal.id, command, { actor: 'rep-1', cause: `answer-${n}` });
  }
  return made.slice(0, COMMITS);
};

const seconds = async (work: () => Promise<unknown>): Promise<string> => {
  const started = performance.now();
  await work();
  return ((performance.now() - started) / 1000).toFixed(1);
};

export async function verifyBench(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clearthread-verify-'));
  const file = join(folder, 'record.sqlite');
  try {
    const store = openSqliteStore({ file, dataKey: DATA_KEY });
    const made = await oneDeal(store);
    for (const [commit, { snapshot }] of made) {
      // Simultaneous appends share one transaction.
      await Promise.all(
        Array.from({ length: STREAMS - 1 }, (_, n) =>
          store.append({ ...commit, stream: `D-${n}` }, { snapshot, outbox: [] }),
        ),
      );
    }
    await store.close();
    const ledger = openSqliteLedger({ file });
    const heads = await ledger.heads();
    const count = heads.reduce((sum, { version }) => sum + version, 0);
    const size = `${count} commits of ${heads.length} deals`;
    let kinds = '';
    const walked = await seconds(async () => (kinds += (await ledger.verify(heads)).kind));
    const replayed = await seconds(async () => {
      const found = await ledger.verifyStates(DATA_KEY, replays);
      kinds += found.kind === 'whole' ? ` ${found.compared}` : ' broken';
    });
    if (kinds !== `whole ${heads.length}`) return ['', `audit verify: a broken record (${kinds})`];
    return [
      '',
      `audit verify: ${size} in ${walked} s (aim: under 10 s); opened and replayed in ${replayed} s more`,
      `  (aim: under 20 s in all), ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
