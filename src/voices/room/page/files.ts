/** Files that came with a message: opened in this browser, and saved. None is ever shown: a picture may be made to harm. */

import { Decrypter } from 'age-encryption';
import { savedName, shownName, type SealedFile } from '../../../../flows/voices/files.ts';
import { element } from '../../../signing/page/draw.ts';
import { askBytes, trying } from './ask.ts';
import { button, say, words } from './view.ts';

const MB = 2 ** 20;

/** Rounded up: no file has 0 kB. */
const sizeWords = (bytes: number): string =>
  bytes < MB ? `${Math.max(1, Math.ceil(bytes / 1024))} kB` : `${(bytes / MB).toFixed(1)} MB`;

/** Returns its bytes without the padding. Throws where a byte is another, or some are missing. */
const bytesIn = async (sealed: ReadableStream<Uint8Array>, { key, bytes }: SealedFile): Promise<Blob> => {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  const whole = await new Response(await decrypter.decrypt(sealed)).blob();
  if (whole.size < bytes) throw new Error('A file is shorter than it was.');
  return whole.slice(0, bytes, 'application/octet-stream');
};

/** Fetches and opens a file; undefined where a byte is another, or some are missing. Throws as `askBytes`. `id`: of the case. */
export const openedFile = async (id: string, file: SealedFile): Promise<Blob | undefined> => {
  const sealed = await askBytes('file', { id, file: file.id });
  return bytesIn(sealed, file).catch(() => undefined);
};

/** Longer than any browser takes to begin saving. */
const SAVED_MS = 60_000;

export const save = (blob: Blob, name: string): void => {
  const url = URL.createObjectURL(blob);
  const link = element('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), SAVED_MS);
};

const CHANGED = 'This file can’t be opened: somebody changed it, or a part of it is missing.';

const fetchAndSave = async (id: string, file: SealedFile): Promise<void> => {
  const name = savedName(file.name);
  say('The file is fetched and opened…');
  const blob = await openedFile(id, file);
  if (!blob) return say(CHANGED);
  save(blob, name);
  say(`Your browser saves it as ${name}.`);
};

const STATES = {
  cleaned: 'a photo, cleaned of place, time and device',
  asItIs: 'as it was sent, so it may say who made it, where and when',
};

/** Nothing where there are none. `id`: of the case. */
export const fileList = (id: string, files: readonly SealedFile[]): HTMLElement[] => {
  if (files.length === 0) return [];
  const items = files.map((file) => {
    const name = shownName(file.name) || 'A file without a name';
    const press = button(`Save ${name}`, () => void trying(() => fetchAndSave(id, file)), 'wide');
    press.append(
      element('span', {
        text: `${sizeWords(file.bytes)}; ${file.cleaned ? STATES.cleaned : STATES.asItIs}.`,
        className: 'quiet',
      }),
    );
    return element('li', {}, press);
  });
  return [
    element('h3', { text: files.length === 1 ? '1 file' : `${files.length} files` }),
    element('ul', { className: 'plain' }, ...items),
    words(
      'Anybody can send anything, and a file can harm a machine or tell its sender that it was opened. Save it where it can do neither: on a machine apart, without a network.',
      'note',
    ),
  ];
};
