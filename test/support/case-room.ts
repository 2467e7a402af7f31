/** A case room over real HTTP, on a port of its own, and handlers with passkeys and keys in software. */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encrypter, generateHybridIdentity } from 'age-encryption';
import express from 'express';
import type { Assertion } from '../../flows/passkey.ts';
import { USUAL_CLOCKS } from '../../flows/voices/clocks.ts';
import { receiptFrom } from '../../flows/voices/receipt.ts';
import type { Logger } from '../../src/log.ts';
import type { Site } from '../../src/signing/verify.ts';
import { openFileStore, type FileStore } from '../../src/voices/files/store.ts';
import { createHandlers, spokenKey, type Handlers } from '../../src/voices/handlers.ts';
import { createReceiptKeys, type ReceiptKeys } from '../../src/voices/receipt-keys.ts';
import { mountRoom } from '../../src/voices/room/mount.ts';
import type { ShownCase, SignedIn } from '../../src/voices/room/wire.ts';
import { recipientOf, seal } from '../../src/voices/sealing.ts';
import { openVoicesStore, type VoicesStore } from '../../src/voices/store.ts';
import { SITE, softPasskey, type SoftPasskey } from './soft-passkey.ts';

export interface Answered {
  status: number;
  body: Record<string, unknown>;
}

export interface CaseRoom {
  url: string;
  store: VoicesStore;
  files: FileStore;
  handlers: Handlers;
  /** Everything that was logged. */
  logged: string[];
  /** Moves the clock. */
  pass(minutes: number): void;
  ask(path: string, body: unknown, token?: string): Promise<Answered>;
  end(): Promise<void>;
}

