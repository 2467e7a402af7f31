/** What both parts of the public page work with: the form of a report, and the conversation behind a receipt. */

import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { type CaseClocks } from '../../flows/voices/clocks.ts';
import { dayOf, type Day } from '../../flows/voices/days.ts';
import { receiptFrom, RECEIPT_BYTES, type Receipt } from '../../flows/voices/receipt.ts';
import { newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import { isTooLarge, Unreadable, type Pace } from './files/form.ts';
import type { FileTaking, Taken, Taking } from './files/taking.ts';
import type { Handler } from './handlers.ts';
import type { FileTicks } from './page/files.ts';
import { pageOf, type InLanguage } from './page/frame.ts';
import type { Part } from './page/html.ts';
import { MOST_CHARACTERS, type Around } from './page/report-form.ts';
import type { KeysOfReceipt } from './receipt-keys.ts';
import type { Recipient } from './sealing.ts';
import type { VoicesStore } from './store.ts';
import type { StoredCase } from './stored-case.ts';
import { filled, type Texts } from './texts.ts';
import { Crowded } from './turns.ts';

/** A key outside of the company, for what concerns every handler. */
export interface Outside {
  name: string;
  recipient: Recipient;
}

/** Stands in `sealedTo` for it. */
export const OUTSIDE = 'outside';

export interface PublicOptions {
  store: VoicesStore;
  keysOf: KeysOfReceipt;
  files: FileTaking;
  /** How fast a form has to arrive. */
  pace?: Pace | undefined;
  /** Looks who can read now: runs before each request. Absent: they stay the same. */
  look?: (() => Promise<void>) | undefined;
  /** Those who are vouched for and still there. */
  readers: () => Pick<Handler, 'id' | 'name' | 'role' | 'recipient' | 'instead'>[];
  outside: Outside | undefined;
  /** The first at `/`, each of the others at its own, such as `/es/`. Nothing is kept of which one is read. */
  languages: readonly Texts[];
  company: string;
  products: readonly string[];
  authorities: readonly string[];
  leave: string;
  practice: boolean;
  clocks: CaseClocks;
  /** Whether there is room on the disk. */
  hasRoom: () => boolean;
  clock: () => Date;
  logger: Logger;
}

export const newReceipt = (): Receipt => receiptFrom(randomBytes(RECEIPT_BYTES));

/** Files are named in the sealed message alone. */
export const withFiles = (message: object, { files }: Taken): object =>
  files.length === 0 ? message : { ...message, files };

/** There is nobody to whom this may be sealed: it concerns all of the readers, or all of its readers left. */
export class NobodyToSealTo extends Error {
  override name = 'NobodyToSealTo';
}

/** `links`: the same page in other languages, where nobody typed anything yet. */
export interface Shown {
  status?: number | undefined;
  links?: readonly InLanguage[] | undefined;
}

export interface Desk {
  options: PublicOptions;
  /** In its language. */
  texts: Texts;
  today(): Day;
  around(): Around;
  show(response: Response, title: string, body: Part, more?: Shown): void;
  /** Cleans and keeps what was sent; `found`: the case in which it will be. */
  finish(files: Taking, ticks: FileTicks, found: StoredCase | undefined): Promise<Taken>;
  /** What the person is told where something failed; what nobody expected is logged, with a number alone. */
  problemOf(error: unknown): { problem: string; status: number };
}

export const deskOf = (options: PublicOptions, texts: Texts): Desk => {
  const { store, clocks, logger } = options;
  const today = (): string => dayOf(options.clock());

  const around = (): Around => ({
    texts,
    fillings: { company: options.company, days: clocks.acknowledgeDays, months: clocks.feedbackMonths },
    products: options.products,
    authorities: options.authorities,
    readers: options.readers(),
    outside: options.outside?.name,
  });

  const show = (response: Response, title: string, body: Part, { status = 200, links = [] }: Shown = {}): void => {
    const { leave, practice } = options;
    response.status(status).type('html').send(pageOf({ texts, leave, practice, title, links }, body));
  };

  const finish = (files: Taking, ticks: FileTicks, found: StoredCase | undefined): Promise<Taken> => {
    const inCase = found ? store.filesOf(found.id).reduce((sum, { bytes }) => sum + bytes, 0) : 0;
    return files.finish({ clean: ticks.clean !== '', asItIs: ticks.asItIs !== '' }, inCase);
  };

  const problemOf = (error: unknown): { problem: string; status: number } => {
    if (error instanceof Crowded) return { problem: texts.crowded, status: 503 };
    if (error instanceof NobodyToSealTo) return { problem: filled(texts.nobody, around().fillings), status: 409 };
    if (isTooLarge(error)) return { problem: filled(texts.tooLong, { number: MOST_CHARACTERS }), status: 413 };
    if (error instanceof Unreadable) return { problem: texts.unreadable, status: 400 };
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_FULL')) return { problem: filled(texts.full, around().fillings), status: 503 };
    const trace = newTrace();
    logger.error('voices.failed', { error, trace });
    return { problem: filled(texts.broken, { number: trace }), status: 500 };
  };

  return { options, texts, today, around, show, finish, problemOf };
};
