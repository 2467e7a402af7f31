/** Reads files that people handed in with a form, to keep a hash of their content: no byte of them is kept. */

import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { MOST_FILE_BYTES } from '../../flows/evidence-file.ts';
import { parsedUrl } from '../../flows/url.ts';
import type { FileRead } from '../edge/file-read.ts';
import type { Logger } from '../log.ts';
import { slackCode } from './faults.ts';

/** A form must be answered within three seconds, with all of its files. */
const DEADLINE_MS = 1200;
/** A form that is redrawn while it is filled in reads no file again. */
const KEPT_MS = 10_000;
const MOST_KEPT = 100;

const GONE: ReadonlySet<string> = new Set(['file_not_found', 'file_deleted']);

export interface FileReaderOptions {
  /** With a deadline of its own. */
  client: Pick<WebClient, 'files'>;
  token: string;
  /** Base of the Web API; undefined: Slack's own. */
  apiUrl: string | undefined;
  logger: Logger;
  clock: () => Date;
  deadlineMs?: number;
}

/** `…/files/U…/F…/name`: https://docs.slack.dev/reference/objects/file-object */
const idIn = (link: string): string | undefined =>
  /\/(F[A-Z0-9]{2,30})(?:\/|$)/u.exec(parsedUrl(link)?.pathname ?? '')?.[1];

/** The token goes to Slack alone, or to where its API was said to be. */
const isSlacks = (url: string, apiUrl: string | undefined): boolean => {
  const parsed = parsedUrl(url);
  if (!parsed) return false;
  const { protocol, hostname, origin } = parsed;
  if (apiUrl !== undefined && origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
};

const hashOf = async (response: Response, size: number): Promise<FileRead> => {
  const hash = createHash('sha256');
  let read = 0;
  for await (const chunk of response.body ?? []) {
    hash.update(chunk as Uint8Array);
    read += (chunk as Uint8Array).length;
    if (read > MOST_FILE_BYTES) return { kind: 'too large', size: read };
  }
  // Slack answers a token without the right with its sign-in page.
  return read === size ? { kind: 'read', sha256: hash.digest('hex'), size } : { kind: 'not read', why: 'failed' };
};

export const createFileReader = (options: FileReaderOptions): ((link: string) => Promise<FileRead>) => {
  const { client, token, apiUrl, logger, clock, deadlineMs = DEADLINE_MS } = options;
  const kept = new Map<string, { at: number; read: Promise<FileRead> }>();

  const fetched = async (id: string, signal: AbortSignal): Promise<FileRead> => {
    const { file } = await client.files.info({ file: id });
    const { size, url_private_download: url, is_external: external } = file ?? {};
    if (external || url === undefined || size === undefined || !isSlacks(url, apiUrl))
      return { kind: 'not read', why: 'chat' };
    if (size > MOST_FILE_BYTES) return { kind: 'too large', size };
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'error', signal });
    if (!response.ok) return { kind: 'not read', why: response.status === 404 ? 'gone' : 'failed' };
    return hashOf(response, size);
  };

  const read = async (link: string): Promise<FileRead> => {
    const id = idIn(link);
    if (id === undefined) return { kind: 'not read', why: 'chat' };
    const signal = AbortSignal.timeout(deadlineMs);
    try {
      const slow = new Promise<FileRead>((resolve) => {
        signal.addEventListener('abort', () => resolve({ kind: 'not read', why: 'slow' }), { once: true });
      });
      const reading = fetched(id, signal);
      // Its failure after the deadline is nobody's.
      reading.catch(() => {});
      return await Promise.race([reading, slow]);
    } catch (error) {
      const code = slackCode(error);
      if (signal.aborted) return { kind: 'not read', why: 'slow' };
      logger.info('slack.file-not-read', { code });
      return { kind: 'not read', why: GONE.has(code) ? 'gone' : 'failed' };
    }
  };

  return (link) => {
    const now = clock().getTime();
    const known = kept.get(link);
    if (known && now - known.at < KEPT_MS) return known.read;
    if (kept.size >= MOST_KEPT) kept.clear();
    const found = read(link);
    const held = { at: now, read: found };
    kept.set(link, held);
    // What could not be read is tried again by the next who asks.
    void found.then(({ kind }) => {
      if (kind === 'not read' && kept.get(link) === held) kept.delete(link);
    });
    return found;
  };
};
