/** Markdown for records that leave chat. Whatever people typed stays text: it cannot become a link, a heading or HTML. */

/** Bidi controls, zero-width and other invisible characters: shown as their code point, so that nothing hides. */
const INVISIBLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/gu;

/** One line of plain text, every character that Markdown or HTML gives a meaning escaped. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(INVISIBLE, (c) => `[U+${c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`)
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~.:@-]/gu, (c) => `\\${c}`)
    .replace(/\s*\n\s*/gu, ' / ');

export const heading = (level: 1 | 2 | 3, text: string): string => `${'#'.repeat(level)} ${escapeMarkdown(text)}\n`;

export const bullet = (label: string, value: string): string =>
  `- **${escapeMarkdown(label)}:** ${escapeMarkdown(value)}`;

export const line = (text: string): string => `- ${escapeMarkdown(text)}`;
