/** What a list has no room for, in a few words each: much that one person writes hides nothing without a trace. */

import type { Text } from '../card.ts';
import { quoted } from '../words.ts';

/** Cut in its middle, as everything that somebody said. */
const LONGEST = 160;
const A_LINE = 3;
/** More than anybody writes honestly. */
const MOST = 36;

/** `More, in short: “…”, “…”`, and after so many where all of them are. */
export const inShort = (texts: readonly string[]): Text[] => {
  const shown = texts.slice(0, MOST).map((text) => quoted(text, LONGEST));
  const more = texts.length - shown.length;
  return [
    ...Array.from({ length: Math.ceil(shown.length / A_LINE) }, (_, n): Text => [
      { strong: 'More, in short: ' },
      shown.slice(n * A_LINE, (n + 1) * A_LINE).join(', '),
    ]),
    ...(more > 0 ? [`And ${more} more: the dossier lists all.`] : []),
  ];
};
