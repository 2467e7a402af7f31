import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { chartSvg, chartWords } from '../../../blocks/chart.ts';
import { escapeXml } from '../../../blocks/drawing.ts';
import { pngOf } from '../../../src/pictures/svg-to-png.ts';
import { aDigest, fullDigest } from '../../support/digests.ts';

const SMALL = { width: 640, colours: 24 };
const sha = (png: Buffer): string => createHash('sha256').update(png).digest('hex');

/** Reads the pixels of a PNG with a palette, written with no filter. */
const pixelsOf = (png: Buffer): { width: number; height: number; at: (x: number, y: number) => string } => {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [header, palette, data] = ['IHDR', 'PLTE', 'IDAT'].map((type) => chunks.get(type) ?? Buffer.alloc(0));
  if (!header || !palette || !data) throw new Error('no PNG with a palette');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(data);
  const at = (x: number, y: number): string => {
    const index = rows[y * (width + 1) + 1 + x] ?? 0;
    return `#${palette.subarray(index * 3, index * 3 + 3).toString('hex')}`;
  };
  return { width, height, at };
};

describe("the digest's picture", () => {
  it('is the same for the same digest, byte by byte', () => {
    expect(sha(pngOf(chartSvg(fullDigest), SMALL))).toBe(sha(pngOf(chartSvg(structuredClone(fullDigest)), SMALL)));
    expect(sha(pngOf(chartSvg(aDigest()), SMALL))).not.toBe(sha(pngOf(chartSvg(fullDigest), SMALL)));
  });

  it('has paper of its own, pale and deep cells, and the bar', () => {
    const { width, height, at } = pixelsOf(pngOf(chartSvg(fullDigest), { width: 800, colours: 64 }));
    expect([width, height]).toEqual([800, 640]);
    expect(at(4, 4)).toBe('#ffffff');
    // Low, approved: the most there are.
    expect(at(540, 348)).toBe('#12477f');
    // Prohibited, in review: none.
    expect(at(306, 150)).toBe('#f1f4f7');
    expect([at(42, 555), at(760, 555)]).toEqual(['#fbe3b5', '#7a3604']);
  });

  it('writes with the shipped font, nothing of the machine', () => {
    const ink = (svg: string): number => {
      const { width, height, at } = pixelsOf(pngOf(svg, SMALL));
      let dark = 0;
      for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) dark += Number(at(x, y) === '#14202b');
      return dark;
    };
    expect(ink(chartSvg(fullDigest))).toBeGreaterThan(2000);
  });

  it('says the same in its words', () => {
    expect(chartWords(fullDigest)).toBe(
      'Deals by tier and stage on 15 March 2027. Prohibited: 1 answering. High: 3 answering, 4 in review, 6 conditions open, 9 approved, 1 suspended. Elevated: 7 answering, 5 in review, 11 conditions open, 38 approved. Low: 12 answering, 2 in review, 164 approved. No tier yet: 5 answering. 11 approvals wait: 4 up to 2 days, 5 3 to 7 days, 1 8 to 14 days, 1 over 14 days.',
    );
    expect(chartWords(aDigest())).toBe('Deals by tier and stage on 15 March 2027. There are none. No approval waits.');
  });

  it('stays within what a chat takes, however many deals there are', () => {
    const many = { answering: 99_999, review: 12_345, conditions: 9999, approved: 1_000_000, suspended: 1 };
    const cells = { prohibited: many, high: many, elevated: many, low: many, unknown: many };
    const digest = aDigest({ cells, ages: [4000, 12_345, 1, 999_999] });
    expect(chartWords(digest).length).toBeLessThan(1000);
    expect(pngOf(chartSvg(digest), SMALL).toString('base64').length).toBeLessThan(22_000);
  });

  it('is well-formed, and no text becomes markup', () => {
    for (const digest of [fullDigest, aDigest()]) {
      expect(() => new Resvg(chartSvg(digest))).not.toThrow();
      expect(chartSvg(digest)).not.toMatch(/NaN|undefined|Infinity/);
    }
    expect(escapeXml(`<script>&"'\u0000\u202E`)).toBe('&lt;script&gt;&amp;&quot;&#39;');
  });
});

describe('its colours', () => {
  /** WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const inWords = [
    ...chartSvg({ ...fullDigest, ages: [1, 1, 1, 1] }).matchAll(
      /<rect[^>]*fill="(#\w+)"\/><text[^>]*fill="(#\w+)"[^>]*>(?:\d+k?|1M\+|–)<\/text>/g,
    ),
  ].map(([, paper = '', ink = '']) => [paper, ink] as const);

  it('leave every figure readable on its ground', () => {
    expect(inWords.length).toBeGreaterThan(25);
    for (const [paper, ink] of inWords) expect(contrast(paper, ink), `${ink} on ${paper}`).toBeGreaterThan(4.5);
  });

  it('differ in brightness, so that nobody has to tell hues apart', () => {
    const steps = [
      ['#dbe9f6', '#a9cce8', '#66a3d2', '#2f74b0', '#12477f'],
      ['#fbe3b5', '#f2b45f', '#a8560f', '#7a3604'],
    ];
    for (const scale of steps) {
      for (const [i, colour] of scale.entries()) {
        const next = scale[i + 1];
        expect(chartSvg(fullDigest) + colour).toContain(colour);
        if (next !== undefined) expect(contrast(colour, next)).toBeGreaterThan(1.3);
      }
    }
  });
});
