/** The line above a form that comes back with what is new since it was drawn. */

import type { FormBlock } from '../card.ts';

const NEWER = 'Nothing is saved yet: something changed while you were reading. Please look at it again.';

/** `seen`: what the form showed before; absent: it is shown for the first time. */
export const newerBlocks = (now: string, seen: string | undefined): FormBlock[] =>
  seen === undefined || seen === now ? [] : [{ kind: 'text', text: [{ strong: NEWER }] }];
