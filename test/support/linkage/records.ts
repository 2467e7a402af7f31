/**
 * What can be seen of a company's year by whoever has both stores, both logs and both chats, but no key: for a plan by these
 * functions, for a sample of plans in the files that the programs themselves wrote (written.ts). Both have to be the same.
 */

import { Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { padded } from '../../../flows/voices/padding.ts';
import { HANDLERS, nextWorkday, type Plan, type Report } from './plans.ts';

export interface SeenMessage {
  day: number;
  /** A handler; undefined: its author. */
  by: number | undefined;
  forHandlers: number;
  forReporter: number | undefined;
}

export interface SeenCase {
  day: number;
  /** Handlers to whom it is sealed. */
  sealedTo: number[];
  ticked: number[];
  /** Bytes of the envelope with a name. */
  who: number | undefined;
  /** Their kinds and days, in order. */
  events: string[];
  messages: SeenMessage[];
  /** Only of a leaky one: when it arrived, in milliseconds. */
  at?: number;
}

export interface SeenCommit {
  at: number;
  actor: string;
  stream: string;
  /** Of the sealed body, as it lies there. */
  bytes: number;
}

export interface Seen {
  cases: SeenCase[];
  commits: SeenCommit[];
  /** Only of a leaky one: who asked chat for the address. */
  asked: { at: number; person: string }[];
  /** Days on which the bot asked handlers to look at the case room. */
  reminded: 'each working day' | number[];
}

/** Of the leaks that are tried, so that it is known that the attacker finds what is there. */
export const LEAKS = ['who asked is kept', 'the minute is kept', 'handlers are reminded of cases alone'] as const;
export type Leak = (typeof LEAKS)[number];

export interface Sizes {
  /** Bytes of a sealed text for so many. */
  sealed(plain: number, recipients: number): number;
}

const CHUNK = 64 * 1024;
const TAG = 16;

/** Bytes of age's own form, measured once by sealing: a fixed part, and one for each of whom it is sealed to. */
export const measureSizes = async (): Promise<Sizes> => {
  const of = async (count: number): Promise<number> => {
    const encrypter = new Encrypter();
    for (let n = 0; n < count; n += 1) {
      encrypter.addRecipient(await identityToRecipient(await generateHybridIdentity()));
    }
    return (await encrypter.encrypt(new Uint8Array(1))).length;
  };
  const [one, two] = [await of(1), await of(2)];
  const each = two - one;
  const fixed = one - each - 1 - TAG;
  return {
    sealed: (plain, recipients) => {
      const all = padded('x'.repeat(plain)).length;
      return fixed + recipients * each + all + Math.ceil(all / CHUNK) * TAG;
    },
  };
};

/** As the page of the tests has them. */
export const handlerId = (handler: number): string => `h-${handler + 1}`;
export const handlerName = (handler: number): string =>
  ['Sample Handler', 'Sample Handler <Two>', 'Sample Handler Three'][handler] ?? '';

const reportOf = ({ bytes, ticks }: Pick<Report, 'bytes' | 'ticks'>): object => ({
  kind: 'report',
  what: 'x'.repeat(bytes),
  where: '',
  when: '',
  product: '',
  others: '',
  safe: '',
  how: '',
  meeting: '',
  language: 'en',
  ...(ticks === undefined ? {} : { concerns: [{ id: handlerId(ticks), name: handlerName(ticks) }] }),
});
export const NAME_GIVEN = 'Sample Person of the second shift';
export const wordsOf = (bytes: number): object => ({ kind: 'words', text: 'x'.repeat(bytes) });
const json = (value: object): number => JSON.stringify(value).length;

/** Commits of a bot: sealed by AES-GCM and in base64, with a salt and a hash inside. */
export const bodyOf = (bytes: number): { events: { type: string; text: string }[]; notices: never[] } => ({
  events: [{ type: 'Sampled', text: 'x'.repeat(bytes) }],
  notices: [],
});
const HEADER = 29;
const commitBytes = (bytes: number): number => {
  const plain = json({ ...bodyOf(bytes), salt: 'x'.repeat(44), snapshot: 'x'.repeat(64) });
  return Math.ceil((plain + HEADER) / 3) * 4;
};

const caseOf = (report: Report, { sealed }: Sizes): SeenCase => {
  const sealedTo = Array.from({ length: HANDLERS }, (_, n) => n).filter((n) => n !== report.ticks);
  const all = sealedTo.length;
  const by = (handler: number): number => sealedTo[handler % all] ?? 0;
  const first: SeenMessage = {
    day: report.day,
    by: undefined,
    forHandlers: sealed(json(reportOf(report)), all),
    forReporter: undefined,
  };
  const later = [
    ...report.additions.map(({ day, bytes }) => ({
      event: `added ${day}`,
      message: { day, by: undefined, forHandlers: sealed(json(wordsOf(bytes)), all), forReporter: undefined },
    })),
    ...report.steps.map(({ day, by: handler, kind, bytes }) => ({
      event: `${kind} ${day}`,
      message: {
        day,
        by: by(handler),
        forHandlers: sealed(json(wordsOf(bytes)), all),
        forReporter: kind === 'worked' || kind === 'closed' ? undefined : sealed(json(wordsOf(bytes)), 1),
      },
    })),
  ].toSorted((a, b) => a.message.day - b.message.day);
  return {
    day: report.day,
    sealedTo,
    ticked: report.ticks === undefined ? [] : [report.ticks],
    who: report.named ? sealed(json({ kind: 'who', text: NAME_GIVEN }), all) : undefined,
    events: later.map(({ event }) => event),
    messages: [first, ...later.map(({ message }) => message)],
  };
};

/** `leak`: absent, what the programs write. */
export const seenOf = (plan: Plan, sizes: Sizes, leak?: Leak): Seen => ({
  cases: plan.reports.map((report) => ({
    ...caseOf(report, sizes),
    ...(leak === 'the minute is kept' ? { at: report.at } : {}),
  })),
  commits: plan.acts.map(({ at, person, stream, bytes }) => ({ at, actor: person, stream, bytes: commitBytes(bytes) })),
  asked: leak === 'who asked is kept' ? plan.asked : [],
  reminded:
    leak === 'handlers are reminded of cases alone'
      ? [...new Set(plan.reports.map(({ day }) => nextWorkday(day + 1)))].toSorted((a, b) => a - b)
      : 'each working day',
});
