/** A digest's lines besides the deals: messages that failed, holds, countries, lists, training, and the record's root hash. */

import { countryLines } from '../../flows/digest/countries.ts';
import type { DigestLine, RecordRoot } from '../../flows/digest/digest.ts';
import { holdLines } from '../../flows/digest/holds.ts';
import { listLines } from '../../flows/digest/lists.ts';
import type { Beside } from '../../flows/digest/tally.ts';
import { trainingLines } from '../../flows/digest/training.ts';
import type { Instant } from '../../flows/ids.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { trainingStanding } from '../../flows/registers/training/standing.ts';
import type { EventStore } from '../../store/event-store.ts';
import { treeHeadOf, type TreeHead } from '../../store/log/tree-head.ts';
import type { Registers } from '../streams/registers.ts';

const failedLines = async (store: Pick<EventStore, 'outboxProblems'>): Promise<DigestLine[]> => {
  const failed = (await store.outboxProblems()).filter(({ state }) => state === 'failed').length;
  return failed === 0 ? [] : [{ of: 'messages failed', people: [], days: failed }];
};

const changedLines = (changed: number): DigestLine[] =>
  changed === 0 ? [] : [{ of: 'rows changed', people: [], days: changed }];

export interface BesideOptions {
  store: Pick<EventStore, 'logHead' | 'outboxProblems'>;
  registers: Pick<Registers, 'organisation' | 'training' | 'countries' | 'screening'>;
  /** Today's policy: it says which training is needed. */
  policy: () => CompiledPolicy | undefined;
  /** Number of rows that the last look found changed; absent where nothing looks (the command line). */
  rowsChanged?: (() => number) | undefined;
  /** Signs the log as it is now; absent where nothing is signed (the command line). */
  signed?: (() => Promise<TreeHead | undefined>) | undefined;
}

const rootNow = async ({ store, signed }: Pick<BesideOptions, 'store' | 'signed'>): Promise<RecordRoot | undefined> => {
  const head =
    (await signed?.()) ?? (await store.logHead().then((log) => log && treeHeadOf(log.origin, log.tree, log.before)));
  return head && { root: head.root.toString('hex'), size: head.size };
};

/** Collects those lines. `since`: time of the last digest; undefined if there was none. */
export const besideDeals = async (
  { store, registers, policy, rowsChanged = () => 0, signed }: BesideOptions,
  since: Instant | undefined,
  now: Instant,
): Promise<Beside> => {
  const organisation = await registers.organisation();
  const { state } = await registers.training.now();
  const training = trainingStanding(state, organisation, policy(), now).lines;
  const { countries } = registers;
  const world = countryLines((await countries.now()).state, countries.context(), since, now);
  const lines = [
    ...changedLines(rowsChanged()),
    ...(await failedLines(store)),
    ...holdLines(organisation, now),
    ...world,
    ...listLines((await registers.screening.now()).state, now),
    ...trainingLines(training, organisation, now),
  ];
  return { lines, checkpoint: await rootNow({ store, signed }) };
};
