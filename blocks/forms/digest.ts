/** All lines of a digest, page by page; and its rows to copy, for a chat that takes no file. */

import { MOST_SHOWN, type Digest } from '../../flows/digest/digest.ts';
import { totalOf } from '../../flows/digest/tally.ts';
import type { Form, FormBlock } from '../card.ts';
import { row } from '../cards/actions.ts';
import { lineBlocks, type ShownWith } from '../cards/digest-lines.ts';
import { wholeRoot } from '../cards/digest.ts';
import { count, dayWords } from '../words.ts';
import { makeForm } from './inputs.ts';

export const pagesOf = ({ lines }: Pick<Digest, 'lines'>): number => Math.max(1, Math.ceil(lines.length / MOST_SHOWN));

/** `page` from 1. */
export const linesOnPage = ({ lines }: Pick<Digest, 'lines'>, page: number): Digest['lines'] =>
  lines.slice((page - 1) * MOST_SHOWN, page * MOST_SHOWN);

const COMMAND = 'clearthread digest --csv';

/** `name`: the digest's name on buttons. */
export const digestPageForm = (digest: Digest, page: number, shownWith: ShownWith, name: string): Form => {
  const pages = pagesOf(digest);
  const missing = totalOf(digest) - digest.lines.length;
  const root = digest.checkpoint && wholeRoot(digest.checkpoint);
  const last = [
    missing > 0
      ? `${missing} more ${missing === 1 ? 'is' : 'are'} not kept with a digest. On the bot's machine, ${COMMAND} writes them all.`
      : '',
    root === undefined ? '' : `The whole root hash of the record: ${root}`,
  ]
    .filter((text) => text !== '')
    .map((text): FormBlock => ({ kind: 'note', text }));
  return makeForm({
    name: 'desk.digest-all',
    title: 'All of the digest',
    close: 'Close',
    context: {},
    blocks: [
      { kind: 'heading', text: `Digest of ${dayWords(digest.until)}, page ${page} of ${pages}` },
      ...linesOnPage(digest, page).flatMap((line) => lineBlocks(line, shownWith)),
      ...(page < pages
        ? row({ name: 'desk.digest-all', value: `${name}/${page + 1}`, label: 'More', opens: 'form' })
        : last),
    ],
  });
};

/** Fits a window in either chat, with room for the rest of the form. */
const MOST_TEXT = 10_000;
const MOST_ROWS = 120;

/** `head` and `rows`: lines of the file. Shows as many whole rows as fit, to be copied. */
export const digestCsvForm = (head: string, rows: readonly string[]): Form => {
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
    name: 'desk.digest-csv',
    title: 'All as CSV',
    close: 'Close',
    context: {},
    blocks: [
      {
        kind: 'text',
        text: `${what}, to copy: this chat takes no file from a bot. On the bot's machine, ${COMMAND} writes one.`,
      },
      { kind: 'text', text: text.replaceAll('\r\n', '\n') },
    ],
  });
};
