/** A further page of a list of deals, in a window. */

import type { PersonId } from '../../flows/ids.ts';
import type { Card, Form, FormBlock, FormValues } from '../card.ts';
import { FIND_FORM } from '../cards/actions-desk.ts';
import { listBlocks, type ListName, type ListPage } from '../cards/lists.ts';
import { lineInput, makeForm, textOf } from './inputs.ts';

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

/** Asks what to look for, where nothing can be typed. */
export const findForm = (values: FormValues = {}): Form =>
  makeForm({
    name: FIND_FORM,
    title: 'Find a deal',
    submit: 'Find',
    context: {},
    blocks: [
      lineInput('words', 'What are you looking for?', textOf(values, 'words'), {
        placeholder: 'high Vietnam 2026',
        hint: 'A customer, end-user, country, product or owner, a red flag, a tier, a year, or where it stands. Every word has to fit.',
      }),
    ],
  });
