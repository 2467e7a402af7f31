/** A further page of a list of deals, in a window. */

import type { PersonId } from '../../flows/ids.ts';
import type { Form } from '../card.ts';
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
