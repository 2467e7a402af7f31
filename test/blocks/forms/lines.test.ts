import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIntermediaries, formatSources, parseIntermediaries, parseSources } from '../../../blocks/forms/lines.ts';

const sources = (text: string) => {
  const parsed = parseSources(text);
  return parsed.ok ? parsed.value : parsed.error;
};

describe('sources, one a line', () => {
  it.each([
    ['', []],
    [' \n\n ', []],
    ['Sample report', [{ name: 'Sample report' }]],
    ['Sample report, 2024', [{ name: 'Sample report', year: 2024 }]],
    ['Sample 2024 https://a.example/x', [{ name: 'Sample 2024', url: 'https://a.example/x' }]],
    [
      'Sample, A., report, 2024, https://a.example',
      [{ name: 'Sample, A., report', year: 2024, url: 'https://a.example/' }],
    ],
    ['One\r\nTwo, 1948', [{ name: 'One' }, { name: 'Two', year: 1948 }]],
    ['تقرير, 2023, https://a.example/ب', [{ name: 'تقرير', year: 2023, url: 'https://a.example/%D8%A8' }]],
  ])('reads %j', (text, expected) => {
    expect(sources(text)).toEqual(expected);
  });

  it.each([
    ['Sample, http://a.example', /Line 1: .*https:\/\//],
    ['Good\nSample, ftp://a.example', /Line 2: .*https:\/\//],
    ['Sample, javascript://a.example/%0Aalert(1)', /https:\/\//],
    ['Sample, https://user:secret@a.example', /https:\/\//],
    ['Sample, https://localhost', /https:\/\//],
    ['Sample, www.a.example', /https:\/\//],
    ['Sample, https://a.example and more', /end of the line/],
    ['https://a.example', /name/],
    ['Sample, 1947', /between 1948 and 2100/],
    ['Sample, 2101, https://a.example', /between 1948 and 2100/],
    ['x'.repeat(201), /200/],
    [Array.from({ length: 21 }, () => 'Sample').join('\n'), /at most 20/],
  ])('says what to do about %j', (text, expected) => {
    expect(sources(text)).toMatch(expected);
  });

  it('shows what it read in a form that reads the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.option(fc.integer({ min: 1900, max: 2200 })),
        (name, year) => {
          const first = parseSources(year === null ? name : `${name}, ${year}, https://a.example/${year}`);
          if (!first.ok) return;
          expect(parseSources(formatSources(first.value))).toEqual(first);
        },
      ),
    );
  });
});

describe('intermediaries, one a line', () => {
  it.each([
    ['', []],
    ['None.', []],
    ['Sample, Inc., reseller', [{ name: 'Sample, Inc.', role: 'reseller' }]],
    [
      'A, agent\n\nB, integrator',
      [
        { name: 'A', role: 'agent' },
        { name: 'B', role: 'integrator' },
      ],
    ],
  ])('reads %j', (text, expected) => {
    expect(parseIntermediaries(text)).toEqual({ ok: true, value: expected });
  });

  it.each([['A, agent\nB'], ['A, agent\n, reseller'], ['A, agent\nB, \u200b']])(
    'asks for name and role: %j',
    (text) => {
      expect(parseIntermediaries(text)).toEqual({ ok: false, error: expect.stringMatching(/^Line 2: .*role/) });
    },
  );

  it('shows what it read in a form that reads the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const first = parseIntermediaries(text);
        if (first.ok && first.value.length > 0)
          expect(parseIntermediaries(formatIntermediaries(first.value))).toEqual(first);
      }),
    );
  });
});
