/** Cases that are over are erased on their day, with their files, and leave a tombstone that says nothing. */

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseEvent } from '../../../flows/voices/case.ts';
import { erasedOn } from '../../../flows/voices/retention.ts';
import { eraseWhatIsOver } from '../../../src/voices/erasing.ts';
import type { Overview, ShownCase } from '../../../src/voices/room/wire.ts';
import { open, seal } from '../../../src/voices/sealing.ts';
import {
  answerTo,
  openCaseRoom,
  reportTo,
  twoHandlers,
  type CaseRoom,
  type SoftHandler,
} from '../../support/case-room.ts';

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

const eraseAt = (day: string): number =>
  eraseWhatIsOver({
    store: room.store,
    files: room.files,
    retentionDays: 90,
    clock: () => new Date(`${day}T12:00:00Z`),
  });

const COUNT = { kind: 'count', count: { year: 2026, found: 'credible', remedied: false, reopened: false } };

const shownTo = async (id: string): Promise<ShownCase> =>
  (await room.ask('case', { id }, adas)).body as unknown as ShownCase;
const overviewOf = async (token: string): Promise<Overview> =>
  (await room.ask('room', {}, token)).body as unknown as Overview;

/** Told, closed, and asked twice, all on the first day. */
const finish = async (id: string): Promise<void> => {
  const say = async (action: object): Promise<void> => {
    const asked = await answerTo(await shownTo(id), 'Words to them.', { action });
    expect((await room.ask('act', asked, adas)).status).toBe(200);
  };
  await say({ do: 'feedback' });
  const shown = await shownTo(id);
  const message = { forHandlers: Buffer.from(await seal(COUNT, shown.recipients)).toString('base64') };
  const close = { id, events: shown.events.length, action: { do: 'close' }, message };
  expect((await room.ask('act', close, adas)).status).toBe(200);
  await say({ do: 'ask' });
  await say({ do: 'ask' });
};

/** Everything on the disk. */
const everyByte = (): string => {
  const folder = dirname(room.store.db.name);
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('');
};

describe('a case that is over', () => {
  it('is erased with its files, and leaves its number, a day and a sealed count', async () => {
    const file = room.files.begin();
    const inFile = randomBytes(200_000);
    file.write(inFile);
    const stored = file.end();
    const { id, keys } = await reportTo(room, [ada, ben]);
    room.store.addTo(id, {
      day: '2026-11-27',
      forHandlers: await seal({ kind: 'words', text: 'More.' }, [ada.recipient, ben.recipient]),
      mark: 'more',
      files: [stored],
    });
    room.files.release([stored.id]);
    await finish(id);
    const sealed = room.store
      .messagesOf(id)
      .map(({ forHandlers }) => Buffer.from(forHandlers).toString('latin1').slice(200, 260));
    for (const part of [...sealed, inFile.toString('latin1').slice(0, 40)]) expect(everyByte()).toContain(part);
    expect((await shownTo(id)).erasedOn).toBe('2027-02-25');
    expect(eraseAt('2027-02-24')).toBe(0);
    expect(eraseAt('2027-02-25')).toBe(1);
    expect(eraseAt('2027-02-25')).toBe(0);
    expect(room.store.caseAt(keys.lookup)).toBeUndefined();
    const left = everyByte();
    const count = room.store.tombstones.all()[0]?.count;
    for (const part of sealed) {
      const isCount = Buffer.from(count ?? [])
        .toString('latin1')
        .includes(part);
      expect(left.includes(part)).toBe(isCount);
    }
    expect(left).not.toContain(inFile.toString('latin1').slice(0, 40));
    expect(left).not.toContain(keys.lookup);
    expect(room.store.tombstones.all()).toMatchObject([{ id, day: '2027-02-25', sealedTo: [ada.id, ben.id] }]);
    expect((await room.ask('case', { id }, adas)).status).toBe(404);
    const { cases, counts } = await overviewOf(bens);
    expect(cases).toEqual([]);
    expect(await open(Buffer.from(counts[0] ?? '', 'base64'), ben.identity)).toEqual(COUNT);
  });

  it('is counted only by those who could read it', async () => {
    const { id } = await reportTo(room, [ada], { concerns: [{ id: ben.id, name: 'Sample Ben' }] });
    await finish(id);
    expect([(await overviewOf(adas)).counts.length, (await overviewOf(bens)).counts.length]).toEqual([1, 0]);
    eraseAt('2027-03-01');
    expect([(await overviewOf(adas)).counts.length, (await overviewOf(bens)).counts.length]).toEqual([1, 0]);
  });

  it('is kept while somebody’s last words are unanswered, and while it is open again', async () => {
    const { id } = await reportTo(room, [ada, ben]);
    await finish(id);
    const forHandlers = await seal({ kind: 'words', text: 'They fired me.' }, [ada.recipient, ben.recipient]);
    room.store.addTo(id, { day: '2027-01-10', forHandlers, mark: 'late' });
    expect(eraseAt('2030-01-01')).toBe(0);
    expect((await overviewOf(adas)).cases).toMatchObject([{ id, newest: '2027-01-10' }]);
    const { events } = await shownTo(id);
    expect((await room.ask('act', { id, events: events.length, action: { do: 'open again' } }, bens)).status).toBe(200);
    expect(eraseAt('2030-01-01')).toBe(0);
  });

  it('is not erased in the moment in which somebody writes into it', async () => {
    const { id } = await reportTo(room, [ada, ben]);
    await finish(id);
    const { events } = room.store.caseOf(id)!;
    const forHandlers = await seal({ kind: 'words', text: 'Wait.' }, [ada.recipient, ben.recipient]);
    room.store.addTo(id, { day: '2027-02-25', forHandlers, mark: 'late' });
    expect(room.store.erase(id, events.length, '2027-02-25')).toBe(false);
    expect(room.store.messagesOf(id).length).toBeGreaterThan(1);
  });

  it('is erased for good where it was taken back', async () => {
    const { id } = await reportTo(room, [ada, ben]);
    room.store.withdraw(id, '2026-11-28');
    expect(eraseAt('2027-02-25')).toBe(0);
    expect(eraseAt('2027-02-26')).toBe(1);
    expect(room.store.tombstones.all()).toEqual([
      { id, day: '2027-02-26', sealedTo: [ada.id, ben.id], count: undefined },
    ]);
  });
});

it('is due to be erased only once it is closed, was asked twice, and nothing came since', () => {
  const by = 'h-1';
  const base: CaseEvent[] = [
    { kind: 'feedback', by, day: '2026-01-01' },
    { kind: 'closed', by, day: '2026-01-02' },
    { kind: 'asked', by, day: '2026-02-01' },
  ];
  const asked: CaseEvent[] = [...base, { kind: 'asked', by, day: '2026-07-01' }];
  const on = (events: CaseEvent[]): string | undefined => erasedOn({ day: '2025-12-01', events }, 90);
  expect(on(base)).toBeUndefined();
  expect(on(asked)).toBe('2026-09-29');
  expect(on([...asked, { kind: 'added', day: '2026-08-01' }])).toBeUndefined();
  expect(on([...asked, { kind: 'added', day: '2026-08-01' }, { kind: 'asked', by, day: '2026-08-10' }])).toBe(
    '2026-11-08',
  );
  expect(on(asked.filter(({ kind }) => kind !== 'closed'))).toBeUndefined();
});
