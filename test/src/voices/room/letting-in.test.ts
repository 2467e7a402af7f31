import { generateHybridIdentity } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spokenKey } from '../../../../src/voices/handlers.ts';
import type { Me } from '../../../../src/voices/room/page/entering.ts';
import { openingOf } from '../../../../src/voices/room/page/opening.ts';
import type { AskLetIn, Overview, ShownCase } from '../../../../src/voices/room/wire.ts';
import { fileKeyOf, open, openBy, recipientOf, seal } from '../../../../src/voices/sealing.ts';
import {
  answerTo,
  enrol,
  enrolAgain,
  enrolment,
  openCaseRoom,
  reportTo,
  signIn,
  twoHandlers,
  vouch,
  words,
  type CaseRoom,
  type SoftHandler,
} from '../../../support/case-room.ts';

let room: CaseRoom;
let ada: SoftHandler;
let ben: SoftHandler;
let cid: SoftHandler;
let adas = '';
let bens = '';

const WHAT = 'They watch us.';

const brought = async (other: SoftHandler): Promise<void> => {
  expect((await vouch(room, ada, adas, other.id)).status).toBe(200);
  expect((await vouch(room, ben, bens, other.id)).status).toBe(200);
};

beforeEach(async () => {
  room = await openCaseRoom();
  ({ ada, ben, adas, bens } = await twoHandlers(room));
  cid = await enrol(room, 'Sample Cid');
});
afterEach(() => room.end());

const shownTo = async (token: string, id: string): Promise<ShownCase> => {
  const { status, body } = await room.ask('case', { id }, token);
  expect(status).toBe(200);
  return body as unknown as ShownCase;
};
const overviewOf = async (token: string): Promise<Overview> =>
  (await room.ask('room', {}, token)).body as unknown as Overview;
const me = ({ id, identity }: SoftHandler): Me => ({ id, name: '', role: '', identity });

/** What a browser asks to let somebody in. */
const asking = async (shown: ShownCase, by: SoftHandler, to: SoftHandler): Promise<AskLetIn> => ({
  id: shown.id,
  events: shown.events.length,
  messages: shown.messages.length,
  reader: to.id,
  keys: await (await openingOf(shown, me(by))).keysFor(to.recipient),
});
const letIn = async (id: string, to: SoftHandler, more: object = {}): Promise<number> =>
  (await room.ask('let-in', { ...(await asking(await shownTo(adas, id), ada, to)), ...more }, adas)).status;

/** What somebody reads of a case: of parts that they can't open, nothing. */
const readBy = async (token: string, who: SoftHandler, id: string): Promise<unknown[]> => {
  const shown = await shownTo(token, id);
  const opening = await openingOf(shown, me(who));
  const parts = shown.messages.map(({ number, sealed }): [string, string] => [String(number), sealed]);
  if (shown.who !== undefined) parts.push(['who', shown.who]);
  return Promise.all(parts.map(([part, sealed]) => opening.open(part, sealed).catch(() => undefined)));
};

