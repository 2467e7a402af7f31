import { generateHybridIdentity, generateX25519Identity } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Overview, ShownCase } from '../../../../src/voices/room/wire.ts';
import { open, recipientOf, seal } from '../../../../src/voices/sealing.ts';
import {
  answerTo,
  enrol,
  openCaseRoom,
  PEOPLE,
  reportTo,
  signIn,
  twoHandlers,
  vouch,
  words,
  wrappedKey,
  type CaseRoom,
  type SoftHandler,
} from '../../../support/case-room.ts';

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

const report = (to: readonly SoftHandler[], more?: { day?: string }) => reportTo(room, to, more);

const shownTo = async (token: string, id: string): Promise<ShownCase> =>
  (await room.ask('case', { id }, token)).body as unknown as ShownCase;

const listOf = async (token: string): Promise<Overview['cases']> =>
  ((await room.ask('room', {}, token)).body as unknown as Overview).cases;

const act = async (token: string, body: object): Promise<number> => (await room.ask('act', body, token)).status;

const bytes = (base64 = ''): Buffer => Buffer.from(base64, 'base64');

describe('a case', () => {
  it('is read by those to whom it is sealed', async () => {
    const { id } = await report([ada, ben]);
    const shown = await shownTo(adas, id);
    expect(shown).toMatchObject({ id, day: '2026-11-27', events: [], names: { [ada.id]: 'Sample Ada' } });
    expect(await open(bytes(shown.messages[0]?.sealed), ada.identity)).toMatchObject({ what: 'They watch us.' });
    expect(await open(bytes(shown.who), ben.identity)).toEqual({ name: 'Sample Person' });
  });

  it('is not there for somebody whom it concerns: no list, no word, no act, just as one that never was', async () => {
    const { id } = await report([ada]);
    expect(await listOf(bens)).toEqual([]);
    expect((await listOf(adas)).map((line) => line.id)).toEqual([id]);
    const never = 'C-NEVERWAS';
    const shown = await shownTo(adas, id);
    const acted = await answerTo(shown, 'Stop this.');
    for (const [path, there, not] of [
      ['case', { id }, { id: never }],
      ['act', acted, { ...acted, id: never }],
      ['act', { id, events: 0, action: { do: 'close' } }, { id: never, events: 0, action: { do: 'close' } }],
      ['act', { id, events: 7, action: { do: 'work' } }, { id: never, events: 0, action: { do: 'close' } }],
    ] as const) {
      const [one, other] = [await room.ask(path, there, bens), await room.ask(path, not, bens)];
      expect(one).toEqual(other);
      expect(one.status).toBe(404);
    }
    expect(room.store.caseOf(id)?.events).toEqual([]);
    expect(room.store.messagesOf(id)).toHaveLength(1);
  });

  it('is answered to who reported it, and read by both handlers', async () => {
    const { id, keys } = await report([ada, ben]);
    const shown = await shownTo(adas, id);
    expect(await act(adas, await answerTo(shown, 'It arrived.', { action: { do: 'acknowledge' } }))).toBe(200);
    const [, message] = room.store.messagesOf(id);
    expect(message).toMatchObject({ by: ada.id, day: '2026-11-27' });
    for (const identity of [ada.identity, ben.identity]) {
      expect(await open(message?.forHandlers ?? Buffer.of(), identity)).toEqual({ kind: 'words', text: 'It arrived.' });
    }
    expect(await open(message?.forReporter ?? Buffer.of(), keys.identity)).toMatchObject({ text: 'It arrived.' });
    await expect(open(message?.forReporter ?? Buffer.of(), ada.identity)).rejects.toThrow();
    expect(await shownTo(bens, id)).toMatchObject({
      events: [{ kind: 'acknowledged', by: ada.id, day: '2026-11-27' }],
      due: { what: 'feedback', by: '2027-02-27' },
      messages: [{ toReporter: false }, { toReporter: true, by: ada.id }],
    });
  });

  it('goes through every step, and says what is due next', async () => {
    const { id } = await report([ada, ben]);
    const step = async (action: object, text?: string): Promise<number> => {
      const shown = await shownTo(adas, id);
      if (text !== undefined) return act(adas, { ...(await answerTo(shown, text)), action });
      const message = { forHandlers: await words('A step.', shown.recipients) };
      return act(adas, { id, events: shown.events.length, action, message });
    };
    expect(await step({ do: 'close' })).toBe(403);
    expect(await step({ do: 'answer' }, 'When was it?')).toBe(200);
    expect(await step({ do: 'work', due: '2026-12-24' })).toBe(200);
    expect(await listOf(adas)).toMatchObject([{ due: { what: 'work', by: '2026-12-24' } }]);
    expect(await step({ do: 'feedback' }, 'We stopped it.')).toBe(200);
    expect(await step({ do: 'close' })).toBe(200);
    expect(await listOf(adas)).toMatchObject([{ id, over: '2026-11-27', due: { what: 'ask', by: '2026-12-27' } }]);
    expect(await step({ do: 'ask' }, 'How are you?')).toBe(200);
    expect(await listOf(adas)).toMatchObject([{ due: { what: 'ask', by: '2027-05-27' } }]);
    expect(await step({ do: 'answer' }, 'More.')).toBe(403);
    expect(await act(adas, { id, events: 5, action: { do: 'open again' } })).toBe(200);
    expect(room.store.caseOf(id)?.events.map(({ kind }) => kind)).toEqual([
      'answered',
      'worked',
      'feedback',
      'closed',
      'asked',
      'opened again',
    ]);
  });

  it('keeps a note for the handlers alone', async () => {
    const { id } = await report([ada, ben]);
    const shown = await shownTo(adas, id);
    const note = { id, events: 0, action: { do: 'note' } };
    const forHandlers = await words('Call the lawyer.', shown.recipients);
    const leaking = { forHandlers, forReporter: await words('Call the lawyer.', [shown.reporter]) };
    expect(await act(adas, { ...note, message: leaking })).toBe(403);
    expect(await act(adas, { ...note, message: { forHandlers } })).toBe(200);
    expect(room.store.messagesOf(id)[1]?.forReporter).toBeUndefined();
    expect(room.store.caseOf(id)?.events).toEqual([]);
  });
});

