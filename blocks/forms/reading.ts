/** Reads submitted values with care: a missing, foreign, wrongly typed or too long value becomes words to act on. */

import type { PersonId } from '../../flows/ids.ts';
import { type Organisation, person } from '../../flows/organisation.ts';
import { reasonProblem, tooLong } from '../../flows/policy/sentence.ts';
import type { FormValues } from '../card.ts';
import { isDay, MAX_LINE, MAX_SAID, textOf, ticksOf } from './inputs.ts';

/** `errors` by input name. */
export type Read<T> = { ok: true; value: T } | { ok: false; errors: Record<string, string> };

export const LINE_ENDS = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;

/** Trims text and unifies its line ends. Empty if nothing visible is left: a zero-width space is no name. */
export const cleanText = (text: string): string => {
  const clean = text.replace(LINE_ENDS, '\n').trim();
  return /[^\s\p{Cc}\p{Cf}\p{Z}]/u.test(clean) ? clean : '';
};

/** The same on one line: a name that holds a line break would make a line of its own wherever it is shown. */
export const cleanLine = (text: string): string => cleanText(text.replace(LINE_ENDS, ' '));

/**
 * Reads one form. Each read notes its error and then returns a stand-in; `done` gives the value out only if there was
 * no error at all.
 */
export const reader = (values: FormValues) => {
  const errors: Record<string, string> = {};
  const fail = (name: string, message: string): void => {
    errors[name] ??= message;
  };

  const read = (name: string, max: number, clean: (text: string) => string): string | undefined => {
    const raw = textOf(values, name);
    if (raw === undefined) {
      if (Object.hasOwn(values, name) && values[name] !== undefined) fail(name, 'Please write this as text.');
      return undefined;
    }
    const text = clean(raw);
    if (text.length > max) fail(name, tooLong(text.length, max));
    return text === '' ? undefined : text;
  };

  const optional = (name: string, max = MAX_SAID): string | undefined => read(name, max, cleanText);

  const required = (name: string, missing: string, { min = 1, max = MAX_SAID } = {}): string => {
    const text = optional(name, max);
    if (text === undefined) fail(name, missing);
    else if (text.length < min) fail(name, `Please say a little more: at least ${min} characters.`);
    return text ?? '';
  };

  /** Reads a text that says something, if there is one: “.” is no reason. `tells`: what people learn from it. */
  const maybeReason = (name: string, { max = MAX_SAID, tells = 'why' } = {}): string | undefined => {
    const text = optional(name, max);
    const problem = text === undefined ? undefined : reasonProblem(text, '', { tells });
    if (problem !== undefined) fail(name, problem);
    return text;
  };

  const reason = (name: string, missing: string, { min = 1, max = MAX_SAID, tells = 'why' } = {}): string => {
    maybeReason(name, { max, tells });
    return required(name, missing, { min, max });
  };

  const maybeOne = <T extends string>(name: string, allowed: readonly T[]): T | undefined => {
    if (!Object.hasOwn(values, name) || values[name] === undefined) return undefined;
    const raw = textOf(values, name);
    const found = allowed.find((v) => v === raw);
    if (found === undefined) fail(name, 'Please choose one of the answers shown.');
    return found;
  };

  const one = <T extends string>(name: string, allowed: readonly [T, ...T[]], missing = 'Please choose one.'): T => {
    const found = maybeOne(name, allowed);
    if (found === undefined) fail(name, missing);
    return found ?? allowed[0];
  };

  const maybeDay = (name: string, notBefore?: string): string | undefined => {
    if (!Object.hasOwn(values, name) || values[name] === undefined) return undefined;
    const raw = textOf(values, name);
    if (raw === undefined || !isDay(raw)) {
      fail(name, 'Please give a date of the calendar, such as 2027-03-31.');
      return undefined;
    }
    if (notBefore !== undefined && raw < notBefore) fail(name, 'This day is past. Please choose today or later.');
    return raw;
  };

  const who = (name: string, organisation: Organisation, missing = 'Please choose a person.'): PersonId => {
    const raw = textOf(values, name);
    if (raw === undefined) fail(name, missing);
    else if (!person(organisation, raw))
      fail(name, 'This person is not in the organisation file. Please choose another.');
    return raw ?? '';
  };

  return {
    errors,
    fail,
    optional,
    line: (name: string) => read(name, MAX_LINE, cleanLine),
    required,
    maybeReason,
    reason,
    maybeOne,
    one,
    ticks: (name: string) => ticksOf(values, name),
    maybeDay,
    day: (name: string, missing: string, notBefore?: string): string => {
      const day = maybeDay(name, notBefore);
      if (day === undefined) fail(name, missing);
      return day ?? '';
    },
    who,
    done: <T>(value: T): Read<T> => (Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value }),
  };
};

export type Reader = ReturnType<typeof reader>;
