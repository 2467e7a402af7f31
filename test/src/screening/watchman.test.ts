/** Parties are looked up on a Watchman server: its hits are settled like ours, and on its bad days nothing passes. */

import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { comparedWords, hitItems } from '../../../blocks/cards/hit-words.ts';
import { approvalHeld } from '../../../flows/deal/context/holds.ts';
import { listLines } from '../../../flows/digest/lists.ts';
import { listsInUse } from '../../../flows/registers/screening.ts';
import type { CliCommand } from '../../../src/cli/io.ts';
import { screeningImport } from '../../../src/cli/screening-import.ts';
import { screeningCheck } from '../../../src/cli/screening.ts';
import { readConfig } from '../../../src/config/config.ts';
import { createLogger } from '../../../src/log.ts';
import { followWatchman, takeWatchman } from '../../../src/screening/watchman-lists.ts';
import { createWatchman, type Watchman } from '../../../src/screening/watchman.ts';
import { openWatchman } from '../../../src/startup/preconditions.ts';
import { hitsIn, screenedDesk, type ScreenedDesk } from '../../support/screened-deals.ts';
import { FIXTURES } from '../../support/screening.ts';
import { watchmanStandIn, type BadDay, type ListedEntity, type WatchmanStandIn } from '../../support/watchman.ts';
import { runCommand } from '../cli/run.ts';

const QORVATH: ListedEntity = {
  id: '48603',
  name: 'Ilmaras QORVATH',
  altNames: ['Ilmo QORVATH', 'The Baker'],
  country: 'NO',
  programs: ['SDGT'],
  born: '1961-04-17T00:00:00Z',
};
const OTHER: ListedEntity = { id: '7', name: 'Zevranka Dynamics Group', type: 'business', list: 'us_csl' };
const LISTED = { endUser: { name: 'Ilmaras Qorvath', kind: 'private' as const } };
const SIZES = { us_ofac: 100, us_csl: 40 };
const TIME_LIMIT_MS = 400;

let server: WatchmanStandIn;
let watchman: Watchman;
let at: ScreenedDesk;
let logged: string;
beforeEach(async () => {
  server = await watchmanStandIn();
  server.load([QORVATH, OTHER], SIZES);
  watchman = createWatchman({ at: server.at, minMatch: 0.59 }, TIME_LIMIT_MS);
  logged = '';
  const lines = new PassThrough().on('data', (chunk: Buffer) => (logged += chunk.toString()));
  at = screenedDesk({ watchman, logger: createLogger('debug', lines) });
});
afterEach(async () => {
  await server.end();
  await at.end();
});

const register = () => at.desk.registers.screening;
const take = () => takeWatchman(watchman, register());
const follow = () => followWatchman(watchman, register());
const used = async () => listsInUse((await register().read()).state)[0];
const hits = async (deal: string) => hitsIn((await at.view(deal)).deal);
const held = async (deal: string) => approvalHeld(await at.view(deal));
const searches = () => server.asked.filter((url) => url.startsWith('/v2/search'));
const clear = async (deal: string) => {
  const flag = (await at.view(deal)).deal.ownFlags.findLast(({ status }) => status === 'pending');
  const reason = 'Another person: born in 1990, not 1961.';
  return at.act(deal, 'compliance-1', { type: 'DismissFlag', flag: flag?.id ?? '', reason });
};