describe('a handler who came later', () => {
  it('is brought in by two, where two are there: one alone makes no second self', async () => {
    expect((await vouch(room, ada, adas, cid.id)).body).toMatchObject({ counts: false });
    expect((await vouch(room, ada, adas, cid.id)).status).toBe(403);
    const cids = await signIn(room, cid);
    expect(room.handlers.active().map(({ id }) => id)).not.toContain(cid.id);
    expect(await overviewOf(cids)).toMatchObject({ me: { state: 'waits' }, toVouch: [], cases: [] });
    const { id } = await reportTo(room, [ada, ben], { concerns: [] });
    expect(await letIn(id, cid)).toBe(403);
    // Nor by way of another who waits.
    const dan = await enrol(room, 'Sample Dan');
    expect((await vouch(room, cid, cids, dan.id)).status).toBe(403);
    expect((await vouch(room, ben, bens, cid.id)).body).toMatchObject({ counts: true });
    expect(room.handlers.active().map((one) => one.id)).toContain(cid.id);
  });

  it('reads nothing of what was there, until one who can lets them in; then all of it, and what comes', async () => {
    await brought(cid);
    const cids = await signIn(room, cid);
    const { id } = await reportTo(room, [ada, ben], { concerns: [] });
    await room.ask('act', await answerTo(await shownTo(adas, id), 'It arrived.'), adas);
    const note = { id, events: 1, action: { do: 'note' } };
    const forHandlers = await words('Ask the engineers.', (await shownTo(adas, id)).recipients);
    await room.ask('act', { ...note, message: { forHandlers } }, adas);
    expect((await overviewOf(cids)).cases).toEqual([]);
    expect((await room.ask('case', { id }, cids)).status).toBe(404);
    expect((await shownTo(adas, id)).canBeLetIn).toMatchObject([{ id: cid.id, name: 'Sample Cid' }]);
    const before = room.store.messagesOf(id);
    expect(await letIn(id, cid)).toBe(200);
    // Nothing that was kept is another, so that nobody's reading hangs on what was sent.
    expect(room.store.messagesOf(id)).toEqual(before);
    expect(await readBy(cids, cid, id)).toEqual([
      { kind: 'report', what: WHAT, concerns: [] },
      { kind: 'words', text: 'It arrived.' },
      { kind: 'words', text: 'Ask the engineers.' },
      { name: 'Sample Person' },
    ]);
    const shown = await shownTo(bens, id);
    expect(shown.events.at(-1)).toEqual({ kind: 'let in', by: ada.id, reader: cid.id, day: '2026-11-27' });
    expect(shown.canBeLetIn).toEqual([]);
    expect(shown.recipients).toHaveLength(3);
    expect((await room.ask('act', await answerTo(shown, 'One more.'), bens)).status).toBe(200);
    expect((await readBy(cids, cid, id)).filter((part) => part !== undefined)).toHaveLength(5);
    expect((await room.ask('act', await answerTo(await shownTo(cids, id), 'From Cid.'), cids)).status).toBe(200);
    expect(await letIn(id, cid)).toBe(403);
  });

  it('can let in another one, by keys that were given', async () => {
    await brought(cid);
    const cids = await signIn(room, cid);
    const { id } = await reportTo(room, [ada, ben], { concerns: [] });
    expect(await letIn(id, cid)).toBe(200);
    const dan = await enrol(room, 'Sample Dan');
    await brought(dan);
    const asked = await asking(await shownTo(cids, id), cid, dan);
    expect((await room.ask('let-in', asked, cids)).status).toBe(200);
    expect(await readBy(await signIn(room, dan), dan, id)).toMatchObject([{ what: WHAT }, { name: 'Sample Person' }]);
  });

  it('gets keys that open no other case, and no other text', async () => {
    await brought(cid);
    const cids = await signIn(room, cid);
    const [one, other] = [await reportTo(room, [ada, ben], { concerns: [] }), await reportTo(room, [ada, ben])];
    expect(await letIn(one.id, cid)).toBe(200);
    const [theirs] = room.store.messagesOf(one.id);
    const [another] = room.store.messagesOf(other.id);
    const key = await fileKeyOf(theirs?.forHandlers ?? Buffer.of(), ada.identity);
    await expect(openBy(another?.forHandlers ?? Buffer.of(), key)).rejects.toThrow();
    expect((await room.ask('case', { id: other.id }, cids)).status).toBe(404);
    // Keys of another case, laid beside this one by who holds the store, are not used.
    const keys = room.store.keysFor(one.id, cid.id);
    room.store.db
      .prepare('UPDATE cases SET sealed_to = ? WHERE id = ?')
      .run(JSON.stringify([ada.id, ben.id, cid.id]), other.id);
    room.store.db.prepare('INSERT INTO case_keys VALUES (?, ?, ?)').run(other.id, cid.id, keys);
    expect(await readBy(cids, cid, other.id)).toEqual([undefined, undefined]);
  });

  it('is let in with what is there now, or not at all', async () => {
    await brought(cid);
    const { id, keys: receipt } = await reportTo(room, [ada, ben], { concerns: [] });
    const asked = await asking(await shownTo(adas, id), ada, cid);
    const forHandlers = await words('A note.', [ada.recipient, ben.recipient]);
    expect(
      (await room.ask('act', { id, events: 0, action: { do: 'note' }, message: { forHandlers } }, bens)).status,
    ).toBe(200);
    expect((await room.ask('let-in', asked, adas)).status).toBe(409);
    expect((await room.ask('let-in', { ...asked, events: 3 }, adas)).status).toBe(409);
    // What was sealed before somebody was let in is sealed anew.
    const before = room.store.caseOf(id);
    const stale = await answerTo(await shownTo(bens, id), 'Before.');
    expect(await letIn(id, cid)).toBe(200);
    expect((await room.ask('act', stale, bens)).status).toBe(409);
    const added = {
      day: '2026-11-27',
      forHandlers: await seal({ kind: 'words', text: 'More.' }, [ada.recipient, ben.recipient]),
      mark: receipt.markOf('More.'),
      readers: before?.sealedTo,
    };
    expect(room.store.addTo(id, added)).toBe('others read it');
    expect(room.store.addTo(id, { ...added, readers: room.store.caseOf(id)?.sealedTo })).toBe('added');
  });

  it('is let in by no stranger, to no case that is not there, with nothing but keys sealed to one', async () => {
    await brought(cid);
    const { id } = await reportTo(room, [ada], { concerns: [{ id: ben.id, name: 'Sample Ben' }] });
    const asked = await asking(await shownTo(adas, id), ada, cid);
    const never = { ...asked, id: 'C-NEVERWAS' };
    for (const body of [asked, never]) expect((await room.ask('let-in', body, bens)).status).toBe(404);
    expect((await room.ask('let-in', asked)).status).toBe(401);
    for (const keys of [await words('x', [cid.recipient, ben.recipient]), 'VGV4dA==', '']) {
      expect((await room.ask('let-in', { ...asked, keys }, adas)).status).toBe(403);
    }
    for (const reader of ['h-nobody', ada.id])
      expect((await room.ask('let-in', { ...asked, reader }, adas)).status).toBe(403);
    room.store.withdraw(id, '2026-11-27');
    expect((await room.ask('let-in', { ...asked, events: 1, messages: 1 }, adas)).status).toBe(403);
  });

  it('has nothing left of a case that was taken back', async () => {
    await brought(cid);
    const { id } = await reportTo(room, [ada, ben], { concerns: [] });
    expect(await letIn(id, cid)).toBe(200);
    room.store.withdraw(id, '2026-11-28');
    expect(room.store.keysFor(id, cid.id)).toBeUndefined();
    expect(room.store.db.prepare('SELECT count(*) AS n FROM concerned WHERE case_id = ?').get(id)).toEqual({ n: 0 });
  });
});

