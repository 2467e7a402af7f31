/** `clearthread audit refused`: lists refused accounts, and people to add to the organisation file. */

import type { z } from 'zod';
import { CHATS } from '../../flows/chats.ts';
import type { EventStore } from '../../store/event-store.ts';
import { accountRefused, REFUSALS } from '../edge/refusals.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { command, Unusable } from './command.ts';
import type { CliIo } from './io.ts';
import { whereOf, withStore } from './record.ts';
import { printable } from './text.ts';

const MOST_SHOWN = 100;
/** Eighty years of months. */
const MOST_STREAMS = 1000;

const HELP = `Usage: clearthread audit refused [--data DIR] [--limit N]

Lists the accounts that the bot turned away, newest first: when (UTC), the chat, the account's id there, and
why. An account is kept once a day for each reason, and at most 500 in all on one day.

  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)
  --limit N    at most so many (else ${MOST_SHOWN})

An e-mail address never lets anybody in. Where an account has the address of somebody in your organisation
file, that is said, and you decide whether it is the same person.

The bot may be running. The record needs its data key: CLEARTHREAD_DATA_KEY, or the one in the data folder.
Exit code: 0 listed, 2 it could not be done.`;

type Kept = z.infer<typeof accountRefused> & { at: string };

const WHY = {
  unknown: 'not in the organisation file',
  ambiguous: 'its id and its e-mail address are those of two people',
  guest: 'a guest',
  deactivated: 'deactivated, or gone',
  foreign: 'from another organisation',
} as const;

const hint = ({ why, looksLike }: Kept): string[] => {
  if (looksLike === undefined) return [];
  const then =
    why === 'ambiguous'
      ? 'correct the organisation file, so that id and address belong to one person.'
      : 'if it is the same person, add the id to the organisation file.';
  return [`  The account's e-mail address is that of ${printable(looksLike)}: ${then}`];
};

const linesOf = (kept: Kept): string[] => [
  `${printable(kept.at)}  ${CHATS[kept.chat].name}  ${printable(kept.account)}  ${WHY[kept.why]}`,
  ...hint(kept),
];

/** Returns the newest first; one more than asked for where there is more. */
const newest = async (store: EventStore, limit: number): Promise<Kept[]> => {
  const found: Kept[] = [];
  for (const { stream } of await store.list({ kind: REFUSALS, limit: MOST_STREAMS })) {
    const commits = await store.read(stream);
    for (const { at, body } of commits.toReversed()) {
      const [event] = body.events;
      const read = accountRefused.safeParse(event);
      if (read.success) found.push({ ...read.data, at });
      if (found.length > limit) return found;
    }
  }
  return found;
};

const limitOf = (given: string | undefined): number => {
  if (given === undefined) return MOST_SHOWN;
  if (!/^[1-9]\d{0,5}$/.test(given)) throw new Unusable('--limit needs a whole number, such as 20.');
  return Number(given);
};

interface Options {
  where: StoreLocation;
  limit: number;
}

const refused = ({ where, limit }: Options, io: CliIo): Promise<number> =>
  withStore(where, io, async (store) => {
    const found = await newest(store, limit);
    for (const kept of found.slice(0, limit)) for (const line of linesOf(kept)) io.out(line);
    if (found.length === 0) io.out('Nobody was turned away.');
    if (found.length > limit) io.out(`There are older ones than these ${limit}: see more with --limit N.`);
    return 0;
  });

export const auditRefused = command({
  help: HELP,
  options: { data: { type: 'string' }, limit: { type: 'string' } },
  read: ({ values }, env): Options => ({ where: whereOf(values.data, env), limit: limitOf(values.limit) }),
  run: refused,
});