describe('a deal', () => {
  it('whose party the server finds has a flag that waits for compliance, with what the server says of it', async () => {
    await take();
    const deal = await at.openWith(LISTED);
    expect(await held(deal)).toContain('not screened yet');
    expect(comparedWords(await at.view(deal))).toEqual([
      'Not screened yet: the parties are still to be compared with watchman.',
    ]);
    expect(await at.screening.look()).toBe(1);
    expect(comparedWords(await at.view(deal)).join()).not.toContain('Not screened yet');
    expect(await held(deal)).toBeUndefined();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = us_ofac/48603: pending']);
    expect((await at.view(deal)).deal.screened?.hits[0]).toMatchObject({
      list: 'watchman',
      score: 0.767,
      matched: 'Ilmaras QORVATH',
      isAlias: false,
      entry: { source: 'us_ofac', type: 'person', countries: ['NO'], programmes: ['SDGT'] },
      why: [
        'Watchman finds “Ilmaras QORVATH”, by 77%.',
        'Also called: Ilmo QORVATH; The Baker.',
        'The list says born 1961-04-17.',
        'Same country: Norway.',
        'Type not compared: it was not given.',
      ],
    });
    expect(JSON.stringify(hitItems(await at.view(deal)))).toContain('us_ofac/48603; us_ofac; SDGT');
  });

  it('asks about every name once, with nothing that the server does not take', async () => {
    await take();
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    const { screened } = (await at.view(deal)).deal;
    expect(searches()).toHaveLength(screened?.parties.length ?? 0);
    for (const url of searches())
      expect([...new URL(url, server.at).searchParams.keys()]).toEqual(['name', 'minMatch', 'limit']);
  });

  it('whose party is named by another name of the entry says by which', async () => {
    await take();
    const deal = await at.openWith({ endUser: { name: 'The Baker', kind: 'private' } });
    await at.screening.look();
    expect((await at.view(deal)).deal.screened?.hits[0]).toMatchObject({ matched: 'The Baker', isAlias: true });
  });

  it('is asked about in Latin letters too, and without letters that nobody sees', async () => {
    await take();
    const deal = await at.openWith({ endUser: { name: 'Ил\u200bмарас Кор\u200bват', kind: 'private' } });
    await at.screening.look();
    const names = searches().map((url) => new URL(url, server.at).searchParams.get('name'));
    expect(names).toContain('Илмарас Корват');
    expect(names).toContain('ilmaras korvat');
    expect(names.join()).not.toContain('\u200b');
    expect(await hits(deal)).toEqual([]);
  });

  it('that names “N/A” asks nobody about it', async () => {
    await take();
    await at.openWith({ endUser: { name: 'N/A', kind: 'unknown' } });
    await at.screening.look();
    expect(searches().map((url) => new URL(url, server.at).searchParams.get('name'))).not.toContain('N/A');
  });

  it('that was cleared stays cleared until the entry changes, and comes back then', async () => {
    await take();
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    expect(await clear(deal)).toBe('accepted');
    server.load([OTHER, QORVATH, { ...OTHER, id: '8' }], SIZES);
    await follow();
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = us_ofac/48603: dismissed']);
    server.load([{ ...QORVATH, programs: ['SDGT', 'IRAN'] }, OTHER], SIZES);
    await follow();
    await at.spread();
    expect(await hits(deal)).toEqual([
      'Ilmaras Qorvath = us_ofac/48603: dismissed',
      'Ilmaras Qorvath = us_ofac/48603: pending',
    ]);
  });

  it('that was compared is compared again once the server has other lists, and not before', async () => {
    await take();
    const deal = await at.openWith(LISTED);
    await at.openWith({});
    server.load([OTHER], { ...SIZES, us_ofac: 101 });
    await follow();
    await at.spread();
    expect(await hits(deal)).toEqual([]);
    const before = searches().length;
    await follow();
    await at.spread();
    expect(searches()).toHaveLength(before);
    server.load([QORVATH, OTHER], SIZES);
    await follow();
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = us_ofac/48603: pending']);
  });

  it('keeps a hit that the server finds no more: whether it left the list, a person says', async () => {
    await take();
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    server.load([OTHER], { ...SIZES, us_ofac: 101 });
    await follow();
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = us_ofac/48603: pending']);
  });
});

const answer =
  (status: number, body: string, headers: Record<string, string> = {}): BadDay =>
  (_req, res) =>
    void res.writeHead(status, headers).end(body);
const onSearch =
  (bad: BadDay, listInfo: object): BadDay =>
  (req, res) =>
    req.url?.startsWith('/v2/search') ? bad(req, res) : void res.writeHead(200).end(JSON.stringify(listInfo));

