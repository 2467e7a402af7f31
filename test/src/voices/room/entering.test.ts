import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spokenKey } from '../../../../src/voices/handlers.ts';
import {
  enrol,
  enrolment,
  invite,
  openCaseRoom,
  sentOf,
  signIn,
  twoHandlers,
  vouch,
  wrappedKey,
  type CaseRoom,
} from '../../../support/case-room.ts';
import { softPasskey } from '../../../support/soft-passkey.ts';

let room: CaseRoom;
beforeEach(async () => {
  room = await openCaseRoom();
});
afterEach(() => room.end());

describe('an invitation', () => {
  it('takes a passkey and a key, once', async () => {
    const { body, handler } = await enrolment(room, invite(room, 'Sample Ada'));
    expect(await room.ask('invited', { token: handler.token })).toMatchObject({
      status: 200,
      body: { name: 'Sample Ada', role: 'Role of Sample Ada' },
    });
    expect(await room.ask('enrol', body)).toMatchObject({ status: 200, body: { id: handler.id } });
    expect(room.handlers.all()).toMatchObject([
      { id: handler.id, recipient: handler.recipient, enrolled: '2026-11-27' },
    ]);
    expect(room.handlers.active()).toEqual([]);
    expect((await room.ask('invited', { token: handler.token })).status).toBe(403);
    expect((await room.ask('enrol', body)).status).toBe(403);
  });

  it.each([
    ['a private key in the clear', () => ({ wrapped: Buffer.from('AGE-SECRET-KEY-PQ-1QQQ').toString('base64') })],
    ['a key that no quantum computer is kept out of', () => ({ recipient: `age1${'q'.repeat(58)}` })],
    ['a key that is none', () => ({ recipient: 'age1pq1xyz' })],
    ['a passkey that another text made', () => ({ credential: softPasskey('x').registration('another') })],
  ])('takes no %s, and is still good after it', async (_what, cheat) => {
    const { body } = await enrolment(room, invite(room, 'Sample Ada'));
    expect((await room.ask('enrol', { ...body, ...cheat() })).status).toBe(403);
    expect(room.handlers.all()).toEqual([]);
    expect((await room.ask('enrol', body)).status).toBe(200);
  });

  it('takes no key or passkey of somebody else', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const { body } = await enrolment(room, invite(room, 'Sample Ben'));
    expect((await room.ask('enrol', { ...body, recipient: ada.recipient })).status).toBe(403);
  });

  it('ends on its day', async () => {
    const { token } = invite(room, 'Sample Ada');
    room.pass(40 * 24 * 60);
    expect((await room.ask('invited', { token })).status).toBe(403);
  });
});

describe('signing in', () => {
  it('takes the passkey of that handler, and gives them their sealed key', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const token = await signIn(room, ada);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await room.ask('room', {}, token)).toMatchObject({ status: 200, body: { me: { name: 'Sample Ada' } } });
    expect((await room.ask('names', {})).body).toEqual({
      names: [{ id: ada.id, name: 'Sample Ada', role: 'Role of Sample Ada' }],
    });
  });

  it('gives nobody else the sealed key', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const ben = await enrol(room, 'Sample Ben');
    const begun = await room.ask('sign-in/begin', { id: ada.id });
    const { ticket, options } = begun.body as { ticket: string; options: { challenge: string } };
    const bens = ben.answer(options.challenge);
    for (const credential of [bens, { ...bens, id: ada.passkey.key.id }, sentOf(ada.passkey.sign('another'))]) {
      const { status, body } = await room.ask('sign-in/finish', { id: ada.id, ticket, credential });
      expect(status).toBe(403);
      expect(JSON.stringify(body)).not.toContain('wrapped');
    }
    const { status } = await room.ask('sign-in/finish', { id: ben.id, ticket, credential: bens });
    expect(status).toBe(403);
  });

  it('takes no signature twice, and none that is old', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const begin = async () => {
      const { body } = await room.ask('sign-in/begin', { id: ada.id });
      const { ticket, options } = body as { ticket: string; options: { challenge: string } };
      return { id: ada.id, ticket, credential: ada.answer(options.challenge) };
    };
    const asked = await begin();
    expect((await room.ask('sign-in/finish', asked)).status).toBe(200);
    expect((await room.ask('sign-in/finish', asked)).status).toBe(403);
    const late = await begin();
    room.pass(6);
    expect((await room.ask('sign-in/finish', late)).status).toBe(403);
    const [, nonce = '', mac = ''] = late.ticket.split('.');
    const longer = `${Date.parse('2030-01-01')}.${nonce}.${mac}`;
    expect((await room.ask('sign-in/finish', { ...late, ticket: longer })).status).toBe(403);
  });

  it('lasts while it is used, and half an hour more', async () => {
    const token = await signIn(room, await enrol(room, 'Sample Ada'));
    for (let n = 0; n < 4; n += 1) {
      room.pass(29);
      expect((await room.ask('stay', {}, token)).status).toBe(200);
    }
    room.pass(31);
    expect((await room.ask('stay', {}, token)).status).toBe(401);
  });

  it('ends when they leave the room, and for somebody who is no handler any more', async () => {
    const { ada, ben, adas, bens } = await twoHandlers(room);
    expect((await room.ask('leave', {}, adas)).status).toBe(200);
    expect((await room.ask('room', {}, adas)).status).toBe(401);
    room.handlers.leave(ben.id, '2026-11-27');
    expect((await room.ask('room', {}, bens)).status).toBe(401);
    expect((await room.ask('sign-in/begin', { id: ben.id })).status).toBe(403);
    expect((await room.ask('names', {})).body).toMatchObject({ names: [{ id: ada.id }] });
  });

  it('is open in three places at most', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const tokens: string[] = [];
    for (let n = 0; n < 4; n += 1) tokens.push(await signIn(room, ada));
    const statuses = await Promise.all(tokens.map(async (token) => (await room.ask('stay', {}, token)).status));
    expect(statuses).toEqual([401, 200, 200, 200]);
  });

  it('is needed for everything inside, before a word is read', async () => {
    for (const path of ['stay', 'room', 'vouch/begin', 'vouch/finish', 'case', 'act']) {
      expect((await room.ask(path, 'x'.repeat(2_000_000))).status).toBe(401);
      expect((await room.ask(path, {}, 'A'.repeat(43))).status).toBe(401);
    }
  });
});

