/** The edge that every chat shares, with a made-up chat on it. */

import { beforeEach, describe, expect, it } from 'vitest';
import { createEdge, type ChatSide, type Edge, type EdgeOptions } from '../../../src/edge/edge.ts';
import type { Interaction, Reply } from '../../../src/edge/interaction.ts';
import type { AccountRefusal } from '../../../src/edge/refusals.ts';
import { MAYBE_SAVED, PRESS_AGAIN, TOO_SLOW } from '../../../src/edge/words.ts';
import { NewerRecord } from '../../../src/newer.ts';
import { StoreFault } from '../../../store/event-store.ts';
import { memoryLogger, memoryStore } from '../slack/bot.ts';

interface Act {
  id: string;
  is: 'submit' | 'words' | 'press' | 'look';
  message?: boolean;
  /** What a form holds; its id, where absent. */
  content?: string;
  who?: string;
}

const DONE: Reply = { kind: 'done' };
const press = (id: string, more: Partial<Act> = {}): Act => ({ id, is: 'press', ...more });

let store: ReturnType<typeof memoryStore>;
let log: ReturnType<typeof memoryLogger>;
let asked: string[];
let late: string[];
let kept: AccountRefusal[];
let counted: string[];
let answers: (Promise<Reply> | Reply | Error)[];
let hold: ChatSide<Act, string>['hold'];

const side = (): ChatSide<Act, string> => ({
  chat: 'slack',
  notHere: 'Not here.',
  kindOf: ({ is }) => ({ log: is, is }),
  sendingOf: ({ id, is, message = false }) => (is === 'look' ? undefined : { key: id, message }),
  submissionOf: ({ id, is, content = id }) => (is === 'submit' ? { showing: 'one form', content } : undefined),
  aheadOf: () => undefined,
  identify: async ({ who = 'rep-1' }) =>
    who === 'nobody'
      ? { kind: 'refused', code: 'unknown', words: 'Nobody knows you.', account: { account: 'U0', why: 'unknown' } }
      : { kind: 'known', person: who },
  read: ({ id }, { person }, trace) => ({
    kind: 'ask',
    interaction: { kind: 'click', name: 'deal.why', value: id, person, trace, cause: id, place: undefined },
  }),
  channelProblem: async () => undefined,
  hold,
  reply: async (_act, reply) => reply.kind,
  refuse: async (_act, words) => words,
  late: async (_act, reply) => void late.push(reply.kind),
  bare: (_act, words) => `bare: ${words}`,
});

