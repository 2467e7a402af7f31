/** Two handlers give a case to a court: one asks, the other agrees, and the file is made in the browser. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { CaseId } from '../../flows/voices/case.ts';
import { sealFile } from '../../src/voices/files/sealing.ts';
import { seal } from '../../src/voices/sealing.ts';
import { headed, press, status, text } from './case-room-pages.ts';
import type { CaseRoom } from './case-room.ts';
import type { Work } from './case-work-play.ts';
import { keep } from './passkey-phones.ts';

const COURT = 'Sample District Court, 12 U 34/26';
const CONTENT = Buffer.from('A page of Sample Notes');

/** Who reported it adds something, with a file. */
const addsTo = async (room: CaseRoom, id: CaseId): Promise<void> => {
  const { key, sealed } = await sealFile(
    (async function* () {
      yield CONTENT;
    })(),
  );
  const writer = room.files.begin();
  for await (const part of sealed) writer.write(part);
  const stored = writer.end();
  const files = [{ id: stored.id, name: 'notes <b>.html', bytes: CONTENT.length, key, cleaned: false }];
  const sealedTo = room.store.caseOf(id)?.sealedTo ?? [];
  const readers = room.handlers.all().filter((one) => one.left === undefined && sealedTo.includes(one.id));
  const forHandlers = await seal(
    { kind: 'words', text: 'I kept a page of notes.', files },
    readers.map(({ recipient }) => recipient),
  );
  const added = room.store.addTo(id, { day: '2026-11-27', forHandlers, mark: 'notes', files: [stored] });
  expect(added).toBe('added');
};

const opens = async (page: Page, id: CaseId): Promise<void> => {
  if (await page.getByRole('button', { name: 'All cases' }).isVisible()) await press(page, 'All cases');
  await press(page, id);
  await headed(page, id);
};

/** In an open case whose author can be answered: a draft is offered, and sent by a press of its own. */
export const tellsOfExport = async (ada: Page): Promise<void> => {
  await press(ada, 'Ask for an export…');
  await ada.getByLabel('Who asks for it?').fill(COURT);
  await ada.getByLabel('Why does it go out').fill('It is ordered.');
  await press(ada, 'Ask another handler');
  await status(ada, 'Kept. Another handler has to agree');
  await press(ada, 'Tell them about it…');
  await status(ada, 'A draft stands below');
  const draft = await ada.getByRole('textbox', { name: 'Write to them' }).inputValue();
  expect(draft).toContain('without the envelope in which you said who you are');
  await press(ada, 'Send');
  await status(ada, 'Sent.');
  await press(ada, 'Take it back…');
  await ada.getByRole('textbox').fill('The order was lifted.');
  await press(ada, 'Keep');
  await status(ada, 'Nothing is exported.');
  expect(await text(ada)).toContain('The order was lifted.');
};

export const goesToCourt = async (room: CaseRoom, { ada, ben, id, sent }: Work): Promise<void> => {
  const court = (page: Page) => page.locator('section').filter({ hasText: 'A court or an authority asks for it' });
  const asks = async (name: boolean): Promise<void> => {
    await press(ada, 'Ask for an export…');
    await press(ada, 'Ask another handler');
    await status(ada, 'Please write who asks for it.');
    await ada.getByLabel('Who asks for it?').fill(COURT);
    await ada.getByLabel('Why does it go out').fill('It is ordered, and counsel looked at it.');
    // What says who could be found by it stays here.
    const hold = ada.getByRole('group', { name: 'What goes out?' }).getByLabel('A hold was considered');
    expect(await hold.isChecked()).toBe(false);
    await ada.getByLabel('The files, too').check();
    expect(await ada.getByLabel('Also who they are').isChecked()).toBe(false);
    if (name) {
      await ada.getByLabel('Also who they are').check();
      await press(ada, 'Ask another handler');
      await status(ada, 'Please tick this first');
      await keep(ada, 'room-export-ask');
      await ada.getByLabel('I know that the name goes out').check();
    }
    await press(ada, 'Ask another handler');
    await status(ada, 'Kept. Another handler has to agree');
    expect(await court(ada).innerText()).toContain('You asked for it. Another handler has to agree.');
    expect(await ada.getByRole('button', { name: /Agree…|Make the file…/ }).count()).toBe(0);
  };
  await opens(ada, id);
  await asks(true);
  await opens(ben, id);
  expect(await court(ben).innerText()).toContain('The envelope with their name goes out.');
  await press(ben, 'Agree…');
  await ben.getByLabel('I read all that goes out').check();
  await press(ben, 'Agree');
  await status(ben, 'Please tick this first');
  await keep(ben, 'room-export-agree');
  await ben.getByLabel('I agree that the name goes out').check();
  // The case moves on: what they add now was in nobody's mind.
  await addsTo(room, id);
  await press(ben, 'Agree');
  await status(ben, 'Something happened in this case meanwhile');
  expect(await court(ben).innerText()).toContain('They wrote again since this was asked for.');
  expect(await ben.getByRole('button', { name: /Agree…|Make the file…/ }).count()).toBe(0);
  await opens(ada, id);
  await asks(false);
  await opens(ben, id);
  await press(ben, 'Agree…');
  await ben.getByLabel('I read all that goes out').check();
  await press(ben, 'Agree');
  await status(ben, 'Kept. Whoever asked for it can make the file now.');
  expect(await ben.getByRole('button', { name: 'Make the file…' }).count()).toBe(0);
  await opens(ada, id);
  expect(await court(ada).innerText()).toContain('Sample Ben agreed.');
  await keep(ada, 'room-export-agreed');
  await press(ada, 'Make the file…');
  const [download] = await Promise.all([ada.waitForEvent('download'), press(ada, 'Make the file')]);
  await status(ada, `Your browser saves it as ${id}.zip`);
  expect(download.suggestedFilename()).toBe(`${id}.zip`);
  const zip = readFileSync(await download.path());
  const inside = unzipSync(zip);
  const [file = ''] = Object.keys(inside).filter((path) => path.startsWith('files/'));
  expect(file).toMatch(/notes b\.html\.rename-to-open$/);
  expect(Buffer.from(inside[file] ?? '')).toEqual(CONTENT);
  const all = ['README.txt', 'case.html', 'case.json'].map((name) => strFromU8(inside[name] ?? Uint8Array.of()));
  const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  for (const part of ['They read the messages of a lawyer.', 'I kept a page of notes.', COURT, hashOf(CONTENT)])
    expect(all.join('\n')).toContain(part);
  // Neither the name, nor who could be found, nor what opens a sealed file.
  expect(all.join('\n')).not.toMatch(/Sample Speaker|Two engineers in the north|AGE-SECRET-KEY/);
  expect(await text(ada)).toContain(hashOf(zip));
  expect(await text(ada)).toContain('The case was exported: Sample Ada, 27 November 2026');
  await keep(ada, 'room-exported');
  expect(await ada.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  // The page is readable by itself, and runs nothing.
  await ben
    .context()
    .newPage()
    .then(async (page) => {
      await page.setContent(all[1] ?? '');
      await page.getByText('They read the messages of a lawyer.').waitFor();
      expect(await page.locator('script, img, b').count()).toBe(0);
      await keep(page, 'room-export-page');
      await page.close();
    });
  const clear = sent.filter((line) => line.includes('/api/act')).join('\n');
  for (const part of [COURT, 'counsel looked', hashOf(zip)]) expect(clear).not.toContain(part);
  expect(JSON.stringify(room.store.caseOf(id)?.events)).not.toMatch(/export|court/i);
  expect(room.logged).toEqual([]);
};