describe('an act', () => {
  it('is not done by somebody who saw less than there is', async () => {
    const { id } = await report([ada, ben]);
    const seen = await shownTo(bens, id);
    expect(await act(adas, await answerTo(await shownTo(adas, id), 'First.'))).toBe(200);
    expect(await act(bens, await answerTo(seen, 'Second.'))).toBe(409);
    expect(room.store.messagesOf(id)).toHaveLength(2);
    expect(await act(bens, await answerTo(await shownTo(bens, id), 'Second.'))).toBe(200);
  });

  it('is not done twice in the same moment', async () => {
    const { id } = await report([ada, ben]);
    const asked = await answerTo(await shownTo(adas, id), 'Once.');
    const statuses = await Promise.all([act(adas, asked), act(adas, asked), act(bens, asked)]);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });

  it('is not done in a case that was taken back', async () => {
    const { id } = await report([ada, ben]);
    const seen = await shownTo(adas, id);
    room.store.withdraw(id, '2026-11-27');
    for (const [events, status] of [
      [0, 409],
      [1, 403],
    ] as const) {
      expect(await act(adas, await answerTo(seen, 'Please say more.', { events }))).toBe(status);
      expect(await act(adas, { id, events, action: { do: 'open again' } })).toBe(status);
    }
    const shown = await shownTo(adas, id);
    expect(shown).toMatchObject({ messages: [], over: '2026-11-27' });
    expect(shown).not.toHaveProperty('who');
    expect(room.store.messagesOf(id)).toEqual([]);
  });

  it('takes no message that is sealed to fewer, to more, to another kind of key, with a passphrase, or not at all', async () => {
    const { id } = await report([ada, ben]);
    const shown = await shownTo(adas, id);
    const eve = await recipientOf(await generateHybridIdentity());
    const right = await words('Words.', shown.recipients);
    const forReporter = await words('Words.', [shown.reporter]);
    const clear = Buffer.from('age-encryption.org/v1\nWords in the clear').toString('base64');
    const noBody = bytes(right).subarray(0, bytes(right).indexOf('\n--- '));
    for (const message of [
      { forHandlers: await words('Words.', [ada.recipient]), forReporter },
      { forHandlers: await words('Words.', [...shown.recipients, eve]), forReporter },
      { forHandlers: right, forReporter: await words('Words.', [shown.reporter, eve]) },
      { forHandlers: right, forReporter: await words('Words.', [await recipientOf(await generateX25519Identity())]) },
      { forHandlers: right, forReporter: await wrappedKey() },
      { forHandlers: right },
      { forHandlers: clear, forReporter },
      { forHandlers: right, forReporter: clear },
      { forHandlers: noBody.toString('base64'), forReporter },
      { forHandlers: `${right} `, forReporter },
      { forHandlers: '', forReporter },
      { forHandlers: 'VGV4dA==', forReporter },
      undefined,
    ]) {
      expect(await act(adas, { id, events: 0, action: { do: 'answer' }, message })).toBe(403);
    }
    for (const action of [{ do: 'work' }, { do: 'open again' }]) {
      expect(await act(adas, { id, events: 0, action, message: { forHandlers: right, forReporter } })).toBe(403);
    }
    expect(room.store.messagesOf(id)).toHaveLength(1);
    expect(room.store.caseOf(id)?.events).toEqual([]);
  });

  it('takes no giant, and no action that there is not', async () => {
    const { id } = await report([ada, ben]);
    const message = { forHandlers: 'A'.repeat(600_000), forReporter: 'A' };
    expect(await act(adas, { id, events: 0, action: { do: 'answer' }, message })).toBe(413);
    const long = { forHandlers: 'A'.repeat(400_000), forReporter: 'A' };
    expect(await act(adas, { id, events: 0, action: { do: 'answer' }, message: long })).toBe(403);
    for (const action of [
      { do: 'withdraw' },
      // A page of before, which said it in the clear.
      { do: 'find', as: 'credible' },
      { do: 'work', due: 'soon' },
      { do: 'close', more: 1 },
      'close',
    ]) {
      expect(await act(adas, { id, events: 0, action })).toBe(400);
    }
    expect(await act(adas, { id, events: -1, action: { do: 'close' } })).toBe(400);
  });

  it('seals nothing more to somebody who left; what was sealed, the others keep', async () => {
    const { id } = await report([ada, ben]);
    room.handlers.leave(ben.id, '2026-11-27');
    const shown = await shownTo(adas, id);
    expect(shown.recipients).toEqual([ada.recipient]);
    expect(shown.names[ben.id]).toBe('Sample Ben');
    const forReporter = await words('Words.', [shown.reporter]);
    const both = { forHandlers: await words('Words.', [ada.recipient, ben.recipient]), forReporter };
    expect(await act(adas, { id, events: 0, action: { do: 'answer' }, message: both })).toBe(403);
    expect(await act(adas, await answerTo(shown, 'Words.'))).toBe(200);
  });
});

