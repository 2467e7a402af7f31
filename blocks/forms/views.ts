/** Saved views of the board: all of them, a new one, and the end of one. */

import { MOST_NAME, type SavedView } from '../../flows/registers/views.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { row, spoken } from '../cards/actions.ts';
import { BOARD } from '../cards/board.ts';
import { quoted, shorten } from '../words.ts';
import { lineInput, makeForm, textOf } from './inputs.ts';

const MOST_SHOWN = 200;

const viewBlocks = ({ id, name, query, by }: SavedView): FormBlock[] => [
  { kind: 'text', text: [{ strong: name }, ` · ${shorten(query, MOST_SHOWN)} · `, { person: by }] },
  ...row(
    { name: BOARD, value: query, label: 'Show', opens: 'form', accessibleLabel: spoken(`Show ${name}`) },
    { name: 'desk.delete-view', value: id, label: 'Delete', opens: 'form', accessibleLabel: spoken(`Delete ${name}`) },
  ),
];

/** `lead`: what was done, above the views. */
export const viewsForm = (views: readonly SavedView[], lead = ''): Form =>
  makeForm({
    name: 'desk.views',
    title: 'Saved views',
    close: 'Close',
    context: {},
    blocks: [
      ...(lead === '' ? [] : [{ kind: 'note', text: lead } satisfies FormBlock]),
      ...(views.length === 0
        ? [
            {
              kind: 'text',
              text: 'No view is saved yet. Filter the board, then press “Save view”: everybody in compliance finds it here and on the board.',
            } satisfies FormBlock,
          ]
        : views.flatMap(viewBlocks)),
      { kind: 'divider' },
      ...row({ name: BOARD, value: '', label: 'All deals', opens: 'form' }),
    ],
  });

export const saveViewForm = (query: string, values: FormValues = {}): Form =>
  makeForm({
    name: 'desk.save-view',
    title: 'Save this view',
    submit: 'Save',
    context: { query },
    blocks: [
      { kind: 'text', text: `The board for ${quoted(query, MOST_SHOWN)}, for everybody in compliance.` },
      lineInput('title', 'Name', textOf(values, 'title'), {
        placeholder: 'High deals to Vietnam',
        maxLength: MOST_NAME,
      }),
    ],
  });

export const deleteViewForm = ({ id, name, query }: SavedView): Form =>
  makeForm({
    name: 'desk.delete-view',
    title: 'Delete a view',
    submit: 'Delete it',
    context: { view: id },
    blocks: [
      {
        kind: 'text',
        text: `Delete ${quoted(name, MOST_NAME)} (${shorten(query, MOST_SHOWN)}) for everybody in compliance? The deals stay as they are.`,
      },
    ],
  });
