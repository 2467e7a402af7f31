/**
 * Logs contain what an operator needs and nothing that a person said. Fields outside the list are dropped, values that
 * do not look like an identifier are withheld, and an error is its class, code and frames: messages may quote answers.
 */

import { pino, type DestinationStream } from 'pino';
import { currentTrace } from './trace.ts';

/** The allow-list. Every value is a number, a boolean or an identifier without spaces. */
const FIELDS = [
  'action',
  'attempts',
  'channel',
  'code',
  'count',
  'engine',
  'form',
  'host',
  'kind',
  'method',
  'mode',
  'ms',
  'notice',
  'platform',
  'policy',
  'port',
  'retryAfterMs',
  'route',
  'section',
  'signal',
  'status',
  'stream',
  'trace',
  'version',
] as const;

export type LogFields = Partial<Record<(typeof FIELDS)[number], string | number | boolean | undefined>> & {
  /** The value that was thrown. */
  error?: unknown;
};

/** `event` is a constant in the code: small letters, digits, dots and dashes (`deal.opened`). */
export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export interface LoggedError {
  name: string;
  code?: string | number;
  /** `at place (file:line:column)`, innermost first. */
  frames: string[];
  cause?: LoggedError;
}

const WITHHELD = '[withheld]';
const EVENT = /^[a-z][a-z0-9.-]{0,59}$/;
const IDENTIFIER = /^[\w.:/#+-]{1,120}$/;
/** Slack's tokens are identifiers too. */
const TOKEN = /(?:xox[a-z]|xapp|xwfp)[.-]/i;
const FRAME = /^\s+at \S.*:\d+:\d+\)?$/;

const safe = (value: unknown): string | number | boolean => {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && IDENTIFIER.test(value) && !TOKEN.test(value) ? value : WITHHELD;
};

export function loggedError(thrown: unknown, depth = 0): LoggedError {
  if (!(thrown instanceof Error)) return { name: `thrown ${typeof thrown}`, frames: [] };
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  return {
    name: String(safe(thrown.name)),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: safe(code) as string | number } : {}),
    frames: framesOf(thrown),
    // A cause may be its own cause.
    ...(thrown.cause === undefined || depth >= 4 ? {} : { cause: loggedError(thrown.cause, depth + 1) }),
  };
}

/** A message can hold lines that look like frames, so it is cut off first; where that fails, no frames are logged. */
function framesOf({ message, stack = '' }: Error): string[] {
  const start = stack.indexOf(message);
  const header = stack.split('\n', 1)[0] ?? '';
  if (start < 0 || (message === '' && header.includes(':'))) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => FRAME.test(line))
    .map((line) => line.trim())
    .slice(0, 12);
}

function line(event: string, fields: LogFields): Record<string, unknown> {
  const written: Record<string, unknown> = { event: EVENT.test(event) ? event : WITHHELD };
  const known: LogFields = { ...fields, trace: fields.trace ?? currentTrace() };
  for (const name of FIELDS) if (known[name] !== undefined) written[name] = safe(known[name]);
  if (fields.error !== undefined) written['error'] = loggedError(fields.error);
  return written;
}

/** JSON lines with `level` (pino's numbers), `time` (ms since 1970) and `event`, to stdout unless told otherwise. */
/** `time: 'day'`: no line says more of when it was written than the day, in UTC. */
export function createLogger(level: string, destination?: DestinationStream, { time }: { time?: 'day' } = {}): Logger {
  const dayOnly = (): string => `,"day":"${new Date().toISOString().slice(0, 10)}"`;
  const options = { level, base: null, ...(time === 'day' ? { timestamp: dayOnly } : {}) };
  const log = destination ? pino(options, destination) : pino(options);
  return {
    info: (event, fields = {}) => log.info(line(event, fields)),
    warn: (event, fields = {}) => log.warn(line(event, fields)),
    error: (event, fields = {}) => log.error(line(event, fields)),
  };
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
