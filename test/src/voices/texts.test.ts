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

describe('the page in several languages', () => {
  let page: VoicesPage;
  beforeAll(async () => {
    page = await openVoicesPage({ others: [...others, pseudoTexts(english)] });
  });
  afterAll(() => page.end());

  const get = async (path: string): Promise<string> => (await fetch(`${page.url}${path}`)).text();
  const linksOf = (html: string): string[] =>
    [...html.matchAll(/<a href="([^"]*)" lang="([\w-]+)" dir="\w+"[^>]*>([^<]*)<\/a>/g)].map((link) =>
      link.slice(1).join(' '),
    );

  it('links each to the same page in the others, by a plain address, where nobody typed anything yet', async () => {
    expect(linksOf(await get('/'))).toEqual(['./es/ es Español', './ar/ ar العربية']);
    expect(linksOf(await get('/es/'))).toEqual(['../ en English', '../ar/ ar العربية']);
    expect(linksOf(await get('/answers'))).toEqual(['./es/answers es Español', './ar/answers ar العربية']);
    expect(linksOf(await get('/es/answers'))).toEqual(['../answers en English', '../ar/answers ar العربية']);
    expect(await get('/es/')).toContain('<html lang="es" dir="ltr">');
    expect(await get('/ar/answers')).toContain('<html lang="ar" dir="rtl">');
    const redirected = await fetch(`${page.url}/es?x`, { redirect: 'manual' });
    expect(redirected.status).toBe(200);
    expect((await fetch(`${page.url}/es`)).url).toBe(`${page.url}/es/`);
  });

  it('takes a report in one, and opens its receipt in another', async () => {
    const form = await get('/es/');
    const [receipt, readers] = [hiddenIn(form, 'receipt'), hiddenIn(form, 'readers')];
    const sent = await (await page.post('/es/report', { receipt, readers, what: 'Nos vigilan.' })).text();
    expect(sent).toContain('<html lang="es"');
    expect(linksOf(sent)).toEqual([]);
    const missing = await page.post('/es/report', { receipt, readers, what: '' });
    expect(missing.status).toBe(400);
    const typed = await missing.text();
    expect(typed).toContain('<html lang="es"');
    expect(linksOf(typed)).toEqual([]);
    const conversation = await (await page.post('/answers', { receipt })).text();
    expect(conversation).toContain('<html lang="en"');
    expect(conversation).toContain('take-back');
    expect(linksOf(conversation)).toEqual([]);
  });

  it('says in its own that there is nothing, sets no cookie, and stays within a step', async () => {
    for (const [path, language, status] of [
      ['/es/nowhere', 'es', 404],
      ['/fr/', 'en', 404],
      ['/es/', 'es', 200],
    ] as const) {
      const response = await fetch(`${page.url}${path}`, { headers: { 'accept-language': 'ar' } });
      expect(response.status).toBe(status);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('content-security-policy')).toContain("script-src 'none'");
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.length).toBe(32 * 1024);
      expect(bytes.toString()).toContain(`<html lang="${language}"`);
    }
    const broken = await fetch(`${page.url}/es/report`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data' },
      body: 'no form',
    });
    expect(broken.status).toBe(400);
    expect(await broken.text()).toContain('<html lang="es"');
  });

  it('is one page without links where there is one language', async () => {
    const alone = await openVoicesPage();
    expect(linksOf(await (await fetch(`${alone.url}/`)).text())).toEqual([]);
    expect((await fetch(`${alone.url}/es/`)).status).toBe(404);
    await alone.end();
  });
});
