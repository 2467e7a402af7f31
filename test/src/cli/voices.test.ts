import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CliCommand } from '../../../src/cli/io.ts';
import { voicesVerifyReceipt } from '../../../src/cli/voices-receipt.ts';
import { voicesHandlers, voicesInvite, voicesKey, voicesLeave, voicesStart } from '../../../src/cli/voices.ts';
import { createHandlers } from '../../../src/voices/handlers.ts';
import { signedReceipt } from '../../../src/voices/signed-receipt.ts';
import { openVoicesStore } from '../../../src/voices/store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voices-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = async (command: CliCommand, args: string[] = [], env: Record<string, string> = {}) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { CLEARTHREAD_VOICES_DIR: folder, CLEARTHREAD_VOICES_ROOM_URL: 'https://cases.example.com', ...env },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
};

describe('clearthread voices', () => {
  it('invites a handler with a link that is stored nowhere, and lists who is there', async () => {
    const { code, out, err } = await run(voicesInvite, ['--name', 'Sample Handler', '--role', 'Ombudsperson']);
    expect(code).toBe(0);
    expect(err).toContain('For Sample Handler alone');
    const [, token = ''] = /^https:\/\/cases\.example\.com\/#invite=([\w-]{32})$/.exec(out) ?? [];
    const store = openVoicesStore(folder);
    const handlers = createHandlers(store);
    expect(handlers.invited(token, '2000-01-01')).toMatchObject({ name: 'Sample Handler', role: 'Ombudsperson' });
    expect(handlers.invited(token, '9999-01-01')).toBeUndefined();
    expect(JSON.stringify(store.db.prepare('SELECT * FROM invitations').all())).not.toContain(token);
    store.close();
    const listed = await run(voicesHandlers);
    expect(listed).toMatchObject({ code: 1, err: 'Reports are taken once two can read them; nobody can yet.' });
  });

  it('invites somebody again, who lost their key, under their own name, and lists who waits for a second one', async () => {
    const store = openVoicesStore(folder);
    const handlers = createHandlers(store);
    const assertion = { key: '', clientData: '', authenticatorData: '', signature: '' };
    const put = (id: string, by?: string): void => {
      const { token } = handlers.invite({ name: `Sample ${id}`, role: 'Role', until: '9999-12-31' });
      const key = { id, publicKey: '', person: id, rpId: '', deviceBound: true, transports: [] };
      const vouched = by === undefined ? undefined : { by, day: '2026-11-27', assertion };
      handlers.enrol(token, {
        id,
        name: `Sample ${id}`,
        role: 'Role',
        recipient: '',
        wrapped: '',
        passkey: key,
        enrolled: '2026-11-27',
        vouched,
      });
    };
    put('h-a', 'h-b');
    put('h-b', 'h-a');
    put('h-c');
    handlers.vouch('h-c', { by: 'h-a', day: '2026-11-27', assertion });
    const { code, out } = await run(voicesInvite, ['--again', 'h-b']);
    expect(code).toBe(0);
    const [, token = ''] = /#invite=([\w-]{32})$/.exec(out) ?? [];
    expect(handlers.invited(token, '2026-11-27')).toMatchObject({ name: 'Sample h-b', role: 'Role', instead: 'h-b' });
    store.close();
    for (const id of ['h-nobody', 'h-c'])
      expect(await run(voicesInvite, ['--again', id])).toMatchObject({ code: 1, out: '' });
    expect(await run(voicesInvite, ['--again', 'h-b', '--name', 'Another'])).toMatchObject({ code: 2 });
    expect((await run(voicesHandlers)).out).toContain(
      'Sample h-c, Role: since 2026-11-27, vouched for by Sample h-a on 2026-11-27, and another one has to',
    );
  });

  it('says what is missing, or wrong', async () => {
    expect(await run(voicesInvite, ['--name', ' '])).toMatchObject({ code: 2 });
    expect((await run(voicesLeave, ['h-nobody'])).err).toContain('There is no handler h-nobody');
    for (const [name, value] of [
      ['CLEARTHREAD_VOICES_PAGE', 'nowhere'],
      ['CLEARTHREAD_VOICES_ROOM_URL', 'http://cases.example.com'],
      ['CLEARTHREAD_VOICES_ROOM_URL', 'https://cases.example.com/path'],
    ] as const) {
      const { code, err } = await run(voicesHandlers, [], { [name]: value });
      expect(code).toBe(2);
      expect(err).toContain(name);
    }
  });

  it('says so where its folder can’t be written, or is none', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { code, err } = await run(voicesHandlers, [], { CLEARTHREAD_VOICES_DIR: join(file, 'inside') });
    expect(code).toBe(2);
    expect(err).toMatch(/could not be opened \(E\w+\)\. Set CLEARTHREAD_VOICES_DIR/);
  });

  it('does not start over a store of a newer version', async () => {
    const store = openVoicesStore(folder);
    store.db.pragma('user_version = 99');
    store.close();
    const { code, err } = await run(voicesStart, [], { CLEARTHREAD_VOICES_PAGE: '127.0.0.1:0' });
    expect(code).toBe(2);
    expect(err).toContain('newer version');
  });

  it('says which words the page can have, and what is wrong with a file of one’s own', async () => {
    const start = (texts: string) =>
      run(voicesStart, [], { CLEARTHREAD_VOICES_TEXTS: texts, CLEARTHREAD_VOICES_PAGE: '127.0.0.1:0' });
    expect(await start('fr')).toMatchObject({ code: 2, err: expect.stringContaining('to en, es, or to a file') });
    expect(await start('en, fr')).toMatchObject({ code: 2, err: expect.stringContaining('to en, es, or to a file') });
    expect(await start('es,en,es')).toMatchObject({ code: 2, err: expect.stringContaining('names es twice') });
    const own = join(folder, 'voices-ar.yml');
    expect(await start(own)).toMatchObject({ code: 2, err: expect.stringContaining('there is no such file') });
    writeFileSync(own, 'language: ar\ndirection: up\n');
    const { code, err } = await start(own);
    expect(code).toBe(2);
    expect(err).toMatch(/voices-ar\.yml:2: .*direction/);
  });

  it('tells whether a signed receipt is true, on any machine', async () => {
    const store = openVoicesStore(folder);
    const receipt = join(folder, 'receipt.txt');
    const words = join(folder, 'words.txt');
    writeFileSync(receipt, signedReceipt(store.receiptKey, { day: '2026-11-27', text: 'They followed us.' }));
    writeFileSync(words, 'They followed us.\n');
    store.close();
    const key = (await run(voicesKey)).out;
    expect(await run(voicesVerifyReceipt, [receipt, '--words', words, '--key', key])).toEqual({
      code: 0,
      out: 'TRUE: on 2026-11-27 a report was there with these words.',
      err: '',
    });
    expect((await run(voicesVerifyReceipt, [receipt])).out).toContain(key);
    expect(await run(voicesVerifyReceipt, [receipt, '--key', '00'])).toMatchObject({ code: 1 });
    writeFileSync(words, 'They did not follow us.');
    expect((await run(voicesVerifyReceipt, [receipt, '--words', words])).out).toContain('NOT TRUE of these words');
    writeFileSync(receipt, 'nothing');
    expect(await run(voicesVerifyReceipt, [receipt])).toMatchObject({ code: 2 });
  });
});
