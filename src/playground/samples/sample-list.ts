/** A list of sanctioned parties for the playground. Nobody on it is real, and it says so. */

import { createHash } from 'node:crypto';
import { OPERATOR } from '../../../flows/organisation.ts';
import type { ListEntry } from '../../../flows/screening/entry.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { importList } from '../../screening/lists.ts';
import type { Registers } from '../../streams/registers.ts';

export const SAMPLE_LIST = 'made-up-list';

const PROGRAMME = 'Made up for the playground: no real sanctions';

export const SAMPLE_ENTRIES: readonly ListEntry[] = [
  {
    id: 'MADE-UP-1',
    name: 'Quorzandel Optics and Trading',
    aliases: ['Quorzandel Optics'],
    type: 'organisation',
    countries: ['AQ'],
    addresses: ['1 Nowhere Quay, Made-up Town'],
    programmes: [PROGRAMME],
  },
  {
    id: 'MADE-UP-2',
    name: 'VELQUISTOR, Tamsalin',
    aliases: ['Tamsalin Velquistor', 'Тамсалин Велквистор'],
    type: 'person',
    countries: [],
    addresses: [],
    programmes: [PROGRAMME],
  },
  {
    id: 'MADE-UP-3',
    name: 'Brumevka Skarn Bureau',
    aliases: [],
    type: 'organisation',
    countries: ['BV'],
    addresses: [],
    programmes: [PROGRAMME],
  },
];

/** Takes the list into use where none is. Throws ListProblem and StoreFault. */
export const takeSampleList = async (
  store: Pick<EventStore, 'putDraft' | 'draft' | 'dropDraft'>,
  { screening: register }: Pick<Registers, 'screening'>,
  clock: () => Date,
): Promise<void> => {
  if (Object.keys((await register.read()).state.lists).length > 0) return;
  const entries = [...SAMPLE_ENTRIES];
  await importList(
    { store, register, clock },
    {
      name: SAMPLE_LIST,
      asOf: clock().toISOString(),
      from: 'made up for the playground',
      file: {
        form: 'simple',
        entries,
        rows: entries.length,
        badRows: 0,
        bad: [],
        sha256: createHash('sha256').update(JSON.stringify(entries)).digest('hex'),
      },
      older: false,
      shorter: false,
    },
    { actor: OPERATOR, cause: 'sample:list' },
  );
};
