/** `clearthread screening remove`: takes a list out of use. */

import { randomUUID } from 'node:crypto';
import { OPERATOR } from '../../flows/organisation.ts';
import { listsInUse } from '../../flows/registers/screening.ts';
import { dropUnused } from '../screening/kept-lists.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { command, onlyWord } from './command.ts';
import { screeningOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { organisationOf, refuseSample, whereOf, withStore } from './record.ts';
import { printable } from './text.ts';

const HELP = `Usage: clearthread screening remove NAME [--data DIR]

Takes a list out of use, and removes its entries. Deals are compared with it no more; what it found on
them and nobody has settled is closed, with the reason. What was settled stays as it is, and the record
keeps which versions of it were in use.

  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

Exit code: 0 removed, 1 no list of that name is in use, 2 it could not be done.`;

const remove = ({ list, where }: { list: string; where: StoreLocation }, io: CliIo): Promise<number> =>
  withStore(where, io, async (store) => {
    await refuseSample(store, io.env);
    const { register } = screeningOn(store, organisationOf(io.env));
    const used = listsInUse((await register.read()).state).find(({ name }) => name === list);
    const outcome = await register.handle(
      { type: 'RemoveList', list },
      { actor: OPERATOR, cause: `screening-remove:${randomUUID()}` },
    );
    if (outcome.kind === 'refused') {
      io.err(printable(`Nothing was removed. ${outcome.refusal.text}`));
      return 1;
    }
    if (used) await dropUnused(store, [used], listsInUse(outcome.state));
    io.out(printable(`${list} is not in use any more.`));
    return 0;
  });

export const screeningRemove = command({
  help: HELP,
  options: { data: { type: 'string' } },
  words: true,
  read: (given, env) => ({
    list: onlyWord(given, 'Name one list, such as us-consolidated.'),
    where: whereOf(given.values.data, env),
  }),
  run: remove,
});
