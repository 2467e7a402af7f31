/** One deal whose cards change all the time, and Slack's view of it: never an older version after a newer one. */

import type { DealEvent } from '../../../flows/deal/events.ts';
import { LOW, OPENING } from '../../support/bad-day-deals.ts';
import { answerSection, openIn, pause, submit, type Work } from './at-work.ts';
import type { Company } from './bot-process.ts';
import { must } from './script.ts';

const SHOWS = new Set(['chat.postMessage', 'chat.update']);

/** All but its last section is answered, so nobody is asked to decide. */
export const openChanging = async (work: Work, channel: string): Promise<string> => {
  const deal = await openIn(work, channel);
  for (const [section, values] of Object.entries(LOW).slice(0, -1)) await answerSection(work, deal, section, values);
  return deal;
};

/** Pace of the changes. */
interface Pace {
  /** Pause before the next change. */
  everyMs: () => number;
  /** One change of the details in that many changes: those are announced in words as well. */
  details: number;
}

/** The cards' text names their change. */
export const changer = async (work: Work, deal: string, { everyMs, details: every }: Pace): Promise<void> => {
  const reason = 'It is corrected all the time.';
  const changes: Promise<void>[] = [];
  const details = async (n: number): Promise<void> => {
    const values = { ...OPENING, customer: `Change number ${n}.`, reason };
    const { answer, cause } = await submit(work, 'deal.details', { deal, shown: Object.keys(values) }, values);
    must(answer.text === '', `a correction was refused: ${answer.text}`);
    work.acknowledged.push({ deal, type: 'DetailsCorrected', cause });
  };
  for (let n = 1; !work.over(); n += 1) {
    const answers = { ...LOW['stakeholders'], 'q:S1': `Change number ${n}.` };
    changes.push(n % every === 0 ? details(n) : answerSection(work, deal, 'stakeholders', answers));
    await pause(everyMs());
  }
  await Promise.all(changes);
};

const numbersIn = (json: unknown): number[] =>
  Array.from(JSON.stringify(json).matchAll(/Change number (\d+)\./g), ([, n]) => Number(n));

const showings = ({ api }: Company, deal: string, key: string) => {
  const noticeOf = (metadata: unknown): unknown =>
    (metadata as { event_payload?: { notice?: string } } | undefined)?.event_payload?.notice;
  return api.calls.filter(
    ({ method, args }) => SHOWS.has(method) && noticeOf(args['metadata']) === `live:${deal}:${key}`,
  );
};

const timesShown = (company: Company, deal: string, key: string): number => showings(company, deal, key).length;

/** The versions of that deal that Slack was shown on that card, in their order. */
const versionsShown = async (company: Company, deal: string, key: string): Promise<number[]> => {
  const { record } = company;
  const versions = new Map<number, number>();
  for (const { version, body } of await record.store.read(deal)) {
    for (const n of numbersIn(body.events.slice(0, 1))) versions.set(n, version);
  }
  return showings(company, deal, key)
    .flatMap(({ args }) => numbersIn(args['blocks']).slice(0, 1))
    .map((n) => versions.get(n) ?? 0);
};

/**
 * Resolves with the number of times that the two cards were shown. The card of sections says who answered and when, not what:
 * it must be shown, and which of its showings is older can't be told.
 */
export const checkCards = async (company: Company, deal: string): Promise<number> => {
  const commits = await company.record.store.read(deal);
  const newest = (type: DealEvent['type']): number =>
    commits.findLast(({ body }) => (body.events as unknown as DealEvent[])[0]?.type === type)?.version ?? 0;
  const cards = { root: newest('DetailsCorrected') };
  let times = timesShown(company, deal, 'answers');
  must(times > 0, 'the card of sections was never shown');
  for (const [key, last] of Object.entries(cards)) {
    const shown = await versionsShown(company, deal, key);
    const back = shown.findIndex((version, n) => version < (shown[n - 1] ?? 0));
    must(back < 0, `${key} went back from version ${shown[back - 1]} to ${shown[back]}`);
    must(shown.at(-1) === last, `${key} shows version ${shown.at(-1)}, and ${last} is the newest`);
    times += shown.length;
  }
  return times;
};
