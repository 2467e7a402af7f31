/** A further page of a list of deals, in a window. */

import type { PersonId } from '../../flows/ids.ts';
import type { Card, Form, FormBlock } from '../card.ts';
import { listBlocks, type ListName, type ListPage } from '../cards/lists.ts';
import { makeForm } from './inputs.ts';

/** `title`: at most 24 characters. */
export const listForm = (title: string, list: ListPage, name: ListName, person: PersonId, lead = ''): Form =>
  makeForm({
    name: name.button,
    title,
    close: 'Close',
    context: {},
    blocks: listBlocks(list, name, person, lead),
  });

/** A card in a window, for a list without deals: it teaches. */
export const cardForm = (title: string, { button }: ListName, { blocks }: Card): Form =>
  makeForm({
    name: button,
    title,
    close: 'Close',
    context: {},
    blocks: blocks.map((block): FormBlock => (block.kind === 'title' ? { kind: 'heading', text: block.text } : block)),
  });
