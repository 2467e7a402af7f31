/** Files that people hand in: looked at once when they come, and again when somebody judges them. */

import type { FilesNow } from '../../blocks/cards/file-words.ts';
import { sizeWords } from '../../blocks/cards/file-words.ts';
import type { Read } from '../../blocks/forms/reading.ts';
import { ALL_CHATS, CHATS } from '../../flows/chats.ts';
import { isEvidenceType, MOST_FILE_BYTES } from '../../flows/evidence-file.ts';
import type { Source } from '../../flows/ids.ts';
import { NOT_READ_HERE, type FileRead } from '../edge/file-read.ts';
import type { Desk, Submit } from './desk.ts';

const tooLarge = (name: string, size: number): string =>
  `“${name}” is ${sizeWords(size)}. Please hand in files of at most ${sizeWords(MOST_FILE_BYTES)}, or name where it can be seen.`;

const wrongType = (name: string): string =>
  `“${name}” is of a kind that is not taken. Please hand in a paper, table, picture, mail or archive, such as a PDF.`;

/** Returns the files with what was seen of them, or what is wrong with one. */
const lookAt = async (
  desk: Desk,
  place: Submit['place'],
  files: readonly Source[],
): Promise<{ files: Source[]; problem?: string }> => {
  const chat = place?.platform;
  // A link that somebody typed names no file of the chat's: following it would be reading for them.
  const gives = chat !== undefined && CHATS[chat].givesFiles;
  const wrong = gives ? files.find(({ name }) => !isEvidenceType(name)) : undefined;
  if (wrong) return { files: [], problem: wrongType(wrong.name) };
  const seen = await Promise.all(
    files.map(async ({ url }): Promise<FileRead> =>
      gives && url !== undefined ? desk.readFile(chat, url) : NOT_READ_HERE,
    ),
  );
  for (const [i, read] of seen.entries()) {
    if (read.kind === 'too large') return { files: [], problem: tooLarge(files[i]?.name ?? 'A file', read.size) };
  }
  return {
    files: files.map((source, i) => {
      const read = seen[i] ?? NOT_READ_HERE;
      if (read.kind === 'read') return { ...source, file: { sha256: read.sha256, size: read.size } };
      return { ...source, file: { unread: read.kind === 'not read' ? read.why : 'failed' } };
    }),
  };
};

/** What the files are now, by link. Those that were never verified are not looked at. */
export const lookAgain = async (desk: Desk, sources: readonly Source[]): Promise<FilesNow> => {
  const found = await Promise.all(
    sources.map(async ({ url, file }): Promise<[string, FileRead][]> => {
      if (url === undefined || file?.sha256 === undefined) return [];
      const reads = await Promise.all(
        ALL_CHATS.filter((chat) => CHATS[chat].givesFiles).map((chat) => desk.readFile(chat, url)),
      );
      return [[url, reads.find(({ kind }) => kind === 'read') ?? reads[0] ?? NOT_READ_HERE]];
    }),
  );
  return new Map(
    found.flat().map(([url, read]) => [url, read.kind === 'read' ? read.sha256 : read.kind === 'not read' ? null : '']),
  );
};

/** Completes a form that brings files: for `complete`. */
export const withFiles = async <Value extends { files: Source[] }>(
  value: Value,
  { desk, place }: { desk: Desk; place: Submit['place'] },
): Promise<Read<Value>> => {
  const { files, problem } = await lookAt(desk, place, value.files);
  return problem === undefined ? { ok: true, value: { ...value, files } } : { ok: false, errors: { files: problem } };
};
