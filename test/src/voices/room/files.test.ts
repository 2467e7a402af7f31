/** Files in the case room: sealed bytes, to those who can open the case, and to nobody else. */

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn, type SealedFile } from '../../../../flows/voices/files.ts';
import { openFile, sealFile } from '../../../../src/voices/files/sealing.ts';
import type { StoredFile } from '../../../../src/voices/files/store.ts';
import type { Me } from '../../../../src/voices/room/page/entering.ts';
import { openingOf } from '../../../../src/voices/room/page/opening.ts';
import type { ShownCase } from '../../../../src/voices/room/wire.ts';
import { seal } from '../../../../src/voices/sealing.ts';
import { openCaseRoom, signIn, twoHandlers, type CaseRoom, type SoftHandler } from '../../../support/case-room.ts';

let room: CaseRoom;
let ada: SoftHandler;
let ben: SoftHandler;
let adas: string;
let bens: string;
let stored: StoredFile;
let key: string;
let id: string;

const CONTENT = randomBytes(3_000_000);

beforeEach(async () => {
  room = await openCaseRoom();
  ({ ada, ben, adas, bens } = await twoHandlers(room));
  const sealed = await sealFile(
    (async function* () {
      yield CONTENT;
    })(),
  );
  key = sealed.key;
  const writer = room.files.begin();
  for await (const part of sealed.sealed) writer.write(part);
  stored = writer.end();
  room.store.receive({
    lookup: 'sample',
    recipient: ada.recipient,
    day: '2026-11-27',
    sealedTo: [ada.id],
    report: await seal({ kind: 'report', files: [named()] }, [ada.recipient]),
    concerns: [],
    mark: 'sample',
    who: undefined,
    files: [stored],
  });
  id = room.store.cases()[0]!.id;
});
afterEach(() => room.end());

/** As the message names it. */
const named = (): SealedFile => ({ id: stored.id, name: 'photo.jpg', bytes: CONTENT.length, key, cleaned: true });

const saved = async (response: Response, file: SealedFile): Promise<Buffer> => {
  const bytes = Buffer.from(await response.arrayBuffer());
  const opened: Uint8Array[] = [];
  const again = (async function* () {
    yield bytes;
  })();
  for await (const part of openFile(again, file)) opened.push(part);
  return Buffer.concat(opened);
};

const ask = (body: object, token: string): Promise<Response> =>
  fetch(`${room.url}/api/file`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });

describe('a file in the case room', () => {
  it('comes sealed, to be saved and never shown', async () => {
    const response = await ask({ id, file: stored.id }, adas);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-length')).toBe(String(stored.bytes));
    expect((await saved(response, named())).equals(CONTENT)).toBe(true);
  });

  it('is not there for whom it is not sealed to, under another case, or for nobody; nobody can tell which', async () => {
    const theirs = await (await ask({ id, file: stored.id }, bens)).text();
    const none = await (await ask({ id, file: 'a'.repeat(32) }, adas)).text();
    const elsewhere = await (await ask({ id: 'C-AAAAAAAA', file: stored.id }, adas)).text();
    expect(new Set([theirs, none, elsewhere]).size).toBe(1);
    expect((await ask({ id, file: stored.id }, bens)).status).toBe(404);
    expect((await ask({ id, file: stored.id }, 'nobody')).status).toBe(401);
    expect((await ask({ id, file: 7 }, adas)).status).toBe(400);
  });

  it('goes along to a handler who is let in: the keys of the case open its message, and the message its file', async () => {
    const shown = async (token: string): Promise<ShownCase> =>
      (await room.ask('case', { id }, token)).body as unknown as ShownCase;
    const me = (who: SoftHandler): Me => ({ id: who.id, name: '', role: '', identity: who.identity });
    const before = await shown(adas);
    const keys = await (await openingOf(before, me(ada))).keysFor(ben.recipient);
    const letIn = { id, events: 0, messages: 1, reader: ben.id, keys };
    expect((await room.ask('let-in', letIn, adas)).status).toBe(200);
    const theirs = await shown(bens);
    const opening = await openingOf(theirs, me(ben));
    const [file] = filesIn(await opening.open('1', theirs.messages[0]?.sealed ?? ''));
    if (!file) throw new Error('the message names no file');
    expect((await saved(await ask({ id, file: file.id }, bens), file)).equals(CONTENT)).toBe(true);
    // What was stored is as it was.
    expect(room.store.filesOf(id)).toEqual([stored]);
  });

  it('is left in the middle without harm', async () => {
    const response = await ask({ id, file: stored.id }, adas);
    await response.body?.cancel();
    expect((await ask({ id, file: stored.id }, await signIn(room, ada))).status).toBe(200);
    expect(room.logged).toEqual([]);
  });

  it('is gone with its report', async () => {
    room.store.withdraw(id, '2026-11-28');
    room.files.sweep();
    expect((await ask({ id, file: stored.id }, adas)).status).toBe(404);
  });
});
