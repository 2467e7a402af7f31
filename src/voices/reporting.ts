/** Taking a report from the form: sealed as it arrives, to those whom it does not concern. */

import type { Request, Response } from 'express';
import { readReceipt, type Receipt } from '../../flows/voices/receipt.ts';
import { HANDLERS_NEEDED } from '../../flows/voices/vouching.ts';
import { newReceipt, NobodyToSealTo, withFiles, OUTSIDE, type Desk, type Shown } from './desk.ts';
import type { Taken, Taking } from './files/taking.ts';
import {
  MOST_CHARACTERS,
  NOTHING_TYPED,
  readersMark,
  receiptPage,
  reportPage,
  reportShape,
  type Typed,
} from './page/report-form.ts';
import type { ReceiptKeys } from './receipt-keys.ts';
import { seal, type Recipient } from './sealing.ts';
import { signedReceipt } from './signed-receipt.ts';
import type { Received } from './stored-case.ts';
import { filled } from './texts.ts';

export interface Reporting {
  isOpen(): boolean;
  showForm(response: Response, typed: Typed, receipt: Receipt, more?: Shown & { problem?: string }): void;
  takeReport(request: Request, response: Response, files: Taking): Promise<void>;
}

export const createReporting = (desk: Desk): Reporting => {
  const { options, texts, today, around, show, finish, problemOf } = desk;
  const { store, keysOf } = options;
  const isOpen = (): boolean => options.readers().length >= HANDLERS_NEEDED;

  /** Whoever was ticked, and got a new key while the form was open, stays ticked. */
  const withNewKeys = (concerns: readonly string[]): string[] => {
    const anew = options.readers().filter(({ instead }) => instead !== undefined && concerns.includes(instead));
    return [...new Set([...concerns, ...anew.map(({ id }) => id)])];
  };

  const showForm: Reporting['showForm'] = (response, typed, receipt, { problem, ...more } = {}) =>
    show(
      response,
      texts.title,
      reportPage(around(), { ...typed, concerns: withNewKeys(typed.concerns) }, receipt, problem),
      more,
    );

  /** Whoever the report concerns is left out of the sealing; if that is everybody, it goes outside. */
  const sealingOf = (concerns: readonly string[]): { ids: string[]; recipients: Recipient[] } => {
    const left = options.readers().filter(({ id }) => !concerns.includes(id));
    if (left.length > 0) return { ids: left.map(({ id }) => id), recipients: left.map(({ recipient }) => recipient) };
    if (!options.outside) throw new NobodyToSealTo();
    return { ids: [OUTSIDE], recipients: [options.outside.recipient] };
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

  const takeReport = async (request: Request, response: Response, files: Taking): Promise<void> => {
    const parsed = reportShape.safeParse(request.body ?? {});
    if (!parsed.success) {
      const long = filled(texts.tooLong, { number: MOST_CHARACTERS });
      return showForm(response, NOTHING_TYPED, newReceipt(), { problem: long, status: 400 });
    }
    const typed = { ...parsed.data, concerns: withNewKeys(parsed.data.concerns) };
    const read = readReceipt(typed.receipt);
    const receipt = typeof read === 'string' ? read : newReceipt();
    const refuse = (problem: string, status: number, under = receipt): void =>
      showForm(response, typed, under, {
        problem: files.isEmpty() ? problem : `${problem} ${texts.filesAgain}`,
        status,
      });
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

  return { isOpen, showForm, takeReport };
};
