/** `clearthread deals list`: the deals that fit some filters, as lines, CSV or JSON. Nothing is recorded. */

import { leftOutWords } from '../../blocks/cards/find.ts';
import { csvRow } from '../../blocks/csv.ts';
import { factsIn, LIST_COLUMNS, listRow, type ListedFacts } from '../../blocks/list-csv.ts';
import type { Asking } from '../../flows/lists/filters.ts';
import { fewerWords } from '../../flows/lists/left-out.ts';
import { fitsQuery, readQuery, settled } from '../../flows/lists/query.ts';
import { orderOf } from '../../flows/lists/sort.ts';
import { silentLogger, type Logger } from '../log.ts';
import { createDealIndex } from '../streams/deal-index.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { command, Unusable } from './command.ts';
import { deskOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { organisationOf, whereOf, withStore } from './record.ts';

const HELP = `Usage: clearthread deals list [--where "FILTERS"] [--csv | --json] [--data DIR]

Lists deals, open ones first, then the newest: one line each, or everything that is known without
their answers. The bot may be running; nothing is recorded.

  --where "…"  what has to fit, in the words of "/deal find". Filters, with commas between values:
                 country:Vietnam        product:analytics     tier:high,prohibited
                 flag:H-RF4             kind:security         owner:"Ada Example"
                 status:in-review       waiting:compliance    overdue:yes
                 hold:yes               scope:to-confirm      year:2026
                 since:2026-01-01       until:2026-06         (opened, decided or over in that time)
                 sort:waiting           (longest first; also newest, oldest, tier)
               and free words beside them: a customer, an end-user, anything of the list.
               All have to fit: --where "tier:high country:Vietnam flag:H-RF4 year:2026"
  --csv        as CSV; nothing in it is a formula
  --json       as one JSON array
  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

Whoever holds the data key sees every deal: in chat people see those that they may read. The record
needs that key: CLEARTHREAD_DATA_KEY, or the one in the data folder. Names come from
CLEARTHREAD_ORGANISATION, else from the sample organisation.
Where nothing fits for the sake of words that no deal has, those are named: "--where" leaves out none.
Exit code: 0 shown (also where nothing fits), 1 some deals could not be read, 2 it could not be done.`;

interface Options {
  query: string;
  as: 'lines' | 'csv' | 'json';
  where: StoreLocation;
}

const everyDeal = (): boolean => true;

const BOM = '\uFEFF';

const lineOf = ({
  deal,
  tier,
  status,
  customer,
  endUser,
  countryName,
  waitsFor,
  overdue,
  onHold,
}: ListedFacts): string =>
  [
    deal,
    tier === 'none' ? 'no tier' : tier,
    status,
    `${endUser}, ${countryName}`,
    customer,
    ...(waitsFor.length > 0 ? [`waits for ${waitsFor.join(', ')}`] : []),
    ...(overdue ? ['overdue'] : []),
    ...(onHold ? ['on hold'] : []),
  ]
    // What was typed may hold characters that a terminal obeys.
    .map((part) => part.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' '))
    .join(' · ');

const print = (facts: readonly ListedFacts[], as: Options['as'], io: CliIo): void => {
  switch (as) {
    case 'csv':
      io.out(BOM + csvRow(LIST_COLUMNS).trimEnd());
      for (const one of facts) io.out(csvRow(listRow(one)).trimEnd());
      return;
    case 'json':
      return io.out(JSON.stringify(facts, undefined, 2));
    case 'lines':
      for (const one of facts) io.out(lineOf(one));
      return;
    default: {
      const never: never = as;
      return never;
    }
  }
};

const run = ({ where, query, as }: Options, io: CliIo): Promise<number> => {
  const organisation = organisationOf(io.env);
  return withStore(where, io, async (store) => {
    const { registers, deals, policy, clock } = deskOn(store, organisation, io.env);
    let unread = 0;
    const logger: Logger = {
      ...silentLogger,
      warn: (_event, { count = 0 } = {}) => void (unread += Number(count)),
    };
    const index = createDealIndex({ store, deals, logger, organisation: () => organisation });
    const all = await index();
    const today = { organisation: await registers.organisation(), now: clock().toISOString() };
    const asking: Asking = {
      ...today,
      isFlag: (id) => policy().flagTitle(id) !== undefined,
      flagNames: policy().flagNames,
      flags: () => new Set(all.flatMap(({ summary }) => summary.flags.map(({ id }) => id))),
    };
    const read = readQuery(query, asking);
    if (!read.ok) throw new Unusable(read.text);
    const searched = all.map(({ search }) => search);
    const asked = settled(read, searched, everyDeal);
    const fitting = all.filter(({ search }) => fitsQuery(asked, search)).map(({ summary }) => summary);
    // A list of none for one word that no deal has must not look as if there were none.
    const fewer = fitting.length === 0 ? fewerWords(read, searched, everyDeal, asking) : undefined;
    if (fewer) io.err(leftOutWords(fewer.left, fewer.fitting));
    print(fitting.toSorted(orderOf(asked.sort)).map(factsIn(today)), as, io);
    unread += index.newer().length;
    if (unread === 0) return 0;
    io.err(`${unread} ${unread === 1 ? 'deal' : 'deals'} could not be read, and none of them is listed.`);
    return 1;
  });
};

export const dealsList = command({
  help: HELP,
  options: {
    where: { type: 'string' },
    csv: { type: 'boolean' },
    json: { type: 'boolean' },
    data: { type: 'string' },
  },
  read: ({ values }, env): Options => {
    if (values.csv && values.json) throw new Unusable('Choose one of --csv and --json.');
    return {
      query: values.where ?? '',
      as: values.csv ? 'csv' : values.json ? 'json' : 'lines',
      where: whereOf(values.data, env),
    };
  },
  run,
});
