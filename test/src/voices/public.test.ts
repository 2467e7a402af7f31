import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { open, seal } from '../../../src/voices/sealing.ts';
import { openVoicesStore, type VoicesStore } from '../../../src/voices/store.ts';
import type { Texts } from '../../../src/voices/texts.ts';
import { hiddenIn, openVoicesPage, type Given, type VoicesPage } from '../../support/voices-page.ts';

const SECRET = 'They followed Amal Example home with our cameras';
const NAME = 'Bo Witness, +00 555 0100';

let voices: VoicesPage;
let store: VoicesStore;
let texts: Texts;
let url: string;
let identities: VoicesPage['identities'];
let logged: string[];

const post = (path: string, fields: Given): Promise<Response> => voices.post(path, fields);

const report = async (more: Given = {}): Promise<{ receipt: string; page: string; status: number }> => {
  const hidden = await voices.form();
  const response = await post('/report', { ...hidden, what: SECRET, ...more });
  return { receipt: hidden.receipt, page: await response.text(), status: response.status };
};

const firstSealed = (): Uint8Array => store.messagesOf(store.cases()[0]!.id)[0]!.forHandlers;

beforeEach(async () => {
  voices = await openVoicesPage();
  ({ store, texts, url, identities, logged } = voices);
});
afterEach(() => voices.end());

describe('the page on which people report', () => {
  it('has no script, cookie or anything from elsewhere, in one request below 50 kB', async () => {
    const response = await fetch(`${url}/`);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('etag')).toBeNull();
    expect(page).not.toMatch(/<script|<img|<link|src=|url\(|@import/i);
    expect(Buffer.byteLength(page)).toBe(32 * 1024);
  });

  it('names who reads, others to turn to, and shows a name as text', async () => {
    const page = await (await fetch(`${url}/`)).text();
    expect(page).toContain('Sample Handler &lt;Two&gt;');
    expect(page).toContain('Sample authority');
    expect(page).toContain('Sample Ombudsperson');
    expect(page).toContain('Sample camera recorder');
  });

  it('takes nothing while fewer than two people can read', async () => {
    voices.readers.pop();
    const page = await fetch(`${url}/`);
    expect(page.status).toBe(503);
    expect(await page.text()).toContain(texts.closedTitle);
    expect((await post('/report', { what: SECRET, readers: 'h-1' })).status).toBe(503);
    expect(store.cases()).toEqual([]);
  });
});