const BAD_DAYS: readonly [string, BadDay][] = [
  ['cuts the line', (_req, res) => void res.destroy()],
  ['never answers', () => {}],
  ['stops in the middle', (_req, res) => void res.writeHead(200).write('{"entities":[')],
  ['answers 429', answer(429, '', { 'retry-after': '1' })],
  ['answers 500', answer(500, 'oops')],
  ['answers 503', answer(503, '')],
  ['answers 400', answer(400, '{"error":"unused query parameter"}')],
  ['answers 204', answer(204, '')],
  ['leads to somewhere else', answer(302, '', { location: 'http://169.254.169.254/latest' })],
  ['answers a page', answer(200, '<html>Sign in</html>')],
  ['answers nothing', answer(200, '')],
  ['answers an empty object', answer(200, '{}')],
  ['answers an error as if it were none', answer(200, '{"error":"not ready"}')],
  ['answers what it has not', answer(200, '{"entities":[{"name":"X"}]}')],
  ['answers scores beyond all', answer(200, `{"entities":[{"name":"X","match":7}]}`)],
  [
    'answers without an end',
    (_req, res) => {
      res.writeHead(200);
      const more = (): void => {
        if (!res.destroyed) res.write(Buffer.alloc(2 ** 20, 32), () => setImmediate(more));
      };
      more();
    },
  ],
];