describe('whom a report concerns', () => {
  const BEN = () => ({ id: ben.id, name: 'Sample Ben' });

  it('is not offered, and is refused where one asks all the same: by id, by name, and by a new key', async () => {
    await brought(cid);
    const { id } = await reportTo(room, [ada, cid], { concerns: [BEN()] });
    expect(await shownTo(adas, id)).toMatchObject({ canBeLetIn: [], concerns: ['Sample Ben'] });
    expect(await letIn(id, ben)).toBe(403);
    // A new key of theirs, whatever it is called.
    const cids = await signIn(room, cid);
    const anew = await enrolAgain(room, ben, 'Another Name');
    expect((await vouch(room, ada, adas, anew.id)).status).toBe(200);
    expect((await vouch(room, cid, cids, anew.id)).body).toMatchObject({ counts: true });
    expect(await letIn(id, anew)).toBe(403);
    expect((await overviewOf(adas)).newKeys).toEqual([]);
    expect((await overviewOf(await signIn(room, anew))).cases).toEqual([]);
    // Removed, and invited once more.
    room.handlers.leave(anew.id, '2026-11-27');
    const again = await enrol(room, '  sample  BEN');
    for (const [by, token] of [
      [ada, adas],
      [cid, cids],
    ] as const)
      expect((await vouch(room, by, token, again.id)).status).toBe(200);
    expect(await shownTo(adas, id)).toMatchObject({ canBeLetIn: [] });
    expect(await letIn(id, again)).toBe(403);
    expect(room.store.caseOf(id)?.sealedTo).toEqual([ada.id, cid.id]);
  });

  it('is known for a case from before ticks were kept: whoever was there and got nothing', async () => {
    await brought(cid);
    const { id } = await reportTo(room, [ada, cid], { day: '2026-11-28' });
    expect(await shownTo(adas, id)).toMatchObject({ canBeLetIn: [], concerns: ['Sample Ben'] });
    expect(await letIn(id, ben)).toBe(403);
    const { id: earlier } = await reportTo(room, [ada, ben], { day: '2026-11-20' });
    expect((await shownTo(adas, earlier)).canBeLetIn).toMatchObject([{ id: cid.id }]);
  });

  it('reads nothing more of a case once its author says so', async () => {
    const { id, keys } = await reportTo(room, [ada, ben], { concerns: [] });
    const concerns = [BEN()];
    room.store.receive({
      lookup: keys.lookup,
      recipient: keys.recipient,
      day: '2026-11-27',
      sealedTo: [ada.id],
      report: await seal({ kind: 'report', what: 'It was Ben.', concerns }, [ada.recipient]),
      mark: keys.markOf('It was Ben.'),
      who: undefined,
      concerns: [ben.id],
    });
    expect((await room.ask('case', { id }, bens)).status).toBe(404);
    expect((await overviewOf(bens)).cases).toEqual([]);
    const shown = await shownTo(adas, id);
    expect(shown.recipients).toEqual([ada.recipient]);
    expect(shown.concerns).toEqual(['Sample Ben']);
    expect((await room.ask('act', await answerTo(shown, 'Thank you.'), adas)).status).toBe(200);
    expect((await room.ask('act', { id, events: 2, action: { do: 'note' } }, bens)).status).toBe(404);
  });
});

