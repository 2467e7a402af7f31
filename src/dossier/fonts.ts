/** The fonts of the PDF: Inter, under the SIL Open Font License. It draws Latin with Vietnamese, Greek and Cyrillic. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';

const require = createRequire(import.meta.url);

const fileOf = (name: string): Buffer => readFileSync(require.resolve(`@expo-google-fonts/inter/${name}`));

/**
 * As files: a font that was read remembers which letter a glyph was first drawn for, so two documents that share one would
 * say wrong letters to whoever copies their text.
 */
export const REGULAR = fileOf('400Regular/Inter_400Regular.ttf');
export const BOLD = fileOf('700Bold/Inter_700Bold.ttf');

const lettersOf = (file: Buffer): ReadonlySet<number> => {
  const font = create(file);
  if (!('characterSet' in font)) throw new Error('The font file holds several fonts');
  return new Set(font.characterSet);
};

/** Both weights must have a letter: a name can stand in either. */
const drawn: ReadonlySet<number> = (() => {
  const bold = lettersOf(BOLD);
  return new Set([...lettersOf(REGULAR)].filter((codePoint) => bold.has(codePoint)));
})();

/** Tells whether there is a letter for a code point. */
export const fontDraws = (codePoint: number): boolean => drawn.has(codePoint);
