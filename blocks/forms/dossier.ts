/** The dossier's first page in a window, for a chat that takes no file from a bot. */

import type { DealView } from '../../flows/deal/view.ts';
import type { Form, FormBlock, Text } from '../card.ts';
import { board } from '../dossier/board.ts';
import type { DossierPart, Line } from '../dossier/parts.ts';
import { makeForm } from './inputs.ts';

const itemOf = ({ depth, label, text }: Line): Text => [
  depth === 0 ? '' : '– ',
  ...(label === undefined ? [] : [{ strong: `${label}: ` }]),
  text,
];

/** A table as a list, a line for each row: its head names the columns. */
const rowsOf = ({ rows, here }: Extract<DossierPart, { kind: 'table' }>): Text[] =>
  rows.map((cells, r): Text => {
    const [first = '', ...rest] = cells;
    return [
      { strong: `${first}: ` },
      ...rest.flatMap((cell, c) => [
        ...(c === 0 ? [] : [', ']),
        here !== undefined && r === here.row + 1 && c + 1 === here.column ? { strong: cell } : cell,
      ]),
    ];
  });

const blocksOf = (parts: readonly DossierPart[]): FormBlock[] => {
  const blocks: FormBlock[] = [];
  let items: Text[] = [];
  const close = (): void => {
    if (items.length > 0) blocks.push({ kind: 'list', items });
    items = [];
  };
  for (const part of parts) {
    if (part.kind === 'line') {
      items.push(itemOf(part));
      continue;
    }
    close();
    if (part.kind === 'heading') blocks.push({ kind: 'heading', text: part.text });
    else if (part.kind === 'table') blocks.push({ kind: 'list', items: rowsOf(part) });
    else blocks.push({ kind: 'text', text: part.text });
  }
  close();
  return blocks;
};

export const dossierForm = (view: DealView): Form => {
  const { id } = view.deal;
  return makeForm({
    name: 'deal.dossier',
    title: 'Dossier',
    close: 'Close',
    context: { deal: id },
    blocks: [
      ...blocksOf(board(view)),
      {
        kind: 'note',
        text: `This is its first page: this chat takes no file from a bot. On the bot's machine, “npm run -s clearthread -- deal export ${id} --pdf” writes all of it.`,
      },
    ],
  });
};