describe('a step of the work on a case', () => {
  const step = { kind: 'step', step: { kind: 'finding', as: 'significant', why: 'SECRETWORDS' } };
  const take = async (
    token: string,
    id: string,
    action: object = { do: 'work' },
    value: object = step,
  ): Promise<Awaited<ReturnType<CaseRoom['ask']>>> => {
    const shown = await shownTo(token, id);
    const forHandlers = Buffer.from(await seal(value, shown.recipients)).toString('base64');
    return room.ask('act', { id, events: shown.events.length, action, message: { forHandlers } }, token);
  };

  it('is sealed: the server keeps its day, and nothing of what it was', async () => {
    const { id } = await report([ada, ben]);
    expect((await take(adas, id)).status).toBe(200);
    const investigates = { do: 'investigate', who: ['audit-1'], not: ['rep-1'] };
    expect((await take(bens, id, investigates, { ...step, kind: 'step' })).status).toBe(200);
    expect(room.store.caseOf(id)?.events).toEqual([
      { kind: 'worked', by: ada.id, day: '2026-11-27' },
      { kind: 'worked', by: ben.id, day: '2026-11-27' },
    ]);
    const kept = room.store.db.serialize().toString('latin1');
    for (const trace of ['significant', 'SECRETWORDS', 'finding', 'investig', 'audit-1', 'Auditor', 'rep-1']) {
      expect(kept).not.toContain(trace);
    }
    const last = room.store.messagesOf(id).at(-1);
    expect(last?.forReporter).toBeUndefined();
    expect(await open(last?.forHandlers ?? Buffer.of(), ada.identity)).toEqual(step);
  });

  it('is refused where it names an investigator of the deals, whom it concerns, or whom nobody knows', async () => {
    const { id } = await reportTo(room, [ada], { concerns: [{ id: ben.id, name: 'Sample Ben' }] });
    const investigate = (who: string[], not: string[] = []) => take(adas, id, { do: 'investigate', who, not });
    const { body } = await investigate(['audit-1', 'rep-1'], ['rep-1']);
    expect(body['problem']).toMatch(/Sample Rep is of the deals/);
    // Whoever reported it ticked him as a handler; he stands in the organisation file by his name.
    expect((await investigate(['ben-1'])).body['problem']).toMatch(/Sample Ben is of the deals, or it concerns them/);
    expect((await investigate(['nobody-9'])).status).toBe(403);
    expect(room.store.caseOf(id)?.events).toEqual([]);
    expect((await investigate(['audit-1'], ['rep-1'])).status).toBe(200);
  });

  it('is taken once by two handlers at once, and the other one is told to look', async () => {
    const { id } = await report([ada, ben]);
    const shown = await shownTo(adas, id);
    const forHandlers = Buffer.from(await seal(step, shown.recipients)).toString('base64');
    const asked = { id, events: 0, action: { do: 'work' }, message: { forHandlers } };
    const statuses = await Promise.all([act(adas, asked), act(bens, asked)]);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(room.store.messagesOf(id)).toHaveLength(2);
  });

  it('names people of the organisation file to handlers alone', async () => {
    expect((await room.ask('people', {}, adas)).body).toEqual({ people: PEOPLE });
    expect((await room.ask('people', {})).status).toBe(401);
  });
});

