/** `clearthread deal erase`: asks to erase records; people decide in chat. */

import { randomUUID } from 'node:crypto';
import type { DealId } from '../../flows/ids.ts';
import { OPERATOR } from '../../flows/organisation.ts';
import { silentLogger } from '../log.ts';
import { createDealIndex } from '../streams/deal-index.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { dealsToErase } from '../streams/to-erase.ts';
import { command, Unusable } from './command.ts';
import { dealNamed } from './deal.ts';
import { deskOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { organisationOf, refuseSample, whereOf, withStore } from './record.ts';

const HELP = `Usage: clearthread deal erase D-… [D-… …] --why TEXT [--data DIR]

Asks to erase the records of deals that are over. Nothing is erased by this command: two people of compliance
decide in chat ("/deal erase"), and the bot does it a day later. What is left is that the deals were there, who
acted and when, and who erased them and why. Not erased is what is still answered, decided or approved, what a
hold reaches or a flag waits in, and what the approvers of another open deal are to hear of.

  --why TEXT   the reason; it stays on the record, so write nothing of what is to be forgotten
  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

The record needs its data key: CLEARTHREAD_DATA_KEY, or the one in the data folder. The people are those of
CLEARTHREAD_ORGANISATION. The bot may be running, and tells them.
Exit code: 0 asked, 1 refused, and why, 2 it could not be done.`;

interface Options {
  deals: DealId[];
  why: string;
  where: StoreLocation;
}

const ask = ({ deals: ids, why, where }: Options, io: CliIo): Promise<number> => {
  const organisation = organisationOf(io.env);
  return withStore(where, io, async (store) => {
    await refuseSample(store, io.env);
    const { registers, deals, policy, clock } = deskOn(store, organisation, io.env);
    const index = createDealIndex({ store, deals, logger: silentLogger, organisation: () => organisation });
    const found = await dealsToErase({ deals, index, policy, clock }, ids);
    const missing = ids.find((id) => !found.some(({ deal }) => deal === id));
    if (missing !== undefined) {
      io.err(`There is no deal ${missing}, or it was erased already.`);
      return 1;
    }
    const outcome = await registers.erasures.handle(
      { type: 'AskErasure', deals: found, why },
      { actor: OPERATOR, cause: `erase:${randomUUID()}` },
    );
    if (outcome.kind === 'refused') {
      io.err(outcome.refusal.text);
      return 1;
    }
    io.out('Asked. Two people of compliance decide in chat, and it is done a day later.');
    return 0;
  });
};

export const dealErase = command({
  help: HELP,
  options: { data: { type: 'string' }, why: { type: 'string' } },
  words: true,
  read: ({ values, positionals }, env): Options => {
    if (positionals.length === 0) throw new Unusable('Name at least one deal: clearthread deal erase D-… --why TEXT');
    if (values.why === undefined) throw new Unusable('Say why: --why TEXT. It is what stays on the record.');
    return { deals: [...new Set(positionals.map(dealNamed))], why: values.why, where: whereOf(values.data, env) };
  },
  run: ask,
});
