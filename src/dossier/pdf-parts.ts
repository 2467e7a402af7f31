/** How each part of the dossier is drawn and tagged in the PDF. Sizes and places are in points. */

import type { DossierPart, Line } from '../../blocks/dossier/parts.ts';

export type Doc = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

export interface Page {
  doc: Doc;
  /** The structure element of the whole document. */
  root: Element;
  /** Of running text. */
  size: number;
}

export const MARGIN = { top: 54, bottom: 60, left: 54, right: 54 };
const INDENT = 12;
const LINE = 1.35;
const HEADINGS = { 1: 17, 2: 13, 3: 10.5 } as const;
const TAGS = { 1: 'H1', 2: 'H2', 3: 'H3' } as const;

const widthOf = (doc: Doc): number => doc.page.width - MARGIN.left - MARGIN.right;

/** Begins a new page where less than `height` is left. */
const room = (doc: Doc, height: number): void => {
  if (doc.y + height > doc.page.height - MARGIN.bottom) doc.addPage();
};

/** `lines`: of running text that stay on one page with it. */
export const drawHeading = (
  { doc, root, size }: Page,
  { level, text }: Extract<DossierPart, { kind: 'heading' }>,
  lines: number,
): void => {
  const height = HEADINGS[level];
  room(doc, height * 2.4 + size * LINE * lines);
  if (doc.y > MARGIN.top) doc.y += height * 0.7;
  root.add(
    doc.struct(TAGS[level], {}, [
      () =>
        void doc
          .font('bold')
          .fontSize(height)
          .text(text, MARGIN.left, doc.y, { width: widthOf(doc) }),
    ]),
  );
  doc.y += height * 0.3;
  if (level === 2) doc.outline.addItem(text);
};

/** Running text. */
export const drawParagraph = ({ doc, root, size }: Page, text: string): void => {
  room(doc, size * LINE * 2);
  root.add(
    doc.struct('P', {}, [
      () =>
        void doc
          .font('regular')
          .fontSize(size)
          .text(text, MARGIN.left, doc.y, { width: widthOf(doc), lineGap: size * (LINE - 1.2) }),
    ]),
  );
  doc.y += size * 0.5;
};

/** A remark of the page's own. */
export const drawNote = ({ doc, root, size }: Page, text: string): void => {
  root.add(
    doc.struct('P', {}, [
      () =>
        void doc
          .font('regular')
          .fontSize(size * 0.85)
          .text(text, MARGIN.left, doc.y, { width: widthOf(doc) }),
    ]),
  );
  doc.y += size * 0.5;
};

/** The lists that are open, outermost first. */
interface Open {
  list: Element;
  body: Element;
  item: Element;
}

export const createLists = (doc: Doc, root: Element): { draw: (line: Line, size: number) => void; end: () => void } => {
  const open: Open[] = [];

  const closeTo = (depth: number): void => {
    for (const { list, body, item } of open.splice(depth)) {
      body.end();
      item.end();
      list.end();
    }
  };

  const add = (list: Element): Open => {
    const [item, body] = [doc.struct('LI'), doc.struct('LBody')];
    list.add(item);
    return { list, item, body };
  };

  const write = ({ label, text }: Line, x: number, size: number): void => {
    const at = { width: MARGIN.left + widthOf(doc) - x, lineGap: size * (LINE - 1.2) };
    doc.fontSize(size);
    if (label === undefined) return void doc.font('regular').text(text, x, doc.y, at);
    if (text === '') return void doc.font('bold').text(`${label}:`, x, doc.y, at);
    doc.font('bold').text(`${label}: `, x, doc.y, { ...at, continued: true });
    doc.font('regular').text(text, at);
  };

  return {
    end: () => closeTo(0),
    draw: (line, size) => {
      // A line deeper than any before it belongs to the last one.
      const depth = Math.min(line.depth, open.length);
      closeTo(depth + 1);
      room(doc, size * LINE);
      const last = open[depth];
      if (last) {
        last.body.end();
        last.item.end();
        open[depth] = add(last.list);
      } else {
        const list = doc.struct('L');
        (open[depth - 1]?.body ?? root).add(list);
        open.push(add(list));
      }
      const { item, body } = open[depth] ?? add(root);
      const [x, y] = [MARGIN.left + depth * INDENT, doc.y];
      item.add(
        doc.struct('Lbl', {}, [() => void doc.font('regular').fontSize(size).text('•', x, y, { lineBreak: false })]),
      );
      doc.y = y;
      item.add(body);
      body.add(() => write(line, x + INDENT * 0.8, size));
      doc.y += size * 0.15;
    },
  };
};

