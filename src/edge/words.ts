/** The sentences that the edges of both chats share. Everything else comes from the cards and forms. */

import type { Card } from '../../blocks/card.ts';

export const sayCard = (text: string): Card => ({ blocks: [{ kind: 'text', text }] });

/** The outcome of a submitted form is not known in time, and the form is still there to be pressed again. */
export const MAYBE_SAVED = "It may be saved. Press again; it can't count twice.";
/** The outcome is not known, and there is nothing to press again, or each press is an act of its own. */
export const MAYBE_DONE = 'This may have worked. Please look at the thread before you try again.';
/** The answer did not come in time, most likely a form. */
export const TOO_SLOW = 'This took too long. Please press again.';
export const TOO_SLOW_WORDS = 'This took too long. Please try again.';

export const somethingWrong = (trace: string): string =>
  `Something went wrong on our side. Nothing you typed is lost if you press again. (ref ${trace})`;

/** A newer version wrote to a deal, or to a register. */
export const changedByNewer = (what: 'deal' | 'register', trace: string): string =>
  `${what === 'deal' ? 'This deal' : 'This'} was changed by a newer version of Clearthread. Nothing was lost. Please ask the person who runs this bot to update it too. (ref ${trace})`;

/** A repeated press whose answer is no longer known. */
export const PRESS_AGAIN = "Please press again; it can't count twice.";
