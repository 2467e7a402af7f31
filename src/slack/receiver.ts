/**
 * Bolt's receiver for HTTP, to be mounted on a route whose body is unread. It checks what Bolt's own does not
 * (timestamps from the future, repeats) and acknowledges events after they were handled, not before.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { App, Receiver } from '@slack/bolt';
import type { EventStore } from '../../store/event-store.ts';
import type { CountRequest } from '../edge/request-watch.ts';
import { newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import { headerFault, verifyRequest } from './verify.ts';

/** Answers the request, once; later calls do nothing. */
export type Respond = (body?: object) => Promise<void>;

/** Carried in Bolt's context. */
export interface Arrival {
  trace: string;
  /** HTTP only: Bolt gives no `ack` for events. */
  respond?: Respond | undefined;
  /** When it came in, by `performance.now()`: Slack's deadline starts then. */
  arrived: number;
  /**
   * Whether it is no repeat; undefined where the store could not say, so that nothing may be done. Until it is known
   * nothing is done either, but data that will be needed can be read. Never rejects.
   */
  first: Promise<boolean | undefined>;
}

export interface ReceiverOptions {
  signingSecret: string;
  store: Pick<EventStore, 'firstTime'>;
  clock: () => Date;
  logger: Logger;
  /** Returns why not yet; undefined once requests can be handled. */
  notReady: () => string | undefined;
  asked?: CountRequest | undefined;
}

const MOST_BYTES = 1_000_000;
/** Slack sends some kilobytes a request. */
const MOST_BYTES_AT_ONCE = 32_000_000;
/** Not signed, and gets nothing done. */
const CERTIFICATE_CHECK = 'ssl_check=1';
/** Longer than a signature is valid. */
const REMEMBER_MS = 10 * 60_000;
const FORM = 'application/x-www-form-urlencoded';

/** A refused request. */
class RequestRefused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

interface Reading {
  bytes: number;
  drop: () => void;
}

/**
 * Bytes of bodies that are being read, of all requests together: anybody can send a signature that is not Slack's. When
 * they are too many the largest body goes, so that nobody keeps Slack's small ones out by holding big ones.
 */
const createBudget = () => {
  const open = new Set<Reading>();
  let held = 0;
  const close = (reading: Reading): void => {
    if (open.delete(reading)) held -= reading.bytes;
  };
  return {
    open: (reading: Reading): void => void open.add(reading),
    take: (reading: Reading, bytes: number): void => {
      reading.bytes += bytes;
      held += bytes;
      while (held > MOST_BYTES_AT_ONCE) {
        const [largest = reading] = [...open].toSorted((a, b) => b.bytes - a.bytes);
        close(largest);
        largest.drop();
      }
    },
    close,
  };
};

const readBody = (req: IncomingMessage, most: number, budget: ReturnType<typeof createBudget>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  const reading: Reading = { bytes: 0, drop: () => {} };
  const read = new Promise<Buffer>((resolve, reject) => {
    if (Number(req.headers['content-length'] ?? 0) > most) return reject(new RequestRefused(413, 'too-large'));
    reading.drop = () => reject(new RequestRefused(503, 'busy'));
    budget.open(reading);
    req.on('data', (part: Buffer) => {
      if (reading.bytes + part.length > most) return reject(new RequestRefused(413, 'too-large'));
      parts.push(part);
      budget.take(reading, part.length);
    });
    req.once('end', () => resolve(Buffer.concat(parts)));
    // The sender is gone, or closed the connection half-way: nothing is wrong on this side.
    req.once('error', () => reject(new RequestRefused(400, 'cut-off')));
    req.once('close', () => {
      if (!req.complete) reject(new RequestRefused(400, 'cut-off'));
    });
  });
  return read.finally(() => {
    req.removeAllListeners('data');
    parts.length = 0;
    budget.close(reading);
  });
};

type Body = Record<string, unknown>;

const ONE_FIELD = /^payload=([^&]*)$/;

const parseForm = (text: string): unknown => {
  // The usual case: one long field. Decoding it whole takes a third of the time that `parse` takes.
  const payload = ONE_FIELD.exec(text)?.[1];
  if (payload !== undefined) return JSON.parse(decodeURIComponent(payload.replaceAll('+', ' ')));
  const fields = parse(text);
  return typeof fields['payload'] === 'string' ? JSON.parse(fields['payload']) : { ...fields };
};

