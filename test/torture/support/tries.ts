/** Deliveries with their tries: the time of each, and its result. */

import { MAYBE_DONE, MAYBE_SAVED, TOO_SLOW, TOO_SLOW_WORDS } from '../../../src/edge/words.ts';
import type { Signing } from '../../src/teams/tokens.ts';
import { signed } from '../../support/bad-day.ts';
import type { BotProcess } from './bot-process.ts';
import type { MovedClock } from './clock.ts';
import type { Delivery } from './deliveries.ts';
import { must } from './script.ts';

export const S = 1000;
export const MIN = 60 * S;
/** Slack repeats an event at once, after a minute and after five; Teams a message after 15 s; people at any time. */
export const TRIES = [0, 15 * S, MIN, 5 * MIN, 10 * MIN, 20 * MIN, 30 * MIN, 45 * MIN, 60 * MIN];
const SLACK_EVENT = [0, 0, MIN, 5 * MIN, 60 * MIN];
const LOST = 0.2;

export interface Try {
  of: Planned;
  at: number;
  nth: number;
  /** Like the try before: the same bytes at Slack, where a proxy repeats them; the same activity at Teams. */
  exact: boolean;
  /** The try gets nowhere. */
  lost: boolean;
}

export interface Planned {
  delivery: Delivery;
  tries: Try[];
  answered: number;
  /** Tries whose process died meanwhile: their effect is unknown. */
  cut: number;
  /** Bytes of the last try. */
  bytes?: RequestInit | undefined;
  body?: string | undefined;
}

/** Dependencies of sending. */
export interface Hands {
  clock: MovedClock;
  signing: Signing;
  /** One of the processes; undefined: none is up. */
  any(): BotProcess | undefined;
}

const NOT_SURE = [MAYBE_SAVED, MAYBE_DONE, TOO_SLOW, TOO_SLOW_WORDS, 'Something went wrong', "it can't count twice"];

const requestOf = async (delivery: Delivery, body: string, nth: number, hands: Hands): Promise<RequestInit> => {
  const { clock, signing } = hands;
  if (delivery.chat === 'teams') {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await signing.sign()}` };
    return { method: 'POST', body, headers };
  }
  const type = delivery.json ? 'application/json' : 'application/x-www-form-urlencoded';
  const { timestamp, signature } = signed(body, { at: Math.floor(clock.now() / 1000), type });
  const retry = { 'x-slack-retry-num': String(nth), 'x-slack-retry-reason': 'http_timeout' };
  const headers = { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
  const isRetry = delivery.how === 'event' && nth > 0;
  return { method: 'POST', body, headers: { ...headers, ...(isRetry ? retry : {}) } };
};

/** True when the chat, or a person, considers it done. */
export const send = async (planned: Planned, nth: number, exact: boolean, hands: Hands): Promise<boolean> => {
  const { delivery } = planned;
  const again = exact && delivery.chat === 'slack' ? planned.bytes : undefined;
  const body = (exact ? planned.body : undefined) ?? delivery.body(nth);
  const request = again ?? (await requestOf(delivery, body, nth, hands));
  Object.assign(planned, { bytes: request, body });
  const bot = hands.any();
  if (!bot) return false;
  const path = delivery.chat === 'slack' ? '/slack/events' : '/api/messages';
  try {
    const response = await fetch(`${bot.url}${path}`, { ...request, signal: AbortSignal.timeout(15 * S) });
    const text = await response.text();
    // An exact repeat may be refused: it was accepted before, or the person presses once more.
    if ([409, 503].includes(response.status)) return false;
    must(response.status === 200, `${delivery.what} was answered with ${response.status}: ${text.slice(0, 300)}`);
    if (NOT_SURE.some((words) => text.includes(words))) return false;
    must(!text.includes('"errors"'), `${delivery.what} was refused: ${text.slice(0, 300)}`);
    planned.answered += 1;
    return true;
  } catch (error) {
    if (!(error instanceof TypeError) && (error as Error).name !== 'TimeoutError') throw error;
    planned.cut += 1;
    return false;
  }
};

export const plan = (delivery: Delivery, random: () => number): Planned => {
  const planned: Planned = { delivery, tries: [], answered: 0, cut: 0 };
  const most = 1 + Math.floor(random() * 5);
  const times =
    delivery.how === 'event' && delivery.chat === 'slack'
      ? SLACK_EVENT.slice(0, most)
      : [0, ...Array.from({ length: most - 1 }, () => TRIES[Math.floor(random() * TRIES.length)] ?? 0)];
  planned.tries = times
    .toSorted((a, b) => a - b)
    .map((at, nth, all) => {
      const isSame = delivery.chat === 'slack' ? all[nth - 1] === at : random() < 0.5;
      const exact = nth > 0 && isSame && delivery.how === 'press';
      return { of: planned, at, nth, exact, lost: nth === 0 && random() < LOST };
    });
  return planned;
};
