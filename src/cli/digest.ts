/** `clearthread digest`: prints what needs attention now, as compliance gets it in chat, or every line of it as CSV. */

import type { ShownWith } from '../../blocks/cards/digest-lines.ts';
import { digestCard, wholeRoot } from '../../blocks/cards/digest.ts';
import { csvRow } from '../../blocks/csv.ts';
import { digestRow, DIGEST_COLUMNS } from '../../blocks/digest-csv.ts';
import { fallbackText } from '../../blocks/fallback.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { shownFirst, type Digest } from '../../flows/digest/digest.ts';
import { person, type Organisation } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import { besideDeals, type BesideOptions } from '../digests/beside.ts';
import { scanDeals } from '../digests/scan.ts';
import { silentLogger } from '../log.ts';
import { createDealIndex } from '../streams/deal-index.ts';
import type { Deals } from '../streams/deals.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { command, Unusable } from './command.ts';
import { deskOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { organisationOf, whereOf, withStore } from './record.ts';

const HELP = `Usage: clearthread digest [--csv] [--days N] [--data DIR]

Shows what needs somebody now: approvals that wait, conditions that are overdue, what was decided, and the
root hash of the record. The bot may be running; nothing is recorded.

  --csv        every line as CSV instead, however many there are; nothing in it is a formula
  --days N     decisions of so many days, 1 to 35 (else 7)
  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

The record needs its data key: CLEARTHREAD_DATA_KEY, or the one in the data folder. Names come from
CLEARTHREAD_ORGANISATION, else from the sample organisation.
Exit code: 0 shown, 2 it could not be done.`;

interface Options {
  csv: boolean;
  days: number;
  where: StoreLocation;
}

const daysIn = (given = '7'): number => {
  const days = Number(given);
  if (!Number.isInteger(days) || days < 1 || days > 35) throw new Unusable('--days takes a number from 1 to 35.');
  return days;
};

const BOM = '\uFEFF';

interface Source {
  digest: Digest;
  organisation: Organisation;
  viewOf: (deal: string | undefined) => Promise<DealView | undefined>;
}

const shownWith = async (
  { organisation, viewOf }: Source,
  deals: readonly (string | undefined)[],
): Promise<ShownWith> => {
  const found = new Map<string, DealView>();
  for (const deal of deals) {
    const view = await viewOf(deal);
    if (view) found.set(view.deal.id, view);
  }
  return { deals: found, organisation };
};

/** Prints deal by deal: there may be many. */
const printCsv = async (source: Source, io: CliIo): Promise<void> => {
  io.out(BOM + csvRow(DIGEST_COLUMNS).trimEnd());
  for (const line of source.digest.lines) {
    io.out(csvRow(digestRow(line, await shownWith(source, [line.deal]))).trimEnd());
  }
};

const printCard = async (source: Source, io: CliIo): Promise<void> => {
  const { digest, organisation } = source;
  const names = await shownWith(
    source,
    shownFirst(digest.lines).map(({ deal }) => deal),
  );
  const { blocks } = digestCard(digest, names, '');
  const card = { blocks: blocks.filter(({ kind }) => kind !== 'actions') };
  io.out(fallbackText(card, (id) => person(organisation, id)?.name));
  if (digest.checkpoint) io.out(`The whole root hash of the record: ${wholeRoot(digest.checkpoint)}`);
};

const show = async (
  { csv, days }: Omit<Options, 'where'>,
  deals: Deals,
  beside: BesideOptions & { store: EventStore },
  io: CliIo,
) => {
  const clock = (): Date => new Date();
  const most = csv ? Number.POSITIVE_INFINITY : undefined;
  const organisation = await beside.registers.organisation();
  const index = createDealIndex({ store: beside.store, deals, logger: silentLogger, organisation: () => organisation });
  const scan = await scanDeals({
    index,
    deals,
    organisation: async () => organisation,
    clock,
    logger: silentLogger,
    most,
  });
  const since = new Date(Date.parse(scan.at) - days * 24 * 60 * 60 * 1000).toISOString();
  const digest = scan.tally.digest({ since, until: scan.at }, await besideDeals(beside, since, scan.at));
  const viewOf: Source['viewOf'] = async (deal) =>
    deal === undefined ? undefined : deals.view(deal).catch(() => undefined);
  await (csv ? printCsv : printCard)({ digest, organisation, viewOf }, io);
};

const run = ({ where, ...options }: Options, io: CliIo): Promise<number> => {
  const organisation = organisationOf(io.env);
  return withStore(where, io, async (store) => {
    const { registers, deals, policy } = deskOn(store, organisation, io.env);
    await show(options, deals, { store, registers, policy }, io);
    return 0;
  });
};

export const digestShow = command({
  help: HELP,
  options: { csv: { type: 'boolean' }, days: { type: 'string' }, data: { type: 'string' } },
  read: ({ values }, env): Options => ({
    csv: values.csv === true,
    days: daysIn(values.days),
    where: whereOf(values.data, env),
  }),
  run,
});
