/** The public page of the voices: a report, its receipt, and the conversation behind a receipt. It keeps nothing of who asks. */

import { randomBytes } from 'node:crypto';
import type { Express, NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { mayRead } from '../../flows/voices/case.ts';
import { dayOf, type CaseClocks } from '../../flows/voices/clocks.ts';
import { readReceipt, receiptFrom, RECEIPT_BYTES, type Receipt } from '../../flows/voices/receipt.ts';
import { HANDLERS_NEEDED } from '../../flows/voices/vouching.ts';
import { newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import { formsWithFiles, isTooLarge, paced, Unreadable, type Pace } from './files/form.ts';
import type { FileTaking, Taken, Taking } from './files/taking.ts';
import type { Handler } from './handlers.ts';
import { conversationPage, nothingPage, receiptForm, type Answer, type Told } from './page/answers.ts';
import type { FileTicks } from './page/files.ts';
import { HEADERS, pageOf } from './page/frame.ts';
import type { Part } from './page/html.ts';
import {
  closedPage,
  fileTicks,
  MOST_CHARACTERS,
  NOTHING_TYPED,
  readersMark,
  receiptPage,
  reportPage,
  reportShape,
  type Around,
  type Typed,
} from './page/report-form.ts';
import type { KeysOfReceipt, ReceiptKeys } from './receipt-keys.ts';
import { open, seal, type Recipient } from './sealing.ts';
import { signedReceipt } from './signed-receipt.ts';
import type { Received, StoredCase, VoicesStore } from './store.ts';
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
  texts: Texts;
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

const asked = z.object({ receipt: z.string().max(400).default('') });
const adds = asked.extend({ words: z.string().max(MOST_CHARACTERS).default(''), ...fileTicks });
const takesBack = asked.extend({ sure: z.string().max(10).default('') });

const newReceipt = (): Receipt => receiptFrom(randomBytes(RECEIPT_BYTES));

/** Files are named in the sealed message alone. */
const withFiles = (message: object, { files }: Taken): object => (files.length === 0 ? message : { ...message, files });

const answerShape = z.object({ text: z.string() });

/** There is nobody to whom this may be sealed: it concerns all of the readers, or all of its readers left. */
class NobodyToSealTo extends Error {
  override name = 'NobodyToSealTo';
}

export const mountPublic = (app: Express, options: PublicOptions): void => {
  const { store, keysOf, texts, clocks, logger } = options;
  const today = (): string => dayOf(options.clock());

  const around = (): Around => ({
    texts,
    fillings: { company: options.company, days: clocks.acknowledgeDays, months: clocks.feedbackMonths },
    products: options.products,
    authorities: options.authorities,
    readers: options.readers(),
    outside: options.outside?.name,
  });

  const show = (response: Response, title: string, body: Part, status = 200): void => {
    const { leave, practice } = options;
    response.status(status).type('html').send(pageOf({ texts, leave, practice, title }, body));
  };

  const isOpen = (): boolean => options.readers().length >= HANDLERS_NEEDED;

  /** Whoever was ticked, and got a new key while the form was open, stays ticked. */
  const withNewKeys = (concerns: readonly string[]): string[] => {
    const anew = options.readers().filter(({ instead }) => instead !== undefined && concerns.includes(instead));
    return [...new Set([...concerns, ...anew.map(({ id }) => id)])];
  };

  const showForm = (response: Response, typed: Typed, receipt: Receipt, problem?: string, status = 200): void =>
    show(
      response,
      texts.title,
      reportPage(around(), { ...typed, concerns: withNewKeys(typed.concerns) }, receipt, problem),
      status,
    );

  /** Whoever the report concerns is left out of the sealing; if that is everybody, it goes outside. */
  const sealingOf = (concerns: readonly string[]): { ids: string[]; recipients: Recipient[] } => {
    const left = options.readers().filter(({ id }) => !concerns.includes(id));
    if (left.length > 0) return { ids: left.map(({ id }) => id), recipients: left.map(({ recipient }) => recipient) };
    if (!options.outside) throw new NobodyToSealTo();
    return { ids: [OUTSIDE], recipients: [options.outside.recipient] };
  };

  /** `found`: the case in which they will be. */
  const finish = (files: Taking, ticks: FileTicks, found: StoredCase | undefined): Promise<Taken> => {
    const inCase = found ? store.filesOf(found.id).reduce((sum, { bytes }) => sum + bytes, 0) : 0;
    return files.finish({ clean: ticks.clean !== '', asItIs: ticks.asItIs !== '' }, inCase);
  };

  const keep = async (typed: Typed, keys: ReceiptKeys, taken: Taken): Promise<Received> => {
    const { what, where, when, product, others, concerns, who, safe, how, meeting } = typed;
    const { ids, recipients } = sealingOf(concerns);
    const ticked = options.readers().filter(({ id }) => concerns.includes(id));
    // For those who open it: whom they must never let in.
    const whom = ticked.length > 0 ? { concerns: ticked.map(({ id, name }) => ({ id, name })) } : {};
    const language = texts.language;
    const report = { kind: 'report', what, where, when, product, others, safe, how, meeting, language, ...whom };
    return store.receive({
      lookup: keys.lookup,
      recipient: keys.recipient,
      day: today(),
      sealedTo: ids,
      report: await seal(withFiles(report, taken), recipients),
      mark: keys.markOf(JSON.stringify([report, concerns.toSorted(), who, ...taken.marks])),
      files: taken.stored,
      who: who.trim() === '' ? undefined : await seal({ kind: 'who', text: who }, recipients),
      concerns: ticked.map(({ id }) => id),
    });
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

  const takeReport = async (request: Request, response: Response, files: Taking): Promise<void> => {
    const parsed = reportShape.safeParse(request.body ?? {});
    if (!parsed.success) {
      const long = filled(texts.tooLong, { number: MOST_CHARACTERS });
      return showForm(response, NOTHING_TYPED, newReceipt(), long, 400);
    }
    const typed = { ...parsed.data, concerns: withNewKeys(parsed.data.concerns) };
    const read = readReceipt(typed.receipt);
    const receipt = typeof read === 'string' ? read : newReceipt();
    const refuse = (problem: string, status: number, under = receipt): void =>
      showForm(response, typed, under, files.isEmpty() ? problem : `${problem} ${texts.filesAgain}`, status);
    if (typed.what.trim() === '') return refuse(texts.missing, 400);
    const isStale = (): boolean => typed.readers !== readersMark(options.readers());
    if (isStale()) return refuse(texts.newReader, 409);
    if (!options.hasRoom()) return refuse(filled(texts.full, around().fillings), 503);
    try {
      const keys = await keysOf(receipt);
      const taken = await finish(files, typed, store.caseAt(keys.lookup));
      // Cleaning takes its time: who came meanwhile could not be ticked either.
      await options.look?.();
      if (isStale()) return refuse(texts.newReader, 409);
      const kept = await keep(typed, keys, taken);
      const day = store.caseAt(keys.lookup)?.day;
      if (kept === 'withdrawn' || day === undefined) return refuse(texts.sendAnew, 409, newReceipt());
      if (kept !== 'again') files.keep(taken.stored);
      // What was added later is proved for the day on which it came.
      const signed = signedReceipt(store.receiptKey, { day: kept === 'added' ? today() : day, text: typed.what });
      show(response, texts.receiptTitle, receiptPage(around(), { receipt, wasThere: kept === 'again', signed, taken }));
    } catch (error) {
      const { problem, status } = problemOf(error);
      refuse(problem, status);
    }
  };

  const answersOf = async ({ id }: StoredCase, { identity }: ReceiptKeys): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (const { day, forReporter } of store.messagesOf(id)) {
      if (!forReporter) continue;
      answers.push({ day, text: answerShape.parse(await open(forReporter, identity)).text });
    }
    return answers;
  };

  const showCase = async (response: Response, receipt: Receipt, keys: ReceiptKeys, more: Told = {}): Promise<void> => {
    const found = store.caseAt(keys.lookup);
    if (!found) return show(response, texts.nothingTitle, nothingPage(around(), ''));
    const answers = await answersOf(found, keys);
    const body = conversationPage(around(), receipt, { ...found, answers }, { today: today(), clocks, ...more });
    show(response, texts.conversation, body);
  };

  /** Reads the receipt; where it is none, says what is wrong with it and returns undefined. */
  const receiptIn = (response: Response, typed: string): Receipt | undefined => {
    const read = readReceipt(typed);
    if (typeof read === 'string') return read;
    const problem =
      read.problem === 'check' ? texts.receiptCheck : filled(texts.receiptLength, { number: read.digits });
    show(response, texts.againTitle, receiptForm(around(), typed, problem), 400);
    return undefined;
  };

  /** `act` does what was asked with the case, and says what its page shows besides. */
  const withReceipt =
    <Asked extends { receipt: string }>(
      shape: z.ZodType<Asked>,
      act: (found: StoredCase, keys: ReceiptKeys, given: Asked, files: Taking) => Promise<Told> | Told,
    ) =>
    async (request: Request, response: Response, files: Taking): Promise<void> => {
      const parsed = shape.safeParse(request.body ?? {});
      const typed = parsed.success ? parsed.data.receipt : '';
      const receipt = receiptIn(response, typed);
      if (receipt === undefined || !parsed.success) return;
      try {
        const keys = await keysOf(receipt);
        const found = store.caseAt(keys.lookup);
        await showCase(response, receipt, keys, found ? await act(found, keys, parsed.data, files) : {});
      } catch (error) {
        const { problem, status } = problemOf(error);
        show(response, texts.againTitle, receiptForm(around(), typed, problem), status);
      }
    };

  /** Seals what is added, anew where somebody is let in meanwhile. */
  const putInto = async (found: StoredCase, keys: ReceiptKeys, said: object, taken: Taken): Promise<Received> => {
    const still = options.readers().filter(({ id }) => mayRead(found, id));
    const to = still.length > 0 || !options.outside ? still : [options.outside];
    if (to.length === 0) throw new NobodyToSealTo();
    const recipients = to.map(({ recipient }) => recipient);
    const kept = store.addTo(found.id, {
      day: today(),
      forHandlers: await seal(withFiles(said, taken), recipients),
      mark: keys.markOf(JSON.stringify(taken.marks.length === 0 ? said : [said, ...taken.marks])),
      readers: found.sealedTo,
      files: taken.stored,
    });
    const now = kept === 'others read it' ? store.caseOf(found.id) : undefined;
    return now ? putInto(now, keys, said, taken) : kept;
  };

  const add = async (
    found: StoredCase,
    keys: ReceiptKeys,
    { words, ...ticks }: z.infer<typeof adds>,
    files: Taking,
  ): Promise<Told> => {
    if (words.trim() === '' && files.isEmpty()) return {};
    const refusal = (problem: string): Told => ({
      problem: files.isEmpty() ? problem : `${problem} ${texts.filesAgain}`,
      typed: words,
      ticks,
    });
    if (!options.hasRoom()) return refusal(filled(texts.full, around().fillings));
    try {
      const taken = await finish(files, ticks, found);
      if (words.trim() === '' && taken.files.length === 0) return { taken, ticks };
      const kept = await putInto(store.caseOf(found.id) ?? found, keys, { kind: 'words', text: words }, taken);
      if (kept === 'withdrawn') return {};
      if (kept === 'added') files.keep(taken.stored);
      return { added: true, taken, ticks };
    } catch (error) {
      return refusal(problemOf(error).problem);
    }
  };

  const takeBack = ({ id }: StoredCase, _keys: ReceiptKeys, { sure }: z.infer<typeof takesBack>): Told => {
    if (sure === '') return { problem: texts.takeBackTick };
    store.withdraw(id, today());
    options.files.sweep();
    return {};
  };

  app.use(async (_request, response, next) => {
    response.set(HEADERS);
    await options.look?.();
    next();
  });
  app.set('etag', false);
  app.use(paced(options.pace));
  const withForm = formsWithFiles(() => options.files.begin());
  app.get('/', (_request, response) =>
    isOpen()
      ? showForm(response, NOTHING_TYPED, newReceipt())
      : show(response, texts.closedTitle, closedPage(around()), 503),
  );
  app.get('/answers', (_request, response) => show(response, texts.againTitle, receiptForm(around(), '')));
  app.post('/report', (request, response, next) =>
    isOpen()
      ? withForm(takeReport)(request, response, next)
      : show(response, texts.closedTitle, closedPage(around()), 503),
  );
  app.post('/answers', withForm(withReceipt(asked, () => ({}))));
  app.post('/add', withForm(withReceipt(adds, add)));
  app.post('/take-back', withForm(withReceipt(takesBack, takeBack)));
  app.use((_request, response) => show(response, texts.notHere, undefined, 404));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const { problem, status } = problemOf(error);
    show(response, texts.againTitle, receiptForm(around(), '', problem), status);
  });
};
