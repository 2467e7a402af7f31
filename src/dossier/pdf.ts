/**
 * The dossier as a tagged PDF: headings, lists and tables are what they are to a screen reader, and the text can be
 * searched and copied. It has the parts that the Markdown page has. ISO 32000-1, 14.8
 */

import PDFDocument from 'pdfkit';
import type { DossierPart } from '../../blocks/dossier/parts.ts';
import { yieldToOthers } from '../bell.ts';
import { BOLD, fontDraws, REGULAR } from './fonts.ts';
import {
  drawFooter,
  drawHeading,
  drawNote,
  drawParagraph,
  drawTable,
  drawVerbatim,
  createLists,
  MARGIN,
  type Page,
} from './pdf-parts.ts';
import { createSpelling, spelledWords, spellPart } from './spelling.ts';

export interface DossierPdf {
  title: string;
  parts: readonly DossierPart[];
  /** At the foot of each page, before its number. */
  foot: string;
  /** Absent: Clearthread. */
  author?: string | undefined;
  /** What has letters as they were written that the PDF spells. Absent: the record and its Markdown page. */
  original?: string | undefined;
  /** When it was made: the same dossier gives the same bytes. */
  made: Date;
}

/** The first page has to stay one page: it is drawn smaller until it is. In points. */
const FIRST_SIZES = [9.5, 8.5, 7.5];
const SIZE = 9.5;
/** Parts that are drawn without a pause. */
const AT_ONCE = 5;

const toBuffer = (doc: PDFKit.PDFDocument): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => void chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
    doc.end();
  });

const newDocument = ({ title, made, author = 'Clearthread' }: DossierPdf): PDFKit.PDFDocument => {
  const doc = new PDFDocument({
    size: 'A4',
    margins: MARGIN,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Author: author, CreationDate: made, ModDate: made },
  });
  doc.registerFont('regular', REGULAR);
  doc.registerFont('bold', BOLD);
  return doc;
};

/** A heading is never alone at the foot of a page, nor without the beginning of its table. */
const linesAfter = (next: readonly DossierPart[]): number => (next.some(({ kind }) => kind === 'table') ? 7 : 2);

/** `firstPages`: the number of pages before the first heading that begins a new one. */
const draw = async (
  made: DossierPdf & { note: string | undefined },
  firstSize: number,
): Promise<{ doc: PDFKit.PDFDocument; firstPages: number }> => {
  const doc = newDocument(made);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const lists = createLists(doc, root);
  const page: Page = { doc, root, size: firstSize };
  let firstPages: number | undefined;
  for (const [i, part] of made.parts.entries()) {
    // A long dossier takes a few hundred milliseconds, in which others want to be answered.
    if (i % AT_ONCE === 0) await yieldToOthers();
    if (part.kind !== 'line') lists.end();
    switch (part.kind) {
      case 'heading':
        if (part.page) {
          firstPages ??= doc.bufferedPageRange().count;
          page.size = SIZE;
          doc.addPage();
        }
        drawHeading(page, part, linesAfter(made.parts.slice(i + 1, i + 3)));
        if (part.level === 1 && made.note !== undefined) drawNote(page, made.note);
        break;
      case 'line':
        lists.draw(part, page.size);
        break;
      case 'table':
        drawTable(page, part);
        break;
      case 'paragraph':
        drawParagraph(page, part.text);
        break;
      case 'verbatim':
        drawVerbatim(page, part.text);
        break;
      default: {
        const never: never = part;
        return never;
      }
    }
  }
  lists.end();
  root.end();
  return { doc, firstPages: firstPages ?? 1 };
};

export const dossierPdf = async (dossier: DossierPdf): Promise<Buffer> => {
  const spelling = createSpelling(fontDraws);
  const parts = dossier.parts.map((part) => spellPart(part, spelling.spell));
  const foot = spelling.spell(dossier.foot);
  const spelled = { ...dossier, parts, note: spelledWords(spelling.scripts(), dossier.original) };
  const [first = SIZE, ...smaller] = FIRST_SIZES;
  let drawn = await draw(spelled, first);
  for (const size of smaller) if (drawn.firstPages > 1) drawn = await draw(spelled, size);
  drawFooter(drawn.doc, foot);
  return toBuffer(drawn.doc);
};
