/** What leaves in the file of a case, and what the server lets through of the way there. */

import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportAsked } from '../../../../flows/voices/exporting.ts';
import { markOf, sha256, zipOf, type ExportedCase } from '../../../../src/voices/room/page/export-file.ts';
import { fileOut } from '../../../../src/voices/room/page/export-making.ts';
import type { ReadCase } from '../../../../src/voices/room/page/reading-case.ts';
import type { ShownCase } from '../../../../src/voices/room/wire.ts';
import { seal } from '../../../../src/voices/sealing.ts';
import {
  enrolAgain,
  openCaseRoom,
  reportTo,
  twoHandlers,
  type CaseRoom,
  type SoftHandler,
} from '../../../support/case-room.ts';

const ASKED: ExportAsked = {
  kind: 'asked',
  to: 'Sample Court',
  why: 'It is ordered.',
  upTo: 3,
  events: 1,
  left: [3],
  files: false,
  name: false,
  mark: '',
};

const message = (number: number, by?: string) => ({
  number,
  day: '2026-11-27',
  by,
  toReporter: false,
  sealed: `sealed ${number}`,
});
const shown: ShownCase = {
  id: 'C-7K2PQD4M',
  day: '2026-11-20',
  today: '2026-11-29',
  events: [
    { kind: 'added', day: '2026-11-27' },
    { kind: 'closed', by: 'h-1', day: '2026-11-29' },
  ],
  sealedTo: ['h-1', 'h-2'],
  names: { 'h-1': 'Sample Ada', 'h-2': 'Sample Ben' },
  recipients: [],
  readers: [],
  reporter: '',
  who: 'sealed who',
  messages: [message(1), message(2), message(3, 'h-1'), message(4, 'h-1'), message(5, 'h-2'), message(6)],
  canBeLetIn: [],
  concerns: [],
};
const VALUES: unknown[] = [
  {
    kind: 'report',
    what: 'They watch us </dd><script>alert(1)</script>',
    files: [],
    language: 'en',
  },
  { kind: 'words', text: 'I am afraid & alone.' },
  { kind: 'step', step: { kind: 'hold', infer: 'Only Amal.', help: { asked: false, words: 'No.' }, why: 'No.' } },
];
const read: ReadCase = {
  shown,
  opening: {
    open: (part) => (part === 'who' ? Promise.resolve({ kind: 'who', text: 'Sample Speaker' }) : Promise.reject()),
    keysFor: () => Promise.reject(),
  },
  parts: shown.messages.map((one, i) => ({
    message: one,
    heading: `Part ${one.number} <b>`,
    opened: i < 3 ? { value: VALUES[i] } : { value: { kind: 'words', text: 'Later.' } },
  })),
  safe: 'unsaid',
  ticked: [],
  taken: [],
  exports: [{ number: 5, by: 'h-2', step: { kind: 'agreed', asked: 4, mark: '' } }],
};

const opened = async (asked: ExportAsked): Promise<Record<string, string>> => {
  const zip = await fileOut(read, { number: 4, by: 'h-1', asked, agreedBy: 'h-2', over: false });
  if (!zip) throw new Error('no file');
  return Object.fromEntries(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]));
};

describe('the file of a case', () => {
  it('holds what was asked for, and nothing later, left out, or of the envelope', async () => {
    const inside = await opened(ASKED);
    expect(Object.keys(inside)).toEqual(['README.txt', 'case.html', 'case.json']);
    const all = Object.values(inside).join('\n');
    for (const part of ['They watch us', 'I am afraid', 'Sample Court', 'It is ordered.', 'Sample Ben', '2026-11-20'])
      expect(all).toContain(part);
    for (const part of ['Only Amal', 'Later.', 'Sample Speaker', 'closed the case']) expect(all).not.toContain(part);
    expect(inside['README.txt']).toContain('- Part 3 <b>');
    expect(inside['README.txt']).toContain('is not in here');
    expect(JSON.parse(inside['case.json'] ?? '')).toMatchObject({
      format: 'clearthread case export 1',
      asked: { by: 'Sample Ada', day: '2026-11-27' },
      agreed: { by: 'Sample Ben', day: '2026-11-27' },
      made: { by: 'Sample Ada', day: '2026-11-29' },
      parts: [{ number: 1 }, { number: 2 }, { number: 3 }],
    });
  });

  it('runs nothing, whatever somebody wrote', async () => {
    const { 'case.html': page = '' } = await opened(ASKED);
    expect(page).not.toMatch(/<script|<b>/);
    expect(page).toContain('They watch us &lt;/dd&gt;&lt;script&gt;alert(1)');
    expect(page).toContain("default-src 'none'");
  });

  it('holds the name where that was asked for, and says so in capitals', async () => {
    const inside = await opened({ ...ASKED, name: true });
    expect(inside['case.html']).toContain('Sample Speaker');
    expect(JSON.parse(inside['case.json'] ?? '')).toMatchObject({ who: [{ text: 'Sample Speaker' }] });
    expect(inside['README.txt']).toContain('THE NAME OF WHOEVER REPORTED IT IS IN HERE');
    const gone = { ...read, opening: { ...read.opening, open: () => Promise.reject(new Error('no key')) } };
    expect(await fileOut(gone, { number: 4, by: 'h-1', asked: { ...ASKED, name: true }, over: false })).toBeUndefined();
  });

  it('lists files by name, length and hash, and never the key that opens them', () => {
    const made = {
      case: 'C-1',
      arrived: '2026-11-20',
      request: [],
      leftOut: [],
      asked: { by: 'Ada', day: '2026-11-20' },
      agreed: { by: 'Ben', day: '2026-11-20' },
      made: { by: 'Ada', day: '2026-11-21' },
      happened: [],
      who: undefined,
      parts: [
        {
          number: 1,
          day: '2026-11-20',
          heading: 'The report',
          parts: [],
          files: [
            { name: 'plan.pdf', bytes: 3, sha256: 'abc', cleaned: false, path: 'files/1-1 plan.pdf' },
            { name: 'bad.pdf', bytes: 3, sha256: undefined, cleaned: false, path: undefined },
          ],
        },
      ],
    } satisfies ExportedCase;
    const zip = zipOf(made, new Map([['files/1-1 plan.pdf', Uint8Array.of(1, 2, 3)]]));
    const inside = unzipSync(zip);
    expect(inside['files/1-1 plan.pdf']).toEqual(Uint8Array.of(1, 2, 3));
    const page = strFromU8(inside['case.html'] ?? Uint8Array.of());
    expect(page).toContain('plan.pdf; 3 bytes; SHA-256 abc; as it was sent; files/1-1 plan.pdf');
    expect(page).toContain('bad.pdf; 3 bytes; it could not be opened');
  });
});

