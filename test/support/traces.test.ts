/** The search for traces finds what was left, in whatever form. */

import { expect, it } from 'vitest';
import { tracesIn } from './traces.ts';

const WORD = 'Zdenka Quillfeather of the second shift, zażółć';

it.each([
  ['as it is', WORD],
  ['in capitals', WORD.toUpperCase()],
  ['read byte by byte', Buffer.from(WORD).toString('latin1')],
  ['in UTF-16', Buffer.from(WORD, 'utf16le').toString('latin1')],
  ['in hexadecimal', Buffer.from(WORD).toString('hex')],
  ['in an address', encodeURIComponent(WORD)],
  ['in JSON within JSON', JSON.stringify(JSON.stringify({ WORD }))],
  ...[0, 1, 2].map((skip): [string, string] => [
    `in base64, ${skip} bytes on`,
    Buffer.from(`${'x'.repeat(skip)}${WORD}, and more`).toString('base64'),
  ]),
])('%s', (_how, left) => {
  expect(tracesIn(`before ${left} after`, [WORD, 'Something else'])).toEqual([WORD]);
});

it('and does not see what is not there', () => {
  expect(tracesIn(`Zdenka of the second shift ${Buffer.from('Quill').toString('base64')}`, [WORD])).toEqual([]);
});
