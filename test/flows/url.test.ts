/** Addresses parse alike however many were parsed before. */

import { describe, expect, it } from 'vitest';
import { parsedUrl } from '../../flows/url.ts';

const CALLS = 50_000;

describe('an address', () => {
  it.each([
    ['https://bücher.example.org/a', 'xn--bcher-kva.example.org'],
    ['https://a.рф', 'a.xn--p1ai'],
    ['nothing', undefined],
    ['', undefined],
  ])('%s parses alike after many others', (text, host) => {
    expect(parsedUrl(text)?.host).toBe(host);
    for (let n = 0; n < CALLS; n += 1) parsedUrl(`https://example.org/${n % 7}`);
    expect(parsedUrl(text)?.host).toBe(host);
  });
});
