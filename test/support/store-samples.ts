/** Commits and projections for store tests. */

import type {
  EventStore,
  Json,
  NewCommit,
  NewOutboxRow,
  Projection,
  Replays,
  Snapshot,
} from '../../store/event-store.ts';

export const AT = '2026-03-02T09:00:00.000Z';

/** The instant `minutes` after AT. */
export const later = (minutes: number): string => new Date(Date.parse(AT) + minutes * 60_000).toISOString();

export const sampleCommit = (stream: string, expectedVersion: number, changes: Partial<NewCommit> = {}): NewCommit => ({
  stream,
  expectedVersion,
  at: AT,
  actor: 'rep-1',
  cause: `click-${expectedVersion + 1}`,
  contextVersions: { policy: 'p-1', organisation: 'o-1' },
  body: { events: [{ type: 'Sampled', number: expectedVersion + 1 }], notices: [] },
  ...changes,
});

export const sampleSnapshot = (version: number, changes: Partial<Snapshot> = {}): Snapshot => ({
  version,
  kind: 'deal',
  status: 'answering',
  tier: null,
  owner: 'rep-1',
  nextDueAt: null,
  format: 1,
  state: { number: version },
  ...changes,
});

export const sampleProjection = (
  version: number,
  outbox: NewOutboxRow[] = [],
  changes: Partial<Snapshot> = {},
): Projection => ({ snapshot: sampleSnapshot(version, changes), outbox });

export const fact = (id: string, lane: string, notice: Json = { notice: id }): NewOutboxRow => ({
  id,
  kind: 'fact',
  lane,
  notice,
});

export const live = (id: string, lane: string, notice: Json = { card: id }): NewOutboxRow => ({
  id,
  kind: 'live',
  lane,
  notice,
});

/** Appends the next commit of a stream, with the rows it owes. Throws if the append fails. */
export const write = async (
  store: EventStore,
  stream: string,
  outbox: NewOutboxRow[] = [],
  changes: { commit?: Partial<NewCommit>; snapshot?: Partial<Snapshot> } = {},
): Promise<number> => {
  const { version } = await store.load(stream);
  const appended = await store.append(
    sampleCommit(stream, version, changes.commit),
    sampleProjection(version + 1, outbox, changes.snapshot),
  );
  if (appended.kind !== 'appended') throw new Error(`Expected to append to ${stream}, got ${appended.kind}.`);
  return appended.version;
};

export const writeMany = async (store: EventStore, stream: string, commits: number): Promise<void> => {
  for (let made = 0; made < commits; made += 1) await write(store, stream);
};

/** What the sample's events make: their last number. */
export const sampleReplays: Replays = () => {
  let number = 0;
  return {
    add: ({ body }) => {
      for (const event of body.events) ({ number } = event as { number: number });
    },
    now: () => ({ format: 1, state: { number }, columns: {} }),
  };
};

/** An engine with an open store, as the contract needs it. */
export interface OpenedStore {
  store: EventStore;
  /** A new store on the same data, as after a crash: the first one was never closed. */
  reopen: () => Promise<EventStore>;
  /** Appends like a process that dies between the commit and what follows from it, if the engine has such a moment. */
  cutOff: (...append: Parameters<EventStore['append']>) => Promise<void>;
  /** Closes everything open and removes the data. */
  close: () => Promise<void>;
}
