/** The dossier as parts that every format shows: headings, lists, tables. What people typed is text in all of them. */

export interface Line {
  kind: 'line';
  /** 0 for the outermost list. */
  depth: number;
  /** Shown in bold, with a colon. */
  label?: string | undefined;
  text: string;
}

export type DossierPart =
  /** `page`: begins a new page, where a format has pages. */
  | { kind: 'heading'; level: 1 | 2 | 3; text: string; page?: true | undefined }
  | Line
  /** The first row is the head. `here` counts rows below it and columns from 0, and is marked; absent: no cell is. */
  | { kind: 'table'; rows: readonly (readonly string[])[]; here?: { row: number; column: number } | undefined }
  | { kind: 'paragraph'; text: string }
  /** Lines that stand as they are, such as a proof. */
  | { kind: 'verbatim'; text: string };

/**
 * Control, bidi-control, zero-width, filler and tag characters: shown as their code point, so that nothing hides. An
 * emoji keeps the selector that colours it.
 */
const INVISIBLE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]|(?<!\p{Extended_Pictographic})\uFE0F/gu;

const codePoint = (char: string): string =>
  `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** Returns one line of text in which nothing hides. A line break shows as ` / `. */
export const plainText = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .replace(/\t/gu, ' ')
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .join(' / ')
    .replace(INVISIBLE, codePoint);

export const heading = (level: 1 | 2 | 3, text: string, page?: 'on a new page'): DossierPart => ({
  kind: 'heading',
  level,
  text: plainText(text),
  ...(page === undefined ? {} : { page: true }),
});

export const bullet = (label: string, value: string): Line => ({
  kind: 'line',
  depth: 0,
  label: plainText(label),
  text: plainText(value),
});

export const line = (text: string): Line => ({ kind: 'line', depth: 0, text: plainText(text) });

/** Puts lines one level deeper: they belong to the line before them. */
export const nested = (lines: readonly Line[]): Line[] => lines.map((one) => ({ ...one, depth: one.depth + 1 }));

export const table = (rows: readonly (readonly string[])[], here?: { row: number; column: number }): DossierPart => ({
  kind: 'table',
  rows: rows.map((cells) => cells.map(plainText)),
  here,
});

export const paragraph = (text: string): DossierPart => ({ kind: 'paragraph', text: plainText(text) });

export const verbatim = (text: string): DossierPart => ({
  kind: 'verbatim',
  text: text
    .replace(/\r\n?/gu, '\n')
    .split('\n')
    .map((one) => one.replace(INVISIBLE, codePoint))
    .join('\n'),
});
