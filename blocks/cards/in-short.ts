/** What a list has no room for line by line, each in its share of what room there is: much that one person writes hides nothing without a trace. */

import type { PersonId } from '../../flows/ids.ts';
import { inTurnOf } from '../../flows/in-turn.ts';
import { sharesByAuthor } from '../../flows/shares.ts';
import type { Span, Text } from '../card.ts';
import { endsWithQuotes, quoted } from '../words.ts';

/** Cut in its middle, as everything that somebody said. So much of each stands at least. */
export const IN_SHORT = 160;
/** Characters of all together: few long ones stand whole, and of many each author has a fair part. */
const ROOM = 9000;
const A_LINE = 3;
/** More than anybody writes honestly: of each author in turn. */
const MOST = 36;

export interface Short {
  text: string;
  /** Undefined: the reader may not know. */
  by: PersonId | undefined;
  /** What goes with it, in the bot's own words. */
  with?: string | undefined;
}

/** How the lines of a list are drawn. `most`: so many in full. */
interface InLines<T> {
  most: number;
  full(one: T): Text;
  short(one: T): Short;
  where?: string;
}

/** The first in full, and the others in short. */
export const shortAfter = <T>(all: readonly T[], { most, full, short, where }: InLines<T>): Text[] => [
  ...all.slice(0, most).map(full),
  ...inShort(all.slice(most).map(short), where),
];

/** `More, in short: “…” @a, “…” @b`, and after so many where all of them are. */
export const inShort = (all: readonly Short[], where = 'the dossier lists all'): Text[] => {
  const chosen = new Set(inTurnOf(all, ({ by }) => [by ?? 'hidden']).slice(0, MOST));
  const shown = all.filter((one) => chosen.has(one));
  const more = all.length - shown.length;
  const rooms = sharesByAuthor(
    shown.map(({ by, text }) => ({ by, need: text.length })),
    ROOM,
  );
  return [
    ...Array.from({ length: Math.ceil(shown.length / A_LINE) }, (_, n): Text => [
      { strong: 'More, in short: ' },
      ...shown
        .slice(n * A_LINE, (n + 1) * A_LINE)
        .flatMap(({ text, by, with: more }, at): Span[] => [
          `${at === 0 ? '' : ', '}${quoted(text, Math.max(IN_SHORT, rooms[n * A_LINE + at] ?? 0))}${more ? ` ${endsWithQuotes(more, IN_SHORT)}` : ''}${by === undefined ? '' : ' '}`,
          ...(by === undefined ? [] : [{ person: by }]),
        ]),
    ]),
    ...(more > 0 ? [`And ${more} more: ${where}.`] : []),
  ];
};
