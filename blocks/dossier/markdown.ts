/** Markdown for records that leave chat. Typed text stays text: it cannot become a link, a heading or HTML. */

/**
 * Control, bidi-control, zero-width, filler and tag characters: shown as their code point, so that nothing hides. An
 * emoji keeps the selector that colours it.
 */
const INVISIBLE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]|(?<!\p{Extended_Pictographic})\uFE0F/gu;

const codePoint = (char: string): string =>
  `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** Returns one line of plain text, all Markdown and HTML characters escaped. A line break shows as ` / `. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .replace(/\t/gu, ' ')
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .join(' / ')
    .replace(INVISIBLE, codePoint)
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~.:@$^=-]/gu, (c) => `\\${c}`);

export const heading = (level: 1 | 2 | 3, text: string): string => `${'#'.repeat(level)} ${escapeMarkdown(text)}\n`;

export const bullet = (label: string, value: string): string =>
  `- **${escapeMarkdown(label)}:** ${escapeMarkdown(value)}`;

export const line = (text: string): string => `- ${escapeMarkdown(text)}`;

/** A table, its first row the head; `here` counts rows below the head and columns from 0, and is bold. */
export const table = (rows: readonly (readonly string[])[], here: { row: number; column: number }): string[] =>
  rows.flatMap((cells, r) => {
    const shown = cells.map((cell, c) => {
      const text = escapeMarkdown(cell);
      return r === here.row + 1 && c === here.column && text !== '' ? `**${text}**` : text;
    });
    const made = `| ${shown.join(' | ')} |`;
    return r === 0 ? [made, `|${' --- |'.repeat(cells.length)}`] : [made];
  });

/** Indents lines made by `line` and `bullet` by one level. */
export const nested = (lines: readonly string[]): string[] => lines.map((made) => `  ${made}`);
