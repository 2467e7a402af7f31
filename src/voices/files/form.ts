/** Reads a form that may bring files, while it arrives; and the pace at which it has to. */

import { Busboy, type BusboyInstance } from '@fastify/busboy';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Taking } from './taking.ts';

/** What was sent is no form, or ends too early. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** Whoever sent it is gone: nobody waits for an answer. */
class Gone extends Error {
  override name = 'Gone';
}

/** Its texts are longer than a form can be. */
class TooLong extends Error {
  override name = 'TooLong';
  readonly type = 'entity.too.large';
}

export const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && /^(?:entity|parameters)\.too\.(?:large|many)$/.test(String(error.type));

/** Bytes of all texts of a form, and of one: a character takes four at most. */
const MOST_TEXT = 2 * 2 ** 20;
const MOST_FIELD = 200 * 1024;

const MOST_FIELDS = 300;
/** More than are taken, so that most of those that are not can be named. */
const MOST_FILES = 100;

type Fields = Record<string, string | string[]>;

const readerOf = (request: Request): BusboyInstance => {
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.get('content-type') ?? '' },
      isPartAFile: (_field, _type, name) => name !== undefined,
      limits: {
        fieldSize: MOST_FIELD,
        fields: MOST_FIELDS,
        files: MOST_FILES,
        parts: MOST_FIELDS + MOST_FILES,
        headerPairs: 20,
        headerSize: 8 * 1024,
      },
    });
  } catch (cause) {
    throw new Unreadable('This is no form with files.', { cause });
  }
};

/**
 * Reads a `multipart/form-data` body; its files go to `taking` one after the other. Rejects with Unreadable, Gone, an error
 * of type `entity.too.large`, and what `taking` throws.
 */
const readFormWithFiles = (request: Request, taking: Taking): Promise<Fields> =>
  new Promise((resolve, reject) => {
    const reader = readerOf(request);
    const fields: Fields = {};
    const open = new Set<{ destroy(error: Error): unknown }>();
    let text = 0;
    let last = Promise.resolve();
    let isOver = false;
    const fail = (error: unknown): void => {
      if (isOver) return;
      isOver = true;
      request.unpipe(reader);
      request.resume();
      for (const file of open) file.destroy(new Gone('The form ended.'));
      void last.catch(() => {}).then(() => reject(error as Error));
    };
    reader.on('field', (name, value, _cutName, cut) => {
      text += value.length;
      if (cut || text > MOST_TEXT) return fail(new TooLong('The texts of a form are too long.'));
      const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
      const next = before === undefined ? value : [before, value].flat();
      Object.defineProperty(fields, name, { value: next, enumerable: true, configurable: true, writable: true });
    });
    reader.on('file', (_field, file, name) => {
      open.add(file);
      // Told to whoever reads it, too; until then nobody may.
      file.on('error', () => {});
      last = last.then(async () => {
        await taking.take(name, file);
        open.delete(file);
      });
      last.catch(fail);
    });
    reader.on('filesLimit', () => taking.refuse('…', 'fileTooMany'));
    reader.on('error', (cause) => fail(new Unreadable('A form broke off.', { cause })));
    reader.on('finish', () => {
      last.then(() => {
        if (isOver) return;
        isOver = true;
        resolve(fields);
      }, fail);
    });
    const gone = (): void => fail(new Gone('The sender is gone.'));
    request.on('error', gone);
    request.on('aborted', gone);
    request.pipe(reader);
  });

const readForm = express.urlencoded({ extended: false, limit: MOST_TEXT, parameterLimit: MOST_FIELDS });

const readBody = (request: Request, response: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    readForm(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error as Error)));
  });

/**
 * What it returns reads a form in either of the ways in which browsers send one, and acts on it. What then belongs to no
 * case of its files is erased.
 */
export const formsWithFiles =
  (begin: () => Taking) =>
  (act: (request: Request, response: Response, files: Taking) => Promise<void>) =>
  async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const files = begin();
    try {
      if (request.is('multipart/*') === false) await readBody(request, response);
      else request.body = await readFormWithFiles(request, files);
      await act(request, response, files);
    } catch (error) {
      if (error instanceof Gone) return;
      // What may still arrive is read by nobody.
      response.set('connection', 'close');
      next(error);
    } finally {
      files.end();
    }
  };

export interface Pace {
  /** Milliseconds before anybody looks. */
  grace: number;
  /** On average, since the beginning. */
  bytesPerSecond: number;
}

/** Tor Browser on a bad day is a hundred times as fast. */
export const LEAST_PACE: Pace = { grace: 20_000, bytesPerSecond: 1024 };

/** Ends requests that drip: somebody who sends a byte now and then would keep a connection and its memory. */
export const paced =
  ({ grace, bytesPerSecond }: Pace = LEAST_PACE): RequestHandler =>
  (request, _response, next) => {
    const { socket } = request;
    const began = Date.now();
    const before = socket.bytesRead;
    const look = setInterval(() => {
      if (request.complete || request.destroyed) return clearInterval(look);
      const late = Date.now() - began - grace;
      if (late > ((socket.bytesRead - before) / bytesPerSecond) * 1000) socket.destroy();
    }, grace / 4).unref();
    const end = (): void => clearInterval(look);
    request.on('end', end);
    request.on('close', end);
    next();
  };