describe('a server that', () => {
  it.each(BAD_DAYS)(
    '%s: the deal is not screened, can’t be approved, and is tried again; the log names nobody',
    async (_, bad) => {
      await take();
      const deal = await at.openWith(LISTED);
      const info = await (await fetch(`${server.at}/v2/listinfo`)).json();
      for (const day of [bad, onSearch(bad, info as object)]) {
        server.badDay = day;
        await at.screening.look().catch(() => {});
        expect((await at.view(deal)).deal.screened).toBeUndefined();
        expect(await held(deal)).toContain('not screened yet');
      }
      server.badDay = undefined;
      await at.screening.look();
      expect(await hits(deal)).toEqual(['Ilmaras Qorvath = us_ofac/48603: pending']);
      expect(logged).toContain('screening.not-compared');
      for (const word of ['Ilmaras', 'Qorvath', 'QORVATH', '169.254']) expect(logged).not.toContain(word);
    },
  );

  it('leads to another is not followed, and nobody is named there', async () => {
    const elsewhere = await watchmanStandIn();
    elsewhere.load([OTHER], SIZES);
    try {
      server.badDay = (req, res) => void res.writeHead(307, { location: `${elsewhere.at}${req.url}` }).end();
      await expect(watchman.lists()).rejects.toThrow('answered 307');
      await expect(watchman.search('Ilmaras Qorvath')).rejects.toThrow('answered 307');
      expect(elsewhere.asked).toEqual([]);
    } finally {
      await elsewhere.end();
    }
  });

  it('was down is said in compliance’s digest, once, until it answers again', async () => {
    await take();
    const digest = async () => listLines((await register().read()).state, '2027-02-02T00:00:00.000Z');
    server.badDay = answer(503, '');
    const before = await at.commits();
    await expect(follow()).rejects.toThrow('answered 503');
    await expect(follow()).rejects.toThrow('answered 503');
    expect(await at.commits()).toBe(before + 1);
    expect(await digest()).toMatchObject([{ of: 'list not fetched', about: 'watchman' }]);
    server.badDay = undefined;
    await follow();
    expect(await digest()).toEqual([]);
  });

  it('was started anew and has no lists yet finds nobody, which counts for nothing', async () => {
    await take();
    const deal = await at.openWith(LISTED);
    let asked = 0;
    const info = await (await fetch(`${server.at}/v2/listinfo`)).json();
    // It goes down between being asked for its lists and for a name.
    server.badDay = (req, res) => {
      asked += 1;
      if (req.url?.startsWith('/v2/search')) return void res.writeHead(200).end('{"entities":null}');
      res.writeHead(200).end(JSON.stringify(asked <= 2 ? info : { ...(info as object), lists: {}, listHashes: {} }));
    };
    await at.screening.look().catch(() => {});
    expect((await at.view(deal)).deal.screened).toBeUndefined();
    expect(await held(deal)).toContain('not screened yet');
  });

  it('is asked for its lists once for each deal, after its names', async () => {
    await take();
    for (let n = 0; n < 4; n += 1) await at.openWith(LISTED);
    server.asked.length = 0;
    await at.screening.look();
    const kinds = server.asked.map((url) => (url.startsWith('/v2/search') ? 'name' : 'lists'));
    expect(kinds.filter((kind) => kind === 'lists').length).toBeLessThanOrEqual(4 + 1);
    expect(kinds.at(-1)).toBe('lists');
    server.asked.length = 0;
    await at.openWith(LISTED);
    await at.screening.look();
    expect(server.asked.filter((url) => url.startsWith('/v2/listinfo'))).toHaveLength(1);
  });

  it('that took in the same lists anew while a deal was compared is asked about it again', async () => {
    await take();
    await at.openWith({});
    await at.screening.look();
    const deal = await at.openWith(LISTED);
    const info = (await (await fetch(`${server.at}/v2/listinfo`)).json()) as object;
    // It was empty for a moment, and has them all again before it is asked for its lists.
    let empty = true;
    server.badDay = (req, res) => {
      if (req.url?.startsWith('/v2/search')) return void res.writeHead(200).end('{"entities":null}');
      server.badDay = undefined;
      empty = false;
      res.writeHead(200).end(JSON.stringify({ ...info, endedAt: '2027-02-02T00:00:00Z' }));
    };
    await at.screening.look();
    expect(empty).toBe(false);
    expect((await at.view(deal)).deal.ownFlags.map(({ status }) => status)).toEqual(['pending']);
  });

  it('lost a list, or most of one, is not followed: nothing is compared until somebody removes the list', async () => {
    await take();
    const sha256 = (await used())?.sha256;
    for (const sizes of [{ us_ofac: 100 }, { us_ofac: 100, us_csl: 3 }]) {
      server.load([QORVATH], sizes);
      await expect(follow()).rejects.toThrow('us_csl');
      expect((await used())?.sha256).toBe(sha256);
    }
    const deal = await at.openWith(LISTED);
    await at.screening.look().catch(() => {});
    expect(await held(deal)).toContain('not screened yet');
    await register().handle({ type: 'RemoveList', list: 'watchman' }, { actor: 'operator', cause: 'remove' });
    await follow();
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = us_ofac/48603: pending']);
  });

  it.each([
    ['no lists', { lists: {}, listHashes: {}, endedAt: '2027-02-01T00:00:00Z', version: 'v0' }],
    [
      'an empty list',
      { lists: { us_ofac: 0 }, listHashes: { us_ofac: 'a' }, endedAt: '2027-02-01T00:00:00Z', version: 'v0' },
    ],
    [
      'a list without a hash',
      { lists: { us_ofac: 5 }, listHashes: {}, endedAt: '2027-02-01T00:00:00Z', version: 'v0' },
    ],
    ['lists of another server', { lists: [{ name: 'OFAC_SDN', entityCount: 12500 }] }],
  ])('has %s is not taken into use', async (_, info) => {
    server.badDay = answer(200, JSON.stringify(info));
    await expect(take()).rejects.toThrow('Watchman server');
    expect(await used()).toBeUndefined();
  });

  it('can’t be asked at the first start stops it; later ones go on, and deals wait', async () => {
    const config = { watchman: { at: server.at, minMatch: 0.59 } };
    server.badDay = answer(503, '');
    await expect(openWatchman(config, register())).rejects.toThrow('answered 503. Start it first');
    server.badDay = undefined;
    expect(await openWatchman(config, register())).toBeDefined();
    server.badDay = answer(503, '');
    expect(await openWatchman(config, register())).toBeDefined();
    const deal = await at.openWith(LISTED);
    await at.screening.look().catch(() => {});
    expect(await held(deal)).toContain('not screened yet');
    expect(await openWatchman({ watchman: undefined }, register())).toBeUndefined();
  });
});

