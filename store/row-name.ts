/** The name of an outbox row, as its callers know it. */

import type { RowName } from './event-store.ts';

export const idOf = (row: RowName): string => (typeof row === 'string' ? row : row.id);

export const laneOf = (row: RowName): string | undefined => (typeof row === 'string' ? undefined : row.lane);