describe('a lost key', () => {
  const lost = async (): Promise<{ anew: SoftHandler; cids: string; anews: string }> => {
    await brought(cid);
    const cids = await signIn(room, cid);
    const anew = await enrolAgain(room, cid, 'Sample Cid');
    return { anew, cids, anews: await signIn(room, anew) };
  };

  it('is replaced by two others; then it is ended, and the cases are sealed to the new one', async () => {
    await brought(cid);
    const { id } = await reportTo(room, [ada, ben, cid], { concerns: [] });
    const { id: not } = await reportTo(room, [ada, ben], { concerns: [{ id: cid.id, name: 'Sample Cid' }] });
    const cids = await signIn(room, cid);
    const anew = await enrolAgain(room, cid, 'Sample Cid');
    const anews = await signIn(room, anew);
    expect((await room.ask('names', {})).body).toMatchObject({
      names: expect.arrayContaining([expect.objectContaining({ id: anew.id, hasNewKey: true })]),
    });
    // Until then the new key is nothing, and the old one goes on.
    expect(await overviewOf(anews)).toMatchObject({ cases: [], toVouch: [], spoken: expect.any(String) });
    expect((await room.ask('case', { id }, anews)).status).toBe(404);
    expect((await vouch(room, ada, adas, anew.id)).body).toMatchObject({ counts: false });
    expect((await overviewOf(anews)).cases).toEqual([]);
    expect((await overviewOf(adas)).newKeys).toEqual([]);
    expect((await room.ask('stay', {}, cids)).status).toBe(200);
    expect((await vouch(room, ben, bens, anew.id)).body).toMatchObject({ counts: true });
    expect((await room.ask('stay', {}, cids)).status).toBe(401);
    expect((await room.ask('sign-in/begin', { id: cid.id })).status).toBe(403);
    expect(
      room.handlers
        .active()
        .map((one) => one.id)
        .toSorted(),
    ).toEqual([ada.id, ben.id, anew.id].toSorted());
    // Each of them seals what they can read; nobody gets more than they had.
    expect((await overviewOf(adas)).newKeys).toMatchObject([{ id: anew.id, cases: [id] }]);
    expect(await letIn(not, anew)).toBe(403);
    expect(await letIn(id, anew)).toBe(200);
    expect((await overviewOf(bens)).newKeys).toEqual([]);
    expect(await readBy(anews, anew, id)).toMatchObject([{ what: WHAT }, { name: 'Sample Person' }]);
    expect((await room.ask('act', await answerTo(await shownTo(anews, id), 'Back.'), anews)).status).toBe(200);
    const last = room.store.messagesOf(id).at(-1);
    await expect(open(last?.forHandlers ?? Buffer.of(), cid.identity)).rejects.toThrow();
  });

  it('is taken over by nobody alone: not twice by one, not by the lost key, not by a second self', async () => {
    const { anew, cids, anews } = await lost();
    expect((await vouch(room, ada, adas, anew.id)).status).toBe(200);
    expect((await vouch(room, ada, adas, anew.id)).status).toBe(403);
    expect((await vouch(room, cid, cids, anew.id)).status).toBe(403);
    expect((await vouch(room, anew, anews, anew.id)).status).toBe(403);
    // She invites herself, and vouches for that: it counts for nothing, and can vouch for nobody.
    const self = await enrol(room, 'Sample Ada Two');
    expect((await vouch(room, ada, adas, self.id)).status).toBe(200);
    const selfs = await signIn(room, self);
    expect((await vouch(room, self, selfs, anew.id)).status).toBe(403);
    expect(
      room.handlers
        .active()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([ada.id, ben.id, cid.id].toSorted());
    expect((await room.ask('stay', {}, cids)).status).toBe(200);
  });

  it('is not replaced by a key that was slipped in: its twelve characters are others', async () => {
    const { anew, anews } = await lost();
    const { spoken } = await overviewOf(anews);
    const eve = await recipientOf(await generateHybridIdentity());
    const record = room.handlers.all().find(({ id }) => id === anew.id);
    if (!record || spoken === undefined) throw new Error('no new key');
    const put = (changed: object): void =>
      void room.store.db
        .prepare('UPDATE handlers SET handler = ? WHERE id = ?')
        .run(JSON.stringify({ ...record, ...changed }), anew.id);
    const finish = async (typed: string): Promise<number> => {
      const { body } = await room.ask('vouch/begin', { id: anew.id }, adas);
      const { challenge } = body['options'] as { challenge: string };
      return (await room.ask('vouch/finish', { id: anew.id, typed, credential: ada.answer(challenge) }, adas)).status;
    };
    const { handler: other } = await enrolment(
      room,
      room.handlers.invite({ name: 'Eve', role: 'x', until: '2026-12-31' }),
    );
    for (const changed of [
      { recipient: eve },
      { passkey: other.passkey.key },
      { instead: ben.id },
      { name: 'Sample Ben' },
    ]) {
      put(changed);
      expect(spokenKey({ ...record, ...changed })).not.toBe(spoken.replaceAll(' ', ''));
      expect(await finish(spoken)).toBe(403);
    }
    put({});
    expect(await finish(spoken)).toBe(200);
    // Between the two who compare, and after both.
    const once = room.handlers.all().find(({ id }) => id === anew.id);
    room.store.db
      .prepare('UPDATE handlers SET handler = ? WHERE id = ?')
      .run(JSON.stringify({ ...once, recipient: eve }), anew.id);
    const { id } = await reportTo(room, [ada, ben, cid], { concerns: [] });
    await vouch(room, ben, bens, anew.id);
    expect(await overviewOf(adas)).toMatchObject({
      newKeys: [],
      others: expect.arrayContaining([expect.objectContaining({ id: anew.id, state: 'altered' })]),
    });
    expect(await letIn(id, anew)).toBe(403);
  });

  it('does not bring back who was removed, and is not replaced twice', async () => {
    const { anew } = await lost();
    const other = await enrolAgain(room, cid, 'Sample Cid');
    expect((await vouch(room, ada, adas, anew.id)).status).toBe(200);
    room.handlers.leave(cid.id, '2026-11-27');
    expect((await vouch(room, ben, bens, anew.id)).status).toBe(403);
    expect((await vouch(room, ben, bens, other.id)).status).toBe(403);
    expect(
      room.handlers
        .active()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([ada.id, ben.id].toSorted());
    const late = room.handlers.invite({ name: 'Sample Cid', role: 'x', until: '2026-12-31', instead: cid.id });
    const { body } = await enrolment(room, late);
    expect((await room.ask('enrol', body)).status).toBe(403);
  });

  it('leaves those for whom its owner had vouched as they are', async () => {
    const { anew, cids } = await lost();
    const dan = await enrol(room, 'Sample Dan');
    expect((await vouch(room, ada, adas, dan.id)).status).toBe(200);
    expect((await vouch(room, cid, cids, dan.id)).status).toBe(200);
    await brought(anew);
    expect((await overviewOf(adas)).others).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ id: dan.id, state: 'active' })]),
    );
  });
});
