/** What was typed into the form for a new deal and not sent: gone after a week, or once its person left. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { SYSTEM, type Organisation } from '../../../flows/organisation.ts';
import { accountsOf } from '../../../src/config/accounts.ts';
import { silentLogger } from '../../../src/log.ts';
import { keepOpening } from '../../../src/streams/opening-drafts.ts';
import type { Registers } from '../../../src/streams/registers.ts';
import { dropOldOpenings, startOpenings } from '../../../src/ticker/openings.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const START = '2027-03-01T09:00:00.000Z';
const WITH_ACCOUNTS: Organisation = {
  ...anOrganisation(),
  people: anOrganisation().people.map((each) => ({ ...each, slack: `U0${each.id}` })),
};

let folder: SqliteFolder;
let store: EventStore;
let registers: Registers;
let now = START;
let organisation = WITH_ACCOUNTS;
const clock = (): Date => new Date(now);

beforeEach(() => {
  folder = sqliteFolder();
  store = folder.open();
  [now, organisation] = [START, WITH_ACCOUNTS];
  registers = registersOn(store, () => organisation, clock);
});
afterEach(() => folder.remove());

const type = (person: string): Promise<void> => keepOpening({ store, clock }, person, { customer: 'Sample Telecom' });
/** Whether the store has it, whatever the form would show. */
const isKept = async (person: string): Promise<boolean> =>
  (await store.draft('register:opening', `open:${person}`)) !== undefined;
const later = (ms: number): void => {
  now = new Date(Date.parse(START) + ms).toISOString();
};
const drop = (): Promise<void> => dropOldOpenings({ store, registers, clock });
const takeFile = async (cause: string): Promise<void> => {
  const { hash, people } = organisation;
  const command = { type: 'TakeFile', of: 'organisation', hash, accounts: accountsOf(people) } as const;
  await registers.files.handle(command, { actor: SYSTEM, cause });
};

it('is kept for a week, and then removed for good', async () => {
  await type('rep-1');
  later(6 * DAY_MS);
  await type('product-1');
  await drop();
  expect([await isKept('rep-1'), await isKept('product-1')]).toEqual([true, true]);
  later(7 * DAY_MS);
  await drop();
  expect([await isKept('rep-1'), await isKept('product-1')]).toEqual([false, true]);
});

it('of somebody who left the organisation file is removed at the next look', async () => {
  await takeFile('one');
  await type('rep-1');
  await type('product-1');
  organisation = { ...WITH_ACCOUNTS, hash: 'two', people: WITH_ACCOUNTS.people.filter(({ id }) => id !== 'rep-1') };
  await takeFile('two');
  await drop();
  expect([await isKept('rep-1'), await isKept('product-1')]).toEqual([false, true]);
});

it('is looked at from the start on, and again', async () => {
  await type('rep-1');
  const looking = startOpenings({ store, registers, clock, logger: silentLogger, everyMs: 5 });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await isKept('rep-1')).toBe(true);
  later(8 * DAY_MS);
  await expect.poll(() => isKept('rep-1')).toBe(false);
  await looking.stop();
});
