/**
 * Asks a Watchman server that the company runs itself: `GET /v2/listinfo` and `GET /v2/search` of moov-io/watchman 0.52 and later
 * (docs/search.md and internal/search/api_search.go there). A name stands in the address that is asked, and in nothing else: not in
 * the log, nor in an error.
 */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonical } from '../../flows/canonical.ts';
import type { Instant } from '../../flows/ids.ts';
import { ListProblem } from './read-list.ts';

/** What the server says of its lists. */
export interface WatchmanLists {
  /** Of the names, entries and hashes of its lists, and of its own version: hex. */
  sha256: string;
  /** When it last took them in. */
  asOf: Instant;
  /** By the server's name of the list. */
  entries: Readonly<Record<string, number>>;
}

export interface Watchman {
  /** Origin of the server. */
  at: string;
  /** Throws ListProblem, also where the server has no list yet. */
  lists(): Promise<WatchmanLists>;
  /** Returns whom the server finds for a name, at most a hundred. Throws ListProblem. */
  search(name: string): Promise<WatchmanEntity[]>;
}

/** The server takes no more. */
export const MOST_FOUND = 100;
const MOST_BYTES = 8 * 2 ** 20;
const TIME_LIMIT_MS = 5000;

const listName = z.string().regex(/^[\w.-]{1,60}$/);

const ListInfo = z.object({
  lists: z.record(listName, z.number().int().positive()),
  listHashes: z.record(listName, z.string().max(200)),
  endedAt: z.iso.datetime({ offset: true }),
  version: z.string().max(100),
});

const texts = z.array(z.string()).nullish();
const subject = z.object({ altNames: texts, birthDate: z.string().nullish() }).nullish();
const word = z.string().nullish();

/** What of an entity is read; Go writes nothing as `null`. */
const Entity = z.object({
  name: z.string().trim().min(1),
  entityType: z.string(),
  sourceList: z.string().min(1),
  sourceID: z.string().min(1),
  person: subject,
  business: subject,
  organization: subject,
  aircraft: subject,
  vessel: subject,
  addresses: z
    .array(z.object({ line1: word, line2: word, city: word, postalCode: word, state: word, country: word }))
    .nullish(),
  sanctionsInfo: z.object({ programs: texts }).nullish(),
  match: z.number().min(0).max(1),
});
export type WatchmanEntity = z.infer<typeof Entity>;

const Found = z.object({ entities: z.array(Entity).max(MOST_FOUND).nullable() });

const textOf = async (body: AsyncIterable<Uint8Array>, tooLong: string): Promise<string> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > MOST_BYTES) throw new ListProblem(tooLong);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};

/** `minMatch`: 0 to 1, from where on the server's own score counts as a hit. */
export const createWatchman = (
  { at, minMatch }: { at: string; minMatch: number },
  timeLimitMs: number = TIME_LIMIT_MS,
): Watchman => {
  /** Leads nowhere else, whatever the server says. */
  const asked = async <T>(path: string, query: Record<string, string>, shape: z.ZodType<T>): Promise<T> => {
    const url = new URL(path, at);
    url.search = new URLSearchParams(query).toString();
    let text: string;
    try {
      const signal = AbortSignal.timeout(timeLimitMs);
      const answer = await fetch(url, { redirect: 'manual', headers: { accept: 'application/json' }, signal });
      if (answer.status !== 200 || !answer.body) {
        await answer.body?.cancel();
        throw new ListProblem(`The Watchman server at ${at} answered ${answer.status}.`);
      }
      text = await textOf(answer.body, `The Watchman server at ${at} answers at too great a length.`);
    } catch (error) {
      if (error instanceof ListProblem) throw error;
      // The cause may quote what was asked: it is left out.
      throw new ListProblem(`The Watchman server at ${at} did not answer, or not in time.`);
    }
    const read = shape.safeParse(parsed(text));
    if (!read.success) throw new ListProblem(`The Watchman server at ${at} answered something else than it should.`);
    return read.data;
  };
  return {
    at,
    lists: async () => {
      const { lists, listHashes, endedAt, version } = await asked('/v2/listinfo', {}, ListInfo);
      const names = Object.keys(lists);
      if (names.length === 0) throw new ListProblem(`The Watchman server at ${at} has no list yet.`);
      if (names.some((name) => !listHashes[name]))
        throw new ListProblem(`The Watchman server at ${at} has a list without a hash.`);
      const said = canonical({ lists, listHashes, version, minMatch });
      const sha256 = createHash('sha256').update(said).digest('hex');
      return { sha256, asOf: new Date(endedAt).toISOString(), entries: lists };
    },
    search: async (name) => {
      const query = { name, minMatch: String(minMatch), limit: String(MOST_FOUND) };
      return (await asked('/v2/search', query, Found)).entities ?? [];
    },
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
