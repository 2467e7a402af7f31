/**
 * The dossier as Markdown. Typed text stays text: it cannot become a link, a heading or HTML. Escaped is what CommonMark
 * or GitHub's dialect would misread there, and nothing else. https://spec.commonmark.org https://github.github.com/gfm
 */

import type { DossierPart, Line } from './parts.ts';

/** Characters that mean something inside a line, where they stand. A pair needs an end: a lone beginning is text. */
const INLINE = new RegExp(
  [
    // Before a mark it would escape that; at the end, what follows.
    String.raw`\\(?=[!-/:-@\[-\x60{-~]|$)`,
    '`',
    String.raw`(?<!\s)\*|\*(?!\s)`,
    // Inside a word it is a letter.
    String.raw`(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])`,
    String.raw`(?<=\S)~|~(?=~)`,
    // An amount is no formula.
    String.raw`(?<=\S)\$(?![\d])|\$(?=[$\x60])`,
    // Links, images, references and footnotes.
    String.raw`\](?=[(\[:])|\[(?=[\^\[])`,
    // Addresses that become links by themselves.
    String.raw`:(?=//)|(?<=mailto|xmpp):|(?<=www)\.|(?<=[\w.+-])@(?=\w)`,
  ].join('|'),
  'giu',
);

const inline = (text: string): string =>
  text
    .replace(INLINE, String.raw`\$&`)
    .replace(/&(?=#?\w+;)/gu, '&amp;')
    .replace(/<(?=[a-z/!?])/giu, '&lt;');

/** What begins a heading, a list, a quote, a rule, a task or a code block. */
const START = /^(?:(?=(?:#{1,6}|[-+*])(?:\s|$))|(?=>|-[\s-]|\[[ x]\])|(?<number>\d{1,9})(?=[.)](?:\s|$)))/iu;

const block = (text: string): string =>
  inline(text).replace(START, (_, number: string | undefined) => `${number ?? ''}\\`);

/** Hashes at the end close a heading. */
const ofHeading = (text: string): string => inline(text).replace(/(?<=^|\s)#+$/u, String.raw`\$&`);

const lineOf = ({ depth, label, text }: Line): string => {
  const said = label === undefined ? block(text) : `**${inline(label)}:** ${inline(text)}`.trimEnd();
  return `${'  '.repeat(depth)}- ${said}`;
};

const tableOf = ({ rows, here }: Extract<DossierPart, { kind: 'table' }>): string[] =>
  rows.flatMap((cells, r) => {
    const shown = cells.map((cell, c) => {
      const text = inline(cell).replaceAll('|', String.raw`\|`);
      return here !== undefined && r === here.row + 1 && c === here.column && text !== '' ? `**${text}**` : text;
    });
    const made = `| ${shown.join(' | ')} |`;
    return r === 0 ? [made, `|${' --- |'.repeat(cells.length)}`] : [made];
  });

/** A fence longer than any in the text. */
const fenceFor = (text: string): string =>
  '`'.repeat(Math.max(3, ...(text.match(/`+/gu) ?? []).map(({ length }) => length + 1)));

const linesOf = (part: DossierPart): string[] => {
  switch (part.kind) {
    case 'heading':
      return [`${'#'.repeat(part.level)} ${ofHeading(part.text)}`];
    case 'line':
      return [lineOf(part)];
    case 'table':
      return tableOf(part);
    case 'paragraph':
      return [block(part.text)];
    case 'verbatim': {
      const fence = fenceFor(part.text);
      return [`${fence}text`, ...part.text.split('\n'), fence];
    }
    default: {
      const never: never = part;
      return never;
    }
  }
};

export const markdownOf = (parts: readonly DossierPart[]): string => {
  const lines = parts.flatMap((part, i) => [
    ...(i === 0 || (part.kind === 'line' && parts[i - 1]?.kind === 'line') ? [] : ['']),
    ...linesOf(part),
  ]);
  return `${lines.join('\n')}\n`;
};
