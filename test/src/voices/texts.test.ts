/** The page in other languages: every word comes from its file, and each file says all of it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownTexts, type Texts } from '../../../src/voices/texts.ts';
import { pseudoTexts } from '../../support/pseudo-texts.ts';
import { hiddenIn, openVoicesPage, type VoicesPage } from '../../support/voices-page.ts';

const [english, ...others] = ownTexts();
if (english?.language !== 'en') throw new Error('no English');

const placesIn = (value: unknown): string[] => (String(value).match(/\{\w+\}/g) ?? []).toSorted();

describe.each(others.map((texts): [string, Texts] => [texts.language, texts]))(
  'the words in %s',
  (_language, texts) => {
    it.each(Object.keys(english).map((key) => key as keyof Texts))('fill in the same as in English: %s', (key) => {
      const [own, original] = [[texts[key] ?? []].flat(), [english[key] ?? []].flat()];
      expect(own.map(placesIn)).toEqual(original.map(placesIn));
    });

    it('say to who starts it that nobody has read them, until somebody did', () => {
      expect(texts.unread).toContain('not been read by anybody whose language it is');
    });
  },
);

describe('the page in another language, from right to left', () => {
  let page: VoicesPage;
  beforeAll(async () => {
    page = await openVoicesPage({ texts: pseudoTexts(english) });
  });
  afterAll(() => page.end());

  const COMPANYS_OWN = [
    'Sample Handler &lt;Two&gt;',
    'Sample Handler',
    'Sample Company',
    'Sample Ombudsperson',
    'Sample camera recorder',
    'Sample authority, by letter',
    'Sample role',
  ];
  /** What somebody reads, without what the company's own file says, and the signed receipt. */
  const read = (html: string): string =>
    COMPANYS_OWN.reduce(
      (text, own) => text.replaceAll(own, ''),
      html.replaceAll(/<style>[\s\S]*?<\/style>|<!--[\s\S]*?-->|<pre>[\s\S]*?<\/pre>/g, '').replaceAll(/<[^>]+>/g, ' '),
    ).replaceAll(/&\w+;/g, '');

  it('has no word that is not of its file, on any page', async () => {
    const form = await (await fetch(`${page.url}/`)).text();
    const receipt = hiddenIn(form, 'receipt');
    const readers = hiddenIn(form, 'readers');
    const pages = [
      form,
      await (await page.post('/report', { receipt, readers, what: '' })).text(),
      await (await page.post('/report', { receipt, readers, what: 'سلام' })).text(),
      await (await fetch(`${page.url}/answers`)).text(),
      await (await page.post('/answers', { receipt: '12' })).text(),
      await (await page.post('/answers', { receipt })).text(),
      await (await page.post('/add', { receipt, words: 'سلام' })).text(),
      await (await page.post('/take-back', { receipt })).text(),
      await (await page.post('/take-back', { receipt, sure: 'yes' })).text(),
      await (await fetch(`${page.url}/nowhere`)).text(),
    ];
    for (const html of pages) {
      expect(html).toContain('<html lang="ar" dir="rtl">');
      expect(read(html).match(/[A-Za-z]{3,}/g) ?? []).toEqual([]);
    }
    expect(pages[5]).toContain(
      new Intl.DateTimeFormat('ar', { dateStyle: 'long', timeZone: 'UTC' }).format(page.is.now),
    );
  });
});