describe('a report', () => {
  it('is sealed to each reader, and nothing of it is in the store or the log', async () => {
    const { page, receipt } = await report({ who: NAME, where: 'Sample Town', concerns: [] });
    expect(page).toContain(texts.receiptTitle);
    expect(page.replaceAll(' ', '')).toContain(receipt);
    const [kept] = store.cases();
    expect(kept).toMatchObject({ day: '2026-11-27', sealedTo: ['h-1', 'h-2'], events: [] });
    for (const id of ['h-1', 'h-2']) {
      expect(await open(firstSealed(), identities[id]!)).toMatchObject({
        kind: 'report',
        what: SECRET,
        where: 'Sample Town',
      });
      expect(await open(kept!.who!, identities[id]!)).toEqual({ kind: 'who', text: NAME });
    }
    await expect(open(firstSealed(), identities['outside']!)).rejects.toThrow();
    const bytes = voices.everyByte();
    for (const trace of [SECRET, NAME, 'Sample Town', receipt, '15:04', '05.678']) expect(bytes).not.toContain(trace);
    expect(logged).toEqual([]);
  });

  it('keeps the name apart: the report does not have it', async () => {
    await report({ who: NAME });
    expect(JSON.stringify(await open(firstSealed(), identities['h-1']!))).not.toContain('Bo Witness');
  });

  it('can’t be opened by whom it concerns', async () => {
    await report({ concerns: 'h-1' });
    expect(store.cases()[0]!.sealedTo).toEqual(['h-2']);
    await expect(open(firstSealed(), identities['h-1']!)).rejects.toThrow();
    expect(await open(firstSealed(), identities['h-2']!)).toMatchObject({ what: SECRET });
  });

  it('that concerns all of them, where nobody is outside, is refused with a way out; what was typed stays', async () => {
    voices.is.outside = false;
    const { page, status } = await report({ concerns: ['h-1', 'h-2'] });
    expect(status).toBe(409);
    expect(page).toContain('Please go to somebody outside of Sample Company');
    expect(page).toContain(SECRET);
    expect(store.cases()).toEqual([]);
    expect(logged).toEqual([]);
  });

  it('goes outside where it concerns all of them', async () => {
    await report({ concerns: ['h-1', 'h-2'] });
    expect(store.cases()[0]!.sealedTo).toEqual(['outside']);
    expect(await open(firstSealed(), identities['outside']!)).toMatchObject({ what: SECRET });
    for (const id of ['h-1', 'h-2']) await expect(open(firstSealed(), identities[id]!)).rejects.toThrow();
  });

  it('is asked for again where a reader came while it was written: they could not be ticked', async () => {
    const hidden = await voices.form();
    await voices.reader('h-3', 'Sample Newcomer');
    const response = await post('/report', { ...hidden, what: SECRET, concerns: 'h-1' });
    const page = await response.text();
    expect(response.status).toBe(409);
    expect(page).toContain('Sample Newcomer');
    expect(page).toContain(SECRET);
    expect(page).toMatch(/value="h-1"\s+checked/);
    expect(store.cases()).toEqual([]);
    const sent = await post('/report', { receipt: hidden.receipt, readers: hiddenIn(page, 'readers'), what: SECRET });
    expect(await sent.text()).toContain(texts.receiptTitle);
  });

  it('that is sent twice, its first answer lost, is kept once under the same receipt', async () => {
    const hidden = await voices.form();
    const sent = { ...hidden, what: SECRET };
    const [first, second] = await Promise.all([post('/report', sent), post('/report', sent)]);
    for (const response of [first, second])
      expect((await response.text()).replaceAll(' ', '')).toContain(hidden.receipt);
    expect(store.cases()).toHaveLength(1);
    expect(store.messagesOf(store.cases()[0]!.id)).toHaveLength(1);
  });

  it('that is changed after “Back” and sent again loses neither text', async () => {
    const hidden = await voices.form();
    await post('/report', { ...hidden, what: SECRET });
    await post('/report', { ...hidden, what: 'And another thing.' });
    expect(store.cases()).toHaveLength(1);
    const messages = store.messagesOf(store.cases()[0]!.id);
    const texts = await Promise.all(messages.map(({ forHandlers }) => open(forHandlers, identities['h-2']!)));
    expect(texts).toMatchObject([{ what: SECRET }, { what: 'And another thing.' }]);
  });

  it('that gets a name after “Back” has it, sealed as the rest is', async () => {
    const hidden = await voices.form();
    await post('/report', { ...hidden, what: SECRET });
    await post('/report', { ...hidden, what: SECRET, who: NAME });
    expect(await open(store.cases()[0]!.who!, identities['h-1']!)).toEqual({ kind: 'who', text: NAME });
    expect(voices.everyByte()).not.toContain(NAME);
  });

  it('that was taken back and is sent once more says so, and is sent anew by the next press', async () => {
    const hidden = await voices.form();
    await post('/report', { ...hidden, what: SECRET });
    await post('/take-back', { receipt: hidden.receipt, sure: 'yes' });
    const refused = await post('/report', { ...hidden, what: SECRET });
    const page = await refused.text();
    expect(page).toContain(texts.sendAnew);
    expect(page).toContain(SECRET);
    const sent = await post('/report', { ...hidden, receipt: hiddenIn(page, 'receipt'), what: SECRET });
    expect(await sent.text()).toContain(texts.receiptTitle);
    expect(store.cases()).toHaveLength(2);
  });

  it('that is changed to concern a reader is not sealed to them the second time', async () => {
    const hidden = await voices.form();
    await post('/report', { ...hidden, what: SECRET });
    await post('/report', { ...hidden, what: 'It was Sample Handler.', concerns: 'h-1' });
    const second = store.messagesOf(store.cases()[0]!.id)[1]!;
    await expect(open(second.forHandlers, identities['h-1']!)).rejects.toThrow();
    expect(await open(second.forHandlers, identities['h-2']!)).toMatchObject({ what: 'It was Sample Handler.' });
  });

  it('keeps what was typed where it says nothing yet, or the disk is full', async () => {
    const empty = await report({ what: '  ', where: 'Sample Town' });
    expect(empty.status).toBe(400);
    expect(empty.page).toContain(texts.missing);
    expect(empty.page).toContain('Sample Town');
    voices.is.room = false;
    const full = await report({ where: '</textarea><b>x' });
    expect(full.status).toBe(503);
    expect(full.page).toContain(SECRET);
    expect(full.page).toContain('&lt;/textarea&gt;&lt;b&gt;x');
    expect(store.cases()).toEqual([]);
  });

  it('may be 40,000 characters of any script, and no more', async () => {
    const long = '界'.repeat(40_000);
    expect((await report({ what: long })).status).toBe(200);
    expect(await open(firstSealed(), identities['h-1']!)).toMatchObject({ what: long });
    expect((await report({ what: `${long}界` })).status).toBe(400);
    expect((await report({ what: 'x'.repeat(3_000_000) })).status).toBe(413);
    expect(store.cases()).toHaveLength(1);
  });

  it('is found where the process died right after: what has a receipt is kept', async () => {
    const { receipt } = await report();
    const again = openVoicesStore(voices.folder);
    expect(again.cases()).toHaveLength(1);
    again.close();
    expect(receipt).toMatch(/^\d{30}$/);
  });
});

