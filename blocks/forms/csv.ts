/** Rows of a file to copy, for a chat that takes no file from a bot. */

import type { Form } from '../card.ts';
import { count } from '../words.ts';
import { makeForm } from './inputs.ts';

/** Fits a window in either chat, with room for the rest of the form. */
const MOST_TEXT = 10_000;
const MOST_ROWS = 120;

/** `head` and `rows`: lines of the file. Shows as many whole rows as fit. `command` writes the file; absent: none does. */
export const csvForm = (
  { name, command }: { name: string; command?: string | undefined },
  head: string,
  rows: readonly string[],
): Form => {
  let text = head;
  let shown = 0;
  for (const line of rows) {
    if (shown === MOST_ROWS || text.length + line.length > MOST_TEXT) break;
    text += line;
    shown += 1;
  }
  const all = count(rows.length, 'row');
  const what = shown < rows.length ? `The first ${shown} of ${all}` : rows.length === 1 ? `The ${all}` : `All ${all}`;
  return makeForm({
    name,
    title: 'All as CSV',
    close: 'Close',
    context: {},
    blocks: [
      {
        kind: 'text',
        text: `${what}, to copy: this chat takes no file from a bot.${command === undefined ? '' : ` On the bot's machine, ${command} writes one.`}`,
      },
      { kind: 'text', text: text.replaceAll('\r\n', '\n') },
    ],
  });
};