describe('the mark of what goes out', () => {
  it('is another one for anything else that would go out', async () => {
    const mark = await markOf(shown, ASKED);
    expect(mark).toBe(await markOf({ ...shown, messages: [...shown.messages, message(7)] }, ASKED));
    expect(mark).toBe(await markOf({ ...shown, who: 'another' }, ASKED));
    const named = await markOf(shown, { ...ASKED, name: true });
    const changed = shown.messages.map((one) => (one.number === 2 ? { ...one, sealed: 'another' } : one));
    const others = [
      named,
      await markOf({ ...shown, who: 'another' }, { ...ASKED, name: true }),
      await markOf(shown, { ...ASKED, files: true }),
      await markOf(shown, { ...ASKED, left: [] }),
      await markOf(shown, { ...ASKED, to: 'Another Court' }),
      await markOf(shown, { ...ASKED, upTo: 2 }),
      await markOf({ ...shown, messages: changed }, ASKED),
      await markOf({ ...shown, id: 'C-OTHER' }, ASKED),
      await markOf({ ...shown, events: [{ kind: 'added', day: '2026-11-26' }] }, ASKED),
    ];
    expect(new Set([mark, ...others]).size).toBe(others.length + 1);
    expect(await sha256(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('the server', () => {
  let room: CaseRoom;
  let ada: SoftHandler;
  let ben: SoftHandler;
  let adas = '';
  let bens = '';
  beforeEach(async () => {
    room = await openCaseRoom();
    ({ ada, ben, adas, bens } = await twoHandlers(room));
  });
  afterEach(() => room.end());

  const step = async (id: string, token: string, events: number, by: readonly SoftHandler[]) => {
    const sealed = await seal(
      { kind: 'export', step: ASKED },
      by.map(({ recipient }) => recipient),
    );
    const message_ = { forHandlers: Buffer.from(sealed).toString('base64') };
    return (await room.ask('act', { id, events, action: { do: 'export' }, message: message_ }, token)).status;
  };

  it('keeps a step under the name of who signed in, once, for handlers alone, and not that it was an export', async () => {
    const { id } = await reportTo(room, [ada, ben]);
    expect(await step(id, adas, 0, [ada, ben])).toBe(200);
    expect(await step(id, bens, 0, [ada, ben])).toBe(409);
    expect(await step(id, bens, 1, [ada])).toBe(403);
    expect(room.store.caseOf(id)?.events).toEqual([{ kind: 'worked', by: ada.id, day: '2026-11-27' }]);
    expect(room.store.messagesOf(id)[1]).toMatchObject({ by: ada.id, forReporter: undefined });
    expect(room.logged.join()).not.toMatch(/export/i);
  });

  it('takes none of whom it concerns, of who was removed, and of a case that was taken back', async () => {
    const { id } = await reportTo(room, [ada, ben], { concerns: [{ id: ben.id, name: 'Sample Ben' }] });
    expect(await step(id, bens, 0, [ada])).toBe(404);
    const other = (await reportTo(room, [ada, ben])).id;
    room.handlers.leave(ben.id, '2026-11-27');
    expect(await step(other, bens, 0, [ada, ben])).toBe(401);
    const now = (await room.ask('case', { id: other }, adas)).body as unknown as ShownCase;
    expect(now.readers).toEqual([{ id: ada.id, name: 'Sample Ada', keys: [ada.id] }]);
    room.store.withdraw(other, '2026-11-27');
    expect(await step(other, adas, 1, [ada])).toBe(403);
  });

  it('says which keys are the same person’s', async () => {
    const anew = await enrolAgain(room, ben, 'Sample Ben');
    const { id } = await reportTo(room, [ada, anew]);
    const now = (await room.ask('case', { id }, adas)).body as unknown as ShownCase;
    expect(Object.fromEntries(now.readers.map(({ id: of, keys }) => [of, keys]))).toEqual({
      [ada.id]: [ada.id],
      [anew.id]: [anew.id, ben.id],
    });
    expect(now.readers).toHaveLength(now.recipients.length);
  });
});
