import { describe, expect, it } from 'vitest';
import { createLogger, type LogFields } from '../../src/log.ts';

const CANARY = 'canary';

function written(log: (logger: ReturnType<typeof createLogger>) => void, level = 'info') {
  const lines: string[] = [];
  log(createLogger(level, { write: (text: string) => void lines.push(text) }));
  return lines.map((text) => JSON.parse(text) as Record<string, unknown> & { error?: { frames: string[] } });
}

const misused = (fields: Record<string, unknown>): LogFields => fields as LogFields;

describe('a log line', () => {
  it('carries the event, the allowed fields, level and time', () => {
    const [entry] = written((log) =>
      log.info('outbox.sent', { trace: 't-1', stream: 'D-7QK2', ms: 12.5, attempts: 0, method: 'chat.postMessage' }),
    );
    expect(entry).toEqual({
      level: 30,
      time: expect.any(Number),
      event: 'outbox.sent',
      trace: 't-1',
      stream: 'D-7QK2',
      ms: 12.5,
      attempts: 0,
      method: 'chat.postMessage',
    });
  });

  it('has its level', () => {
    const entries = written((log) => {
      log.info('a');
      log.warn('b');
      log.error('c');
    }, 'warn');
    expect(entries.map((entry) => [entry['event'], entry['level']])).toEqual([
      ['b', 40],
      ['c', 50],
    ]);
  });

  it.each([
    ['an unknown field', misused({ answer: CANARY, person: CANARY, text: CANARY })],
    ['a sentence in a known field', misused({ code: `we sold it to ${CANARY}` })],
    ['an e-mail address', misused({ trace: `${CANARY}@example.org` })],
    ['a token', misused({ code: `xoxb-1-${CANARY}`, trace: `xapp-1-${CANARY}` })],
    ['an object', misused({ code: { toString: () => CANARY, toJSON: () => CANARY, answer: CANARY } })],
    ['a list', misused({ stream: [CANARY] })],
    ['a thrown string', { error: CANARY }],
    ['a thrown object', { error: { message: CANARY, name: CANARY, code: CANARY } }],
    ['an error message', { error: new Error(CANARY) }],
    ['a message of many lines', { error: new Error(`bad\n    at ${CANARY} (file:///a.ts:1:1)\n${CANARY}`) }],
    ['a cause', { error: new Error('outer', { cause: new TypeError(`inner ${CANARY}`) }) }],
    ['an error with more on it', { error: Object.assign(new Error('x'), { answers: CANARY, code: `no ${CANARY}` }) }],
    ['an error with a name that speaks', { error: Object.assign(new Error('x'), { name: `No ${CANARY}` }) }],
    ['a message changed later', { error: Object.assign(new Error(CANARY), { message: 'harmless' }) }],
    ['a message taken away later', { error: Object.assign(new Error(`x\n    at ${CANARY} (a:1:1)`), { message: '' }) }],
    ['errors together', { error: new AggregateError([new Error(CANARY)], CANARY) }],
  ] satisfies [string, LogFields][])('does not carry %s', (_, fields) => {
    const lines: string[] = [];
    createLogger('info', { write: (text: string) => void lines.push(text) }).error('refused', fields);
    expect(lines).toHaveLength(1);
    expect(lines.join('')).not.toContain(CANARY);
    expect(lines.join('')).toContain('"event":"refused"');
  });

  it('does not carry an event that is not a constant of the code', () => {
    expect(written((log) => log.info(`Deal for ${CANARY}`))).toMatchObject([{ event: '[withheld]' }]);
  });

  it('names an error by class, code and frames', () => {
    const thrown = Object.assign(new RangeError('secret words'), { code: 'SQLITE_BUSY' });
    const [entry] = written((log) => log.error('store.failed', { error: thrown }));
    expect(entry?.error).toMatchObject({ name: 'RangeError', code: 'SQLITE_BUSY' });
    expect(entry?.error?.frames[0]).toMatch(/^at .*log\.test\.ts:\d+:\d+\)?$/);
  });

  it('follows causes, even in a circle', () => {
    const outer = new Error('a', { cause: new SyntaxError('b') });
    expect(written((log) => log.error('x', { error: outer }))).toMatchObject([
      { error: { cause: { name: 'SyntaxError' } } },
    ]);
    const circle = new Error('c');
    circle.cause = circle;
    expect(written((log) => log.error('x', { error: circle }))).toHaveLength(1);
  });
});
