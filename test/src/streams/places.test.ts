/** A place that a changed organisation file gave is known to the deals, also once the file is as it was. */

import { expect, it } from 'vitest';
import { SYSTEM } from '../../../flows/organisation.ts';
import type { FilesCommand } from '../../../flows/registers/files.ts';
import type { Said } from '../../../flows/registers/said.ts';
import { screenedDesk } from '../../support/screened-deals.ts';

const BEFORE: Said = { 'groups compliance members': ['compliance-1', 'compliance-2'] };
const FRIEND: Said = { 'groups compliance members': ['compliance-1', 'compliance-2', 'product-1'] };

it('reaches every deal with the organisation that it is judged by', async () => {
  const at = screenedDesk();
  const { files, organisation } = at.desk.registers;
  const take = async (hash: string, says: Said): Promise<void> => {
    const command: FilesCommand = { type: 'TakeFile', of: 'organisation', hash, says, accounts: {} };
    expect((await files.handle(command, { actor: SYSTEM, cause: `file ${hash}` })).kind).toBe('accepted');
  };
  await take('h1', BEFORE);
  expect((await organisation()).places).toBeUndefined();
  await take('h2', FRIEND);
  await take('h3', BEFORE);
  const both = ['joined', 'left'].map((is) =>
    expect.objectContaining({ person: 'product-1', is, group: 'compliance' }),
  );
  expect((await organisation()).places).toEqual(both);
  const deal = await at.openWith({});
  expect((await at.view(deal)).organisation.places).toEqual(both);
  await at.end();
});
