/** Reads a PDF as a screen reader or a search would: its text by the fonts' own tables, page by page. ISO 32000-1, 9.10 */

import { inflateSync } from 'node:zlib';

interface Item {
  dictionary: string;
  stream: string;
}

const itemsOf = (pdf: Buffer): Map<number, Item> => {
  const text = pdf.toString('latin1');
  const items = new Map<number, Item>();
  for (const { 1: id, index } of text.matchAll(/(?<=^|\n)(\d+) 0 obj\n/gu)) {
    const end = text.indexOf('\nendobj', index);
    const from = text.indexOf('stream\n', index);
    if (from === -1 || from > end) {
      items.set(Number(id), { dictionary: text.slice(index, end), stream: '' });
      continue;
    }
    const dictionary = text.slice(index, from);
    const length = Number(/\/Length (\d+)/u.exec(dictionary)?.[1] ?? 0);
    const bytes = Buffer.from(text.slice(from + 7, from + 7 + length), 'latin1');
    const stream = dictionary.includes('/FlateDecode')
      ? inflateSync(bytes).toString('latin1')
      : bytes.toString('latin1');
    items.set(Number(id), { dictionary, stream });
  }
  return items;
};

/** Text by glyph. */
const lettersOf = (cmap: string): Map<number, string> => {
  const letters = new Map<number, string>();
  for (const [, from = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/giu)) {
    [...list.matchAll(/<([0-9a-f ]*)>/giu)].forEach(([, codes = ''], i) => {
      const units = codes.split(' ').filter((unit) => unit !== '');
      letters.set(parseInt(from, 16) + i, String.fromCharCode(...units.map((unit) => parseInt(unit, 16))));
    });
  }
  return letters;
};

const reference = (dictionary: string, name: string): number | undefined => {
  const found = new RegExp(`/${name} \\[?(\\d+) 0 R`, 'u').exec(dictionary);
  return found ? Number(found[1]) : undefined;
};

export interface ReadPdf {
  /** All dictionaries, for what stands in them. */
  dictionaries: string;
  /** The text of each page, without white space. */
  pages: string[];
  /** Counts the structure elements with a tag. */
  tagged: (tag: string) => number;
}

/** Without white space: a line's end is a space or a break. */
export const withoutSpaces = (text: string): string => text.replace(/\s+/gu, '');

export const readPdf = (pdf: Buffer): ReadPdf => {
  const items = itemsOf(pdf);
  const at = (id: number | undefined): Item => items.get(id ?? -1) ?? { dictionary: '', stream: '' };
  const dictionaries = [...items.values()].map(({ dictionary }) => dictionary).join('\n');
  const kids = [...items.values()].find(({ dictionary }) => /\/Type \/Pages\b/u.test(dictionary))?.dictionary ?? '';
  const pageIds = [...(/\/Kids \[([^\]]*)\]/u.exec(kids)?.[1] ?? '').matchAll(/(\d+) 0 R/gu)].map(([, id]) =>
    Number(id),
  );
  const pages = pageIds.map((id) => {
    const page = at(id);
    const resources = at(reference(page.dictionary, 'Resources')).dictionary + page.dictionary;
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/gu)].map(([, name, font]) => [
        name,
        lettersOf(at(reference(at(Number(font)).dictionary, 'ToUnicode')).stream),
      ]),
    );
    let letters: Map<number, string> | undefined;
    let text = '';
    for (const [, font, shown = ''] of at(reference(page.dictionary, 'Contents')).stream.matchAll(
      /\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/gu,
    )) {
      if (font !== undefined) letters = fonts.get(font);
      for (const [, hex = ''] of shown.matchAll(/<([0-9a-f]+)>/giu)) {
        for (const [glyph] of hex.matchAll(/.{4}/gu)) text += letters?.get(parseInt(glyph, 16)) ?? '\uFFFD';
      }
    }
    return withoutSpaces(text);
  });
  return { dictionaries, pages, tagged: (tag) => dictionaries.match(new RegExp(`/S /${tag}\\b`, 'gu'))?.length ?? 0 };
};
