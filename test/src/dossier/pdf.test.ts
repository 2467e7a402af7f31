import { create } from 'fontkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { dossier } from '../../../blocks/dossier/dossier.ts';
import { dossierPdfOf } from '../../../src/dossier/dossier-file.ts';
import { fontDraws, REGULAR } from '../../../src/dossier/fonts.ts';
import { dossierPdf } from '../../../src/dossier/pdf.ts';
import { createSpelling } from '../../../src/dossier/spelling.ts';
import { dossierDeal, NAMES } from '../../support/dossier-deal.ts';
import { readPdf, withoutSpaces, type ReadPdf } from '../../support/pdf-reading.ts';

const { view, commits } = dossierDeal();
const proof = 'c2sp.org/tlog-proof@v1\nindex 3\nabc=\n';

let pdf: Buffer;
let read: ReadPdf;
beforeAll(async () => {
  pdf = await dossierPdfOf(view, { commits, proof });
  read = readPdf(pdf);
});

const parts = dossier(view, { commits, proof });
const count = (kind: 'heading' | 'line', level?: number): number =>
  parts.filter((part) => part.kind === kind && (level === undefined || ('level' in part && part.level === level)))
    .length;

describe('the PDF of a dossier', () => {
  it('has a title that is shown, a language, and says what each part is', () => {
    for (const words of ['/DisplayDocTitle true', '/Lang (en)', '/Marked true', '/Type /StructTreeRoot'])
      expect(read.dictionaries).toContain(words);
    expect(read.dictionaries).toMatch(/\/Title \(/u);
    expect(read.tagged('H1')).toBe(1);
    expect(read.tagged('H2')).toBe(count('heading', 2));
    expect(read.tagged('H3')).toBe(count('heading', 3));
    expect(read.tagged('LI')).toBe(count('line'));
    expect([read.tagged('Table'), read.tagged('TR'), read.tagged('TH'), read.tagged('TD')]).toEqual([1, 5, 9, 16]);
    expect(read.dictionaries.match(/\/Scope \/Column/gu)).toHaveLength(5);
    expect(read.dictionaries.match(/\/Type \/Outlines|\/Outlines /gu)).not.toBeNull();
  });

  it('can be searched and copied, and says all that the Markdown page says', () => {
    const { spell } = createSpelling(fontDraws);
    const feet = /Deal\S{0,120}?Page\d+of\d+/gu;
    const all = read.pages.map((page) => page.replace(feet, '')).join('');
    expect(all).not.toContain('\uFFFD');
    for (const part of parts) {
      const texts =
        part.kind === 'table' ? part.rows.flat() : part.kind === 'verbatim' ? part.text.split('\n') : [part.text];
      for (const text of texts) expect(all).toContain(withoutSpaces(spell(text)));
    }
  });

  it('embeds its fonts, and shows names in other letters spelled, never as boxes', () => {
    expect(read.dictionaries.match(/\/FontFile2 /gu)).toHaveLength(2);
    expect(read.dictionaries).not.toMatch(/Helvetica|Times|Courier/u);
    const [first = ''] = read.pages;
    expect(first).toContain(withoutSpaces(NAMES.customer));
    expect(first).toContain('‹BeiJingShiGongAnJu›');
    expect(first).toContain('ТОО«ҚазақБайланыс»');
    expect(first).toContain('ΕλληνικάΣυστήματαΑ.Ε.');
    expect(first).toMatch(/lettersthatthispagedoesnotdraw\(Chinesecharacters,Arabic/u);
  });

  it('numbers its pages, with the deal and the head of its record', () => {
    const last = commits.at(-1);
    read.pages.forEach((page, i) => {
      expect(page).toContain(
        withoutSpaces(`Deal ${view.deal.id}. Head of the record: version ${last?.version}, ${last?.hash}`),
      );
      expect(page).toContain(`Page${i + 1}of${read.pages.length}`);
    });
  });

  it('keeps what a board reads on page one, however much there is', async () => {
    const long = 'Überwachungsdirektion '.repeat(60);
    const condition = (id: string) => ({ id, text: long, owner: 'rep-1', due: '2027-06-01' });
    const { deal } = view;
    if (deal.status !== 'decided') throw new Error('decided');
    const { decision } = deal;
    const conditions = Array.from({ length: 20 }, (_, i) => condition(`c${i}`));
    const votes = Array.from({ length: 12 }, (_, i) => ({
      ...decision.votes[i % 2],
      outcome: 'decline' as const,
      rationale: long,
    })) as typeof decision.votes;
    const much = {
      ...view,
      deal: {
        ...deal,
        details: { ...deal.details, customer: long, endUser: { name: long, kind: 'security' as const } },
        decision: { ...decision, votes, conditions },
      },
    };
    const [first = '', second = ''] = readPdf(await dossierPdfOf(much, { commits })).pages;
    expect(first).toMatch(/Dissent.*inthewholedossier/u);
    expect(second).toMatch(/^Thedeal/u);
  });

  it('is the same for the same record', async () => {
    expect((await dossierPdfOf(view, { commits, proof })).equals(pdf)).toBe(true);
  });

  // A fraction slash once kept fontkit busy for ever: https://github.com/foliojs/fontkit/issues/123
  it('draws each letter that it says it draws, and fractions', async () => {
    const font = create(REGULAR);
    if (!('glyphForCodePoint' in font)) throw new Error('one font');
    const glyphs = new Set<number>();
    const letters = Array.from({ length: 0x30000 }, (_, codePoint) => codePoint)
      .filter((codePoint) => codePoint > 0x20 && !/\s|\p{M}|\p{C}/u.test(String.fromCodePoint(codePoint)))
      .filter(fontDraws)
      .map((codePoint) => String.fromCodePoint(codePoint).normalize('NFC'))
      // Two that look the same share a glyph, and are copied as the first of them.
      .filter((letter) => {
        const { id } = font.glyphForCodePoint(letter.codePointAt(0) ?? 0);
        return !glyphs.has(id) && glyphs.add(id);
      });
    expect(letters.length).toBeGreaterThan(1500);
    const text = `1\u20442 ${letters.join(' ')}`;
    const made = await dossierPdf({
      title: 't',
      parts: [{ kind: 'line', depth: 0, label: text, text }],
      foot: 'f',
      made: new Date(0),
    });
    const read = readPdf(made).pages.join('');
    expect(letters.filter((letter) => !read.includes(letter))).toEqual([]);
  });

  it('takes a text without spaces, in full', async () => {
    const text = 'x'.repeat(3000);
    const made = await dossierPdf({
      title: 't',
      parts: [{ kind: 'line', depth: 0, text }],
      foot: 'f',
      made: new Date(0),
    });
    expect(readPdf(made).pages.join('')).toContain(text);
  });

  it('leaves no heading at the foot of a page without what it stands over, wherever that foot is', async () => {
    for (let lines = 30; lines < 60; lines += 3) {
      const made = await dossierPdf({
        title: 't',
        parts: [
          ...Array.from({ length: lines }, (_, n) => ({ kind: 'line', depth: 0, text: `Line ${n}` }) as const),
          { kind: 'heading', level: 2, text: 'Holds' },
          { kind: 'paragraph', text: `Deals ${'that are on hold '.repeat(12)}` },
          {
            kind: 'table',
            rows: [
              ['Group', 'Number'],
              ['None', '0'],
            ],
          },
        ],
        foot: 'f',
        made: new Date(0),
      });
      const { pages } = readPdf(made);
      const on = pages.find((page) => page.includes('Holds')) ?? '';
      expect([lines, on]).toEqual([lines, expect.stringMatching(/HoldsDealsthat.*GroupNumberNone0/u)]);
    }
  });
});
