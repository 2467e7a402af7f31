/** A form without inputs: the end of a long step, or the reason why there is nothing to fill in. */

import type { Form } from '../card.ts';
import { makeForm } from './inputs.ts';

export const savedForm = (text: string, title = 'Clearthread'): Form =>
  makeForm({ name: 'deal.saved', title, close: 'Close', context: {}, blocks: [{ kind: 'text', text }] });