const edgeOf = (more: Partial<EdgeOptions<Act, string>> = {}): Edge<Act, string> =>
  createEdge<Act, string>({
    side: side(),
    route: async (interaction: Interaction) => {
      if (interaction.kind === 'click') asked.push(interaction.value);
      const answer = answers.shift() ?? DONE;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    store,
    deadlineMs: 60,
    graceMs: 100,
    keepRefusal: async (refusal) => void kept.push(refusal),
    asked: (result) => void counted.push(result),
    clock: () => new Date(),
    logger: log,
    ...more,
  });

beforeEach(() => {
  [store, log] = [memoryStore(), memoryLogger()];
  [asked, late, kept, counted, answers, hold] = [[], [], [], [], [], undefined];
});

it.each([
  ['D-7K3QXM', 'This deal was changed'],
  ['register:holds', 'This was changed'],
])('says kindly that %s was changed by a newer version, which is no fault', async (stream, words) => {
  answers = [new NewerRecord(stream, 7)];
  const answer = await edgeOf().handle(press('p1'), { trace: 'A' });
  const rest =
    'by a newer version of Clearthread. Nothing was lost. Please ask the person who runs this bot to update it too. (ref A)';
  expect(answer).toBe(`${words} ${rest}`);
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

describe('what comes again', () => {
  it('to this process gets the same answer, and is asked once', async () => {
    const edge = edgeOf();
    const both = await Promise.all(['A', 'B'].map((trace) => edge.handle(press('p1'), { trace })));
    expect([both, asked]).toEqual([['done', 'done'], ['p1']]);
  });

  it.each([
    ['a press is told to press again', false, [`bare: ${PRESS_AGAIN}`, ['p1']]],
    ['a message that was answered is dropped', true, [`bare: ${PRESS_AGAIN}`, ['p1']]],
  ])('to another process: %s', async (_, message, expected) => {
    await edgeOf().handle(press('p1', { message }), { trace: 'A' });
    expect([await edgeOf().handle(press('p1', { message }), { trace: 'B' }), asked]).toEqual(expected);
  });

  it('as a message whose first process died is answered after all', async () => {
    await store.firstTime('m1', '2099-01-01T00:00:00.000Z');
    // It waited for the other longer than the deadline, and says no word of that.
    const edge = edgeOf({ deadlineMs: 60, graceMs: 300 });
    expect([await edge.handle(press('m1', { is: 'words', message: true }), { trace: 'B' }), asked]).toEqual([
      'done',
      ['m1'],
    ]);
  });

  it('while nobody can say: words are answered, a press is not done', async () => {
    store.firstTime = () => Promise.reject(new StoreFault('io', 'not done', 'x'));
    const edge = edgeOf();
    expect(await edge.handle(press('p1'), { trace: 'A' })).toContain('Something went wrong');
    expect(await edge.handle(press('w1', { is: 'words', message: true }), { trace: 'B' })).toBe('done');
    expect(asked).toEqual(['w1']);
  });

  it('as the same request is neither answered nor counted; of unknown kind it is a fault', async () => {
    const edge = edgeOf();
    expect(await edge.handle(press('p1'), { trace: 'A', first: Promise.resolve(false) })).toBeUndefined();
    expect(await edge.handle(press('p2'), { trace: 'B', first: Promise.resolve(undefined) })).toContain('ref B');
    expect([asked, counted]).toEqual([[], ['fault']]);
  });
});

describe('an answer that takes its time', () => {
  let answer: (reply: Reply) => void;
  let fail: (error: Error) => void;
  beforeEach(() => {
    answers.push(new Promise<Reply>((resolve, reject) => ([answer, fail] = [resolve, reject])));
  });

  it('of a form is told as not known, and brought late', async () => {
    const edge = edgeOf();
    expect(await edge.handle(press('s1', { is: 'submit' }), { trace: 'A' })).toBe(MAYBE_SAVED);
    answer(DONE);
    await edge.idle();
    expect([late, counted]).toEqual([['done'], ['late']]);
  });

  it('of a form is given to the next press of the same, once, and not decided again', async () => {
    const edge = edgeOf();
    const submit = (id: string) => edge.handle(press(id, { is: 'submit', content: 'same' }), { trace: id });
    expect(await submit('s1')).toBe(MAYBE_SAVED);
    answer({ kind: 'errors', errors: {} });
    await edge.idle();
    expect([await submit('s2'), asked]).toEqual(['errors', ['s1']]);
    expect([await submit('s3'), asked]).toEqual(['done', ['s1', 's3']]);
  });

  it('and turns out to be unknown is asked again by the next press', async () => {
    const edge = edgeOf();
    const submit = (id: string) => edge.handle(press(id, { is: 'submit', content: 'same' }), { trace: id });
    expect(await submit('s1')).toBe(MAYBE_SAVED);
    fail(new StoreFault('timeout', 'unknown', 'x'));
    await edge.idle();
    expect([await submit('s2'), asked]).toEqual(['done', ['s1', 's2']]);
  });

  it('of a press says to press again', async () => {
    expect(await edgeOf().handle(press('p1'), { trace: 'A' })).toBe(TOO_SLOW);
    answer(DONE);
  });

  it.each([
    ['is waited for where the chat can hold the act', async () => true],
    ['is waited for even where that acknowledgement failed', () => Promise.reject(new Error('no connection'))],
  ])('%s', async (_, holding) => {
    hold = holding;
    const answered = edgeOf().handle(press('p1'), { trace: 'A' });
    setTimeout(() => answer(DONE), 120);
    expect([await answered, late]).toEqual(['done', []]);
  });

  it('counts from when the request arrived', async () => {
    const arrived = performance.now() - 1000;
    const began = performance.now();
    expect(await edgeOf({ deadlineMs: 1000 }).handle(press('p1'), { trace: 'A', arrived })).toBe(TOO_SLOW);
    expect(performance.now() - began).toBeLessThan(1000);
    answer(DONE);
  });
});

it('keeps an account that it turns away, and asks nothing in its name', async () => {
  expect(await edgeOf().handle(press('p1', { who: 'nobody' }), { trace: 'A' })).toBe('Nobody knows you.');
  expect([kept, asked]).toEqual([[{ chat: 'slack', account: 'U0', why: 'unknown' }], []]);
});

it.each([
  [new StoreFault('io', 'unknown', 'x'), 'submit', MAYBE_SAVED],
  [new Error('boom'), 'submit', 'Something went wrong on our side'],
] as const)('turns a fault into words: %s', async (fault, is, words) => {
  answers.push(fault);
  expect(await edgeOf().handle(press('s1', { is }), { trace: 'A' })).toContain(words);
  expect([counted, log.lines.map(({ event }) => event)]).toEqual([['fault'], ['slack.fault']]);
});
