/** People who work on a company's bots, and press again until the bot says that their act was accepted. */

import { randomUUID } from 'node:crypto';
import type { DealEvent } from '../../../flows/deal/events.ts';
import { MAYBE_SAVED } from '../../../src/edge/words.ts';
import { contextOf, OPENING } from '../../support/bad-day-deals.ts';
import type { Answer, RawValues, Wire } from '../../support/bad-day.ts';
import { PEOPLE } from '../../support/playing.ts';
import type { Company } from './bot-process.ts';
import { must } from './script.ts';

const STUCK_MS = 60_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Acts of one run, and their answers. */
export interface Work {
  company: Company;
  wire: Wire;
  over: () => boolean;
  /** Acknowledged answers, each with its expected state in the record. */
  acknowledged: { deal: string; type: DealEvent['type']; cause: string }[];
  /** Repeated presses, because a connection was cut or the result was not sure. */
  again: number;
}

const taken = ({ status, text }: Answer): boolean => {
  must(status < 500, `a request was answered with ${status} ${text.slice(0, 200)}`);
  return status === 200 && !text.includes(MAYBE_SAVED) && !text.includes('Something went wrong');
};

/** Presses until it is accepted. `cause`: its one commit is under this. */
export const submit = async (
  work: Work,
  form: string,
  context: object,
  values: RawValues,
  user: string = PEOPLE.rep,
): Promise<{ answer: Answer; cause: string }> => {
  const same = { view: `V${randomUUID()}`, hash: randomUUID() };
  for (const end = Date.now() + STUCK_MS; Date.now() < end; work.again += 1) {
    const answer = await work.wire.submit(user, { form, context, values, ...same }).catch(() => undefined);
    if (answer && taken(answer)) return { answer, cause: `view:${same.view}:${same.hash}` };
    await pause(50);
  }
  throw new Error(`in a minute nobody took ${form}`);
};

/** Resolves with the deal's id. */
export const openIn = async (work: Work, channel: string): Promise<string> => {
  const { answer, cause } = await submit(work, 'deal.open', { channel, shown: Object.keys(OPENING) }, OPENING);
  const deal = String(contextOf(answer.view)['deal']);
  work.acknowledged.push({ deal, type: 'DealOpened', cause });
  return deal;
};

export const answerSection = async (work: Work, deal: string, section: string, values: RawValues): Promise<void> => {
  const context = { deal, section, shown: Object.keys(values) };
  const { answer, cause } = await submit(work, 'deal.section', context, values);
  must(answer.errors === undefined, `${section} was refused: ${answer.text}`);
  work.acknowledged.push({ deal, type: 'SectionAnswered', cause });
};

/** Waits until nothing is owed. Resolves with the time it took. */
export const drained = async ({ record: { store } }: Company): Promise<number> => {
  const started = performance.now();
  const owed = async (): Promise<number> => (await store.outboxBacklog(new Date().toISOString())).owed;
  let left = await owed();
  for (let since = Date.now(); left > 0; await pause(200)) {
    const now = await owed();
    if (now < left) since = Date.now();
    left = now;
    must(Date.now() - since < STUCK_MS, `${left} messages are owed and none is sent`);
  }
  return performance.now() - started;
};
