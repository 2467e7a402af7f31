/** The table entry that a stream gets. */

import { expect, it } from 'vitest';
import { closest } from '../../../src/streams/by-stream.ts';

const TABLE = { deal: 1, register: 2, 'register:holds': 3, 'register:digest': 4 };

it.each([
  ['D-ABC', 'deal', 1],
  ['register:absences', 'register', 2],
  ['register:holds', 'register', 3],
  ['register:digest:compliance', 'register', 4],
  ['register:digest:channel:19:sample@thread.tacv2', 'register', 4],
  ['register:digests', 'register', 2],
  ['case:C-1', 'case', undefined],
  ['D-ABC', undefined, undefined],
  ['D-ABC', 'constructor', undefined],
])('%s, a %s', (stream, kind, expected) => {
  expect(closest(TABLE, stream, kind)).toBe(expected);
});
