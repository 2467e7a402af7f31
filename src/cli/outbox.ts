/** `clearthread outbox`: shows messages that did not arrive, and lets an operator retry or drop them. */

import type { EventStore, OutboxProblem } from '../../store/event-store.ts';
import { NOWHERE } from '../outbox/delivery.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { command, Unusable, type Given } from './command.ts';
import type { CliIo } from './io.ts';
import { whereOf, withStore } from './record.ts';
import { plural, printable } from './text.ts';

const SETTINGS = `  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

The bot may be running. The data folder needs its key: CLEARTHREAD_DATA_KEY, or the one in the folder.`;

const LIST_HELP = `Usage: clearthread outbox [--data DIR]

Lists the messages that Clearthread owes somebody in chat and could not deliver, oldest trouble first:
their id, lane (a thread or a person; one lane is sent in order), deal, attempts and the chat's reason.

  waiting   it failed and will be tried again by itself
  failed    it was given up after several attempts, or trying again is useless (the channel is gone, the bot
            is not in it): repair the reason, then "clearthread outbox retry ID"

${SETTINGS}
Exit code: 0 listed, 2 it could not be done.`;

const RETRY_HELP = `Usage: clearthread outbox retry ID|--all [--data DIR]

Makes a message that did not arrive ready to be sent at once; one that was given up gets all its attempts anew.
A running bot sends it within 15 seconds, else it goes out at the next start. It stays listed by "clearthread
outbox" until it has arrived. A message that is being sent at this moment is left alone. What did arrive after
all is recognised in Slack by its id and not posted twice; Teams cannot be asked for it, so there it may stand
twice.

  ID           as "clearthread outbox" shows it
  --all        every message that is listed there
${SETTINGS}
Exit code: 0 done, 1 there is no such message, 2 it could not be done.`;

const DROP_HELP = `Usage: clearthread outbox drop ID --why TEXT [--data DIR]

Gives a message up for good: nobody will get it. The deal and its record stay as they are. A card that shows a
deal as it stands (an id that begins with live:) comes again with the deal's next change.

  ID           as "clearthread outbox" shows it
  --why TEXT   your reason; it is written to stderr beside the message's id, so keep that line
${SETTINGS}
Exit code: 0 dropped, 1 there is no such message, 2 it could not be done.`;

interface Words {
  ids: string[];
  all: boolean;
  why: string | undefined;
  where: StoreLocation;
}

const OPTIONS = { data: { type: 'string' }, all: { type: 'boolean' }, why: { type: 'string' } } as const;

const wordsOf =
  (allowed: readonly ('all' | 'why')[]) =>
  ({ values, positionals }: Given<typeof OPTIONS>, env: CliIo['env']): Words => {
    for (const name of ['all', 'why'] as const) {
      if (values[name] !== undefined && !allowed.includes(name)) throw new Unusable(`--${name} does not belong here.`);
    }
    return { ids: positionals, all: values.all ?? false, why: values.why?.trim(), where: whereOf(values.data, env) };
  };

const COLUMNS = ['STATE', 'ID', 'LANE', 'DEAL', 'ATTEMPTS', 'LAST FAILED', 'REASON'];

const table = (problems: readonly OutboxProblem[]): string[] => {
  const rows = problems.map((p) => [p.state, p.id, p.lane, p.stream, String(p.attempts), p.at, p.error].map(printable));
  const widths = COLUMNS.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [COLUMNS, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const list = async ({ ids, where }: Words, io: CliIo): Promise<number> => {
  if (ids.length > 0) throw new Unusable(`"${printable(ids.join(' '))}" does not belong here.`);
  return withStore(where, io, async (store) => {
    const problems = await store.outboxProblems();
    if (problems.length === 0) {
      io.out('Nothing is stuck.');
      return 0;
    }
    for (const row of table(problems)) io.out(row);
    io.out('');
    const failed = problems.filter((p) => p.state === 'failed').length;
    io.out(
      `${plural(failed, 'message was', 'messages were')} given up, ${problems.length - failed} will be tried again.`,
    );
    io.out('Send again: clearthread outbox retry ID. Give up for good: clearthread outbox drop ID --why TEXT.');
    return 0;
  });
};

const noSuch = (id: string, io: CliIo): number => {
  io.err(`No stuck message has the id ${printable(id)}. "clearthread outbox" lists them.`);
  return 1;
};

const SAID: Record<Awaited<ReturnType<EventStore['again']>>, (what: string) => string> = {
  ready: (what) => `Will be sent again: ${what}`,
  'being sent': (what) => `Is being sent right now: ${what}`,
  none: (what) => `Has arrived meanwhile: ${what}`,
};

const retry = async ({ ids, all, where }: Words, io: CliIo): Promise<number> => {
  const [id] = ids;
  if (ids.length > 1 || (id !== undefined) === all) throw new Unusable('Name one message, or say --all.');
  return withStore(where, io, async (store) => {
    const problems = await store.outboxProblems();
    const asked = all ? problems : problems.filter((p) => p.id === id);
    if (id !== undefined && asked.length === 0) return noSuch(id, io);
    for (const problem of asked) {
      const what = `${printable(problem.id)} (${printable(problem.lane)})`;
      io.out(SAID[await store.again(problem, new Date().toISOString())](what));
    }
    if (asked.length === 0) io.out('Nothing is stuck.');
    return 0;
  });
};

const drop = async ({ ids, why, where }: Words, io: CliIo): Promise<number> => {
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new Unusable('Name one message.');
  if (!why) throw new Unusable('Say why with --why TEXT: somebody will ask where the message is.');
  return withStore(where, io, async (store) => {
    const problem = (await store.outboxProblems()).find((p) => p.id === id);
    if (!problem) return noSuch(id, io);
    // A card comes again with the next change.
    if (!problem.id.startsWith('live:')) await store.saveRef(problem.stream, problem.id, NOWHERE.dropped);
    await store.settle(problem, Number.MAX_SAFE_INTEGER);
    const what = `${problem.id} (${problem.lane}, ${problem.stream}, ${plural(problem.attempts, 'attempt')}, ${problem.error})`;
    io.err(`${new Date().toISOString()} dropped ${printable(what)}. Why: ${printable(why)}`);
    return 0;
  });
};

const asked = { options: OPTIONS, words: true };
export const outboxList = command({ ...asked, help: LIST_HELP, read: wordsOf([]), run: list });
export const outboxRetry = command({ ...asked, help: RETRY_HELP, read: wordsOf(['all']), run: retry });
export const outboxDrop = command({ ...asked, help: DROP_HELP, read: wordsOf(['why']), run: drop });
