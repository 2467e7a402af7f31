/**
 * A stand-in for a Watchman server, over a real socket: it answers and refuses what moov-io/watchman does by its sources
 * (internal/search/api_search.go and its test, pkg/search/models.go, internal/download/download.go), and finds names by their words.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListedEntity {
  id: string;
  name: string;
  list?: string;
  type?: 'person' | 'business' | 'organization' | 'vessel' | 'aircraft';
  altNames?: string[];
  country?: string;
  programs?: string[];
  born?: string;
}

/** What the server does with each request but the good one. */
export type BadDay = (req: IncomingMessage, res: ServerResponse) => void;

export interface WatchmanStandIn {
  at: string;
  /** Path and query of every request, in their order. */
  asked: string[];
  /** Takes in lists anew. `sizes`: entries that a list is said to have beyond those that are given. */
  load(entities: readonly ListedEntity[], sizes?: Readonly<Record<string, number>>): void;
  /** From now on; undefined: a good day. */
  badDay: BadDay | undefined;
  end(): Promise<void>;
}

const ALLOWED: ReadonlySet<string> = new Set(
  'name type limit minMatch requestID debug debugSourceIDs source email emailAddress emailAddresses phone phoneNumber phoneNumbers fax faxNumber faxNumbers website websites address addresses cryptoAddress cryptoAddresses'.split(
    ' ',
  ),
);

const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** As low as the server's for a name without more: the very same one is 0.767 there. */
const SAME = 0.767;
const matchOf = (asked: string, { name, altNames = [] }: ListedEntity): number =>
  Math.max(
    ...[name, ...altNames].map((one) => {
      const [words, wanted] = [new Set(wordsOf(one)), wordsOf(asked)];
      const shared = wanted.filter((word) => words.has(word)).length;
      return (SAME * 2 * shared) / (words.size + wanted.length);
    }),
  );

const MEMBERS = ['person', 'business', 'organization', 'aircraft', 'vessel'] as const;

const written = (entity: ListedEntity, match: number) => {
  const { id, name, list = 'us_ofac', type = 'person', altNames, country, programs, born } = entity;
  const own = { name, altNames: altNames ?? null, ...(type === 'person' ? { birthDate: born ?? null } : {}) };
  return {
    name,
    entityType: type,
    sourceList: list,
    sourceID: id,
    ...Object.fromEntries(MEMBERS.map((member) => [member, member === type ? own : null])),
    contact: { emailAddresses: null, phoneNumbers: null, faxNumbers: null, websites: null },
    addresses: country
      ? [
          {
            line1: '1 Made-up St',
            line2: '',
            city: 'Nowhere',
            postalCode: '',
            state: '',
            country,
            latitude: 0,
            longitude: 0,
          },
        ]
      : null,
    cryptoAddresses: null,
    affiliations: null,
    sanctionsInfo: programs ? { programs, secondary: false, description: '' } : null,
    historicalInfo: null,
    sourceData: { anything: 'of the source' },
    match,
  };
};

const json = (res: ServerResponse, status: number, body: object): void => {
  res.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
};

export const watchmanStandIn = async (): Promise<WatchmanStandIn> => {
  let entities: readonly ListedEntity[] = [];
  let info = { lists: {}, listHashes: {}, startedAt: '0001-01-01T00:00:00Z', endedAt: '0001-01-01T00:00:00Z' };
  let loads = 0;

  const search = (query: URLSearchParams, res: ServerResponse): void => {
    const extra = [...query.keys()].filter((key) => !ALLOWED.has(key));
    if (extra.length > 0)
      return json(res, 400, { error: `extra/unused query parameters in request: ${extra.join(',')}` });
    const name = (query.get('name') ?? '').trim();
    const limit = Math.min(100, Number(query.get('limit')) || 10);
    const found = entities
      .map((entity) => ({ entity, match: matchOf(name, entity) }))
      .filter(({ match }) => match > 0.001 && match >= Number(query.get('minMatch') ?? 0))
      .toSorted((a, b) => b.match - a.match)
      .slice(0, limit)
      .map(({ entity, match }) => written(entity, match));
    json(res, 200, { query: { name }, entities: found.length === 0 ? null : found });
  };

  const standIn: WatchmanStandIn = {
    at: '',
    asked: [],
    badDay: undefined,
    load: (given, sizes = {}) => {
      entities = given;
      loads += 1;
      const lists: Record<string, number> = { ...sizes };
      for (const { list = 'us_ofac' } of given) lists[list] = (lists[list] ?? 0) + 1;
      const hashOf = (name: string): string =>
        Buffer.from(JSON.stringify(given.filter(({ list = 'us_ofac' }) => list === name)))
          .toString('hex')
          .slice(-64);
      info = {
        lists,
        listHashes: Object.fromEntries(Object.keys(lists).map((name) => [name, hashOf(name) || '00'])),
        startedAt: `2027-02-01T00:00:00.1234567${loads}Z`,
        endedAt: `2027-02-01T00:00:${String(loads).padStart(2, '0')}.123456789Z`,
      };
    },
    end: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  const server: Server = createServer((req, res) => {
    standIn.asked.push(req.url ?? '');
    if (standIn.badDay) return standIn.badDay(req, res);
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://stand-in');
    if (req.method !== 'GET') return void res.writeHead(405).end();
    if (pathname === '/v2/listinfo') return json(res, 200, { ...info, version: 'v0.69.0' });
    if (pathname === '/v2/search') return search(searchParams, res);
    res.writeHead(404).end('404 page not found\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  standIn.at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standIn;
};
