/** Words about files that were handed in as evidence: what the bot saw of them, and whether they are still the same. */

import type { FileSeen, UnreadBecause } from '../../flows/evidence-file.ts';
import type { Source } from '../../flows/ids.ts';
import type { Span } from '../card.ts';
import { capital } from '../words.ts';
import { sourceSpans } from './spans.ts';

/** `1.2 MB`, `340 kB`, `12 bytes` */
export const sizeWords = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000
    ? `${Math.round(bytes / 1000)} kB`
    : `${(bytes / 1_000_000).toFixed(1).replace('.0', '')} MB`;
};

const UNREAD: Record<UnreadBecause, string> = {
  chat: 'this chat lets the bot read no such file',
  gone: 'it was gone',
  slow: 'it took too long to read',
  failed: 'the chat did not give it out',
};

/** `340 kB, SHA-256 3f9a…`, or `not verified: …` */
export const fileWords = ({ sha256, size, unread }: FileSeen): string =>
  sha256 === undefined
    ? `not verified${unread === undefined ? '' : `: ${UNREAD[unread]}`}`
    : [...(size === undefined ? [] : [sizeWords(size)]), `SHA-256 ${sha256}`].join(', ');

/** Hashes of files as they are just now, by link; null: it could not be read. */
export type FilesNow = ReadonlyMap<string, string | null>;

/** Enough to compare by eye; the dossier has all of it. */
const SHOWN_HASH = 12;

const seenWords = ({ sha256, size, unread }: FileSeen): string =>
  capital(fileWords(sha256 === undefined ? { unread } : { sha256: `${sha256.slice(0, SHOWN_HASH)}…`, size }));

const nowSpans = ({ url, file }: Source, now: FilesNow | undefined): Span[] => {
  const found = now?.get(url ?? '');
  if (found === undefined || file?.sha256 === undefined) return [];
  if (found === null) return [' It could not be read again just now.'];
  return found === file.sha256
    ? [' It is the same as when it was handed in.']
    : [' ', { strong: 'It changed since it was handed in.' }];
};

/** One item for each file. `now`: absent, nobody looked again. */
export const fileItems = (sources: readonly Source[], now: FilesNow | undefined): Span[][] =>
  sources.flatMap((source): Span[][] =>
    source.file === undefined
      ? []
      : [[...sourceSpans([source], 1), ` ${seenWords(source.file)}.`, ...nowSpans(source, now)]],
  );

/** Sources in a row, then each file with what was seen of it. */
export const sourceAndFileSpans = (sources: readonly Source[], most: number, now: FilesNow | undefined): Span[] => [
  ...sourceSpans(
    sources.filter(({ file }) => file === undefined),
    most,
  ),
  ...fileItems(sources, now).flatMap((item): Span[] => [' ', ...item]),
];
