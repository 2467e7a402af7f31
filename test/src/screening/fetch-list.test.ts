/** Fetching a list: only https, also where one address leads to another, and nothing too long, cut or late. */

import { describe, expect, it } from 'vitest';
import { fetchList, type Get } from '../../../src/screening/fetch-list.ts';
import { ListProblem, MOST_BAD, readList } from '../../../src/screening/read-list.ts';

const LIST = 'https://lists.example/consolidated.csv?key=secret';
const CSV = 'id,name\n1,Zarkonil\n';

/** Answers by address, and notes what was asked. */
const answering = (answers: Readonly<Record<string, () => Response>>): { get: Get; asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    get: async (address, { redirect }) => {
      expect(redirect).toBe('manual');
      asked.push(address);
      const answer = answers[address];
      if (!answer) throw new TypeError('fetch failed');
      return answer();
    },
  };
};
const leadsTo = (location: string) => () => new Response(null, { status: 302, headers: { location } });
const problem = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => new Error('nothing went wrong'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ListProblem);
  return (error as Error).message;
};
const rowsAt = async (answers: Readonly<Record<string, () => Response>>, address = LIST): Promise<number> =>
  (await readList((await fetchList(address, answering(answers).get)).bytes)).rows;

describe('a list at an address', () => {
  it('that is none is not read on', async () => {
    let left = false;
    const body = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (let n = 0; n < 100_000; n += 1) yield Buffer.from('other,columns\n1,2\n'.repeat(100));
      } finally {
        left = true;
      }
    };
    await problem(readList(body()));
    await expect.poll(() => left, { timeout: 10_000 }).toBe(true);
  });

  it('is read with its publisher’s date', async () => {
    const headers = { 'last-modified': 'Fri, 20 Nov 2026 10:00:00 GMT' };
    const { bytes, changed } = await fetchList(LIST, answering({ [LIST]: () => new Response(CSV, { headers }) }).get);
    expect(changed).toBe('2026-11-20T10:00:00.000Z');
    expect((await readList(bytes)).rows).toBe(1);
    const undated = await fetchList(LIST, answering({ [LIST]: () => new Response(CSV) }).get);
    expect(undated.changed).toBeUndefined();
  });

  it('may be somewhere else, by https', async () => {
    const there = 'https://files.example/list.csv';
    expect(
      await rowsAt({
        [LIST]: leadsTo('/moved'),
        'https://lists.example/moved': leadsTo(there),
        [there]: () => new Response(CSV),
      }),
    ).toBe(1);
  });

  it.each([
    ['http://lists.example/list.csv'],
    ['ftp://lists.example/x'],
    ['//lists.example'],
    ['https://user:word@lists.example/'],
  ])('is not fetched from %s', async (address) => {
    const { get, asked } = answering({});
    expect(await problem(fetchList(address, get))).toMatch(/Only an https address|password in it/u);
    expect(asked).toEqual([]);
  });

  it.each([['http://lists.example/list.csv'], ['file:///etc/passwd'], ['data:text/csv,id']])(
    'does not lead to %s',
    async (to) => {
      const { get, asked } = answering({ [LIST]: leadsTo(to) });
      expect(await problem(fetchList(LIST, get))).toContain('Only an https address');
      expect(asked).toEqual([LIST]);
    },
  );

  it('does not lead in a circle', async () => {
    const { get, asked } = answering({ [LIST]: leadsTo(LIST) });
    expect(await problem(fetchList(LIST, get))).toContain('leads on and on');
    expect(asked).toHaveLength(6);
  });

  it('is not taken where the answer is an error, too long, or not there; the key is not said', async () => {
    const all = [
      answering({ [LIST]: () => new Response('gone', { status: 404 }) }),
      answering({ [LIST]: () => new Response(CSV, { headers: { 'content-length': String(2 ** 30) } }) }),
      answering({}),
    ];
    const said = await Promise.all(all.map(({ get }) => problem(fetchList(LIST, get))));
    expect(said).toEqual([
      'https://lists.example/consolidated.csv answered 404.',
      'https://lists.example/consolidated.csv is longer than any list.',
      'https://lists.example/consolidated.csv could not be fetched whole.',
    ]);
  });

  it('is not taken where the connection breaks off, or it takes too long', async () => {
    const broken = (name: string) => () => {
      const fault = Object.assign(new Error('terminated'), { name });
      let begun = false;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (begun) return controller.error(fault);
          begun = true;
          controller.enqueue(new TextEncoder().encode(CSV));
        },
      });
      return new Response(body);
    };
    expect(await problem(rowsAt({ [LIST]: broken('TypeError') }))).toContain('could not be fetched whole');
    expect(await problem(rowsAt({ [LIST]: broken('TimeoutError') }))).toContain('took too long');
    expect(await problem(rowsAt({ [LIST]: leadsTo('https://') }))).toContain('https');
  });
});