describe('the command line', () => {
  const run = (command: CliCommand, args: string[], env = {}) => runCommand(at.folder.dir, command, args, env);

  it('asks the server, and says why it can’t', async () => {
    await take();
    const set = { CLEARTHREAD_WATCHMAN: server.at };
    const found = await run(screeningCheck, ['Ilmaras Qorvath'], set);
    expect(found.code).toBe(1);
    expect(found.out).toContain('Ilmaras QORVATH  (us_ofac/48603 · us_ofac · SDGT)');
    server.badDay = answer(503, '');
    expect(await run(screeningCheck, ['Ilmaras Qorvath'], set)).toMatchObject({
      code: 2,
      err: expect.stringContaining('answered 503'),
    });
    expect(await run(screeningCheck, ['Ilmaras Qorvath'], { CLEARTHREAD_WATCHMAN: 'canary' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('Set CLEARTHREAD_WATCHMAN to the origin'),
    });
  });

  it('takes no file under the name of the server’s lists', async () => {
    const taken = await run(screeningImport, [`${FIXTURES}/list.csv`, '--list', 'watchman']);
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining('a Watchman server') });
    expect(await used()).toBeUndefined();
  });
});

describe('a bot without the setting', () => {
  it('compares nothing while the server’s lists are in use', async () => {
    await take();
    const without = screenedDesk({ store: at.store, folder: at.folder });
    const deal = await without.openWith(LISTED);
    await expect(without.screening.look()).rejects.toThrow('set CLEARTHREAD_WATCHMAN');
    expect(approvalHeld(await without.view(deal))).toContain('not screened yet');
  });

  it('asks no server: our own lists are compared here', async () => {
    await at.take([]);
    await at.openWith(LISTED);
    await at.screening.look();
    expect(server.asked).toEqual([]);
  });
});

describe('the setting', () => {
  const of = (value: string, more = {}) => readConfig({ CLEARTHREAD_WATCHMAN: value, ...more });
  it.each([
    ['https://watchman.example.com', 'https://watchman.example.com'],
    [' https://Watchman.example.com:8443/ ', 'https://watchman.example.com:8443'],
    ['http://localhost:8084', 'http://localhost:8084'],
    ['http://127.0.0.1:8084', 'http://127.0.0.1:8084'],
    ['http://[::1]:8084', 'http://[::1]:8084'],
  ])('takes %s', (value, origin) => {
    expect(of(value)).toMatchObject({ watchman: { at: origin, minMatch: 0.59 } });
    expect(of(value, { CLEARTHREAD_WATCHMAN_MIN_MATCH: '0.8' })).toMatchObject({ watchman: { minMatch: 0.8 } });
  });

  it.each([
    'http://watchman.example.com',
    'http://169.254.169.254',
    'https://name:canary@watchman.example.com',
    'https://:canary@watchman.example.com',
    'https://watchman.example.com/?key=canary',
    'https://watchman.example.com/#canary',
    'https://watchman.example.com/canary',
    'ftp://watchman.example.com',
    'file:///etc/passwd',
    'watchman:8084',
    'canary',
  ])('refuses %s, and does not repeat it', (value) => {
    const read = of(value);
    expect(read).toMatchObject({ problem: expect.stringContaining('Set CLEARTHREAD_WATCHMAN to the origin') });
    expect(JSON.stringify(read)).not.toContain('canary');
  });

  it.each(['0', '1', '0.1', '0.99', '2', 'x', '-0.5', '.5e1'])('refuses %s as the least score', (value) => {
    expect(of('https://watchman.example.com', { CLEARTHREAD_WATCHMAN_MIN_MATCH: value })).toMatchObject({
      problem: expect.stringContaining('CLEARTHREAD_WATCHMAN_MIN_MATCH'),
    });
  });
});
