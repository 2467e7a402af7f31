/** A note that only shows: the end of a long step, or why there is nothing to fill in. */

import type { Form } from '../card.ts';
import { makeForm } from './inputs.ts';

export const savedForm = (text: string, title = 'Clearthread'): Form =>
  makeForm({ name: 'deal.saved', title, close: 'Close', context: {}, blocks: [{ kind: 'text', text }] });