export const askAt =
  (url: string): CaseRoom['ask'] =>
  async (path, body, token) => {
    const response = await fetch(`${url}/api/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  };

/** Of the organisation file. */
export const PEOPLE = [
  { id: 'rep-1', name: 'Sample Rep' },
  { id: 'counsel-1', name: 'Sample Counsel' },
  { id: 'audit-1', name: 'Sample Auditor' },
  { id: 'ben-1', name: 'Sample Ben' },
];

/** `root`: of the compiled page; absent, there is none. `kept`: a folder that stays; absent, one that goes. */
export const openCaseRoom = async ({
  root,
  port = 0,
  kept,
}: { root?: string; port?: number; kept?: string } = {}): Promise<CaseRoom> => {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'clearthread-room-'));
  const store = openVoicesStore(folder);
  const files = openFileStore(folder, () => store.linkedFiles());
  const handlers = createHandlers(store);
  const app = express();
  const server = app.listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const site: Site = root === undefined ? SITE : { origin: url, rpId: 'localhost' };
  let now = Date.parse('2026-11-27T09:00:00Z');
  const logged: string[] = [];
  const write = (event: string, fields?: object): void => void logged.push(JSON.stringify([event, fields]));
  const logger: Logger = { info: write, warn: write, error: write };
  mountRoom(app, {
    store,
    files,
    handlers,
    site,
    clock: () => new Date(now),
    clocks: USUAL_CLOCKS,
    people: PEOPLE,
    retentionDays: 90,
    logger,
    root,
  });
  return {
    url,
    store,
    files,
    handlers,
    logged,
    pass: (minutes) => void (now += minutes * 60_000),
    ask: askAt(url),
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      files.close();
      store.close();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** As a browser sends it. */
export const sentOf = ({ key, clientData, authenticatorData, signature }: Assertion) => ({
  id: key,
  response: { clientDataJSON: clientData, authenticatorData, signature },
});

let madeOnce: Promise<string> | undefined;

/** A private key under a passphrase: made once, since it takes a while and the server can't tell whose it is. */
export const wrappedKey = (): Promise<string> => {
  madeOnce ??= (async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('four words are enough');
    encrypter.setScryptWorkFactor(15);
    return Buffer.from(await encrypter.encrypt(await generateHybridIdentity())).toString('base64');
  })();
  return madeOnce;
};

export interface SoftHandler {
  id: string;
  passkey: SoftPasskey;
  identity: string;
  recipient: string;
  /** Of the invitation. */
  token: string;
  /** The text of a challenge is the server's; a device signs what it is given. */
  answer(challenge: string): ReturnType<typeof sentOf>;
}

/** Has a passkey sign a challenge whose text nobody but the server knows. */
const answerWith = (passkey: SoftPasskey, challenge: string): ReturnType<typeof sentOf> =>
  sentOf(passkey.sign('', { client: { challenge } }));

export const invite = (room: CaseRoom, name: string): { id: string; token: string } =>
  room.handlers.invite({ name, role: `Role of ${name}`, until: '2026-12-31' });

/** What a browser sends to take an invitation. */
export const enrolment = async (
  room: CaseRoom,
  { id, token }: { id: string; token: string },
): Promise<{ body: Record<string, unknown>; handler: SoftHandler }> => {
  const passkey = softPasskey(id);
  const identity = await generateHybridIdentity();
  const recipient = await recipientOf(identity);
  const { body } = await room.ask('invited', { token });
  const { challenge } = body['options'] as { challenge: string };
  const credential = passkey.registration('', { client: { challenge } });
  return {
    body: { token, credential, recipient, wrapped: await wrappedKey() },
    handler: { id, passkey, identity, recipient, token, answer: (asked) => answerWith(passkey, asked) },
  };
};

export const enrol = async (room: CaseRoom, name: string): Promise<SoftHandler> => {
  const { body, handler } = await enrolment(room, invite(room, name));
  const { status } = await room.ask('enrol', body);
  if (status !== 200) throw new Error(`enrol: ${status}`);
  return handler;
};

/** Returns the token. */
export const signIn = async (room: Pick<CaseRoom, 'ask'>, { id, answer }: SoftHandler): Promise<string> => {
  const begun = await room.ask('sign-in/begin', { id });
  const { ticket, options } = begun.body as { ticket: string; options: { challenge: string } };
  const { body } = await room.ask('sign-in/finish', { id, ticket, credential: answer(options.challenge) });
  return (body as unknown as SignedIn).token;
};

/** Returns the answer to a voucher who typed what the other read to them. */
export const vouch = async (room: CaseRoom, by: SoftHandler, token: string, id: string): Promise<Answered> => {
  const begun = await room.ask('vouch/begin', { id }, token);
  if (begun.status !== 200) return begun;
  const { challenge } = begun.body['options'] as { challenge: string };
  return room.ask('vouch/finish', { id, typed: typedFor(room, id), credential: by.answer(challenge) }, token);
};

const typedFor = (room: CaseRoom, id: string): string => {
  const handler = room.handlers.all().find((other) => other.id === id);
  return handler ? spokenKey(handler).toLowerCase() : '';
};

/** Two who vouched for each other, signed in. */
export const twoHandlers = async (
  room: CaseRoom,
): Promise<{ ada: SoftHandler; ben: SoftHandler; adas: string; bens: string }> => {
  const ada = await enrol(room, 'Sample Ada');
  const ben = await enrol(room, 'Sample Ben');
  const adas = await signIn(room, ada);
  const bens = await signIn(room, ben);
  await vouch(room, ada, adas, ben.id);
  await vouch(room, ben, bens, ada.id);
  return { ada, ben, adas, bens };
};

/** A message as the page seals it. */
export const words = async (text: string, recipients: readonly string[]): Promise<string> =>
  Buffer.from(await seal({ kind: 'words', text }, recipients)).toString('base64');

/** An answer to a case as it is shown, sealed for all who read it. */
export const answerTo = async (shown: ShownCase, text: string, more: object = {}): Promise<object> => ({
  id: shown.id,
  events: shown.events.length,
  action: { do: 'answer' },
  message: {
    forHandlers: await words(text, shown.recipients),
    forReporter: await words(text, [shown.reporter]),
  },
  ...more,
});

/** A report to some of them, with its receipt's keys. `concerns`: who was ticked; absent, as it was kept before ticks were. */
export const reportTo = async (
  room: CaseRoom,
  to: readonly SoftHandler[],
  { day = '2026-11-27', concerns }: { day?: string; concerns?: { id: string; name: string }[] } = {},
): Promise<{ id: string; keys: ReceiptKeys }> => {
  const keys = await createReceiptKeys(room.store.salt)(receiptFrom(randomBytes(16)));
  const recipients = to.map(({ recipient }) => recipient);
  room.store.receive({
    lookup: keys.lookup,
    recipient: keys.recipient,
    day,
    sealedTo: to.map((handler) => handler.id),
    report: await seal({ kind: 'report', what: 'They watch us.', ...(concerns && { concerns }) }, recipients),
    mark: keys.markOf('They watch us.'),
    who: await seal({ name: 'Sample Person' }, recipients),
    ...(concerns && { concerns: concerns.map(({ id }) => id) }),
  });
  return { id: room.store.caseAt(keys.lookup)?.id ?? '', keys };
};

/** Takes an invitation to make a new key in place of a lost one. */
export const enrolAgain = async (room: CaseRoom, { id }: SoftHandler, name: string): Promise<SoftHandler> => {
  const invited = room.handlers.invite({ name, role: `Role of ${name}`, until: '2026-12-31', instead: id });
  const { body, handler } = await enrolment(room, invited);
  const { status } = await room.ask('enrol', body);
  if (status !== 200) throw new Error(`enrol: ${status}`);
  return handler;
};
