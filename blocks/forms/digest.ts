/** All lines of a digest, page by page; and its rows to copy, for a chat that takes no file. */

import { MOST_SHOWN, type Digest } from '../../flows/digest/digest.ts';
import { totalOf } from '../../flows/digest/tally.ts';
import type { Form, FormBlock } from '../card.ts';
import { row } from '../cards/actions.ts';
import { lineBlocks, type ShownWith } from '../cards/digest-lines.ts';
import { wholeRoot } from '../cards/digest.ts';
import { dayWords } from '../words.ts';
import { csvForm } from './csv.ts';
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

/** `head` and `rows`: lines of the file. */
export const digestCsvForm = (head: string, rows: readonly string[]): Form =>
  csvForm({ name: 'desk.digest-csv', command: COMMAND }, head, rows);
