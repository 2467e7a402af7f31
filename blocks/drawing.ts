/** Pieces of drawings as SVG, in letters of the shipped font. A phone shows 800 units about 360 points wide: no text under 22. */

import { plainLine } from './text.ts';

/** The chart has its own background: it reads the same in a light and in a dark chat. */
export const INK = '#14202b';
export const QUIET = '#52616f';
export const PAPER = '#ffffff';
const EDGE = '#d5dde5';
export const NONE = '#f1f4f7';
export const escapeXml = (text: string): string =>
  plainLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

interface Words {
  x: number;
  y: number;
  size?: number | undefined;
  bold?: boolean | undefined;
  fill?: string | undefined;
  anchor?: 'start' | 'middle' | 'end' | undefined;
}

export const words = (text: string, { x, y, size = 24, bold = false, fill = INK, anchor = 'start' }: Words): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${bold ? ' font-weight="700"' : ''}>${escapeXml(text)}</text>`;

export const box = (x: number, y: number, width: number, height: number, fill: string, radius: number): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;

/** 1,200 does not fit a cell in large figures. */
export const figures = (n: number): string =>
  n < 10_000 ? String(n) : n < 999_500 ? `${Math.round(n / 1000)}k` : '1M+';

/** Draws the page under everything else: a chat may be dark. */
export const page = (width: number, height: number, inside: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter">`,
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>`,
    `<rect x="1" y="1" width="${width - 2}" height="${height - 2}" fill="none" stroke="${EDGE}" stroke-width="2"/>`,
    ...inside,
    '</svg>',
  ].join('');