describe('a receipt', () => {
  const answered = async (): Promise<string> => {
    const { receipt } = await report();
    const [kept] = store.cases();
    const message = {
      day: '2026-11-28',
      by: 'h-1',
      forHandlers: await seal({ kind: 'words', text: 'kept' }, [voices.readers[0]!.recipient]),
      forReporter: await seal({ kind: 'words', text: 'We read it. <b>Thank you</b>.' }, [kept!.recipient]),
    };
    expect(store.add(kept!.id, 0, { message, event: { kind: 'acknowledged', by: 'h-1', day: '2026-11-28' } })).toBe(
      true,
    );
    return receipt;
  };

  it('opens the answers, as text, and never the report itself', async () => {
    const page = await (await post('/answers', { receipt: await answered() })).text();
    expect(page).toContain('We read it. &lt;b&gt;Thank you&lt;/b&gt;.');
    expect(page).toContain('28 November 2026');
    expect(page).not.toContain(SECRET);
  });

  it('with a note that is not for them shows none of it', async () => {
    const receipt = await answered();
    const [kept] = store.cases();
    const forHandlers = await seal({ kind: 'words', text: 'between us' }, [voices.readers[0]!.recipient]);
    const note = { day: '2026-11-29', by: 'h-2', forHandlers, forReporter: undefined };
    store.add(kept!.id, 1, { message: note, event: { kind: 'found', by: 'h-2', day: '2026-11-29', as: 'credible' } });
    const page = await (await post('/answers', { receipt })).text();
    expect(page).not.toContain('between us');
    expect(page).not.toContain('29 November');
    expect(page).not.toContain('credible');
  });

  it('that is of nobody gets a page of the same size, and a typing error is said without asking the store', async () => {
    const there = await (await post('/answers', { receipt: await answered() })).text();
    const missing = await (
      await post('/answers', { receipt: '000000000000000000000000000097'.slice(0, 28) + '01' })
    ).text();
    const { receipt: nobodys } = await voices.form();
    const nothing = await (await post('/answers', { receipt: nobodys })).text();
    expect(nothing).toContain(texts.nothingTitle);
    for (const page of [there, missing, nothing]) expect(Buffer.byteLength(page)).toBe(32 * 1024);
    const short = await post('/answers', { receipt: '1234' });
    expect(short.status).toBe(400);
    expect(await short.text()).toContain('this has 4');
  });

  it('adds something, once however often it is sent', async () => {
    const receipt = await answered();
    for (let i = 0; i < 3; i++) {
      expect(await (await post('/add', { receipt, words: 'One more thing.' })).text()).toContain(texts.addedNow);
    }
    const messages = store.messagesOf(store.cases()[0]!.id);
    expect(messages).toHaveLength(3);
    expect(await open(messages[2]!.forHandlers, identities['h-2']!)).toEqual({
      kind: 'words',
      text: 'One more thing.',
    });
    expect(await (await post('/answers', { receipt })).text()).not.toContain('One more thing.');
  });

  it('does not add for whom the report concerns', async () => {
    const { receipt } = await report({ concerns: 'h-1' });
    await post('/add', { receipt, words: 'One more thing.' });
    const added = store.messagesOf(store.cases()[0]!.id)[1]!;
    await expect(open(added.forHandlers, identities['h-1']!)).rejects.toThrow();
    expect(await open(added.forHandlers, identities['h-2']!)).toMatchObject({ text: 'One more thing.' });
  });

  it('whose readers are all gone adds for whoever is outside, never for whom it concerns', async () => {
    const { receipt } = await report({ concerns: 'h-1' });
    voices.readers = voices.readers.filter(({ id }) => id !== 'h-2');
    await post('/add', { receipt, words: 'One more thing.' });
    const added = store.messagesOf(store.cases()[0]!.id)[1]!;
    await expect(open(added.forHandlers, identities['h-1']!)).rejects.toThrow();
    expect(await open(added.forHandlers, identities['outside']!)).toMatchObject({ text: 'One more thing.' });
  });

  it('takes the report back only with the tick, and erases every sealed byte of it', async () => {
    const { receipt } = await report({ who: NAME });
    const sealed = Buffer.from(firstSealed()).subarray(2000, 2060).toString('latin1');
    expect(voices.everyByte()).toContain(sealed);
    expect(await (await post('/take-back', { receipt })).text()).toContain(texts.takeBackTick);
    expect(store.messagesOf(store.cases()[0]!.id)).toHaveLength(1);
    const page = await (await post('/take-back', { receipt, sure: 'yes' })).text();
    expect(page).toContain('You took it back on 27 November 2026');
    expect(store.cases()[0]!.who).toBeUndefined();
    expect(voices.everyByte()).not.toContain(sealed);
    expect(await (await post('/add', { receipt, words: 'Once more.' })).text()).not.toContain(texts.addedNow);
    expect(store.messagesOf(store.cases()[0]!.id)).toEqual([]);
  });

  it('says by which day there is an answer, and when that day is over', async () => {
    const { receipt } = await report();
    expect(await (await post('/answers', { receipt })).text()).toContain('We answer by 4 December 2026');
    voices.is.now = new Date('2026-12-10T00:00:00Z');
    expect(await (await post('/answers', { receipt })).text()).toContain('should have been one by 4 December 2026');
  });
});

describe('a fault', () => {
  it('keeps what was typed, shows a number, and logs that number with no word of the report and no time of the day', async () => {
    voices.readers = voices.readers.map((one) => ({ ...one, recipient: 'age1pq1broken' }));
    const { page, status } = await report();
    expect(status).toBe(500);
    expect(page).toContain(SECRET);
    const [line = ''] = logged;
    const { trace, day, ...rest } = JSON.parse(line) as Record<string, unknown>;
    expect(page).toContain(String(trace));
    expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(JSON.stringify(rest)).not.toContain('Amal');
    expect(Object.keys(rest).toSorted()).toEqual(['error', 'event', 'level']);
  });

  it('of an address that is not there, or a body that is none, is a page like the others', async () => {
    const response = await fetch(`${url}/nothing`);
    expect(response.status).toBe(404);
    expect(Buffer.byteLength(await response.text())).toBe(32 * 1024);
    const broken = await fetch(`${url}/answers`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(broken.status).toBe(400);
    expect(await broken.text()).not.toContain('longer than');
  });
});