describe('vouching', () => {
  it('makes two of them active, each by the other', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const ben = await enrol(room, 'Sample Ben');
    const adas = await signIn(room, ada);
    expect((await room.ask('room', {}, adas)).body).toMatchObject({
      missing: 2,
      spoken: expect.stringMatching(/^[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}$/),
      toVouch: [{ id: ben.id }],
    });
    expect((await vouch(room, ada, adas, ben.id)).status).toBe(200);
    const bens = await signIn(room, ben);
    expect((await room.ask('room', {}, bens)).body).toMatchObject({ missing: 1, toVouch: [{ id: ada.id }] });
    expect((await vouch(room, ben, bens, ada.id)).status).toBe(200);
    expect(
      room.handlers
        .active()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([ada.id, ben.id].toSorted());
    const { body } = await room.ask('room', {}, adas);
    expect(body).toMatchObject({ missing: 0, toVouch: [] });
    expect(body).not.toHaveProperty('spoken');
  });

  it('is for nobody’s own key', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const adas = await signIn(room, ada);
    expect((await vouch(room, ada, adas, ada.id)).status).toBe(403);
    expect(room.handlers.active()).toEqual([]);
  });

  it('is not for those who wait, once two are there', async () => {
    const { adas, ada } = await twoHandlers(room);
    const cid = await enrol(room, 'Sample Cid');
    const dan = await enrol(room, 'Sample Dan');
    const cids = await signIn(room, cid);
    expect((await room.ask('room', {}, cids)).body).toMatchObject({ toVouch: [] });
    expect((await vouch(room, cid, cids, dan.id)).status).toBe(403);
    expect((await vouch(room, ada, adas, dan.id)).status).toBe(200);
  });

  it('takes only the characters that were read, and the signature of who is signed in', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const ben = await enrol(room, 'Sample Ben');
    const adas = await signIn(room, ada);
    const { body } = await room.ask('vouch/begin', { id: ben.id }, adas);
    const { challenge } = body['options'] as { challenge: string };
    const stored = room.handlers.all().find(({ id }) => id === ben.id);
    const typed = stored ? spokenKey(stored) : '';
    for (const asked of [
      { typed: 'ABCD ABCD ABCD', credential: ada.answer(challenge) },
      { typed, credential: ben.answer(challenge) },
      { typed, credential: { ...ben.answer(challenge), id: ada.passkey.key.id } },
      { typed, credential: sentOf(ada.passkey.sign('another text')) },
    ]) {
      expect((await room.ask('vouch/finish', { id: ben.id, ...asked }, adas)).status).toBe(403);
    }
    expect(room.handlers.active()).toEqual([]);
  });

  it('does not hold for a key, a name or a passkey that was changed meanwhile', async () => {
    const ada = await enrol(room, 'Sample Ada');
    const ben = await enrol(room, 'Sample Ben');
    const adas = await signIn(room, ada);
    const { body } = await room.ask('vouch/begin', { id: ben.id }, adas);
    const { challenge } = body['options'] as { challenge: string };
    const before = room.handlers.all().find(({ id }) => id === ben.id);
    if (!before) throw new Error('no handler');
    const read = spokenKey(before);
    const other = await enrolment(room, invite(room, 'Sample Eve'));
    for (const changed of [{ recipient: other.handler.recipient }, { name: 'Sample Bob' }]) {
      room.store.db
        .prepare('UPDATE handlers SET handler = ? WHERE id = ?')
        .run(JSON.stringify({ ...before, ...changed }), ben.id);
      const now = spokenKey({ ...before, ...changed });
      for (const typed of [read, now]) {
        const asked = { id: ben.id, typed, credential: ada.answer(challenge) };
        expect((await room.ask('vouch/finish', asked, adas)).status).toBe(403);
      }
    }
    expect(room.handlers.active()).toEqual([]);
  });
});

it('takes no giant, no rubbish, and says nothing of it', async () => {
  const wrapped = await wrappedKey();
  for (const body of ['{', '[]', 'null', JSON.stringify({ token: 'a', more: 1 }), JSON.stringify({ token: wrapped })]) {
    expect((await room.ask('invited', body)).status).toBe(400);
  }
  expect((await room.ask('invited', { token: 'x'.repeat(70_000) })).status).toBe(413);
  const response = await fetch(`${room.url}/api/names`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(400);
  expect(room.logged).toEqual([]);
});
