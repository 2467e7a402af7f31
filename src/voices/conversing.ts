/** The conversation behind a receipt: answers, what is added, and taking the report back. */

import type { Request, Response } from 'express';
import { z } from 'zod';
import { mayRead } from '../../flows/voices/case.ts';
import { readReceipt, type Receipt } from '../../flows/voices/receipt.ts';
import { NobodyToSealTo, withFiles, type Desk } from './desk.ts';
import type { Taken, Taking } from './files/taking.ts';
import { conversationPage, nothingPage, receiptForm, type Answer, type Told } from './page/answers.ts';
import { fileTicks, MOST_CHARACTERS } from './page/report-form.ts';
import type { ReceiptKeys } from './receipt-keys.ts';
import { open, seal } from './sealing.ts';
import type { Received, StoredCase } from './stored-case.ts';
import { filled } from './texts.ts';

const asked = z.object({ receipt: z.string().max(400).default('') });
const adds = asked.extend({ words: z.string().max(MOST_CHARACTERS).default(''), ...fileTicks });
const takesBack = asked.extend({ sure: z.string().max(10).default('') });

/** `nothing`: kept for handlers alone, since an answer is not safe. */
const answerShape = z.object({ kind: z.string().optional(), text: z.string() });

type Handling = (request: Request, response: Response, files: Taking) => Promise<void>;

export interface Conversing {
  look: Handling;
  add: Handling;
  takeBack: Handling;
}

export const createConversing = (desk: Desk): Conversing => {
  const { options, texts, today, around, show, finish, problemOf } = desk;
  const { store, keysOf, clocks } = options;
  const answersOf = async ({ id }: StoredCase, { identity }: ReceiptKeys): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (const { day, forReporter } of store.messagesOf(id)) {
      if (!forReporter) continue;
      const { kind, text } = answerShape.parse(await open(forReporter, identity));
      if (kind !== 'nothing') answers.push({ day, text });
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
    show(response, texts.againTitle, receiptForm(around(), typed, problem), { status: 400 });
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
        show(response, texts.againTitle, receiptForm(around(), typed, problem), { status });
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

  return {
    look: withReceipt(asked, () => ({})),
    add: withReceipt(adds, add),
    takeBack: withReceipt(takesBack, takeBack),
  };
};
