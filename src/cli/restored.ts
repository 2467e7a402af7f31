/** `clearthread store restored`: tells a record that something else than `store restore` put it back. */

import type { EventStore } from '../../store/event-store.ts';
import { RESTORED, restoredText } from '../../store/restored.ts';
import { command } from './command.ts';
import type { CliIo } from './io.ts';
import { whereOf, withStore } from './record.ts';

const HELP = `Usage: clearthread store restored [--data DIR]

Says that the database was put back from a backup with other tools than "store restore", as MongoDB's own. Run it
before the bots start: for three days they look in Slack for each message that they would post first, because it
may have been sent since the backup was made. In Teams it may come twice.

  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

It needs the data key: CLEARTHREAD_DATA_KEY, or the one in the data folder.
Exit code: 0 noted, 2 it could not be done.`;

const newestCommit = async (store: Pick<EventStore, 'stored'>): Promise<string | undefined> => {
  let newest: string | undefined;
  for await (const { at } of store.stored()) if (newest === undefined || at > newest) newest = at;
  return newest;
};

const note = async (store: EventStore, io: CliIo): Promise<number> => {
  const now = new Date().toISOString();
  const newest = await newestCommit(store);
  const from = newest !== undefined && newest < now ? newest : now;
  await store.putMeta(RESTORED, restoredText({ from, at: now }));
  io.out(`Noted: what is owed may have been sent since ${from}. Start the bots now.`);
  return 0;
};

export const storeRestored = command({
  help: HELP,
  options: { data: { type: 'string' } },
  read: ({ values: { data } }, env) => whereOf(data, env),
  run: (where, io) => withStore(where, io, (store) => note(store, io)),
});
