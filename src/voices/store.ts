/**
 * The store of the voices: an embedded database of its own, of which the bot knows nothing. It holds sealed texts, days
 * (never a finer time), and what the clocks need. What is acknowledged is on disk.
 */

import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { mayRead, type Case, type CaseEvent, type CaseId, type HandlerId } from '../../flows/voices/case.ts';
import type { Day } from '../../flows/voices/days.ts';
import { spell } from '../ids.ts';
import { openCaseFiles, type CaseFiles } from './case-files.ts';
import { openDatabase, settingOf } from './database.ts';
import { openReadingStore, TICKS_COLUMN, ticksIn, type ReadingStore } from './reading-store.ts';
import type { Added, LetIn, NewCase, NewMessage, Received, SealedMessage, StoredCase } from './stored-case.ts';
import { COUNT_MARK, openTombstones, type Tombstones } from './tombstones.ts';

export interface VoicesStore {
  /** The installation's own salt for receipts. */
  salt: Uint8Array;
  /** Signs receipts; PKCS #8. */
  receiptKey: Buffer;
  /** The underlying database, for the handlers' table beside this (src/voices/handlers.ts). */
  db: Database.Database;
  /** Keeps a report. The same receipt with the same text is kept once; with another text, that is added. */
  receive(made: NewCase): Received;
  /** Keeps what who reported it adds to a case; the same text once. */
  addTo(id: CaseId, made: Added): Received;
  caseAt(lookup: string): StoredCase | undefined;
  caseOf(id: CaseId): StoredCase | undefined;
  cases(): StoredCase[];
  messagesOf(id: CaseId): SealedMessage[];
  filesOf: CaseFiles['filesOf'];
  linkedFiles: CaseFiles['linkedFiles'];
  /**
   * Adds a message, its event, or both. `events`: how many the case had when it was decided; another number means that
   * somebody was faster, and nothing is written: false.
   */
  add(id: CaseId, events: number, made: { message?: NewMessage; event?: CaseEvent | undefined }): boolean;
  tombstones: Pick<Tombstones, 'all' | 'countOf'>;
  /** Erases a case but for its tombstone; false as for `add`. */
  erase(id: CaseId, events: number, day: Day): boolean;
  /** Lets a handler read what is there; false as for `add`, or where it has another number of messages by now. */
  letIn(id: CaseId, events: number, made: LetIn): boolean;
  keysFor: ReadingStore['keysFor'];
  /** Erases what was written in the case and who reported it. The case's days stay. */
  withdraw(id: CaseId, day: Day): void;
  close(): void;
}

interface CaseRow {
  id: string;
  recipient: string;
  day: string;
  sealed_to: string;
  events: string;
  who: Buffer | null;
  ticks: string;
}

interface MessageRow {
  number: number;
  day: string;
  handler: string | null;
  for_handlers: Buffer;
  for_reporter: Buffer | null;
}

const caseIn = ({ id, recipient, day, sealed_to, events, who, ticks }: CaseRow): StoredCase => ({
  id,
  recipient,
  day,
  sealedTo: JSON.parse(sealed_to) as HandlerId[],
  events: JSON.parse(events) as CaseEvent[],
  who: who ?? undefined,
  ...ticksIn(ticks),
});

const messageIn = ({ number, day, handler, for_handlers, for_reporter }: MessageRow): SealedMessage => ({
  number,
  day,
  by: handler ?? undefined,
  forHandlers: for_handlers,
  forReporter: for_reporter ?? undefined,
});

const isWithdrawn = ({ events }: Case): boolean => events.some(({ kind }) => kind === 'withdrawn');

