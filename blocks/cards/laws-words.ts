/** Counsel's note on a country's laws in words, the same on every card and form. */

import type { CounselNote } from '../../flows/counsel-note.ts';
import type { Day } from '../../flows/ids.ts';
import type { Span } from '../card.ts';
import { dayWords, LONGEST_SAID, quotedSentence } from '../words.ts';
import { sourceSpans } from './spans.ts';

/** `@counsel, 3 November 2026, valid until …: “…” Source: …`. `today`: a note that ended says so. */
export const lawsSpans = ({ by, at, until, looked, source }: CounselNote, today?: Day): Span[] => [
  { person: by },
  `, ${dayWords(at)}, valid until ${dayWords(until)}`,
  ...(today !== undefined && today > until ? [{ strong: ', which is over' }] : []),
  `: ${quotedSentence(looked, LONGEST_SAID)}`,
  ...(source ? [' Source: ', ...sourceSpans([source], 1)] : []),
];