const parseBody = (type: string, raw: Buffer): Body | undefined => {
  try {
    const body: unknown = type === FORM ? parseForm(raw.toString()) : JSON.parse(raw.toString());
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : undefined;
  } catch {
    return undefined;
  }
};

const mediaType = (req: IncomingMessage): string => {
  const type = (req.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type !== FORM && type !== 'application/json') throw new RequestRefused(415, 'media-type');
  return type;
};

const once =
  (res: ServerResponse): Respond =>
  async (body) => {
    if (res.headersSent) return;
    if (body === undefined) return void res.writeHead(200).end();
    const json = JSON.stringify(body);
    // With its length, head and body go out in one write.
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }).end(json);
  };

export interface HttpReceiver extends Receiver {
  listener: (req: IncomingMessage, res: ServerResponse) => void;
}

export const createReceiver = ({
  signingSecret,
  store,
  clock,
  logger,
  notReady,
  asked,
}: ReceiverOptions): HttpReceiver => {
  let app: App | undefined;
  const budget = createBudget();

  const isFirst = async (key: string): Promise<boolean | undefined> => {
    const expires = new Date(clock().getTime() + REMEMBER_MS).toISOString();
    try {
      return await store.firstTime(key, expires);
    } catch (error) {
      logger.error('slack.repeats-unknown', { error });
      return undefined;
    }
  };

  const receive = async (req: IncomingMessage, res: ServerResponse, trace: string): Promise<void> => {
    const arrived = performance.now();
    if (req.method !== 'POST') throw new RequestRefused(405, 'method');
    const type = mediaType(req);
    const headers = {
      timestamp: req.headers['x-slack-request-timestamp'],
      signature: req.headers['x-slack-signature'],
    };
    const fault = headerFault(headers, clock());
    const length = Number(req.headers['content-length'] ?? 0);
    // A body that cannot be signed is not read, unless it may be the certificate check.
    if (fault && (type !== FORM || length !== CERTIFICATE_CHECK.length)) throw new RequestRefused(401, fault);
    const raw = await readBody(req, fault ? CERTIFICATE_CHECK.length : MOST_BYTES, budget);
    if (type === FORM && raw.toString() === CERTIFICATE_CHECK) return void res.writeHead(200).end();
    const verdict = verifyRequest(signingSecret, headers, raw, clock());
    if (!verdict.ok) throw new RequestRefused(401, verdict.code);
    const body = parseBody(type, raw);
    // Somebody may type the same twice within a second, with the same signature. It is read, and changes nothing.
    const first = body?.['type'] === 'block_suggestion' ? Promise.resolve(true) : isFirst(verdict.key);
    const unlessRepeated = async (): Promise<void> => {
      if ((await first) === false) throw new RequestRefused(409, 'repeated');
    };
    if (!body) {
      await unlessRepeated();
      throw new RequestRefused(400, 'garbage');
    }
    const respond = once(res);
    if (body['type'] === 'url_verification' || !app || notReady() !== undefined) await unlessRepeated();
    if (body['type'] === 'url_verification') return respond({ challenge: String(body['challenge']) });
    if (!app || notReady() !== undefined) throw new RequestRefused(503, 'not-ready');
    const isEvent = body['event'] !== undefined;
    const arrival: Arrival = { trace, respond, arrived, first };
    try {
      // Bolt acknowledges an event before anybody has handled it; its acknowledgement goes nowhere.
      await app.processEvent({ body, ack: isEvent ? async () => {} : respond, customProperties: { ...arrival } });
    } catch (error) {
      await unlessRepeated();
      logger.warn('slack.not-understood', { trace, error });
      if (!res.headersSent) throw new RequestRefused(400, 'garbage');
    }
    await unlessRepeated();
    await respond();
  };

  const refuse = (thrown: unknown, req: IncomingMessage, res: ServerResponse, trace: string): void => {
    const { status, code } = thrown instanceof RequestRefused ? thrown : { status: 500, code: 'fault' };
    asked?.(status === 500 ? 'fault' : 'refused');
    if (status === 500) logger.error('slack.request-failed', { trace, error: thrown });
    else logger.warn('slack.request-refused', { trace, status, code });
    if (res.headersSent || res.destroyed) return;
    // The rest of an over-long body is not waited for.
    res.writeHead(status, { connection: 'close' }).end(() => {
      if (!req.complete) req.destroy();
    });
  };

  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => {},
    stop: async () => {},
    listener: (req, res) => {
      const trace = newTrace();
      receive(req, res, trace).catch((error: unknown) => refuse(error, req, res, trace));
    },
  };
};
