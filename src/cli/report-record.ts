/** Reads the record of a year for a command, all of it or nothing. */

import type { Organisation } from '../../flows/organisation.ts';
import { yearOf, type Year } from '../../flows/yearly/deal-year.ts';
import type { RecordOfYear } from '../../flows/yearly/record-shapes.ts';
import type { EventStore } from '../../store/event-store.ts';
import { silentLogger, type Logger } from '../log.ts';
import { createDealIndex } from '../streams/deal-index.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import { readYear } from '../yearly/read-year.ts';
import { Unusable } from './command.ts';
import type { deskOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { plural, printable } from './text.ts';

/** Throws Unusable. */
export const yearIn = (word: string): Year => {
  const year = Number(word);
  if (!/^\d{4}$/.test(word) || year < 2000 || year > 2200)
    throw new Unusable(`Name a year, such as 2026; "${printable(word.slice(0, 20))}" is none.`);
  return yearOf(year);
};

export interface YearRecord {
  of: Year;
  record: RecordOfYear;
  all: readonly IndexedDeal[];
  organisation: Organisation;
}

/** `now`: as of which instant people need training. Undefined where deals can't be read, which it says. */
export const recordFor = async (
  store: EventStore,
  { registers, deals, policy }: ReturnType<typeof deskOn>,
  year: number,
  now: string,
  io: CliIo,
): Promise<YearRecord | undefined> => {
  let unread = 0;
  const logger: Logger = { ...silentLogger, warn: (_event, { count = 0 } = {}) => void (unread += Number(count)) };
  const organisation = await registers.organisation();
  const index = createDealIndex({ store, deals, logger, organisation: () => organisation });
  const all = await index();
  unread += index.newer().length;
  if (unread > 0) {
    io.err(
      `${plural(unread, 'deal')} could not be read, so the figures would be wrong, and nothing was written. "clearthread audit verify" names them.`,
    );
    return undefined;
  }
  const of = yearOf(year);
  const record = await readYear(all, of, { store, deals, registers, organisation, policy: policy(), now });
  return { of, record, all, organisation };
};
