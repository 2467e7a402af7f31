/** A deal as somebody pastes it into a conversation: everybody there reads it, so it says its number and no more. */

import type { DealId } from '../../flows/ids.ts';
import type { Card } from '../card.ts';
import { showButton } from './digest-lines.ts';

/** Whoever presses *Open* is shown the deal, if they may read it. */
export const pastedCard = (deal: DealId): Card => ({
  blocks: [
    { kind: 'title', text: deal },
    { kind: 'actions', actions: [{ ...showButton(deal), label: 'Open', accessibleLabel: `Open ${deal}` }] },
  ],
});