describe('the file of a list', () => {
  const bytesOf = async function* (...pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
  };

  it('may come in pieces that cut a letter', async () => {
    const all = new TextEncoder().encode('id,name\n1,Юсуф Кариманов\n');
    const { entries } = await readList(bytesOf(...[...all].map((byte) => Uint8Array.of(byte))));
    expect(entries.map(({ name }) => name)).toEqual(['Юсуф Кариманов']);
  });

  it('is not taken in another encoding: its names would arrive in pieces', async () => {
    const latin = Uint8Array.from(
      [...'id,name\n1,Z', 0xfc, ...'rich\n'].map((one) => (typeof one === 'string' ? one.charCodeAt(0) : one)),
    );
    expect(await problem(readList(bytesOf(latin)))).toContain('not written in UTF-8');
    expect(await problem(readList(bytesOf('id,name\n1,Z', Uint8Array.of(0xc3))))).toContain('not written in UTF-8');
  });

  it('names broken rows by their lines, also where a quote made one row of several', async () => {
    const text =
      '\uFEFFid,name,aliases\r\n1,Zarkonil,\r\n2,Two\r\n\r\n3,"Three\r\n4,Four,\r\n5,Five",x,y\r\n6,Sixten,\r\n';
    const { rows, badRows, bad, entries } = await readList(bytesOf(text));
    expect(entries.map(({ id }) => id)).toEqual(['1', '6']);
    expect({ rows, badRows }).toEqual({ rows: 4, badRows: 2 });
    expect(bad).toEqual([
      { line: 3, reason: 'it has 2 columns, and the first line names 3' },
      { line: 5, reason: 'it has 4 columns, and the first line names 3; it goes from line 5 to line 7' },
    ]);
  });

  it('of 11 MB with a broken row in ten is read whole, and names the first of those', async () => {
    const ROWS = 60_000;
    const address = 'Made-up Street, Nowhere; '.repeat(6);
    const lineOf = (n: number): string =>
      n % 10 === 0 ? `${n},"Zarkonil ${n}",x\n` : `${n},Zarkonil ${n},person,NO,"${address}${n}",MADE-UP,\n`;
    let bytes = 0;
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('id,name,type,country,address,programme,url\n');
      for (let from = 1; from <= ROWS; from += 1000) {
        const piece = new TextEncoder().encode(Array.from({ length: 1000 }, (_, n) => lineOf(from + n)).join(''));
        bytes += piece.length;
        yield piece;
      }
    };
    const file = await readList(pieces());
    expect(bytes).toBeGreaterThan(10.5e6);
    expect({ rows: file.rows, badRows: file.badRows, entries: file.entries.length }).toEqual({
      rows: ROWS,
      badRows: ROWS / 10,
      entries: ROWS - ROWS / 10,
    });
    expect(file.bad).toHaveLength(MOST_BAD);
    expect(file.bad[0]).toEqual({ line: 11, reason: 'it has 3 columns, and the first line names 7' });
  }, 60_000);

  it('is not taken where a quote is never closed, where it is empty, or where it is too long', async () => {
    const open = `id,name\n1,"Zarkonil\n${'2,Other name\n'.repeat(30_000)}`;
    expect(await problem(readList(bytesOf(open)))).toMatch(/^Line \d+: a quote does not fit/u);
    expect(await problem(readList(bytesOf()))).toBe('The file is empty.');
    const line = new TextEncoder().encode(`${'x'.repeat(1000)},1\n`);
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('name,id\n');
      for (;;) yield line;
    };
    expect(await problem(readList(endless(), 2 ** 20))).toContain('more than 1 MB');
  });
});
