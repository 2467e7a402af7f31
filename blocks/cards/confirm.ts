/** The answer to "confirm" where words cannot open a form: how many deals wait, and the button that lists them. */

import type { Action, Card } from '../card.ts';
import { count } from '../words.ts';
import { row } from './actions.ts';

const confirmAllButton: Action = {
  name: 'desk.confirm',
  value: 'scope',
  label: 'To confirm',
  style: 'primary',
  opens: 'form',
  accessibleLabel: 'To confirm: out of scope, and changes that make a deal lighter',
};

export const confirmAllCard = (all: number): Card => ({
  blocks: [
    { kind: 'title', text: 'To confirm' },
    { kind: 'text', text: `${count(all, 'deal waits', 'deals wait')} for a confirmation by compliance.` },
    ...row(confirmAllButton),
  ],
});