/** Opens the store in a folder; makes both where they are not there. Throws VoicesStoreProblem, and SQLite's errors. */
export const openVoicesStore = (folder: string): VoicesStore => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = openDatabase(join(folder, 'voices.db'));
  const reading = openReadingStore(db);
  const files = openCaseFiles(db);
  const tombstones = openTombstones(db);
  const COLUMNS = `id, recipient, day, sealed_to, events, who, ${TICKS_COLUMN}`;
  const byLookup = db.prepare<[string], CaseRow>(`SELECT ${COLUMNS} FROM cases WHERE lookup = ?`);
  const byId = db.prepare<[string], CaseRow>(`SELECT ${COLUMNS} FROM cases WHERE id = ?`);
  const all = db.prepare<[], CaseRow>(`SELECT ${COLUMNS} FROM cases ORDER BY day, id`);
  const insert = db.prepare('INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?, ?)');
  const insertMessage = db.prepare(
    `INSERT INTO messages SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM messages WHERE case_id = ?`,
  );
  const marked = db.prepare('SELECT 1 FROM messages WHERE case_id = ? AND mark = ?');
  const setWho = db.prepare('UPDATE cases SET who = ? WHERE id = ?');
  const setEvents = db.prepare('UPDATE cases SET events = ? WHERE id = ?');
  const messages = db.prepare<[string], MessageRow>(
    'SELECT number, day, handler, for_handlers, for_reporter FROM messages WHERE case_id = ? ORDER BY number',
  );

  const write = (id: CaseId, { day, by, forHandlers, forReporter }: NewMessage, mark?: string): void =>
    void insertMessage.run(id, day, by ?? null, forHandlers, forReporter ?? null, mark ?? null, id);

  const addTo = db.transaction((id: CaseId, made: Added): Received => {
    const { day, forHandlers, mark, who, concerns = [], readers } = made;
    const row = byId.get(id);
    if (!row || isWithdrawn(caseIn(row))) return 'withdrawn';
    if (marked.get(id, mark)) return 'again';
    if (readers && readers.join() !== caseIn(row).sealedTo.join()) return 'others read it';
    reading.concern(id, concerns, false);
    write(id, { day, by: undefined, forHandlers, forReporter: undefined }, mark);
    files.link(id, made.files);
    if (who) setWho.run(who, id);
    setEvents.run(JSON.stringify([...caseIn(row).events, { kind: 'added', day } satisfies CaseEvent]), id);
    return 'added';
  });

  const receive = db.transaction((made: NewCase): Received => {
    const { lookup, recipient, day, sealedTo, report, mark, who, concerns } = made;
    const there = byLookup.get(lookup);
    if (there) return addTo(there.id, { day, forHandlers: report, mark, who, concerns, files: made.files });
    const id = `C-${spell(randomBytes(8))}`;
    insert.run(id, lookup, recipient, day, JSON.stringify(sealedTo), '[]', who ?? null);
    if (concerns) reading.concern(id, concerns, true);
    write(id, { day, by: undefined, forHandlers: report, forReporter: undefined }, mark);
    files.link(id, made.files);
    return 'new';
  });

  const add = db.transaction((id: CaseId, events: number, { message, event }: Parameters<VoicesStore['add']>[2]) => {
    const row = byId.get(id);
    if (!row) return false;
    const known = caseIn(row).events;
    if (known.length !== events || isWithdrawn(caseIn(row))) return false;
    if (message) write(id, message, event?.kind === 'closed' ? COUNT_MARK : undefined);
    if (event) setEvents.run(JSON.stringify([...known, event]), id);
    return true;
  });

  const letIn = db.transaction((id: CaseId, events: number, { reader, by, day, keys, messages: known }: LetIn) => {
    if (messages.all(id).length !== known) return false;
    if (!add(id, events, { event: { kind: 'let in', by, reader, day } })) return false;
    db.prepare("UPDATE cases SET sealed_to = json_insert(sealed_to, '$[#]', ?) WHERE id = ?").run(reader, id);
    reading.giveKeys(id, reader, keys);
    return true;
  });

  const withdraw = db.transaction((id: CaseId, day: Day) => {
    const row = byId.get(id);
    if (!row) return;
    const { events } = caseIn(row);
    if (isWithdrawn(caseIn(row))) return;
    db.prepare('DELETE FROM messages WHERE case_id = ?').run(id);
    reading.forget(id);
    files.forget(id);
    db.prepare('UPDATE cases SET who = NULL, events = ? WHERE id = ?').run(
      JSON.stringify([...events, { kind: 'withdrawn', day } satisfies CaseEvent]),
      id,
    );
  });

  const erase = db.transaction((id: CaseId, events: number, day: Day) => {
    const row = byId.get(id);
    const found = row && caseIn(row);
    if (!found || found.events.length !== events) return false;
    const sealedTo = found.sealedTo.filter((reader) => mayRead(found, reader));
    tombstones.put({ id, day, sealedTo, count: tombstones.countOf(id) });
    db.prepare('DELETE FROM messages WHERE case_id = ?').run(id);
    reading.forget(id);
    files.forget(id);
    db.prepare('DELETE FROM cases WHERE id = ?').run(id);
    return true;
  });

  const one = (row: CaseRow | undefined): StoredCase | undefined => (row ? caseIn(row) : undefined);
  return {
    salt: settingOf(db, 'salt'),
    receiptKey: settingOf(db, 'receipt key'),
    db,
    receive: (made) => receive.immediate(made),
    addTo: (id, made) => addTo.immediate(id, made),
    caseAt: (lookup) => one(byLookup.get(lookup)),
    caseOf: (id) => one(byId.get(id)),
    cases: () => all.all().map(caseIn),
    messagesOf: (id) => messages.all(id).map(messageIn),
    filesOf: files.filesOf,
    linkedFiles: files.linkedFiles,
    add: (id, events, made) => add.immediate(id, events, made),
    letIn: (id, events, made) => letIn.immediate(id, events, made),
    keysFor: reading.keysFor,
    tombstones,
    erase: (id, events, day) => {
      const done = erase.immediate(id, events, day);
      if (done) db.pragma('wal_checkpoint(TRUNCATE)');
      return done;
    },
    withdraw: (id, day) => {
      withdraw.immediate(id, day);
      // The log still holds what was erased until it is written back and cut.
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
    close: () => db.close(),
  };
};
