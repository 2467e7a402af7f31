/** The list of erased deals in the data folder: a backup of the database brings them back, and this list does not. */

import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DealId, Instant } from '../../flows/ids.ts';
import { isDealId } from '../ids.ts';

/** Lines of `D-7K3QXM 2026-11-26T09:00:00.000Z`, oldest first. */
export const ERASED_LIST = 'erased.txt';

export interface ErasedDeal {
  deal: DealId;
  at: Instant;
}

export interface ErasedList {
  /** Lines that name no deal are passed over. */
  read(): Promise<ErasedDeal[]>;
  /** Durable when it resolves. */
  add(deal: DealId, at: Instant): Promise<void>;
}

const parsed = (line: string): ErasedDeal[] => {
  const [deal = '', at = ''] = line.trim().split(/\s+/u);
  return isDealId(deal) ? [{ deal, at }] : [];
};

export const erasedListIn = (dataDir: string): ErasedList => {
  const file = join(dataDir, ERASED_LIST);
  return {
    read: async () => {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return '';
      });
      return text.split('\n').flatMap(parsed);
    },
    add: async (deal, at) => {
      await mkdir(dataDir, { recursive: true, mode: 0o700 });
      const handle = await open(file, 'a', 0o600);
      try {
        await handle.appendFile(`${deal} ${at}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
};