describe('a handler who was altered in the store after somebody vouched', () => {
  const alter = (id: string, changed: object): void => {
    const before = room.handlers.all().find((handler) => handler.id === id);
    room.store.db
      .prepare('UPDATE handlers SET handler = ? WHERE id = ?')
      .run(JSON.stringify({ ...before, ...changed }), id);
  };

  it('gets nothing more that is sealed, and the others see it', async () => {
    const { id } = await report([ada, ben]);
    const recipient = await recipientOf(await generateHybridIdentity());
    alter(ben.id, { recipient });
    const shown = await shownTo(adas, id);
    expect(shown.recipients).toEqual([ada.recipient]);
    const forReporter = await words('Words.', [shown.reporter]);
    const both = { forHandlers: await words('Words.', [ada.recipient, recipient]), forReporter };
    expect(await act(adas, { id, events: 0, action: { do: 'answer' }, message: both })).toBe(403);
    expect((await room.ask('room', {}, adas)).body).toMatchObject({
      missing: 1,
      others: [{ id: ben.id, state: 'altered' }],
    });
  });

  it('does not come in with another passkey', async () => {
    const eve = await enrol(room, 'Sample Eve');
    const passkey = { ...eve.passkey.key, person: ben.id };
    room.handlers.leave(eve.id, '2026-11-27');
    alter(ben.id, { passkey });
    expect(await signIn(room, { ...eve, id: ben.id })).toBeUndefined();
  });

  it('is not vouched for by themselves, or by somebody who never was', async () => {
    const { vouched } = room.handlers.all().find(({ id }) => id === ben.id) ?? {};
    for (const by of [ben.id, 'h-nobody']) {
      alter(ben.id, { vouched: { ...vouched, by } });
      expect((await room.ask('room', {}, adas)).body).toMatchObject({ others: [{ state: 'altered' }] });
    }
  });
});

describe('the list', () => {
  it('begins with what is most overdue, and ends with what is over', async () => {
    const fresh = await report([ada, ben]);
    const late = await report([ada, ben], { day: '2026-11-10' });
    const over = await report([ada, ben], { day: '2026-11-01' });
    room.store.withdraw(over.id, '2026-11-02');
    const waiting = await report([ada, ben], { day: '2026-11-20' });
    expect(await act(bens, await answerTo(await shownTo(bens, waiting.id), 'It arrived.'))).toBe(200);
    const list = await listOf(adas);
    expect(list.map(({ id }) => id)).toEqual([late.id, fresh.id, waiting.id, over.id]);
    expect(list).toMatchObject([
      { due: { what: 'acknowledge', by: '2026-11-17', left: -10 } },
      { due: { what: 'acknowledge', by: '2026-12-04', left: 7 } },
      { due: { what: 'feedback', by: '2027-02-27' } },
      { over: '2026-11-02' },
    ]);
  });

  it('says where somebody who reported wrote again', async () => {
    const { id } = await report([ada, ben]);
    const forHandlers = await seal({ kind: 'words', text: 'One more thing.' }, [ada.recipient, ben.recipient]);
    room.store.addTo(id, { day: '2026-11-28', forHandlers, mark: 'one' });
    expect(await listOf(adas)).toMatchObject([{ id, newest: '2026-11-28' }]);
    expect(await act(adas, await answerTo(await shownTo(adas, id), 'Thank you.'))).toBe(200);
    expect((await listOf(adas))[0]).not.toHaveProperty('newest');
  });

  it('shows nobody a case that arrived before they did', async () => {
    await report([ada, ben]);
    const cid = await enrol(room, 'Sample Cid');
    expect((await vouch(room, ada, adas, cid.id)).status).toBe(200);
    expect(await listOf(await signIn(room, cid))).toEqual([]);
  });
});

it('logs nothing of a case, and of a fault only its code', async () => {
  const { id } = await report([ada, ben]);
  await act(adas, await answerTo(await shownTo(adas, id), 'Words.'));
  await room.ask('case', { id: 'C-NEVERWAS' }, adas);
  expect(room.logged).toEqual([]);
  room.store.db.exec('DROP TABLE messages');
  expect((await room.ask('case', { id }, adas)).status).toBe(500);
  expect(room.logged).toHaveLength(1);
  for (const trace of [id, ada.id, 'Sample', '2026']) expect(room.logged.join('\n')).not.toContain(trace);
});