/** Its types do not know the scope yet. */
type CellOptions = PDFKit.Mixins.StructureElementOptions & { scope?: 'Column' | 'Row' };

const PAD = 4;

export const drawTable = ({ doc, root, size }: Page, { rows, here }: Extract<DossierPart, { kind: 'table' }>): void => {
  const columns = Math.max(...rows.map((cells) => cells.length));
  const first = columns > 1 ? 1.4 : 1;
  const unit = widthOf(doc) / (columns - 1 + first);
  const widths = Array.from({ length: columns }, (_, c) => (c === 0 ? unit * first : unit));
  const isHead = (r: number, c: number): boolean => r === 0 || c === 0;
  const isHere = (r: number, c: number): boolean => here !== undefined && r === here.row + 1 && c === here.column;
  const fontOf = (r: number, c: number): string => (isHead(r, c) || isHere(r, c) ? 'bold' : 'regular');
  const heights = rows.map((cells, r) =>
    Math.max(
      ...cells.map((cell, c) => {
        doc.font(fontOf(r, c)).fontSize(size);
        return doc.heightOfString(cell || ' ', { width: (widths[c] ?? unit) - 2 * PAD }) + 2 * PAD;
      }),
    ),
  );
  room(
    doc,
    heights.reduce((sum, height) => sum + height, size),
  );
  doc.y += size * 0.5;
  const table = doc.struct('Table');
  root.add(table);
  let { y } = doc;
  rows.forEach((cells, r) => {
    const height = heights[r] ?? 0;
    const row = doc.struct('TR');
    table.add(row);
    let x = MARGIN.left;
    cells.forEach((cell, c) => {
      const width = widths[c] ?? unit;
      doc.markContent('Artifact', { type: 'Layout' });
      doc.lineWidth(isHere(r, c) ? 1.5 : 0.5);
      if (isHere(r, c)) doc.rect(x + 1, y + 1, width - 2, height - 2).fillAndStroke('#dbe7ef', '#1f3a4d');
      else doc.rect(x, y, width, height).stroke('#888888');
      doc.fillColor('black');
      doc.endMarkedContent();
      const at = { width: width - 2 * PAD };
      const [left, top] = [x + PAD, y + PAD];
      const head: CellOptions = isHead(r, c) ? { scope: r === 0 ? 'Column' : 'Row' } : {};
      row.add(
        doc.struct(isHead(r, c) ? 'TH' : 'TD', head, [
          () => void doc.font(fontOf(r, c)).fontSize(size).text(cell, left, top, at),
        ]),
      );
      x += width;
    });
    row.end();
    y += height;
  });
  table.end();
  [doc.x, doc.y] = [MARGIN.left, y + size * 0.5];
};

const SMALLEST = 4;

/** Lines that somebody copies: each stays one line. */
export const drawVerbatim = ({ doc, root, size }: Page, text: string): void => {
  const lines = text.split('\n');
  doc.font('regular').fontSize(10);
  const widest = Math.max(1, ...lines.map((line) => doc.widthOfString(line)));
  const fits = Math.max(SMALLEST, Math.min(size * 0.85, (10 * (widthOf(doc) - 2)) / widest));
  for (const line of lines) {
    room(doc, fits * LINE);
    root.add(
      doc.struct('P', {}, [
        () =>
          void doc
            .font('regular')
            .fontSize(fits)
            .text(line === '' ? ' ' : line, MARGIN.left, doc.y, { width: widthOf(doc) }),
      ]),
    );
  }
};

const FOOT_SIZE = 6.5;

/** Writes the foot of every page. Screen readers pass over it. */
export const drawFooter = (doc: Doc, foot: string): void => {
  const { start, count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i += 1) {
    doc.switchToPage(start + i);
    const { margins, height } = doc.page;
    // Else the text would begin a page of its own.
    doc.page.margins = { ...margins, bottom: 0 };
    doc.markContent('Artifact', { type: 'Pagination' });
    doc.font('regular').fontSize(FOOT_SIZE).fillColor('#444444');
    const at = { width: widthOf(doc), lineBreak: false };
    doc.text(foot, MARGIN.left, height - 40, at);
    doc.text(`Page ${i + 1} of ${count}`, MARGIN.left, height - 40, { ...at, align: 'right' });
    doc.endMarkedContent();
    doc.page.margins = margins;
  }
};
