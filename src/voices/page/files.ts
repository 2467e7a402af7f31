/** Files on the public pages: how they are chosen, and which of them were taken. */

import { FILE_LIMITS } from '../files/limits.ts';
import type { Taken } from '../files/taking.ts';
import { filled, type Texts } from '../texts.ts';
import { markup, type Html, type Part } from './html.ts';
import { field, list, tick } from './parts.ts';

const MB = 2 ** 20;

const FILLINGS = {
  files: FILE_LIMITS.files,
  size: FILE_LIMITS.file / MB,
  together: FILE_LIMITS.sending / MB,
};

/** Whether photos are cleaned, and whether what can't be goes in as it is. */
export interface FileTicks {
  clean: string;
  asItIs: string;
}

/** Part of a form that is sent as `multipart/form-data`. A browser fills no file in again: `ticks` are kept alone. */
export const chooseFiles = (texts: Texts, { clean, asItIs }: FileTicks): Html =>
  markup`${field(
    texts,
    texts.files,
    'files',
    filled(texts.filesHint, FILLINGS),
    markup`<input type="file" id="files" name="files" multiple aria-describedby="files-hint" />`,
  )}
    <div class="field">
      ${tick('checkbox', 'clean', 'yes', clean !== '', texts.clean, 'clean-hint')}
      <span class="hint" id="clean-hint">${texts.cleanHint}</span>
      ${tick('checkbox', 'asItIs', 'yes', asItIs !== '', texts.asItIs, 'as-it-is-hint')}
      <span class="hint" id="as-it-is-hint">${texts.asItIsHint}</span>
    </div>`;

/** What became of the files of one sending; nothing where there were none. */
export const filesPart = (texts: Texts, taken: Pick<Taken, 'files' | 'notTaken' | 'asTheyAre'> | undefined): Part => {
  if (!taken) return undefined;
  const { files, notTaken, asTheyAre } = taken;
  return [
    files.length === 0
      ? undefined
      : markup`<p role="status">${filled(texts.filesArrived, { number: files.length })}</p>`,
    asTheyAre.length === 0 ? undefined : [markup`<p>${texts.filesAsTheyAre}</p>`, list(asTheyAre)],
    notTaken.length === 0
      ? undefined
      : markup`<div class="problem" role="alert">
          <p><strong>${texts.filesNotTaken}</strong></p>
          ${list(notTaken.map(({ name, why }) => markup`<strong class="name">${name}</strong>: ${filled(texts[why], FILLINGS)}`))}
          <p>${filled(texts.filesHow, { tick: texts.asItIs })}</p>
        </div>`,
  ];
};
